package config

import (
	"fmt"
	"sort"
	"strings"
	"unicode/utf8"
)

// Environment is Coroot's environment. Coroot expands its whole configuration file with
// it, as os.ExpandEnv does, before it parses it; a name that is not set is empty.
type Environment struct {
	// Given are values that were given for this purpose. They take precedence.
	Given map[string]string
	// Lookup is called for every other name that the file itself does not define, such
	// as under spec.env of the operator's resource; nil: nothing is set. It is not
	// called for variables that belong to other programs; see Foreign.
	Lookup func(name string) (string, bool)
}

func (e Environment) lookup(own map[string]string, name string) (string, bool) {
	if value, ok := e.Given[name]; ok {
		return value, true
	}
	if value, ok := own[name]; ok {
		return value, true
	}
	if e.Lookup == nil || Foreign(name) {
		return "", false
	}
	return e.Lookup(name)
}

// reference is a place where os.Expand inserts a value, with that value.
type reference struct {
	start, end int    // in the text as it is written, $ included
	name       string // empty for ${} and for an unclosed ${, which vanish
	value      string
	set        bool
	at         int // where the value begins in the expanded text
}

// expansion is a text after os.Expand, with the origin of each of its bytes.
type expansion struct {
	written, text string
	refs          []reference
}

// maxExpanded bounds a text after its expansion, in bytes.
const maxExpanded = 16 << 20

// expand replaces what os.Expand replaces: $name, ${any text}, and $ followed by one of
// the characters *#$@!?- or a digit. Any other $ stays. Values are not expanded again.
// The error is a *tooLargeError.
func expand(written string, lookup func(string) (string, bool)) (*expansion, error) {
	e := &expansion{written: written}
	var b strings.Builder
	for pos := 0; ; {
		i := strings.IndexByte(written[pos:], '$')
		if i < 0 || pos+i+1 >= len(written) {
			b.WriteString(written[pos:])
			break
		}
		b.WriteString(written[pos : pos+i])
		pos += i
		name, length := shellName(written[pos+1:])
		if length == 0 {
			b.WriteByte('$')
			pos++
			continue
		}
		ref := reference{start: pos, end: pos + 1 + length, name: name, at: b.Len()}
		if name != "" {
			ref.value, ref.set = lookup(name)
		}
		if b.Len()+len(ref.value) > maxExpanded {
			return nil, &tooLargeError{at: ref.start, name: name}
		}
		b.WriteString(ref.value)
		e.refs = append(e.refs, ref)
		pos = ref.end
	}
	e.text = b.String()
	return e, nil
}

// shellName returns the name after a $, and its length with braces: 0 if there is none.
// rest is not empty.
func shellName(rest string) (name string, length int) {
	switch {
	case rest[0] != '{' && isShellSpecial(rest[0]):
		return rest[:1], 1
	case rest[0] != '{':
		for length < len(rest) && isShellNameByte(rest[length]) {
			length++
		}
		return rest[:length], length
	}
	inside, _, closed := strings.Cut(rest[1:], "}")
	if !closed {
		return "", 1
	}
	return inside, len(inside) + 2
}

func isShellSpecial(b byte) bool {
	return strings.IndexByte("*#$@!?-", b) >= 0 || b >= '0' && b <= '9'
}

func isShellNameByte(b byte) bool {
	return b == '_' || b >= '0' && b <= '9' || b|0x20 >= 'a' && b|0x20 <= 'z'
}

// source returns where in the written text the byte at an offset in the expanded one
// comes from: for a byte of a value, the $ of its reference.
func (e *expansion) source(offset int) int {
	i := sort.Search(len(e.refs), func(i int) bool { return e.refs[i].at > offset }) - 1
	if i < 0 {
		return offset
	}
	ref := e.refs[i]
	if offset < ref.at+len(ref.value) {
		return ref.start
	}
	return ref.end + offset - ref.at - len(ref.value)
}

// tooLargeError is the error of an expansion to a text larger than maxExpanded.
type tooLargeError struct {
	at   int
	name string
}

func (e *tooLargeError) Error() string {
	return fmt.Sprintf("the value of %s makes this larger than %d MiB", e.name, maxExpanded>>20)
}

// unreadable says why a value of the environment cannot be in YAML, and returns "" for
// one that can.
func (r reference) unreadable() string {
	if !utf8.ValidString(r.value) {
		return fmt.Sprintf("the value of %s is not UTF-8, so Coroot cannot read this file", r.name)
	}
	for _, c := range r.value {
		if c < ' ' && c != '\t' && c != '\n' && c != '\r' || c == 0x7F {
			return fmt.Sprintf("the value of %s contains the control character %U, so Coroot cannot read this file", r.name, c)
		}
	}
	return ""
}

// braced reports whether a reference is written as ${NAME} with a name that is valid in
// a shell.
func (r reference) braced(written string) bool {
	return strings.HasPrefix(written[r.start:], "${") && isVariableName(r.name)
}

func isVariableName(name string) bool {
	if name == "" || name[0] >= '0' && name[0] <= '9' {
		return false
	}
	return strings.IndexFunc(name, func(c rune) bool { return c >= utf8.RuneSelf || !isShellNameByte(byte(c)) }) < 0
}

// dollar is the variable that by convention holds a $ in Coroot's environment.
const dollar = "DOLLAR"

// EscapeDollars rewrites a text so that Coroot's expansion gives it back if the
// variable DOLLAR holds a $: each $ that would begin a reference becomes ${DOLLAR}.
// Others stay.
func EscapeDollars(text string) string {
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		if text[i] == '$' && i+1 < len(text) {
			if _, length := shellName(text[i+1:]); length > 0 {
				b.WriteString("${" + dollar + "}")
				continue
			}
		}
		b.WriteByte(text[i])
	}
	return b.String()
}
