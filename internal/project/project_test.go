package project_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/hooktool/hooktool/internal/project"
)

func put(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// TestRelative starts from a path that leads out of the current folder's repository.
func TestRelative(t *testing.T) {
	top := t.TempDir()
	t.Setenv("GIT_CEILING_DIRECTORIES", filepath.Dir(top))
	put(t, filepath.Join(top, "r", ".git", "HEAD"), "")
	put(t, filepath.Join(top, "beside", "f"), "")
	t.Chdir(filepath.Join(top, "r"))
	if root, ok := project.Repository("../beside"); ok {
		t.Errorf("it is in %s", root)
	}
	if root, ok := project.Repository("."); !ok || filepath.Base(root) != "r" {
		t.Errorf("here is %s, %v", root, ok)
	}
	if err := project.Trust("../beside/f", "", os.Getenv); err != nil {
		t.Error(err)
	}
}

// TestFind looks for the file "f" from a folder. Folders and files are made in a folder
// above which no search continues.
func TestFind(t *testing.T) {
	for name, tt := range map[string]struct {
		files     string
		dir, home string
		want      string
	}{
		"here":                 {"a/f", "a", "", "a/f"},
		"above, no repository": {"f a/x", "a", "", ""},
		"root of a repository": {"r/.git/HEAD r/f r/a/b/x", "r/a/b", "", "r/f"},
		"the nearest":          {"r/.git/HEAD r/f r/a/f r/a/b/x", "r/a/b", "", "r/a/f"},
		"above a repository":   {"f r/.git/HEAD r/a/x", "r/a", "", ""},
		"a worktree":           {"f r/.git r/a/x", "r/a", "", ""},
		"a module within":      {"r/.git/HEAD r/f r/m/.git r/m/a/x", "r/m/a", "", ""},
		"at home":              {"h/f h/a/b/x", "h/a/b", "h", "h/f"},
		"above home":           {"f h/a/x", "h/a", "h", ""},
		"beside home":          {"h/f b/x f", "b", "h", ""},
		"repository at home":   {"h/f h/r/.git/HEAD h/r/a/x", "h/r/a", "h", ""},
		"home in a repository": {".git/HEAD f h/a/x", "h/a", "h", ""},
		"a folder of the name": {"r/.git/HEAD r/f r/a/f/x", "r/a", "", "r/f"},
	} {
		t.Run(name, func(t *testing.T) {
			top := t.TempDir()
			t.Setenv("GIT_CEILING_DIRECTORIES", filepath.Dir(top))
			for _, file := range strings.Fields(tt.files) {
				put(t, filepath.Join(top, file), "")
			}
			home := tt.home
			if home != "" {
				home = filepath.Join(top, home)
			}
			want := tt.want
			if want != "" {
				want = filepath.Join(top, want)
			}
			if got := project.Find(filepath.Join(top, tt.dir), home, "f", nil); got != want {
				t.Errorf("%q is found, not %q", got, want)
			}
		})
	}
}

// TestNoHome checks that a home of / does not count, which users of containers have who
// are missing from passwd.
func TestNoHome(t *testing.T) {
	top := t.TempDir()
	t.Setenv("GIT_CEILING_DIRECTORIES", filepath.Dir(top))
	put(t, filepath.Join(top, "f"), "")
	put(t, filepath.Join(top, "a", "x"), "")
	for _, home := range []string{"/", "", ".", "..", "no such"} {
		if got := project.Find(filepath.Join(top, "a"), home, "f", nil); got != "" {
			t.Errorf("with the home %q it finds %s", home, got)
		}
	}
}

func TestReadFile(t *testing.T) {
	t.Parallel()
	top := t.TempDir()
	root := filepath.Join(top, "root")
	put(t, filepath.Join(top, "secret"), "secret")
	put(t, filepath.Join(root, "a", "file"), "file")
	put(t, filepath.Join(root, ".git", "config"), "config")
	put(t, filepath.Join(root, ".git", "hooks", "hook"), "hook")
	for link, to := range map[string]string{
		"hooks": ".git/hooks", "config": ".git/config", "out": "../secret", "far": "/etc/passwd", "up": "..", "in": "a/file", "loop": "loop", "dangling": "a/no", "gone": "../no",
	} {
		if err := os.Symlink(to, filepath.Join(root, link)); err != nil {
			t.Skip(err)
		}
	}
	for path, want := range map[string]error{
		"a/file": nil, "a/../a/file": nil, "in": nil,
		"../secret": project.ErrOutside, "a/../../secret": project.ErrOutside, "/etc/passwd": project.ErrOutside,
		"out": project.ErrOutside, "far": project.ErrOutside, "up/secret": project.ErrOutside, "gone": project.ErrOutside,
		".git/config": project.ErrOutside, "a/../.GIT/new": project.ErrOutside, "hooks/new": project.ErrOutside, "config": project.ErrOutside,
		"a": project.ErrNotRegular, ".": project.ErrNotRegular,
		"no": os.ErrNotExist, "dangling": os.ErrNotExist,
	} {
		given := path
		if !filepath.IsAbs(path) {
			given = root + string(filepath.Separator) + path // as it is, with its dots
		}
		text, err := project.ReadFile(root, given, 100)
		if !errors.Is(err, want) || want == nil && string(text) != "file" {
			t.Errorf("%s: %q, %v", path, text, err)
		}
		if _, err := project.Inside(root, given); !errors.Is(err, want) && !errors.Is(want, os.ErrNotExist) {
			t.Errorf("Inside says of %s: %v", path, err)
		}
	}
	if _, err := project.ReadFile(root, filepath.Join(root, "loop"), 100); err == nil {
		t.Error("a loop of links is read")
	}
	if _, err := project.ReadFile(root, filepath.Join(root, "a", "file"), 3); err == nil || !strings.Contains(err.Error(), "larger than 3 bytes") {
		t.Errorf("the limit gives %v", err)
	}
}

func TestRoot(t *testing.T) {
	top := t.TempDir()
	t.Setenv("GIT_CEILING_DIRECTORIES", filepath.Dir(top))
	put(t, filepath.Join(top, "r", ".git", "HEAD"), "")
	for dir, want := range map[string]string{"r": "r", "r/a/b": "r", "x/y": "x/y"} {
		if got := project.Root(filepath.Join(top, dir)); got != filepath.Join(top, want) {
			t.Errorf("the root of %s is %s", dir, got)
		}
	}
}
