// Package repeated limits how many problems of one kind are reported and counts the
// others, so that a file with a hundred thousand mistakes does not fill a log.
package repeated

import (
	"fmt"
	"strings"
	"sync"
)

// Most is how many problems of one kind are reported.
const Most = 20

// maxKinds bounds how many kinds are distinguished.
const maxKinds = 500

// Counter counts problems by kind. The zero value is ready to use, and safe for
// concurrent use. A nil Counter counts nothing, so everything is reported.
type Counter struct {
	mu    sync.Mutex
	kinds map[string]int
	order []string
}

// Tell counts a problem, and reports whether it is one of the first of its kind.
func (c *Counter) Tell(where, message string) bool {
	if c == nil {
		return true
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.kinds == nil {
		c.kinds = map[string]int{}
	}
	key := where + "\x00" + kind(message)
	if c.kinds[key] == 0 {
		if len(c.order) == maxKinds {
			key = where + "\x00"
		}
		if c.kinds[key] == 0 {
			c.order = append(c.order, key)
		}
	}
	c.kinds[key]++
	return c.kinds[key] <= Most
}

// Rest is how many problems of one kind were not reported.
type Rest struct {
	Where string
	Count int
	Kind  string // of their messages
}

// Message words the rest, such as 12 more of these: unknown key "…".
func (r Rest) Message() string {
	if r.Kind == "" {
		return fmt.Sprintf("%d more of other kinds", r.Count)
	}
	return fmt.Sprintf("%d more of these: %s", r.Count, r.Kind)
}

// Rest lists what was not reported, and resets the counter.
func (c *Counter) Rest() []Rest {
	if c == nil {
		return nil
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	var list []Rest
	for _, key := range c.order {
		if n := c.kinds[key] - Most; n > 0 {
			where, kind, _ := strings.Cut(key, "\x00")
			list = append(list, Rest{where, n, kind})
		}
	}
	c.kinds, c.order = nil, nil
	return list
}

// maxKind bounds the length of a kind, in bytes.
const maxKind = 500

// kind returns a message without its particulars: quoted text and numbers.
func kind(message string) string {
	if len(message) > maxKind {
		message = strings.ToValidUTF8(message[:maxKind], "") + "…"
	}
	var b strings.Builder
	for i := 0; i < len(message); {
		switch end := i + 1; {
		case isDigit(message[i]):
			for end < len(message) && isDigit(message[end]) {
				end++
			}
			b.WriteString("…")
			i = end
		case message[i] == '"' && quoteEnd(message[i:]) > 0:
			b.WriteString(`"…"`)
			i += quoteEnd(message[i:])
		default:
			b.WriteByte(message[i])
			i++
		}
	}
	return b.String()
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// quoteEnd returns the length of the quoted text with which a text begins, or 0 if the
// quote is not closed.
func quoteEnd(text string) int {
	for i := 1; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return 0
}
