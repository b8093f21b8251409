// Package page shows previews in a browser: a live page that follows the files
// as they are saved, and pages to keep or to attach to a pull request.
//
// The page is drawn here, on the server, by html/template; its script only asks
// for parts of it again. All that it needs is embedded. Nothing that comes from a
// template or an event can run in it, or load anything from elsewhere: the
// templates escape, addresses are checked, and a content security policy would
// stop what got through.
package page

import (
	"context"

	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/lint"
	"github.com/hooktool/hooktool/pkg/webhook"
	"github.com/hooktool/hooktool/pkg/workspace"
)

// Template is a template that the page lists.
type Template struct {
	workspace.Template

	ID    string                  // tells it from the others, and stays the same from scan to scan
	Group string                  // the heading under which it is listed: a folder, or a webhook
	Title string                  // what it is called there
	Save  func(text string) error // writes it to its place; nil when that cannot be done
	Clean bool                    // it is known to have no mistakes, and is not checked for its mark in the list
}

// Sample is an event to try.
type Sample struct {
	Name string
	Doc  string
	event.Event
}

// Workspace is what the page shows. Its functions are called from several
// goroutines.
type Workspace struct {
	// Scan reads what there is now: the templates, the user's own events besides
	// the built-in ones, and the files to watch.
	Scan func(ctx context.Context) Scan
	// Check looks for mistakes.
	Check func(ctx context.Context, t workspace.Template) lint.Result
	// Fix returns the template with its JSON repaired, or why it cannot be.
	Fix func(ctx context.Context, t workspace.Template) (string, error)
	// Limits bound each rendering.
	Limits webhook.Limits
	// Hide masks in a body what is secret in this run; nil: nothing is.
	Hide func(body []byte) []byte
	// ShowSecrets leaves secrets in the body as sent.
	ShowSecrets bool
}

// Scan is what was found.
type Scan struct {
	Templates []Template
	Events    []Sample
	Files     []string
	Change    func(*event.Event) error // what is changed in built-in events; may be nil
	Err       error                    // what went wrong besides, such as a configuration that cannot be read
}

// Samples returns the events for a kind: the user's own first.
func (s Scan) Samples(kind event.Kind) []Sample {
	var all []Sample
	for _, own := range s.Events {
		if own.Kind() == kind {
			all = append(all, own)
		}
	}
	for _, sample := range event.SamplesOf(kind) {
		if s.Change != nil && s.Change(&sample.Event) != nil {
			continue // a field that this sample does not have
		}
		all = append(all, Sample{sample.Name, sample.Doc, sample.Event})
	}
	return all
}
