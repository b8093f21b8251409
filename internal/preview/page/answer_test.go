package page_test

import (
	"net/url"
	"path/filepath"
	"strings"
	"testing"

	pages "github.com/hooktool/hooktool/internal/preview/page"
)

// TestEvidence checks that the event that breaks the JSON is shown once, and that
// ellipses show where its body is cut.
func TestEvidence(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "discord", "alert.tmpl")
	write(t, path, `{"content": "`+strings.Repeat("before ", 20)+`{{ .Summary }}`+strings.Repeat(" after", 20)+`"}`)
	p := pages.New(pageOf(filepath.Dir(path)), pages.Options{})
	html, err := p.Answer(t.Context(), "check", url.Values{"template": {path}})
	if err != nil {
		t.Fatal(err)
	}
	page := string(html)
	if n := strings.Count(page, "<b>Error:</b>"); n != 1 {
		t.Errorf("the event is shown %d times: %s", n, page)
	}
	if !strings.Contains(page, "<code>…") || !strings.Contains(page, "…</code>") {
		t.Errorf("nothing shows that the body is cut: %s", page)
	}
}

// TestNothing draws the page of a folder without templates, and that of a template that
// was removed.
func TestNothing(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	p := pages.New(pageOf(dir), pages.Options{})
	draw := func(part, want string) {
		t.Helper()
		if html, err := p.Answer(t.Context(), part, url.Values{"template": {"gone.tmpl"}}); err != nil || !strings.Contains(string(html), want) {
			t.Errorf("%v: no %q in %s", err, want, html)
		}
	}
	draw("", "No template was found")
	draw("view", "Nothing to show yet")
	draw("check", "")
	write(t, filepath.Join(dir, "discord", "alert.tmpl"), `{"content": "x"}`)
	p = pages.New(pageOf(dir), pages.Options{})
	draw("view", "This template is gone")
}
