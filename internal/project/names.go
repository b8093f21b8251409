package project

import (
	"os"
	"path/filepath"
	"strings"

	"github.com/hooktool/hooktool/internal/words"
)

// Shorten returns a path relative to a folder if it is in that folder.
func Shorten(path, dir string) string {
	if relative, err := filepath.Rel(dir, path); err == nil && filepath.IsLocal(relative) {
		return relative
	}
	return path
}

// Similar looks next to a missing file for one with nearly the same name, and asks
// whether that was meant. It returns "" if there is none.
func Similar(path string) string {
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		return ""
	}
	base, ext := filepath.Base(path), filepath.Ext(path)
	var stems, names []string // a common ending makes two names no more alike
	for _, entry := range entries {
		if stem, ok := strings.CutSuffix(entry.Name(), ext); ok && stem != "" {
			stems = append(stems, stem)
		}
		names = append(names, entry.Name())
	}
	nearest := words.Nearest(strings.TrimSuffix(base, ext), stems)
	if nearest != "" {
		nearest += ext
	} else if ext == "" || len(stems) == 0 {
		nearest = words.Nearest(base, names)
	}
	if nearest == "" || nearest == base {
		return ""
	}
	return words.DidYouMean(filepath.Join(filepath.Dir(path), nearest))
}
