package project

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// TrustVariable names the environment variable that lists the folders whose files are
// trusted whoever owns them, separated as in PATH; * means all.
const TrustVariable = "HOOKTOOL_TRUST"

// ErrOwner says that a file is not used because it belongs to somebody else.
var ErrOwner = errors.New("it belongs to another user")

// Trust refuses a file that was found, rather than named, if it is not a regular file,
// leads out of its project, or belongs to a user other than the one who runs this
// program (for root under sudo: who called sudo). Files in and below the folders in
// trusted may belong to anybody.
func Trust(path, trusted string, getenv func(string) string) error {
	dir := filepath.Dir(path)
	if _, err := Inside(Root(dir), path); err != nil {
		return err
	}
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	if !info.Mode().IsRegular() {
		return &fs.PathError{Op: "open", Path: path, Err: ErrNotRegular}
	}
	if owned(info, getenv) || isTrusted(dir, trusted) {
		return nil
	}
	return &fs.PathError{Op: "open", Path: path, Err: ErrOwner}
}

// isTrusted reports whether a folder is in a list of folders, or below one.
func isTrusted(dir, list string) bool {
	dir = real(dir)
	for _, folder := range filepath.SplitList(list) {
		if folder == "*" {
			return true
		}
		if !filepath.IsAbs(folder) {
			continue // "" would be whatever the current folder is
		}
		relative, err := filepath.Rel(real(folder), dir)
		if err == nil && (relative == "." || filepath.IsLocal(relative) && !strings.HasPrefix(relative, "..")) {
			return true
		}
	}
	return false
}

// real follows the symbolic links of a path as far as it exists.
func real(path string) string {
	if followed, err := filepath.EvalSymlinks(path); err == nil {
		return followed
	}
	return filepath.Clean(path)
}
