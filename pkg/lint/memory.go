package lint

import (
	"crypto/sha256"
	"fmt"
	"sync"
	"time"

	"github.com/hooktool/hooktool/pkg/destination/catalog"
	"github.com/hooktool/hooktool/pkg/workspace"
)

// Memory remembers the results of checks, each by everything that it depends on except
// Options.Events, which must be the same each time. Equal templates are checked once,
// and one that only moves in its file is not checked again. A Memory has a limit: it
// forgets what has not been needed for the longest time. It is safe for concurrent use.
type Memory struct {
	mu     sync.Mutex
	recent map[memoryKey]*remembered
	older  map[memoryKey]*remembered // needed before everything in recent
	size   int                       // of recent, in bytes
}

// maxRecent is the size at which all that is recent becomes older, and what was older is
// forgotten.
const maxRecent = 32 << 20

// aFact is the size of an entry without a result.
const aFact = 256

// NewMemory returns an empty Memory.
func NewMemory() *Memory { return &Memory{recent: map[memoryKey]*remembered{}} }

// memoryKey is the hash of all that a finding depends on, so that the texts can be freed.
type memoryKey [sha256.Size]byte

// remembered is what a Memory knows of equal templates.
type remembered struct {
	size int // of what is known, in bytes

	mu      sync.Mutex // held while one of them is checked
	checked *checked   // nil: none was, or not to the end
	fact    *bool
}

// of returns the result of a template. If it is not known, check finds it, and says
// whether it came to the end.
func (m *Memory) of(t *workspace.Template, o Options, check func() (c *checked, h hiding, whole bool)) Result {
	key := keyOf(t, o)
	r := m.find(key)
	r.mu.Lock()
	defer r.mu.Unlock()
	c, h, whole := r.checked, hiding{}, true
	if c == nil {
		c, h, whole = check()
	} else {
		h = o.hiding(t, c.members)
	}
	result := c.place(t, h)
	if whole {
		r.checked = c
		m.resize(key, r, c.size())
	}
	return result
}

// fact returns whether something is so, which find says if it is not known.
func (m *Memory) fact(key memoryKey, find func() bool) bool {
	r := m.find(key)
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.fact == nil {
		fact := find()
		r.fact = &fact
		m.resize(key, r, aFact)
	}
	return *r.fact
}

// find returns what is known under a key.
func (m *Memory) find(key memoryKey) *remembered {
	m.mu.Lock()
	defer m.mu.Unlock()
	if r := m.recent[key]; r != nil {
		return r
	}
	r := m.older[key]
	if r == nil {
		r = &remembered{}
	}
	if m.size += r.size; m.size > maxRecent {
		m.recent, m.older, m.size = map[memoryKey]*remembered{}, m.recent, r.size
	}
	m.recent[key] = r
	return r
}

// resize notes the size of what is known under a key.
func (m *Memory) resize(key memoryKey, r *remembered, size int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.recent[key] == r {
		m.size += size - r.size
	}
	r.size = size
}

// keyOf returns what the result of a template depends on, apart from its places: where
// in its file, in which file and under which name it is.
func keyOf(t *workspace.Template, o Options) memoryKey {
	all := []any{
		t.Text, t.Kind, t.CustomFields, t.Secrets, t.Unset != nil, t.Webhook != "", t.BaseURL(),
		t.Destination, t.Configured, t.URL, catalog.NamedIn(t.Path),
		o.MinSeverity, o.CorootVersion, o.Brief, o.ShowSecrets, dayOf(o.Now),
	}
	if stored, ok := t.Stored(); ok {
		all = append(all, stored.Meant())
	}
	if hook := t.Hook(); hook != nil {
		all = append(all, kindsOf(*hook), definedFields(*hook))
	}
	for _, rules := range o.layers(t.Path) {
		all = append(all, rules)
	}
	return keyed("result", all...)
}

// keyed returns the key of what depends on some values, without pointers.
func keyed(what string, values ...any) (key memoryKey) {
	hash := sha256.New()
	for _, value := range append(values, what) {
		if text, ok := value.(string); ok {
			fmt.Fprintf(hash, "%d %s\n", len(text), text) // faster than quoted
		} else {
			fmt.Fprintf(hash, "%#v\n", value)
		}
	}
	hash.Sum(key[:0])
	return key
}

// dayOf returns the day on which a comment that silences a rule until a date is read.
// The first instant of a day belongs to the day before; see source.Ignore.Expired.
func dayOf(now time.Time) string {
	if now.IsZero() {
		return ""
	}
	return now.Add(-1).UTC().Format(time.DateOnly)
}
