package printable_test

import (
	"testing"

	"github.com/hooktool/hooktool/internal/printable"
)

func TestShellWord(t *testing.T) {
	t.Parallel()
	for word, want := range map[string]string{
		"templates/alert.tmpl": "templates/alert.tmpl",
		"team b":               "'team b'",
		"it's":                 `'it'\''s'`,
		"$HOME":                "'$HOME'",
		"~":                    "'~'",
		"ärger":                "'ärger'",
		"":                     "''",
		"a\x1b[2Jb\r":          `'a'"$(printf '\033')"'[2Jb'"$(printf '\015')"''`,
		"\u202e":               `''"$(printf '\342\200\256')"''`,
	} {
		if got := printable.ShellWord(word); got != want {
			t.Errorf("ShellWord(%q) = %s, want %s", word, got, want)
		}
	}
}
