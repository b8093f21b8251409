package page

import (
	"bytes"
	"cmp"
	"context"
	"strings"
	"unicode/utf8"

	"github.com/hooktool/hooktool/internal/report"
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/lint"
	"github.com/hooktool/hooktool/pkg/source"
)

// checked is the result of a check as the page shows it.
type checked struct {
	JSON     *lint.JSON
	Breaks   *evidence // the event that breaks the JSON, unless the first finding shows it
	Findings []found
	Problem  *problem
	CanFix   bool
}

// found is a finding with its place in the editor, which contains only the template.
type found struct {
	lint.Finding
	Pos, End source.Position
	Shows    *evidence
}

// evidence is an event that demonstrates a mistake.
type evidence struct {
	About             string // what the event is like
	Before, At, After string // the result: the body around the place; may be empty
	Error             string
	Event             string // as JSON, to try it; empty if it is too long for that
}

// mostTried bounds the total size of the events that can be tried, in bytes.
const mostTried = 512 << 10

// aroundBody is how much of a body is shown on each side of a mistake, in bytes.
const aroundBody = 40

func (p *Pages) check(ctx context.Context, q query) checked {
	t, problem := p.text(ctx, q)
	if problem != nil {
		return checked{Problem: problem}
	}
	result := p.workspace.check(ctx, t)
	if !q.Edited {
		p.marks.put(t, result)
	}
	c := checked{JSON: result.JSON}
	left := mostTried
	if result.JSON != nil {
		c.Breaks = newEvidence(result.JSON.Counterexample, &left)
	}
	index := source.NewIndex(t.Text)
	for i, f := range result.Findings {
		start, end := f.Span()
		c.Findings = append(c.Findings, found{f, index.Position(start), index.Position(end), newEvidence(f.Evidence, &left)})
		c.CanFix = c.CanFix || f.Fixable
		if i == 0 && c.Breaks != nil && f.Evidence != nil && f.Evidence.Offset == result.JSON.Counterexample.Offset && bytes.Equal(f.Evidence.Body, result.JSON.Counterexample.Body) {
			c.Breaks = nil // the first finding shows it
		}
	}
	return c
}

func newEvidence(e *lint.Evidence, left *int) *evidence {
	if e == nil {
		return nil
	}
	shown := &evidence{About: cmp.Or(e.Sample, e.About, report.Differences(e.Event), "an event that differs in many fields"), Error: e.Error}
	if text, err := event.MarshalIndent(e.Event); err == nil && len(text) <= *left {
		shown.Event = string(text)
		*left -= len(text)
	}
	if body := string(e.Body); e.Offset >= 0 && e.Offset <= len(body) {
		_, size := utf8.DecodeRuneInString(body[e.Offset:])
		shown.Before, shown.After = body[:e.Offset], body[e.Offset+size:]
		shown.At = cmp.Or(body[e.Offset:e.Offset+size], "(the end)")
		if cut := len(shown.Before) - aroundBody; cut > 0 {
			shown.Before = "…" + strings.ToValidUTF8(shown.Before[cut:], "")
		}
		if len(shown.After) > aroundBody {
			shown.After = strings.ToValidUTF8(shown.After[:aroundBody], "") + "…"
		}
	}
	return shown
}
