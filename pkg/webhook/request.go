//go:build !offline

package webhook

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/http/httputil"
	"strings"

	"github.com/hooktool/hooktool/internal/printable"
)

// NewRequest returns the request with which Coroot posts a body. The URL should
// have passed Check.
//
// Content-Type is set first; then basic auth, if it has both halves; then
// every custom header is added, so that a custom Content-Type or Authorization
// is a second value. A custom Host has no effect: net/http takes the host from
// the URL.
func (w Webhook) NewRequest(ctx context.Context, body []byte) (*http.Request, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, w.URL, bytes.NewReader(body))
	if err != nil {
		return nil, hideURL(err)
	}
	req.Header.Set("Content-Type", "application/json")
	if w.sendsBasicAuth() {
		req.SetBasicAuth(w.BasicAuth.Username, w.BasicAuth.Password)
	}
	for _, header := range w.CustomHeaders {
		req.Header.Add(header.Key, header.Value)
	}
	return req, nil
}

// sendsBasicAuth reports whether both halves are there.
func (w Webhook) sendsBasicAuth() bool {
	return w.BasicAuth != nil && w.BasicAuth.Username != "" && w.BasicAuth.Password != ""
}

// Wire returns the request as it goes over the wire in HTTP/1.1, with the
// headers that net/http adds.
func (w Webhook) Wire(body []byte) ([]byte, error) {
	req, err := w.NewRequest(context.Background(), body)
	if err != nil {
		return nil, err
	}
	wire, err := httputil.DumpRequestOut(req, true)
	return wire, hideURL(err)
}

// Curl returns a command line for a POSIX shell that sends the same request with curl.
// With a redactor, secrets are taken from environment variables, so that the line can
// be shown and still works: the URL from HOOKTOOL_URL, the password from
// HOOKTOOL_PASSWORD, a secret header from HOOKTOOL_HEADER_ and its name.
func (w Webhook) Curl(body []byte, redact *Redactor) (string, error) {
	if _, err := w.NewRequest(context.Background(), body); err != nil {
		return "", err
	}
	for _, header := range w.CustomHeaders {
		if strings.HasPrefix(header.Key, "@") { // curl would send the lines of a file
			return "", fmt.Errorf("the header %q cannot be sent", header.Key)
		}
	}
	target := printable.ShellQuote(w.URL)
	if redact != nil && redact.URL(w.URL) != w.URL {
		target = `"$HOOKTOOL_URL"`
	}
	// Without --globoff curl expands [1-9] and {a,b} in a URL; with --disable no file
	// of the user changes what is sent.
	lines := []string{"curl --disable --globoff --request POST " + target}
	add := func(words ...string) { lines = append(lines, strings.Join(words, " ")) }
	if w.TLSSkipVerify {
		add("--insecure", "--http1.1", "--noproxy", "'*'") // see Sender.transport
	}
	add("--header", printable.ShellQuote("User-Agent: Go-http-client/1.1"))
	add("--header", printable.ShellQuote("Accept:"))
	add("--header", printable.ShellQuote("Content-Type: application/json"))
	if w.sendsBasicAuth() {
		add(w.curlBasicAuth(redact != nil))
	}
	for _, header := range w.CustomHeaders {
		add("--header", curlHeader(header, redact))
	}
	text := string(body)
	if redact != nil {
		text = redact.Body(text)
	}
	add("--data-raw", // unlike --data-binary it does not treat @FILE specially
		printable.ShellQuote(text))
	return strings.Join(lines, " \\\n  ") + "\n", nil
}

// curlBasicAuth returns the option for basic auth. A custom Authorization header makes
// curl leave out --user, so basic auth is then written as a header too.
func (w Webhook) curlBasicAuth(masked bool) string {
	password := printable.ShellQuote(w.BasicAuth.Password)
	if masked {
		password = `"$HOOKTOOL_PASSWORD"`
	}
	credentials := printable.ShellQuote(w.BasicAuth.Username+":") + password
	for _, header := range w.CustomHeaders {
		if strings.EqualFold(header.Key, "Authorization") {
			return `--header "Authorization: Basic $(printf %s ` + credentials + ` | base64 | tr -d '\n')"`
		}
	}
	return "--user " + credentials
}

func curlHeader(header Header, redact *Redactor) string {
	if header.Value == "" { // with a colon curl would leave the header out
		return printable.ShellQuote(header.Key + ";")
	}
	if redact == nil || !SecretHeaderValue(header.Key, header.Value) {
		return printable.ShellQuote(header.Key + ": " + header.Value)
	}
	variable := strings.Map(func(r rune) rune {
		if 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' {
			return r
		}
		return '_'
	}, header.Key)
	return printable.ShellQuote(header.Key+": ") + `"$HOOKTOOL_HEADER_` + strings.ToUpper(variable) + `"`
}
