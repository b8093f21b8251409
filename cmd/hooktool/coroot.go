package main

import (
	"cmp"
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/hooktool/hooktool/cmd/internal/exit"
	"github.com/hooktool/hooktool/cmd/internal/help"
	"github.com/hooktool/hooktool/cmd/internal/option"
	"github.com/hooktool/hooktool/internal/coroot"
	"github.com/hooktool/hooktool/internal/printable"
)

const corootLong = `Check the webhook of a running Coroot, pull it into a repository and apply it
from there, have Coroot send its own test, and get past events to try templates on.

Give Coroot's address with --coroot-url or COROOT_BASE_URL, and sign in with
COROOT_USERNAME and COROOT_PASSWORD, or with COROOT_SESSION_COOKIE, the
coroot_session cookie of a signed-in browser. A Viewer can read; writing and
testing need an Admin. hooktool changes nothing in Coroot except the webhook.`

func newCorootCmd(a *app) *cobra.Command {
	return about{use: "coroot", short: "Check, pull, compare and write the webhook of a running Coroot", long: corootLong}.group(
		newCorootProjectsCmd(a), newCorootCheckCmd(a), newCorootPullCmd(a), newCorootDiffCmd(a), newCorootApplyCmd(a),
		newCorootTestCmd(a), newCorootEventsCmd(a), newCorootExportCmd(a),
	)
}

// corootFlags are the flags that choose a Coroot, one of its projects, and the user.
type corootFlags struct {
	app     *app
	url     string
	project string
	timeout time.Duration
	target  targetFlags // user, password, headers, certificates
}

// command creates a command that has only flags as arguments.
func (f *corootFlags) command(w about, run func(context.Context) error) *cobra.Command {
	cmd := w.command(func(ctx context.Context, _ []string) error { return run(ctx) })
	cmd.Args = help.Args(0, 0, "hooktool coroot "+w.use)
	cmd.Flags().SortFlags = false
	return cmd
}

// localVar defines --webhook for a command about a webhook in the configuration.
func (f *corootFlags) localVar(cmd *cobra.Command, name *string) {
	f.app.webhookVar(cmd, name, "the `name` of the webhook in the configuration")
}

func (f *corootFlags) register(cmd *cobra.Command) {
	cmd.Flags().SortFlags = false
	f.timeout = coroot.DefaultTimeout
	option.Define(cmd, "coroot-url", &f.url, "project", &f.project)
	option.DefineAs(cmd, "user", &f.target.user, "the `user`: an e-mail address, or admin; or COROOT_USERNAME")
	option.DefineAs(cmd, "password-file", &f.target.passwordFile, "read the password from this `file`; or COROOT_PASSWORD")
	option.DefineAs(cmd, "header", &f.target.headers, "send an extra `'KEY: VALUE'` header, for a proxy; @FILE reads one per line; repeatable")
	option.Define(cmd, "insecure", &f.target.insecure, "cacert", &f.target.caCert)
	option.DefineAs(cmd, "timeout", &f.timeout, "time limit for each request")
}

// open signs in.
func (f *corootFlags) open(ctx context.Context) (*coroot.Client, error) {
	a := f.app
	roots, err := f.target.rootCAs(a)
	if err != nil {
		return nil, err
	}
	headers, err := f.target.headerList(a)
	if err != nil {
		return nil, err
	}
	if strings.Contains(f.target.user, ":") { // the rest must not be printed
		return nil, exit.Usage(coroot.PasswordHint, "--user takes only a user name here, not a password")
	}
	o := coroot.Options{
		URL: cmp.Or(f.url, a.getenv("COROOT_BASE_URL")), Username: cmp.Or(f.target.user, a.getenv("COROOT_USERNAME")), SessionCookie: a.getenv("COROOT_SESSION_COOKIE"), Header: headers,
		TLSSkipVerify: f.target.insecure, RootCAs: roots, Timeout: f.timeout,
	}
	o.AskPassword = func() (string, error) { return f.password(ctx, o.Username) }
	client, err := coroot.Open(ctx, o)
	if err != nil {
		return nil, err
	}
	a.detail("signed in to %s as %s", client.URL(), printable.Text(client.User().String()))
	return client, nil
}

// openProject signs in and finds the project.
func (f *corootFlags) openProject(ctx context.Context) (*coroot.Client, coroot.Project, error) {
	client, err := f.open(ctx)
	if err != nil {
		return nil, coroot.Project{}, err
	}
	project, err := client.Project(f.project)
	return client, project, err
}

func (f *corootFlags) password(ctx context.Context, user string) (string, error) {
	return f.app.secret(ctx, f.target.passwordFile, fmt.Sprintf("password of %s in Coroot (not shown): ", printable.Text(user)), "COROOT_PASSWORD")
}
