package atomicfile_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/hooktool/hooktool/internal/atomicfile"
)

// holds checks that a file holds a text, and that the folder has only the other files
// next to it.
func holds(t *testing.T, path, want string, others ...string) {
	t.Helper()
	got, err := os.ReadFile(path)
	if err != nil || string(got) != want {
		t.Errorf("%s holds %q, %v", path, got, err)
	}
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil || len(entries) != 1+len(others) {
		t.Errorf("the folder holds %v, %v", entries, err)
	}
}

func put(t *testing.T, path, text string, mode fs.FileMode) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), mode); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(path, mode); err != nil {
		t.Fatal(err)
	}
}

func TestWrite(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), strings.Repeat("n", 250))
	if err := atomicfile.Write(path, []byte("new"), 0o644); err != nil {
		t.Fatal(err)
	}
	holds(t, path, "new")
	put(t, path, "old", 0o640)
	if err := atomicfile.Write(path, []byte("newer"), 0o644); err != nil {
		t.Fatal(err)
	}
	holds(t, path, "newer")
	if info, err := os.Stat(path); err != nil || runtime.GOOS != "windows" && info.Mode() != 0o640 {
		t.Errorf("the mode is %v, %v", info.Mode(), err)
	}
	put(t, path, "old", 0o444)
	if err := atomicfile.Write(path, nil, 0o644); !errors.Is(err, atomicfile.ErrReadOnly) {
		t.Errorf("a file that is read-only is written: %v", err)
	}
	holds(t, path, "old")
}

// TestWriteErrors checks that an error names the file as it was given.
func TestWriteErrors(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for _, path := range []string{dir, filepath.Join(dir, "no", "file"), filepath.Join(dir, "loop"), ""} {
		if strings.HasSuffix(path, "loop") && os.Symlink("loop", path) != nil {
			continue
		}
		err := atomicfile.Write(path, nil, 0o644)
		var inPath *fs.PathError
		if !errors.As(err, &inPath) || inPath.Path != path {
			t.Errorf("%q: %v", path, err)
		}
	}
	if left, _ := filepath.Glob(filepath.Join(dir, ".*~")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestSymbolicLinks(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	real, beside := filepath.Join(dir, "real"), filepath.Join(dir, "beside")
	for _, d := range []string{real, beside} {
		if err := os.Mkdir(d, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	link := filepath.Join(beside, "link")
	if err := os.Symlink(filepath.Join("..", "real", "file"), link); err != nil {
		t.Skip(err)
	}
	for _, text := range []string{"made", "changed"} {
		if err := atomicfile.Write(link, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		holds(t, filepath.Join(real, "file"), text)
	}
	if err := atomicfile.Replace(link, []byte("changed"), []byte("replaced")); err != nil {
		t.Fatal(err)
	}
	holds(t, filepath.Join(real, "file"), "replaced")
	if info, err := os.Lstat(link); err != nil || info.Mode()&fs.ModeSymlink == 0 {
		t.Errorf("the link is gone: %v, %v", info, err)
	}
}

func TestReplace(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "file")
	if err := atomicfile.Replace(path, nil, []byte("x")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("what is not there is replaced: %v", err)
	}
	put(t, path, "a", 0o600)
	for _, before := range []string{"", "b", "aa"} {
		if err := atomicfile.Replace(path, []byte(before), []byte("x")); !errors.Is(err, atomicfile.ErrChanged) {
			t.Errorf("what is not %q is replaced: %v", before, err)
		}
		holds(t, path, "a")
	}
	if err := atomicfile.Replace(path, []byte("a"), []byte("x")); err != nil {
		t.Error(err)
	}
	holds(t, path, "x")
}

func TestCreate(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "file")
	if err := atomicfile.Create(path, []byte("a"), 0o644); err != nil {
		t.Error(err)
	}
	if err := atomicfile.Create(path, []byte("b"), 0o644); !errors.Is(err, fs.ErrExist) {
		t.Errorf("what is there is overwritten: %v", err)
	}
	holds(t, path, "a")
}

func TestKeepLineEnds(t *testing.T) {
	t.Parallel()
	for _, tt := range [][3]string{
		{"a\r\nb\r\n", "a\nc\n", "a\r\nc\r\n"},
		{"a\r\nb\n", "a\nc\n", "a\nc\n"},
		{"a\nb\n", "a\nc\n", "a\nc\n"},
		{"a\r\n", "a\r\nc\n", "a\r\nc\n"},
		{"", "a\n", "a\n"},
	} {
		if got := atomicfile.KeepLineEnds([]byte(tt[0]), []byte(tt[1])); string(got) != tt[2] {
			t.Errorf("after %q, %q becomes %q", tt[0], tt[1], got)
		}
	}
}
