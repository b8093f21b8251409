package page_test

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/hooktool/hooktool/internal/preview"
	pages "github.com/hooktool/hooktool/internal/preview/page"
	"github.com/hooktool/hooktool/internal/vast"
)

// TestVast checks that a page of a vast template draws its first message or says why
// not, and leaves out what would take too long.
func TestVast(t *testing.T) {
	t.Parallel()
	const mostBytes = 16 << 20
	all := vast.Some(t, 15)
	for _, tt := range vast.Templates() {
		if tt.Name == "wide: members" || tt.Name == "deep: arrays, 9,999" {
			all = append(all, tt)
		}
	}
	leftOut := 0
	for _, tt := range all {
		if strings.ContainsRune(tt.Text, 0) {
			continue // a folder does not list binary files
		}
		dir := t.TempDir()
		write(t, filepath.Join(dir, "alert.tmpl"), tt.Text)
		w := pageOf(dir)
		w.Limits = preview.DefaultLimits()
		var page strings.Builder
		if err := w.Export(t.Context(), &page, pages.ExportOptions{}, sectionsOf(t, w, false)...); err != nil {
			t.Fatal(err)
		}
		text := page.String()
		leftOut += strings.Count(text, "left out, because")
		if len(text) > mostBytes || !strings.Contains(text, `class="stage"`) && !strings.Contains(text, `class="note error"`) {
			t.Errorf("%s: the page has %d bytes: %.300s", tt.Name, len(text), text[strings.Index(text, "<main>"):])
		}
	}
	if leftOut == 0 {
		t.Error("nothing was left out")
	}
}
