package main

import (
	"context"
	"time"

	"github.com/hooktool/hooktool/internal/meeting"
	"github.com/hooktool/hooktool/internal/preview"
	"github.com/hooktool/hooktool/pkg/jsonflow"
)

// proofTime bounds the proof that is above a message. hooktool validate
// takes as long as it needs.
const proofTime = 10 * time.Second

// verdict says whether the JSON of the template is valid for every event.
func (o *previewOptions) verdict(ctx context.Context, in *meeting.Input) preview.Fact {
	ctx, cancel := context.WithTimeout(ctx, proofTime)
	defer cancel()
	analysis, err := jsonflow.Analyze(ctx, in.Template.Kind, in.Template.Text, jsonflow.Options{CustomFields: in.Template.CustomKeys()})
	if err != nil { // too slow, or a mistake that the rendering tells
		return preview.Fact{}
	}
	switch analysis.Verdict {
	case jsonflow.Proved:
		return preview.Fact{Text: "JSON proved", Color: preview.Green}
	case jsonflow.Refuted:
		return preview.Fact{Text: "JSON breaks for some events", Color: preview.Red}
	case jsonflow.Unknown:
		return preview.Fact{Text: "JSON not proved", Color: preview.Yellow}
	}
	return preview.Fact{Text: "not JSON"}
}
