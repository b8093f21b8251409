package architecture_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestMap checks that the map in CONTRIBUTING.md lists every package, and no others. It
// need not list the folders of destinations below pkg/destination.
func TestMap(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile(filepath.Join("..", "..", "CONTRIBUTING.md"))
	if err != nil {
		t.Fatal(err)
	}
	mapped := map[string]bool{}
	for _, line := range regexp.MustCompile(`(?m)^(?:cmd|pkg|internal)/\S+`).FindAllString(string(text), -1) {
		mapped[line] = true
	}
	list, err := exec.CommandContext(t.Context(), "go", "list", module+"...").Output()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range strings.Fields(string(list)) {
		name = strings.TrimPrefix(name, module)
		if _, err := os.Stat(filepath.Join("..", "..", name, "schema.json")); err == nil && filepath.Dir(name) == filepath.Join("pkg", "destination") {
			continue
		}
		if !mapped[name] {
			t.Errorf("the map in CONTRIBUTING.md has no %s", name)
		}
		delete(mapped, name)
	}
	for name := range mapped {
		t.Errorf("the map in CONTRIBUTING.md has %s, which is not a package", name)
	}
}
