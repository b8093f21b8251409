package page_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

type exampleBody struct {
	destination string
	text        []byte
}

// exampleBodies returns the example bodies of the preview's own tests.
func exampleBodies(t *testing.T) []exampleBody {
	t.Helper()
	files, err := filepath.Glob("../testdata/bodies/*.json")
	if err != nil || len(files) == 0 {
		t.Fatalf("no bodies: %v", err)
	}
	var all []exampleBody
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".json")
		if strings.Contains(name, "-") || name == "hostile" {
			continue
		}
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, exampleBody{name, text})
	}
	return all
}
