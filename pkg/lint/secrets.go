package lint

import (
	"github.com/hooktool/hooktool/pkg/webhook"
)

// hideSecrets masks the secrets in everything that is shown of a result: what is
// said, the lines of files, and the bodies that are evidence. Known are secrets, and
// text is where others may stand: of each also a part is masked, as messages quote
// no more.
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

// redactor masks what is known to be secret, what looks like it in a text, and
// members of payloads that hold secrets.
func redactor(known []string, text string, members []string) *webhook.Redactor {
	redact := webhook.NewRedactorKnowing(webhook.Webhook{}, webhook.Secrets{Members: members})
	redact.LearnValues(known...)
	redact.LearnText(text)
	return redact
}
