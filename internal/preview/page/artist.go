package page

import (
	"context"

	"github.com/hooktool/hooktool/internal/preview"
	"github.com/hooktool/hooktool/pkg/destination/catalog"
	"github.com/hooktool/hooktool/pkg/webhook"
	"github.com/hooktool/hooktool/pkg/workspace"
)

// artist draws the messages of one template.
type artist struct {
	workspace Workspace
	template  workspace.Template
	parsed    *webhook.Template
	found     catalog.Found
	err       error // of finding the destination
	work      int   // so far, in units of about a nanosecond
}

func (w Workspace) artist(tmpl *webhook.Template, t workspace.Template) *artist {
	a := &artist{workspace: w, template: t, parsed: tmpl}
	a.found, a.err = t.DetectParsed(tmpl)
	return a
}

// Once the messages of a template have taken this much work, the others are left out.
const (
	mostWork  = 200_000_000
	workAByte = 400 // of a body, for reading and drawing it
)

// leftOut says why a state has no picture.
const leftOut = "left out, because the messages before it are so large"

// state draws one of the messages, unless those before it took too much work.
func (a *artist) state(ctx context.Context, sample Sample) state {
	s := state{Sample: sample}
	if a.work > mostWork {
		s.LeftOut = leftOut
		return s
	}
	s.Picture, s.Problem = a.picture(ctx, sample)
	return s
}

// picture renders and draws one event.
func (a *artist) picture(ctx context.Context, sample Sample) (*drawing, *problem) {
	w, t := a.workspace, a.template
	message, err := a.parsed.Render(ctx, sample.Event)
	a.work += message.Work + workAByte*len(message.Body)
	if err != nil {
		return nil, problemOf(err)
	}
	if a.err != nil {
		return nil, problemOf(a.err)
	}
	body := message.Body
	if w.Hide != nil {
		body = w.Hide(body)
	}
	if !w.ShowSecrets && len(t.Secrets) > 0 {
		body = []byte(webhook.NewRedactorKnowing(webhook.Webhook{}, webhook.Secrets{Values: t.Secrets}).InPlace(string(body)))
	}
	p := preview.Of(a.found, body)
	sent := p.Body
	if !w.ShowSecrets {
		sent = p.ShownBody()
	}
	d := &drawing{Preview: p, Sent: bodyHTML(sent), Size: len(p.Body)}
	d.Eaten = eaten(d, sample.Event)
	return d, nil
}
