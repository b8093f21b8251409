package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/hooktool/hooktool/pkg/config"
)

// TestApart holds that these tests see no configuration but their own: neither
// that of the user nor one above the folder of temporary files.
func TestApart(t *testing.T) {
	t.Parallel()
	if path, err := config.UserPath(); err != nil || isThere(path) {
		t.Errorf("the user's own configuration is %s, %v", path, err)
	}
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for _, dir := range []string{here, t.TempDir(), os.TempDir()} {
		if path := config.Find(filepath.Join(dir, "deep", "er")); path != "" {
			t.Errorf("below %s it is %s", dir, path)
		}
	}
}

func isThere(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}
