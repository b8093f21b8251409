package config

import (
	"os"
	"strings"
	"testing"
)

// FuzzExpand compares the expansion with os.Expand, which it reimplements with
// positions, and checks those positions.
func FuzzExpand(f *testing.F) {
	for _, seed := range []string{
		"", "$", "$$", "a$", "${", "${}", "${a", "$a", "${a}b", "$1x", "${1}", "${*}", "${**}", "$.Status", "{{ range $i, $r := .Reports }}", "${X:=y}", "é$é", "${a}${b}", "$a$b", "${DOLLAR}i", "$\n", "${a\nb}",
	} {
		f.Add(seed, "value")
	}
	f.Fuzz(func(t *testing.T, text, value string) {
		lookup := func(name string) (string, bool) {
			switch name {
			case "a", "X", "1":
				return value, true
			case "DOLLAR":
				return "$", true
			}
			return "", false
		}
		get := func(name string) string { v, _ := lookup(name); return v }
		e, err := expand(text, lookup)
		if err != nil {
			t.Skip()
		}
		if want := os.Expand(text, get); e.text != want {
			t.Fatalf("expand(%q) is %q, os.Expand gives %q", text, e.text, want)
		}
		last := 0
		for i := range len(e.text) + 1 {
			src := e.source(i)
			if src < last || src > len(text) {
				t.Fatalf("byte %d of %q comes from %d of %q, after %d", i, e.text, src, text, last)
			}
			if src < len(text) && i < len(e.text) && text[src] != e.text[i] && text[src] != '$' {
				t.Fatalf("byte %d of %q comes from %d of %q", i, e.text, src, text)
			}
			last = src
		}
		if got := os.Expand(EscapeDollars(text), get); got != text {
			t.Fatalf("EscapeDollars(%q) is %q, which expands to %q", text, EscapeDollars(text), got)
		}
		if !strings.Contains(text, "$") && EscapeDollars(text) != text {
			t.Fatalf("EscapeDollars(%q) changes a text without $", text)
		}
	})
}
