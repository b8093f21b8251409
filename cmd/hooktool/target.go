package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/hooktool/hooktool/cmd/internal/exit"
	"github.com/hooktool/hooktool/cmd/internal/option"
	"github.com/hooktool/hooktool/cmd/internal/settings"
	"github.com/hooktool/hooktool/cmd/internal/terminal"
	"github.com/hooktool/hooktool/internal/delivery"
	"github.com/hooktool/hooktool/internal/printable"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// targetFlags are the flags that say where a message goes.
type targetFlags struct {
	url, urlFile       string
	user, passwordFile string
	headers            []string
	insecure           bool
	caCert             string
	cert, key          string // of the client
}

func (f *targetFlags) register(cmd *cobra.Command) {
	cmd.Flags().SortFlags = false
	option.Define(cmd, "url", &f.url, "url-file", &f.urlFile, "user", &f.user, "password-file", &f.passwordFile, "header", &f.headers, "insecure", &f.insecure, "cacert", &f.caCert)
}

// registerClient adds the flags for a client certificate, which only a test can have.
func (f *targetFlags) registerClient(cmd *cobra.Command) {
	option.Define(cmd, "cert", &f.cert, "key", &f.key)
}

// certificates returns the client certificate, if there is one.
func (f *targetFlags) certificates(a *app) ([]tls.Certificate, error) {
	switch {
	case f.cert == "" && f.key == "":
		return nil, nil
	case f.cert == "" || f.key == "":
		return nil, exit.Usage("give both --cert and --key", "a client certificate and its private key need each other")
	}
	cert, err := a.files().All(f.cert, maxSecretSize)
	if err != nil {
		return nil, err
	}
	key, err := a.files().All(f.key, maxSecretSize)
	if err != nil {
		return nil, err
	}
	pair, err := tls.X509KeyPair(cert, key)
	if err != nil {
		return nil, exit.BadFile(f.cert, "--cert is a PEM file with the certificate, --key one with its private key", "%v", err)
	}
	a.note("sending a client certificate; Coroot has none, so a receiver that requires one refuses Coroot")
	return []tls.Certificate{pair}, nil
}

// maxSecretSize limits the size of files with a URL, a password, headers or
// certificates, in bytes.
const maxSecretSize = 1 << 20

// target returns the webhook that the configuration defines under a name, as changed by
// flags.
func (f *targetFlags) target(ctx context.Context, a *app, name string) (webhook.Webhook, error) {
	var w webhook.Webhook
	if name != "" {
		hook, err := a.webhook(name)
		if err != nil {
			return w, err
		}
		given := func(flag, value string) bool { return value != "" && a.fromFiles[flag] == "" }
		sent := hook.Without(given("url", f.url) || given("url-file", f.urlFile), given("user", f.user), true)
		if w, err = sent.Resolve(a.getenv); err != nil {
			return w, exit.Misused(err)
		}
		w.CustomFields, _ = hook.CustomFields(a.getenv) // a template says whether it needs them
	}
	for _, apply := range []func(context.Context, *app, *webhook.Webhook) error{f.applyURL, f.applyUser, f.applyHeaders} {
		if err := apply(ctx, a, &w); err != nil {
			return w, err
		}
	}
	a.learnTarget(w)
	w.TLSSkipVerify = w.TLSSkipVerify || f.insecure
	return w, exit.Misused(w.Check())
}

func (f *targetFlags) applyURL(ctx context.Context, a *app, w *webhook.Webhook) error {
	// A setting for all webhooks is weaker than one for a single webhook.
	given := func(flag, value string) bool { return value != "" && (w.URL == "" || a.fromFiles[flag] == "") }
	switch {
	case given("url", f.url) && given("url-file", f.urlFile) && (a.fromFiles["url"] == "") == (a.fromFiles["url-file"] == ""):
		return exit.Usage("remove one of them", "--url and --url-file cannot be used together")
	case given("url", f.url) && (f.urlFile == "" || a.fromFiles["url"] == ""):
		w.URL = f.url
	case given("url-file", f.urlFile):
		text, err := a.files().All(f.urlFile, maxSecretSize)
		if err != nil {
			return err
		}
		if w.URL = strings.TrimSpace(string(text)); w.URL == "" {
			return exit.BadFile(f.urlFile, "write the URL into it, and nothing else", "there is no URL in this file")
		}
	case w.URL == "" && terminal.IsTerminal(a.in):
		var err error
		if w.URL, err = terminal.ReadPassword(ctx, a.in, a.err, "webhook URL (not shown): "); err != nil {
			return exit.Failed("", "read the URL: %w", err)
		}
		w.URL = strings.TrimSpace(w.URL)
	}
	if w.URL == "" {
		return exit.Usage(f.urlHint(a), "no URL was given")
	}
	return nil
}

// urlHint says how to give a URL. A template of a webhook is not sent to that webhook's
// URL unless the webhook is named, because a message must only go where the user says.
func (f *targetFlags) urlHint(a *app) string {
	const flags = "--url, --url-file or HOOKTOOL_URL"
	names := a.webhookNames()
	if len(names) == 0 || a.given["webhook"] {
		return "give one with " + flags + ", or as the url of a webhook in the configuration"
	}
	return fmt.Sprintf("name a webhook of the configuration, such as -w %s, or give a URL with %s", printable.ShellWord(names[0]), flags)
}

func (f *targetFlags) applyUser(ctx context.Context, a *app, w *webhook.Webhook) error {
	if f.user == "" && a.given["password-file"] {
		return exit.Usage("give the user with --user", "--password-file needs a user")
	}
	if f.user == "" || w.BasicAuth != nil && a.fromFiles["user"] != "" {
		return nil
	}
	user, password, ok := strings.Cut(f.user, ":")
	if !ok {
		var err error
		if password, err = f.password(ctx, a, user); err != nil {
			return err
		}
	}
	w.BasicAuth = &webhook.BasicAuth{Username: user, Password: password}
	return nil
}

func (f *targetFlags) password(ctx context.Context, a *app, user string) (string, error) {
	variable := settings.EnvName("password")
	password, err := a.secret(ctx, f.passwordFile, fmt.Sprintf("password of %s (not shown): ", user), variable)
	if errors.Is(err, terminal.ErrNotAsked) {
		err = exit.Usage(fmt.Sprintf("set %s, or give --password-file or --user %s:PASSWORD", variable, user), "there is no password for the user %q: %w", user, err)
	}
	return password, err
}

// secret reads a secret from a file, from the first of some variables that is set, or
// from the terminal, without echo.
func (a *app) secret(ctx context.Context, file, prompt string, variables ...string) (string, error) {
	if file != "" {
		text, err := a.files().All(file, maxSecretSize)
		return strings.TrimRight(string(text), "\r\n"), err
	}
	for _, variable := range variables {
		if value := a.getenv(variable); value != "" {
			return value, nil
		}
	}
	return terminal.ReadPassword(ctx, a.in, a.err, prompt)
}

func (f *targetFlags) applyHeaders(_ context.Context, a *app, w *webhook.Webhook) error {
	headers, err := f.headerList(a)
	w.CustomHeaders = append(w.CustomHeaders, headers...)
	return err
}

// headerList reads the values of --header: headers, or @ and the path of a file with
// headers.
func (f *targetFlags) headerList(a *app) ([]webhook.Header, error) {
	var headers []webhook.Header
	for _, text := range f.headers {
		read := delivery.Header
		if path, isFile := strings.CutPrefix(text, "@"); isFile {
			content, err := a.files().All(path, maxSecretSize)
			if err != nil {
				return nil, err
			}
			text, read = string(content), delivery.Headers
		}
		given, err := read(text)
		if err != nil {
			return nil, exit.Usage("write it as 'KEY: VALUE'", "%w", err)
		}
		headers = append(headers, given...)
	}
	return headers, nil
}

// rootCAs returns the system's certificates plus those of --cacert.
func (f *targetFlags) rootCAs(a *app) (*x509.CertPool, error) {
	if f.caCert == "" {
		return nil, nil //nolint:nilnil // nil means the system's certificates
	}
	pem, err := a.files().All(f.caCert, maxSecretSize)
	if err != nil {
		return nil, err
	}
	pool, err := delivery.Trusting(pem)
	if err != nil {
		return nil, exit.BadFile(f.caCert, "it must be a PEM file: -----BEGIN CERTIFICATE-----", "%w", err)
	}
	return pool, nil
}
