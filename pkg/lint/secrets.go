package lint

import (
	"sync"

	"github.com/hooktool/hooktool/pkg/webhook"
	"github.com/hooktool/hooktool/pkg/workspace"
)

// hiding masks the secrets in texts, most of which several findings have in common.
type hiding struct{ inPlace, body func(string) string }

// hiding returns what masks the secrets of a template, unless they are to be shown.
func (o Options) hiding(t *workspace.Template, members []string) hiding {
	return o.hidingOf(func() *webhook.Redactor { return redactor(t.Secrets, t.Text, members) })
}

// hidingOf returns a hiding by a redactor, which is made if there is anything to mask.
func (o Options) hidingOf(redactor func() *webhook.Redactor) hiding {
	if o.ShowSecrets {
		same := func(text string) string { return text }
		return hiding{same, same}
	}
	redactor = sync.OnceValue(redactor)
	return hiding{
		once(func(text string) string { return redactor().InPlace(text) }),
		once(func(text string) string { return redactor().Body(text) }),
	}
}

// result masks everything that a result shows: messages, hints, lines of files, and the
// bodies used as evidence.
func (h hiding) result(r *Result) {
	for i := range r.Findings {
		f := &r.Findings[i]
		for j, line := range f.Lines {
			f.Lines[j] = h.inPlace(line)
		}
		f.Message, f.Hint = h.body(f.Message), h.body(f.Hint)
		h.evidence(f.Evidence)
	}
	if r.JSON != nil {
		r.JSON.Reason = h.body(r.JSON.Reason)
		h.evidence(r.JSON.Counterexample)
	}
}

func (h hiding) evidence(e *Evidence) {
	if e != nil {
		e.Body = []byte(h.inPlace(string(e.Body)))
		e.About, e.Error = h.body(e.About), h.body(e.Error)
	}
}

// once returns a function that calls another only once for each text.
func once(hide func(string) string) func(string) string {
	known := map[string]string{"": ""}
	return func(text string) string {
		hidden, ok := known[text]
		if !ok {
			hidden = hide(text)
			known[text] = hidden
		}
		return hidden
	}
}

// redactor masks the known secrets, strings in text that look like secrets, and members
// of payloads that hold secrets. It also masks parts of the first two, because messages
// may quote only a part.
func redactor(known []string, text string, members []string) *webhook.Redactor {
	redact := webhook.NewRedactorKnowing(webhook.Webhook{}, webhook.Secrets{Members: members})
	redact.LearnValues(known...)
	redact.LearnText(text)
	return redact
}
