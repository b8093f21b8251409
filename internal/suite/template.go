package suite

import (
	"cmp"
	"slices"
	"sync"

	"github.com/hooktool/hooktool/internal/limited"
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// templateKey tells templates apart: one file can serve two kinds.
type templateKey struct {
	path, webhook string
	kind          event.Kind
}

// loadedTemplate is a template that was read and parsed once for all its cases.
type loadedTemplate struct {
	once         sync.Once
	template     *webhook.Template
	customFields map[string]string // of the webhook
	hook         Hook
	err          error
}

// template returns the template of a case.
func (r *Runner) template(c Case, kind event.Kind) *loadedTemplate {
	key := templateKey{path: c.path(c.Template), webhook: c.Webhook, kind: kind}
	r.mu.Lock()
	loaded := r.templates[key]
	if loaded == nil {
		loaded = &loadedTemplate{}
		r.templates[key] = loaded
	}
	r.mu.Unlock()
	loaded.once.Do(func() { loaded.load(r, c, kind) })
	return loaded
}

func (t *loadedTemplate) load(r *Runner, c Case, kind event.Kind) {
	path, text, err := "", "", error(nil)
	if c.Webhook != "" {
		path, text, err = t.readWebhook(r, c, kind)
	} else {
		path = c.path(c.Template)
		text, err = readText(path)
	}
	if err != nil {
		t.err = c.problem("", "read the template: %w", err)
		return
	}
	limits := r.Limits
	if limits == (webhook.Limits{}) {
		limits = webhook.DefaultLimits()
	}
	t.template, t.err = webhook.Parse(kind, path, text, webhook.WithCoverage(), webhook.WithLimits(limits))
}

func readText(path string) (string, error) {
	text, err := limited.ReadFile(path, maxFileSize)
	return string(text), err
}

func (t *loadedTemplate) readWebhook(r *Runner, c Case, kind event.Kind) (path, text string, err error) {
	if r.Webhook == nil {
		return "", "", c.problem("", "there is no webhook %q", c.Webhook)
	}
	hook, err := r.Webhook(c.Webhook)
	if err != nil {
		return "", "", err
	}
	template, ok := hook.Templates[kind]
	if !ok {
		return "", "", c.problem("", "webhook %q has no template for kind %s", c.Webhook, kind)
	}
	if t.customFields, err = hook.CustomFields(r.Getenv); err != nil {
		return "", "", err
	}
	t.hook.Destination = hook.Destination
	if resolved, err := hook.Resolve(r.Getenv); err == nil { // a variable in the URL need not be set for a test
		t.hook.URL = resolved.URL
	}
	text, err = template.Read()
	return template.Path, text, err
}

// parseFailure is what a template that cannot be parsed means for a case that
// expects an error; nil for others.
func (t *loadedTemplate) parseFailure(c Case) func() ([]Failure, error) {
	if c.Error == "" || t.template != nil {
		return nil
	}
	return func() ([]Failure, error) { return c.compareError(t.err), nil }
}

// Coverage is which branches of one template the cases reached.
type Coverage struct {
	Path     string
	Kind     event.Kind
	Branches []webhook.Branch
}

// Reached counts the branches that were reached.
func (c Coverage) Reached() int {
	n := 0
	for _, branch := range c.Branches {
		if branch.Reached {
			n++
		}
	}
	return n
}

// Percent is the share of branches that were reached, from 0 to 100. A template
// without branches is covered as soon as it is used.
func Percent(coverages []Coverage) float64 {
	all, reached := 0, 0
	for _, coverage := range coverages {
		all += len(coverage.Branches)
		reached += coverage.Reached()
	}
	if all == 0 {
		return 100
	}
	return 100 * float64(reached) / float64(all)
}

// Coverage tells which branches the cases of Run reached, by template.
func (r *Runner) Coverage() []Coverage {
	var all []Coverage
	for key, loaded := range r.templates {
		if loaded.template != nil {
			all = append(all, Coverage{Path: loaded.template.Path(), Kind: key.kind, Branches: loaded.template.Branches()})
		}
	}
	slices.SortFunc(all, func(a, b Coverage) int { return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.Kind, b.Kind)) })
	return all
}
