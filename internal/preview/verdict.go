package preview

import (
	"context"
	"encoding/json"
	"time"

	"github.com/hooktool/hooktool/pkg/lint"
	"github.com/hooktool/hooktool/pkg/workspace"
)

// proofTime bounds the proof that is above a message. hooktool validate
// takes as long as it needs.
const proofTime = 10 * time.Second

// Verdict says whether the JSON of a template is valid for every event. It returns nil
// if that takes too long.
func Verdict(ctx context.Context, t workspace.Template) *lint.JSON {
	ctx, cancel := context.WithTimeout(ctx, proofTime)
	defer cancel()
	if v := lint.Verdict(ctx, t); ctx.Err() == nil {
		return v
	}
	return nil
}

// VerdictFact words a verdict above a body: an event that Coroot does not send can break
// even a template that is proved.
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
	case lint.PlainText:
	default:
		fact.Color = Yellow
	}
	return fact
}
