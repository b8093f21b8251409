package page_test

import (
	"html"
	"net/url"
	"path/filepath"
	"strings"
	"testing"

	pages "github.com/hooktool/hooktool/internal/preview/page"
	"github.com/hooktool/hooktool/pkg/workspace"
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

// TestFields checks that the fields of a webhook are in the messages and not in the event
// that is shown, and that an edited event can have its own.
func TestFields(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "alert.tmpl")
	write(t, path, `{"team": {{ json .Team }}, "env": {{ json .Env }}}`)
	w := pageOf(path)
	w.Open = func() (*workspace.Workspace, error) {
		return workspace.New(workspace.Options{Said: workspace.Said{CustomFields: map[string]string{"Team": "blue", "Env": "live"}}}), nil
	}
	p := pages.New(w, pages.Options{})
	draw := func(query url.Values) string {
		t.Helper()
		query.Set("template", path)
		text, err := p.Answer(t.Context(), "view", query)
		if err != nil {
			t.Fatal(err)
		}
		return html.UnescapeString(string(text))
	}
	page := draw(url.Values{})
	_, shown, _ := strings.Cut(page, `<textarea data-value="event">`)
	shown, _, _ = strings.Cut(shown, "</textarea>")
	if !strings.Contains(page, `"blue"`) || !strings.Contains(shown, "rule_name") || strings.Contains(shown, "blue") {
		t.Errorf("the event is %s on\n%s", shown, page)
	}
	page = draw(url.Values{"sample": {"edited"}, "event": {`{"rule_name": "x", "Team": "own"}`}})
	if !strings.Contains(page, `"own"`) || !strings.Contains(page, `"live"`) {
		t.Error(page)
	}
}
