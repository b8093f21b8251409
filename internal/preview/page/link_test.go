package page

import (
	"reflect"
	"testing"

	"github.com/hooktool/hooktool/internal/golden"
)

// FuzzLink checks that a link that can be read is written the same way again, and that
// no link causes trouble.
func FuzzLink(f *testing.F) {
	text := "{{ .Summary }}"
	for _, l := range []link{{Template: "own/alert.tmpl"}, {Template: "a", Kind: "alert", Sample: "edited", Text: &text, Event: `{"a": "b"}`}} {
		encoded, err := l.encode()
		if err != nil {
			f.Fatal(err)
		}
		f.Add(encoded)
	}
	f.Add("1.")
	f.Fuzz(func(t *testing.T, text string) {
		l, err := decodeLink(text)
		if err != nil {
			return
		}
		encoded, err := l.encode()
		if err != nil {
			return // it is longer, because it was compressed better
		}
		again, err := decodeLink(encoded)
		if err != nil || !reflect.DeepEqual(l, again) {
			t.Errorf("%v: %s", err, golden.Diff(l, again))
		}
	})
}
