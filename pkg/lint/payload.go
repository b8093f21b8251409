package lint

import (
	"bytes"
	"errors"
	"slices"
	"unicode/utf8"

	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/source"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// rendering is the result of rendering the template with one trial.
type rendering struct {
	trial   trial
	body    []byte
	origins *webhook.Origins
	failure *webhook.TemplateError
}

// blank reports whether the body contains only white space.
func (r rendering) blank() bool { return len(bytes.TrimSpace(r.body)) == 0 }

// The part of a long body kept as evidence, in bytes before and after the place of the
// mistake.
const (
	keptBefore = 1 << 10
	keptBehind = 3 << 10
)

// evidence returns evidence of a mistake. It keeps only the part of a long body around
// the mistake, and only a description of an event that is long on purpose.
func (r rendering) evidence(offset int, problem string) *Evidence {
	e := &Evidence{Sample: r.trial.sample, About: r.trial.about, Event: r.trial.event, Body: r.body, Offset: offset, Error: problem}
	if r.trial.long {
		e.Event = event.Event{}
	}
	if len(e.Body) > keptBefore+keptBehind {
		from := max(offset-keptBefore, 0)
		for from > 0 && !utf8.RuneStart(e.Body[from]) {
			from--
		}
		e.Body = e.Body[from:min(max(offset, 0)+keptBehind, len(e.Body))]
		if offset >= 0 {
			e.Offset = offset - from
		}
	}
	return e
}

// renderings are the results of the trials, computed on first use.
type renderings struct {
	done bool
	all  []rendering
}

// Limits on the trials of one template: the bytes kept, and the work in units of about
// a nanosecond. A template that prints its event many times over is not tried with the
// remaining events.
const (
	maxRendered = 24 << 20
	maxWork     = 400_000_000
	workAByte   = 40    // for checking a body against its destination
	workASource = 1_000 // for an excess byte of the template
)

// render renders the template with all trials. It returns none if the template cannot
// be executed.
func (p *pass) render() []rendering {
	if p.renderings.done {
		return p.renderings.all
	}
	p.renderings.done = true
	if !p.executes() {
		return nil
	}
	t := p.parse().template
	if t == nil {
		return nil
	}
	size, work := 0, workASource*source.Excess(p.template.Text)
	try := func(all []trial) bool {
		for _, trial := range all {
			if p.ctx.Err() != nil || size > maxRendered || work > maxWork {
				return false
			}
			tooMuch := trial.long && work+t.LeastWork(trial.event) > maxWork
			if tooMuch || trial.extra && p.options.Brief || trial.base != "" && p.template.BaseURL() != "" {
				continue
			}
			r, cost, ok := p.renderTrial(t, trial)
			work += cost
			if !ok {
				p.renderings.all = nil
				return false
			}
			size += len(r.body) + len(p.template.Text) // the most that the origins take
			p.renderings.all = append(p.renderings.all, r)
			if r.exceeds() {
				return false // as will the remaining trials
			}
		}
		return true
	}
	if try(trials(p.template.Kind)) {
		try(longTrials(p.template.Kind, p.destination()))
	}
	return p.renderings.all
}

// renderTrial renders the template with one trial and returns the work it took. It is
// not ok if custom fields crash Coroot or the template is empty, which Coroot skips.
func (p *pass) renderTrial(t *webhook.Template, trial trial) (r rendering, work int, ok bool) {
	r = rendering{trial: trial}
	message, origins, err := t.Trace(p.ctx, p.template.Sent(trial.event))
	if err != nil {
		return r, message.Work, errors.As(err, &r.failure)
	}
	r.body, r.origins = message.Body, origins
	return r, message.Work + workAByte*len(r.body), true
}

// exceeds reports whether the rendering hit a limit on time or output.
func (r rendering) exceeds() bool {
	return r.failure != nil && (errors.Is(r.failure.Err, webhook.ErrTimeLimit) || errors.Is(r.failure.Err, webhook.ErrOutputLimit) && !r.trial.long)
}

// exceeds reports whether any rendering hit a limit on time or output. Other analyses
// of such a template may have no such limit.
func (p *pass) exceeds() bool {
	return slices.ContainsFunc(p.render(), func(r rendering) bool { return r.exceeds() && !r.trial.long })
}

// failures returns the failed renderings, the first for each place in the template.
func (p *pass) failures() []rendering {
	var first []rendering
	seen := map[source.Position]bool{}
	for _, r := range p.render() {
		if r.failure != nil && !seen[r.failure.Pos] {
			seen[r.failure.Pos] = true
			first = append(first, r)
		}
	}
	return first
}

// failurePlace returns where in the template a rendering failed.
func (p *pass) failurePlace(r rendering) at {
	return p.offsets(r.failure.Pos, r.failure.End)
}

// sentStatuses returns the statuses that the selected version of Coroot sends.
func (p *pass) sentStatuses() []string {
	status, _ := event.FieldByName(p.template.Kind, "Status")
	return status.SentBy(p.options.CorootVersion)
}
