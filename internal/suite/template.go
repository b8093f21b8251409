package suite

import (
	"errors"
	"slices"
	"sync"

	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/source"
	"github.com/hooktool/hooktool/pkg/webhook"
	"github.com/hooktool/hooktool/pkg/workspace"
)

// Templates returns the templates at a path, or those of the webhook named in said,
// whether or not their kind is known; see onDisk.
type Templates func(path string, said workspace.Said) ([]workspace.Template, error)

// onDisk finds templates in files, without any configuration.
func onDisk(path string, said workspace.Said) ([]workspace.Template, error) {
	return workspace.New(workspace.Options{Said: said}).SomeTemplates(path)
}

// kind returns the kind of a case's template without looking at its event. It is empty
// if nothing determines the kind, or several are possible.
func (find Templates) kind(c Case) event.Kind {
	templates, err := find.of(c)
	if err != nil {
		return c.kindByName() // running the case reports the error
	}
	return onlyKind(templates)
}

// onlyKind returns the kind that all templates share, or the empty kind if they differ.
func onlyKind(templates []workspace.Template) event.Kind {
	kind := templates[0].Kind
	if slices.ContainsFunc(templates, func(t workspace.Template) bool { return t.Kind != kind }) {
		return ""
	}
	return kind
}

// of returns the templates that a case may mean.
func (find Templates) of(c Case) ([]workspace.Template, error) {
	kind, _ := event.ParseKind(c.Type) // Load has checked it
	path := ""
	if c.Template != "" {
		path = c.path(c.Template)
	}
	said := workspace.Said{Kind: kind, Destination: c.Destination}
	if c.Webhook != "" {
		said.Webhooks = []string{c.Webhook}
	}
	return find(path, said)
}

// subject identifies the templates of a case; one template can serve two kinds.
type subject struct {
	path, webhook, kind, destination string
}

// loadedTemplates holds the templates of some cases, read once for all of them.
type loadedTemplates struct {
	once   sync.Once
	all    []workspace.Template
	err    error
	parsed map[event.Kind]*parsedTemplate
}

// parsedTemplate is a template parsed once for all its cases.
type parsedTemplate struct {
	workspace.Template
	once   sync.Once
	parsed *webhook.Template
	err    error
}

// load reads the templates that a case may mean.
func (r *Runner) load(c Case) *loadedTemplates {
	key := subject{path: c.path(c.Template), webhook: c.Webhook, kind: c.Type, destination: c.Destination}
	r.mu.Lock()
	loaded := r.templates[key]
	if loaded == nil {
		loaded = &loadedTemplates{parsed: map[event.Kind]*parsedTemplate{}}
		r.templates[key] = loaded
	}
	r.mu.Unlock()
	loaded.once.Do(func() { loaded.all, loaded.err = r.Find.of(c) })
	return loaded
}

// template returns the template of a case for the kind of its event.
func (r *Runner) template(c Case, loaded *loadedTemplates, kind event.Kind) (*parsedTemplate, error) {
	r.mu.Lock()
	t := loaded.parsed[kind]
	if t == nil {
		i := slices.IndexFunc(loaded.all, func(t workspace.Template) bool { return t.Kind == kind || t.Kind == "" })
		if i < 0 {
			r.mu.Unlock()
			if c.Webhook != "" {
				return nil, c.problem("", "webhook %q has no template for the kind %s", c.Webhook, kind)
			}
			return nil, c.problem("", "the event is of the kind %s, but the template is for the kind %s", kind, loaded.all[0].Kind)
		}
		t = &parsedTemplate{Template: loaded.all[i]}
		if t.Kind == "" && errors.Is(t.Err, workspace.ErrNoKind) {
			t.Kind, t.Err = kind, nil
		}
		loaded.parsed[kind] = t
	}
	r.mu.Unlock()
	t.once.Do(func() {
		switch {
		case t.Err != nil:
			t.err = c.problem(source.ProblemOf(t.Err).Hint, "read the template: %w", t.Err)
		default:
			limits := r.Limits
			if limits == (webhook.Limits{}) {
				limits = webhook.DefaultLimits()
			}
			t.parsed, t.err = t.Parse(webhook.WithCoverage(), webhook.WithLimits(limits))
		}
	})
	return t, nil
}

// parseFailure returns the outcome of a case that expects an error if the template
// cannot be parsed; nil for other cases.
func (t *parsedTemplate) parseFailure(c Case) func() ([]Failure, error) {
	if c.Error == "" || t.parsed != nil {
		return nil
	}
	return func() ([]Failure, error) { return c.compareError(t.err), nil }
}
