package workspace_test

import (
	"path/filepath"
	"testing"

	"github.com/hooktool/hooktool/pkg/workspace"
)

func TestGlob(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		pattern, path string
		want          bool
	}{
		{"*.tmpl", "a/b/alert.tmpl", true},
		{"a/*.tmpl", "a/alert.tmpl", true},
		{"a/*.tmpl", "a/b/alert.tmpl", false},
		{"a/**", "a/b/alert.tmpl", true},
		{"a/**/alert.tmpl", "a/alert.tmpl", true},
		{"**", "x", true},
		{"?.tmpl", "ab.tmpl", false},
		{"a.tmpl", "abtmpl", false},
	} {
		if got := workspace.Glob(test.pattern)(test.path); got != test.want {
			t.Errorf("%s matches %s: %t", test.pattern, test.path, got)
		}
	}
	below := workspace.GlobBelow(filepath.Join("x", "y"), "a/*.tmpl")
	if !below(filepath.Join("x", "y", "a", "b.tmpl")) || below(filepath.Join("a", "b.tmpl")) || below(filepath.Join("x", "y", "..", "a", "b.tmpl")) {
		t.Error("the pattern was not matched relative to its folder")
	}
}

func FuzzGlob(f *testing.F) {
	f.Add("a/**/[*.tmpl", "a/b")
	f.Fuzz(func(_ *testing.T, pattern, path string) { workspace.Glob(pattern)(path) })
}
