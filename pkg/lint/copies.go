package lint

import (
	"crypto/sha256"
	"fmt"
	"slices"
	"sync"

	"github.com/hooktool/hooktool/pkg/destination/catalog"
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/workspace"
)

// Copies remembers the results of templates for one set of Options, so that files with
// the same text are checked only once. It is safe for concurrent use.
type Copies struct {
	mu    sync.Mutex
	known map[copyKey]*copied
}

// NewCopies returns an empty Copies.
func NewCopies() *Copies { return &Copies{known: map[copyKey]*copied{}} }

// copyKey is everything besides the options that a result depends on. It stores hashes
// of texts, so that the texts can be freed.
type copyKey struct {
	text, fields [sha256.Size]byte
	name         string
	kind         event.Kind
	kindBy       workspace.KindSource
	found        catalog.Found
}

type copied struct {
	once   sync.Once
	result Result
}

// isPlain reports whether a template is a file that belongs to no webhook. The results
// of other templates depend on more than the text.
func isPlain(t *workspace.Template) bool {
	return t.File == nil && t.Locate == nil && t.Webhook == "" && t.Hook() == nil && t.Err == nil && t.Unset == nil
}

// of returns the result of a template, calling check if the result is not yet known.
func (c *Copies) of(t *workspace.Template, found catalog.Found, check func() Result) Result {
	fields := fmt.Sprintf("%q %q %q %q %q", t.CustomFields, t.Secrets, t.Destination, t.Configured, t.URL)
	key := copyKey{sha256.Sum256([]byte(t.Text)), sha256.Sum256([]byte(fields)), t.Name, t.Kind, t.KindBy, found}
	c.mu.Lock()
	one := c.known[key]
	if one == nil {
		one = &copied{}
		c.known[key] = one
	}
	c.mu.Unlock()
	one.once.Do(func() { one.result = check() })
	result := one.result
	result.Path = t.Path
	result.Findings = slices.Clone(result.Findings)
	return result
}
