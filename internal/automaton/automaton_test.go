package automaton_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/hooktool/hooktool/internal/automaton"
)

// valid reads a text as a proof does and reports whether it is a single JSON text.
func valid(text string) bool {
	c := automaton.Cursor{Pool: automaton.NewPool((*automaton.Doc).Repaired)}
	for i := range len(text) {
		switch c.Step(text[i], int32(i)) {
		case automaton.OK, automaton.ErrSurrogateKey: // only Coroot's repair of line breaks rejects it
		default:
			return false
		}
	}
	return c.Complete()
}

// FuzzAutomaton compares the automaton with encoding/json. It leaves out line breaks
// because some of them are repaired before the JSON is sent.
func FuzzAutomaton(f *testing.F) {
	for _, text := range []string{
		``, ` `, `{}`, `[]`, `{"a": [1, -0.5e+10, true, false, null, "\u00e9\ud83d\ude00\n"]}`, `{"a":1,}`, `[1,]`, `[,1]`, `{"a" 1}`, `{a:1}`,
		`01`, `1.`, `.5`, `+1`, `-`, `1e`, `1e5`, `truex`, `tru`, `"`, `"\x"`, `"\u12g4"`, `"a` + "\t" + `b"`, `{}{}`, `[1 2]`, `{"\ud800":1}`, `{"\ud800\udc00":1}`,
		strings.Repeat("[", 10_000) + strings.Repeat("]", 10_000), strings.Repeat("[", 10_001) + strings.Repeat("]", 10_001),
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		text = strings.ReplaceAll(text, "\n", " ")
		if got, want := valid(text), json.Valid([]byte(text)); got != want {
			t.Errorf("%q: %v, but encoding/json says %v", text, got, want)
		}
	})
}

// TestSameDoc checks that texts that allow the same continuations lead to the same Doc.
func TestSameDoc(t *testing.T) {
	t.Parallel()
	pool := automaton.NewPool((*automaton.Doc).Repaired)
	read := func(text string) *automaton.Doc {
		c := automaton.Cursor{Pool: pool}
		for i := range len(text) {
			if err := c.Step(text[i], 0); err != automaton.OK {
				t.Fatalf("%q: error %d", text, err)
			}
		}
		return pool.Doc(c.Doc)
	}
	for _, pair := range [][2]string{{`[1,2,`, `["a",`}, {`{"a":{}`, `{"b":[1]`}, {`{"a":"x`, `{"a": "y\n`}} {
		if x, y := read(pair[0]), read(pair[1]); x != y {
			t.Errorf("%q and %q lead to %+v and %+v", pair[0], pair[1], *x, *y)
		}
	}
}
