package rewrite

import (
	"fmt"
	"strings"

	"github.com/hooktool/hooktool/internal/jsonwords"
)

// isControl reports whether the action at an offset does not print.
func (f *fixer) isControl(at int) bool {
	if f.printing == nil {
		f.printing = map[int]bool{}
		for _, a := range f.outline.actions {
			start, _ := actionSpan(f.text, int(a.node.Pos))
			f.printing[start] = true
		}
	}
	return !f.printing[at]
}

// repairControls escapes control characters in the template's literal text. A line
// break that Coroot repairs is kept.
func (f *fixer) repairControls(e *edits) {
	for offset, c := range f.outline.controls {
		switch {
		case f.silenced("json-control-character", offset):
		case c.char == '\n' && c.repaired && c.escaped:
			if f.options.Unsafe {
				e.remove(offset-1, offset) // Coroot still sends the line break
				f.unsafe = true
			}
		case c.char == '\n' && c.repaired && !f.behindCR(offset):
		case c.char == '\r' && strings.HasPrefix(f.text[offset+1:], "\n"):
			e.remove(offset, offset+1)
		default:
			escape := controlEscape(c.char)
			if c.escaped {
				escape = escape[1:] // reuse the backslash
			}
			e.replace(offset, offset+1, escape)
		}
	}
	for at := range f.outline.escapes {
		if f.silenced("json-structure", at) {
			continue
		}
		f.mendEscape(at)
		if jsonwords.Superfluous(f.text[at+1]) {
			e.remove(at, at+1)
		} else {
			e.insert(at, `\`)
		}
	}
}

func (f *fixer) behindCR(offset int) bool { return offset > 0 && f.text[offset-1] == '\r' }

func controlEscape(c byte) string {
	switch c {
	case '\n':
		return `\n`
	case '\t':
		return `\t`
	case '\r':
		return `\r`
	case '\b':
		return `\b`
	case '\f':
		return `\f`
	}
	return fmt.Sprintf(`\u%04x`, c)
}
