package event

import (
	"encoding/json"
	"fmt"
	"strings"
)

// path leads to a value in an event's JSON.
type path []step

// step is a key of an object or an index of an array. The empty key counts as an index,
// which only blurs messages about a custom field without a name.
type step struct {
	key   string
	index int
}

// String writes a path the way --set takes it: reports[0].message.
func (p path) String() string {
	var b strings.Builder
	for _, s := range p {
		switch {
		case s.key == "":
			fmt.Fprintf(&b, "[%d]", s.index)
		case b.Len() > 0:
			b.WriteString("." + s.key)
		default:
			b.WriteString(s.key)
		}
	}
	return b.String()
}

// offset returns the offset of the value at a path in a valid JSON text, or of its key.
// Of a key that appears twice it is the last one.
func (p path) offset(text string, atKey bool) int {
	w := pathWalker{dec: json.NewDecoder(strings.NewReader(text)), text: text, path: p, atKey: atKey}
	w.value(0, true)
	return w.found
}

type pathWalker struct {
	dec   *json.Decoder
	text  string
	path  path
	atKey bool
	found int
}

// value skips one value; on says whether it lies on the path.
func (w *pathWalker) value(depth int, on bool) {
	if on && depth == len(w.path) && !w.atKey {
		w.found = w.next()
	}
	token, err := w.dec.Token()
	delim, ok := token.(json.Delim)
	if err != nil || !ok {
		return
	}
	for i := 0; w.dec.More(); i++ {
		here := step{index: i}
		if delim == '{' {
			start := w.next()
			key, err := w.dec.Token()
			if err != nil {
				return
			}
			here = step{key: key.(string)}
			if on && w.atKey && depth == len(w.path)-1 && w.path[depth] == here {
				w.found = start
			}
		}
		w.value(depth+1, on && depth < len(w.path) && w.path[depth] == here)
	}
	if _, err := w.dec.Token(); err != nil { // the closing bracket
		return
	}
}

// next returns the offset of the next token.
func (w *pathWalker) next() int {
	offset := int(w.dec.InputOffset())
	for offset < len(w.text) && strings.IndexByte(" \t\r\n,:", w.text[offset]) >= 0 {
		offset++
	}
	return offset
}
