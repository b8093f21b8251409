package preview

import (
	"encoding/json"

	"github.com/hooktool/hooktool/pkg/lint"
)

// VerdictFact words a verdict above a body: an event that Coroot does not send can break
// even a template that is proved, and one that breaks for some events may do so for all.
func VerdictFact(v *lint.JSON, body []byte) Fact {
	fact := Fact{Text: v.Label()}
	switch v.Standing() {
	case lint.Always:
		fact.Color = Green
		if !json.Valid(body) {
			fact = Fact{Text: "JSON proved, but not for this event", Color: Yellow}
		}
	case lint.Breaks:
		fact.Color = Red
		if !json.Valid(body) {
			fact.Text = "JSON breaks, also for this event"
		}
	case lint.PlainText:
	default:
		fact.Color = Yellow
	}
	return fact
}
