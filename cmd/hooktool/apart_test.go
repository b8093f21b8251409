package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/hooktool/hooktool/internal/vast"
	"github.com/hooktool/hooktool/pkg/config"
)

// TestApart checks that these tests see only their own configuration: neither the
// user's nor one above the folder of temporary files.
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

// TestForeignAbove runs tests that set up webhooks below a folder with a foreign
// configuration, even in a repository; more of them with HOOKTOOL_TEST_LONG=1. They
// must neither see the configuration nor write to it.
func TestForeignAbove(t *testing.T) {
	t.Parallel()
	const inner = "HOOKTOOL_TEST_WITHIN"
	if os.Getenv(inner) != "" {
		t.Skip("this is the run within")
	}
	above := t.TempDir()
	temporary, foreign := filepath.Join(above, "tmp"), filepath.Join(above, config.FileName)
	const text = "output: [text=written.txt]\n"
	for _, dir := range []string{temporary, filepath.Join(above, ".git")} {
		if err := os.Mkdir(dir, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(foreign, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	within := "init|telegram"
	if vast.Long(t) {
		within += "|config|trust"
	}
	cmd := exec.CommandContext(t.Context(), self, "-test.run", "^(TestApart|TestStartersArrive|TestScripts)$/^("+within+")$")
	cmd.Env = append(os.Environ(), "TMPDIR="+temporary, inner+"=1")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
	if got, err := os.ReadFile(foreign); err != nil || string(got) != text {
		t.Errorf("the foreign configuration holds %q, %v", got, err)
	}
	entries, err := os.ReadDir(above)
	if err != nil || len(entries) != 3 {
		t.Errorf("beside it there are %v, %v", entries, err)
	}
}

func isThere(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}
