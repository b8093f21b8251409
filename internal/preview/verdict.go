package preview

import (
	"context"
	"time"

	"github.com/hooktool/hooktool/pkg/jsonflow"
	"github.com/hooktool/hooktool/pkg/workspace"
)

// proofTime bounds the proof that is above a message. hooktool validate
// takes as long as it needs.
const proofTime = 10 * time.Second

// Verdict says whether the JSON of a template is valid for every event.
func Verdict(ctx context.Context, t workspace.Template) Fact {
	ctx, cancel := context.WithTimeout(ctx, proofTime)
	defer cancel()
	analysis, err := jsonflow.Analyze(ctx, t.Kind, t.Text, jsonflow.Options{CustomFields: t.CustomKeys()})
	if err != nil { // too slow, or a mistake that the rendering tells
		return Fact{}
	}
	switch analysis.Verdict {
	case jsonflow.Proved:
		return Fact{Text: "JSON proved", Color: Green}
	case jsonflow.Refuted:
		return Fact{Text: "JSON breaks for some events", Color: Red}
	case jsonflow.Unknown:
		return Fact{Text: "JSON not proved", Color: Yellow}
	}
	return Fact{Text: "not JSON"}
}
