package page_test

import (
	"os"
	"testing"

	pages "github.com/hooktool/hooktool/internal/preview/page"
	"github.com/hooktool/hooktool/pkg/webhook"
	"github.com/hooktool/hooktool/pkg/workspace"
)

// sectionsOf returns what an exported page of a workspace shows.
func sectionsOf(t *testing.T, w pages.Workspace, one bool) []pages.Section {
	t.Helper()
	sections, err := w.Scan().Sections(one)
	if err != nil {
		t.Fatal(err)
	}
	return sections
}

// pageOf is a page of the templates in a folder. Their IDs are their paths.
func pageOf(dir string) pages.Workspace {
	return pages.Workspace{
		Open:   func() (*workspace.Workspace, error) { return workspace.New(workspace.Options{}), nil },
		Paths:  []string{dir},
		Save:   func(path string, _, after []byte) error { return os.WriteFile(path, after, 0o644) },
		Limits: webhook.DefaultLimits(),
	}
}
