package lint

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"github.com/hooktool/hooktool/internal/witness"
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/jsonflow"
	"github.com/hooktool/hooktool/pkg/rewrite"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// maxEvidence limits the problems per template that are examined for evidence.
const maxEvidence = 20

// Limits on the search for what an action printed: bytes of a body, and events.
const (
	maxSearched = 16 << 10
	maxTried    = 12
)

// shownBy returns evidence of a JSON problem. If an earlier place already breaks the
// body of the event, the evidence still points at this place and says so.
func (p *pass) shownBy(problem jsonflow.Problem) *Evidence {
	e := counterexample(problem.Counterexample)
	if p.shown++; p.shown > maxEvidence {
		return e
	}
	message, origins, err := p.parse().template.Trace(p.ctx, e.Event)
	if err != nil || !bytes.Equal(message.Body, e.Body) || e.Offset < 0 {
		return e
	}
	mine := func(o webhook.Origin) bool {
		return o.Start < max(problem.End, problem.Start+1) && problem.Start < max(o.End, o.Start+1)
	}
	last := len(bytes.TrimRight(e.Body[:min(e.Offset, len(e.Body))], " \t\r\n"))
	if e.Offset >= len(e.Body) || mine(origins.At(e.Offset)) || last > 0 && mine(origins.At(last-1)) {
		return e
	}
	if at := printedBy(mine, origins, e.Body, e.Offset+1); at >= 0 {
		return p.brokenBefore(*e, origins.At(e.Offset), at)
	}
	all := p.render()
	for _, r := range all[:min(len(all), maxTried)] {
		if r.failure != nil || !r.trial.mild || json.Valid(r.body) {
			continue
		}
		broken, message := faultOf(r.body)
		if mine(r.origins.At(broken)) {
			return r.evidence(broken, message)
		}
		if at := printedBy(mine, r.origins, r.body, 0); at >= 0 && broken <= at {
			return p.brokenBefore(*r.evidence(broken, ""), r.origins.At(broken), at)
		}
	}
	return nil
}

// brokenBefore makes evidence point at a place that would also break the body, after
// the place that breaks it first.
func (p *pass) brokenBefore(e Evidence, before webhook.Origin, at int) *Evidence {
	if at < len(e.Body) { // it was not truncated
		e.Offset = at
	}
	e.Error = fmt.Sprintf("the body is already broken at %s; this breaks it once that is repaired", placeOf(before.Start))
	return &e
}

// printedBy returns the position in a body, at or after an offset, of what an action
// printed, or -1 if there is none.
func printedBy(mine func(webhook.Origin) bool, origins *webhook.Origins, body []byte, from int) int {
	for i := from; i < min(len(body), from+maxSearched); i++ {
		if mine(origins.At(i)) {
			return i
		}
	}
	return -1
}

// faultOf returns the offset at which a body stops being valid JSON, and the decoder's
// error.
func faultOf(body []byte) (offset int, message string) {
	var value any
	var syntax *json.SyntaxError
	if err := json.Unmarshal(body, &value); errors.As(err, &syntax) {
		return max(int(syntax.Offset)-1, 0), err.Error()
	}
	return 0, ""
}

// smallest returns the event closest to a built-in one for which a template fails at
// the same place.
func (p *pass) smallest(r rendering) *Evidence {
	t := p.parse().template
	if t == nil || r.trial.sample != "" {
		return r.evidence(-1, "")
	}
	return witness.Simplest(r.trial.event, r.evidence(-1, ""), func(ev event.Event) (*Evidence, bool) {
		ev.CustomFields = p.template.CustomFields
		tried, _, ok := p.renderTrial(t, trial{event: ev})
		return &Evidence{Event: ev, Offset: -1}, ok && tried.failure != nil && tried.failure.Pos == r.failure.Pos
	})
}

// printedRaw reports whether the action whose pipeline begins at an offset prints a value
// in Go's syntax, and the rule for that is enabled.
func (p *pass) printedRaw(start int) bool {
	return p.options.severity(goSyntax(), p.template.Path) != Off &&
		slices.ContainsFunc(p.rawValues(), func(value rewrite.Raw) bool { return value.Start == start })
}
