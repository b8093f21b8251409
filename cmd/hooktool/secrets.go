package main

import (
	"cmp"
	"io"

	"github.com/hooktool/hooktool/cmd/internal/exit"
	"github.com/hooktool/hooktool/cmd/internal/guard"
	"github.com/hooktool/hooktool/cmd/internal/terminal"
	"github.com/hooktool/hooktool/pkg/config"
	"github.com/hooktool/hooktool/pkg/destination/catalog"
	"github.com/hooktool/hooktool/pkg/webhook"
	"github.com/hooktool/hooktool/pkg/workspace"
)

// guarded puts a guard before stdout and stderr.
func (a *app) guarded(s streams) {
	a.secrets = webhook.NewRunRedactor()
	gate := func(w io.Writer) *guard.Writer {
		return guard.New(exit.Output{Writer: w}, guard.Options{
			Redactor: a.redactor,
			Colored:  func() bool { return terminal.Colored(a.color, w, a.getenv) || terminal.Hyperlinks(w, a.getenv) },
			Commands: func() bool { return a.commands },
		})
	}
	a.streams = streams{in: s.in, out: gate(s.out), err: gate(s.err)}
}

// redactor returns what masks all secrets known to this run; nil with --show-secrets.
func (a *app) redactor() *webhook.Redactor {
	if a.showSecrets {
		return nil
	}
	return a.secrets
}

// asIs returns the stream that a guard writes to, for output that is printed byte for
// byte: the bodies of render, repaired files, pictures, scripts.
func asIs(w io.Writer) io.Writer { return guard.Behind(w) }

// flush writes what the guards have held back.
func (a *app) flush() error { return cmp.Or(guard.Flush(a.out), guard.Flush(a.err)) }

// learnTarget learns the secrets of a webhook that is ready for use.
func (a *app) learnTarget(w webhook.Webhook) { a.secrets.Learn(w, catalog.Secrets(w.URL)) }

// learnWebhook learns the secrets in a webhook's definition.
func (a *app) learnWebhook(w config.Webhook) { workspace.Teach(a.secrets, w, a.getenv) }

// learnConfig learns the secrets in a configuration, even an invalid one.
func (a *app) learnConfig(text []byte, file *config.File, err error) {
	if file != nil {
		for _, w := range file.Webhooks {
			a.learnWebhook(w)
		}
	}
	if err != nil {
		a.secrets.LearnYAML(string(text))
	}
}

// learnText learns the secrets in a template or a document with webhooks.
func (a *app) learnText(text []byte) { a.secrets.LearnText(string(text)) }

// maskKnown masks the secrets known to this run, but nothing that only looks like one.
func (a *app) maskKnown(text string) string { return a.redactor().Text(text) }

// hidden masks the secrets in a text from a file or an event, character by character.
func (a *app) hidden(text []byte) []byte {
	if a.redactor() == nil {
		return text
	}
	return []byte(a.secrets.InPlace(string(text)))
}

// sealed filters a report for a file as a guard would.
func (a *app) sealed(text []byte, commands bool) []byte {
	return guard.Sealed(text, a.redactor, commands)
}
