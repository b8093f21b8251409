package rewrite_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/hooktool/hooktool/internal/golden"
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/jsonflow"
	"github.com/hooktool/hooktool/pkg/rewrite"
)

// TestDocumentation repairs the templates in Coroot's documentation.
func TestDocumentation(t *testing.T) {
	t.Parallel()
	for _, destination := range []string{"telegram", "mattermost", "discord", "generic", "plaintext"} {
		for _, kind := range event.Kinds() {
			t.Run(destination+"/"+kind.String(), func(t *testing.T) {
				t.Parallel()
				text, err := os.ReadFile(filepath.Join("..", "..", "testdata", "templates", destination, kind.String()+".tmpl"))
				if err != nil {
					t.Fatal(err)
				}
				result, err := rewrite.Fix(context.Background(), kind, string(text), rewrite.Options{})
				if err != nil {
					t.Fatal(err)
				}
				want := jsonflow.Proved
				if destination == "plaintext" {
					want = jsonflow.NotJSON
				}
				if result.Analysis.Verdict != want {
					t.Errorf("verdict %s, want %s", result.Analysis.Verdict, want)
				}
				if leave := destination == "generic" || destination == "plaintext"; result.Changed == leave {
					t.Errorf("changed: %v", result.Changed)
				}
				if result.Changed {
					golden.Assert(t, []byte(result.Text), filepath.Join("testdata", "documentation", destination, kind.String()+".tmpl"))
				}
			})
		}
	}
}
