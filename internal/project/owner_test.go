//go:build unix

package project_test

import (
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"

	"github.com/hooktool/hooktool/internal/project"
)

// TestTrust gives a file to others, which only root can do.
func TestTrust(t *testing.T) {
	t.Parallel()
	if os.Geteuid() != 0 {
		t.Skip("only root can change the owner of a file")
	}
	const other = 1234
	top := t.TempDir()
	mine, theirs := filepath.Join(top, "mine", "f"), filepath.Join(top, "theirs", "deep", "f")
	put(t, mine, "")
	put(t, theirs, "")
	if err := os.Chown(theirs, other, other); err != nil {
		t.Skip(err)
	}
	for _, tt := range []struct {
		path, trusted, caller string
		want                  error
	}{
		{path: mine},
		{path: theirs, want: project.ErrOwner},
		{path: theirs, caller: strconv.Itoa(other)},
		{path: theirs, caller: strconv.Itoa(other + 1), want: project.ErrOwner},
		{path: theirs, caller: "x", want: project.ErrOwner},
		{path: theirs, trusted: "*"},
		{path: theirs, trusted: filepath.Dir(theirs)},
		{path: theirs, trusted: "/no:" + filepath.Join(top, "theirs") + "/"},
		{path: theirs, trusted: "/no:" + filepath.Join(top, "their"), want: project.ErrOwner},
		{path: theirs, trusted: filepath.Join(top, "mine"), want: project.ErrOwner},
		{path: theirs, trusted: theirs, want: project.ErrOwner},
		{path: theirs, trusted: ":.:..", want: project.ErrOwner},
	} {
		getenv := func(name string) string { return map[string]string{"SUDO_UID": tt.caller}[name] }
		if err := project.Trust(tt.path, tt.trusted, getenv); !errors.Is(err, tt.want) {
			t.Errorf("%+v: %v", tt, err)
		}
	}
}

func TestNotRegular(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	pipe := filepath.Join(dir, "f")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := project.Trust(pipe, "*", os.Getenv); !errors.Is(err, project.ErrNotRegular) {
		t.Error(err)
	}
	if _, err := project.ReadFile(dir, pipe, 100); !errors.Is(err, project.ErrNotRegular) {
		t.Error(err)
	}
	if err := project.Trust(filepath.Join(dir, "no"), "", os.Getenv); !errors.Is(err, os.ErrNotExist) {
		t.Error(err)
	}
}
