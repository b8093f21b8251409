package rewrite_test

import (
	"runtime"
	"strings"
	"testing"
	"weak"

	"github.com/hooktool/hooktool/pkg/jsonflow"
	"github.com/hooktool/hooktool/pkg/rewrite"
	"github.com/hooktool/hooktool/pkg/workspace"
)

// TestTemplatesLetGo repairs the templates of a document: each analysis can be freed
// before the next template is repaired.
func TestTemplatesLetGo(t *testing.T) {
	t.Parallel()
	text := "webhooks:\n"
	for _, name := range []string{"a", "b", "c", "d"} {
		text += strings.ReplaceAll("  #: {url: 'https://example.com/#', alertTemplate: '{\"#\": \"{{ .Summary }}\"}'}\n", "#", name)
	}
	w := workspace.New(workspace.Options{Files: workspace.NewOverlay(nil, map[string]string{"hooks.yaml": text})})
	all, err := w.Templates("hooks.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var pointers []*workspace.Template
	for i := range all {
		pointers = append(pointers, &all[i])
	}
	var seen []weak.Pointer[jsonflow.Analysis]
	changes, err := rewrite.Templates(t.Context(), pointers, rewrite.Options{}, func(r rewrite.Repaired) {
		seen = append(seen, weak.Make(r.Analysis))
		runtime.GC()
		for i, before := range seen[:len(seen)-1] {
			if before.Value() != nil {
				t.Errorf("at the repair of %s the analysis of %s is kept", r.Template.Webhook, all[i].Webhook)
			}
		}
	})
	if err != nil || len(changes) != len(all) || len(seen) != len(all) {
		t.Errorf("%d changes, of %d templates that were seen: %v", len(changes), len(seen), err)
	}
}
