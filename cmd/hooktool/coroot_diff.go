package main

import (
	"context"
	"io"
	"strings"

	udiff "github.com/aymanbagabas/go-udiff"
	"github.com/spf13/cobra"

	"github.com/hooktool/hooktool/internal/coroot"
	"github.com/hooktool/hooktool/internal/printable"
	"github.com/hooktool/hooktool/internal/typeset"
	"github.com/hooktool/hooktool/pkg/destination/catalog"
	"github.com/hooktool/hooktool/pkg/webhook"
)

const corootDiffLong = `Compare the webhook that runs in Coroot with the one of --webhook in the
configuration here: settings and templates, as a unified diff from Coroot to
here, with secrets masked. Of a secret that differs, the diff says only that.

It exits with 1 when they differ, and with 0 when they are the same. Coroot hides
the URL from everybody but an Admin; then it is left out of the comparison.`

const corootDiffExample = `  hooktool coroot diff -w telegram
  hooktool coroot diff -w telegram --project production --color always | less -R`

func newCorootDiffCmd(a *app) *cobra.Command {
	f := corootFlags{app: a}
	var name string
	cmd := &cobra.Command{
		Use:     "diff",
		Short:   "Compare Coroot's webhook with a local one",
		Long:    corootDiffLong,
		Example: corootDiffExample,
		Args:    args(0, 0, "hooktool coroot diff -w NAME"),
		RunE:    func(cmd *cobra.Command, _ []string) error { return runCorootDiff(cmd.Context(), &f, name) },
	}
	cmd.Flags().StringVarP(&name, "webhook", "w", "", "the `name` of the webhook in the configuration")
	f.register(cmd)
	completeBy(cmd, "webhook", a.completeWebhooks)
	return cmd
}

func runCorootDiff(ctx context.Context, f *corootFlags, name string) error {
	_, local, err := f.app.localDefinition(name)
	if err != nil {
		return err
	}
	client, project, err := f.openProject(ctx)
	if err != nil {
		return err
	}
	live, err := client.Webhook(ctx, project)
	if err != nil {
		return corootError(err)
	}
	differs, err := f.app.printCorootDiff(project, name, live, local)
	switch {
	case err != nil:
		return err
	case differs:
		return exitError(exitFindings)
	}
	return nil
}

// printCorootDiff prints how two definitions differ, if they do.
func (a *app) printCorootDiff(project coroot.Project, name string, live, local coroot.Definition) (differs bool, err error) {
	if live.Hidden() {
		a.note("Coroot hides the URL from this user: it is not compared")
	}
	var out strings.Builder
	p := a.outPalette()
	for _, part := range coroot.Parts(live, local, a.definitionMasker(live, local)) {
		if !part.Differs() {
			continue
		}
		differs = true
		from, to := "coroot/"+printable.Text(project.Name)+"/"+part.Name, "local/"+printable.Text(name)+"/"+part.Name
		out.WriteString(typeset.Diff(p, udiff.Unified(from, to, part.Live, part.Local), printable.Text))
	}
	if _, err := io.WriteString(a.out, out.String()); err != nil {
		return differs, writeError(err)
	}
	return differs, nil
}

// definitionMasker masks what is secret in two definitions.
func (a *app) definitionMasker(definitions ...coroot.Definition) coroot.Masker {
	if a.showSecrets {
		same := func(s string) string { return s }
		return coroot.Masker{URL: same, Secret: same, Header: func(_, value string) string { return value }}
	}
	return coroot.Masker{
		URL:    maskedURL,
		Secret: func(string) string { return webhook.Mask },
		Header: func(key, value string) string {
			for _, d := range definitions {
				redact := webhook.NewRedactorKnowing(d.Webhook(), catalog.Secrets(d.URL))
				value = redact.Header(map[string][]string{key: {value}})[key][0]
			}
			return value
		},
	}
}
