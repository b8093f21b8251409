package workspace_test

import (
	"fmt"
	"path/filepath"
	"testing"

	"github.com/hooktool/hooktool/pkg/workspace"
)

// BenchmarkFind finds and opens a thousand templates in fifty folders.
func BenchmarkFind(b *testing.B) {
	dir := b.TempDir()
	for i := range 1000 {
		write(b, filepath.Join(dir, fmt.Sprint("d", i%50), fmt.Sprintf("alert-%d.tmpl", i)), `{"text": {{ json .Summary }}}`)
	}
	for b.Loop() {
		w := workspace.New(workspace.Options{})
		sources, err := w.Find(dir)
		if err != nil || len(sources) != 1000 {
			b.Fatal(len(sources), err)
		}
		for _, s := range sources {
			if _, err := w.Open(s); err != nil {
				b.Fatal(err)
			}
		}
	}
}
