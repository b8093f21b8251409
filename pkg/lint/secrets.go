package lint

import (
	"github.com/hooktool/hooktool/pkg/webhook"
)

// hideSecrets masks the secrets in everything a result shows: messages, hints, lines of
// files, and the bodies used as evidence.
func hideSecrets(r *Result, redact *webhook.Redactor) {
	last, hidden := "", ""
	for i := range r.Findings {
		f := &r.Findings[i]
		for j, line := range f.Lines {
			if line != last { // a long line can have many findings
				last, hidden = line, redact.InPlace(line)
			}
			f.Lines[j] = hidden
		}
		f.Message, f.Hint = redact.Body(f.Message), redact.Body(f.Hint)
		hideEvidence(f.Evidence, redact)
	}
	if r.JSON != nil {
		r.JSON.Reason = redact.Body(r.JSON.Reason)
		hideEvidence(r.JSON.Counterexample, redact)
	}
}

func hideEvidence(e *Evidence, redact *webhook.Redactor) {
	if e != nil {
		e.Body = []byte(redact.InPlace(string(e.Body)))
		e.About, e.Error = redact.Body(e.About), redact.Body(e.Error)
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
