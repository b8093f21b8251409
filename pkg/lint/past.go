package lint

import (
	"errors"
	"fmt"
	"io"

	"github.com/hooktool/hooktool/internal/jsontree"
	"github.com/hooktool/hooktool/pkg/destination"
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// PastEvent is an event that actually happened.
type PastEvent struct {
	Name string // such as events.ndjson:12
	event.Event
}

// ReadPast reads past events of any kind; those whose keys do not tell it are of the kind
// otherwise, if it is not empty. Each is named after its file and line.
func ReadPast(r io.Reader, path string, otherwise event.Kind) ([]PastEvent, error) {
	decoder := event.NewDecoder(r, path)
	var all []PastEvent
	for {
		doc, err := decoder.Next()
		if errors.Is(err, io.EOF) {
			return all, nil
		}
		if err != nil {
			return all, err
		}
		kind, err := doc.DetectKind(otherwise)
		if err != nil {
			return all, err
		}
		ev, _, err := doc.Decode(kind)
		if err != nil {
			return all, err
		}
		all = append(all, PastEvent{Name: fmt.Sprintf("%s:%d", path, doc.Pos.Line), Event: ev})
	}
}

// Past summarises how a template handles past events.
type Past struct {
	Events  int // number of events of the template's kind
	Lost    int // messages that would not have been delivered
	Cut     int // messages that would have been truncated or split
	Altered int // messages that would have been displayed differently from how they are written
}

// fate is the outcome of sending a message.
type fate int

const (
	arrives fate = iota
	altered
	cut
	lost
)

// pastMessage is the outcome for the message of one event.
type pastMessage struct {
	fate   fate
	why    string
	hint   string
	where  at
	offset int // in the body; -1: none
	rendering
}

// tryPast renders the template with every past event. It returns the totals and the
// first message of each fate except a good one.
func (p *pass) tryPast() (past Past, first map[fate]pastMessage) {
	first = map[fate]pastMessage{}
	t := p.parse().template
	if t == nil {
		return past, first
	}
	target := p.destination()
	for _, e := range p.options.Events {
		if e.Kind() != p.template.Kind || p.ctx.Err() != nil {
			continue
		}
		m, ok := p.pastMessage(t, target, e)
		if !ok {
			continue
		}
		past.Events++
		switch m.fate {
		case lost:
			past.Lost++
		case cut:
			past.Cut++
		case altered:
			past.Altered++
		case arrives:
			continue
		}
		if _, known := first[m.fate]; !known {
			first[m.fate] = m
		}
	}
	return past, first
}

// pastMessage returns the outcome for one event. It is not ok if nothing can be said
// about the template at all.
func (p *pass) pastMessage(t *webhook.Template, target *destination.Destination, e PastEvent) (m pastMessage, ok bool) {
	ev := p.template.WithFields(e.Event)
	m.rendering = rendering{trial: trial{about: e.Name, event: ev}}
	message, origins, err := t.Trace(p.ctx, ev)
	if err != nil {
		if !errors.As(err, &m.failure) {
			return m, false
		}
		m.fate, m.why, m.hint, m.where, m.offset = lost, m.failure.Message, m.failure.Hint, p.failurePlace(m.rendering), -1
		return m, true
	}
	m.body, m.origins = message.Body, origins
	m.judge(p, target)
	return m, true
}

// judge determines how the destination treats the body.
func (m *pastMessage) judge(p *pass, target *destination.Destination) {
	if fault := jsontree.Parse(m.body).Fault; fault != nil && !target.Plain && !p.takesText() {
		m.is(p, lost, fmt.Sprintf("the body is not valid JSON: %v", fault), "", fault.Offset)
		return
	}
	for _, problem := range target.Check(m.body) {
		worst := arrives
		switch problem.Effect {
		case destination.Refused:
			worst = lost
		case destination.Cut, destination.Split:
			worst = cut
		case destination.Altered, destination.Vanishes, destination.Ignored:
			worst = altered
		case destination.Pings, destination.Taken, destination.Unsaid:
		}
		if problem.Severity == destination.Info && worst != lost {
			continue
		}
		if worst > m.fate {
			m.is(p, worst, problem.Message, problem.Hint, problem.Offset)
		}
	}
}

func (m *pastMessage) is(p *pass, f fate, why, hint string, offset int) {
	from := site(p.template.Text, m.origins.At(offset))
	m.fate, m.why, m.hint, m.offset, m.where = f, why, hint, offset, at{from.Start, from.End}
}
