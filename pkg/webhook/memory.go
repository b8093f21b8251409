package webhook

import (
	"context"
	"sync"

	"github.com/hooktool/hooktool/pkg/event"
)

// WithMemory remembers the messages of events, for analyses that try the same ones for
// several reasons, as long as the template is kept. It does not change the output.
// Messages must then not be changed, because they are shared.
func WithMemory() Option {
	return func(t *Template) { t.memory = &memory{known: map[string]*remembered{}} }
}

// Limits on what is remembered of one template, in bytes: of an event, and of all
// events and messages.
const (
	maxRemembered = 8 << 10
	maxMemory     = 4 << 20
)

// memory holds the messages of a template by the keys of their events. Events that differ
// in nothing that the template uses have the same message. Failures are not remembered.
type memory struct {
	uses  usage
	mu    sync.Mutex
	known map[string]*remembered
	size  int
	key   []byte // of the event that was last looked up
}

// remembered is the result of an execution, and what it took.
type remembered struct {
	message Message
	origins *Origins
	used    use
}

// use is what an execution has used of its limits.
type use struct{ turns, longest, made int }

// allow reports whether an execution that took this much stays within the limits, as
// far as they do not depend on the clock.
func (l Limits) allow(used use) bool {
	return (l.Turns <= 0 || used.turns <= l.Turns) &&
		(l.Output <= 0 || used.longest <= l.Output && used.made <= madeFactor*l.Output)
}

// recall is execute for a template that remembers its messages.
func (t *Template) recall(ctx context.Context, ev event.Event) (Message, *Origins, error) {
	known, key := t.memory.look(ev)
	if known != nil && t.limits.allow(known.used) && ctx.Err() == nil {
		return known.message, known.origins, nil
	}
	m, origins, used, err := t.execute(ctx, ev, true)
	if err == nil && known == nil {
		t.memory.remember(key, &remembered{m, origins, used})
	}
	return m, origins, err
}

// look returns what is remembered of an event, or else its key; that is empty if the event
// is too large to be remembered.
func (m *memory) look(ev event.Event) (*remembered, string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.key = ev.AppendKey(m.key[:0], m.uses.of)
	if known := m.known[string(m.key)]; known != nil || len(m.key) > maxRemembered {
		return known, ""
	}
	return nil, string(m.key)
}

func (m *memory) remember(key string, r *remembered) {
	m.mu.Lock()
	defer m.mu.Unlock()
	size := len(key) + len(r.message.Rendered) + len(r.message.Body) + r.origins.size()
	if key != "" && m.size+size <= maxMemory {
		m.size += size
		m.known[key] = r
	}
}
