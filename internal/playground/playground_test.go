package playground_test

import (
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/hooktool/hooktool/internal/golden"
	"github.com/hooktool/hooktool/internal/playground"
	"github.com/hooktool/hooktool/internal/preview/page"
	"github.com/hooktool/hooktool/pkg/destination/catalog"
)

func newPages(t testing.TB) *page.Pages {
	t.Helper()
	pages, err := playground.New()
	if err != nil {
		t.Fatal(err)
	}
	return pages
}

// answer asks as the worker does.
func answer(t testing.TB, pages *page.Pages, part string, pairs ...string) string {
	t.Helper()
	values := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		values.Set(pairs[i], pairs[i+1])
	}
	html, err := pages.Answer(t.Context(), part, values)
	if err != nil {
		t.Fatal(err)
	}
	return string(html)
}

// TestDocumented compares the templates of Coroot's documentation here with those that
// all other tests use.
func TestDocumented(t *testing.T) {
	t.Parallel()
	copies, err := filepath.Glob("documented/*/*.tmpl")
	if err != nil || len(copies) != 9 {
		t.Fatal(copies, err)
	}
	for _, file := range copies {
		relative := strings.TrimPrefix(filepath.ToSlash(file), "documented/")
		text, err := os.ReadFile(filepath.Join("..", "..", "testdata", "templates", filepath.FromSlash(relative)))
		if err != nil {
			t.Fatal(err)
		}
		golden.Assert(t, text, file)
	}
}

// TestTemplates opens every template: each is listed and gives a message.
func TestTemplates(t *testing.T) {
	t.Parallel()
	pages := newPages(t)
	html := answer(t, pages, "")
	ids := map[string]bool{}
	for _, match := range regexp.MustCompile(`data-template="([^"]+)"`).FindAllStringSubmatch(html, -1) {
		ids[match[1]] = true
	}
	if want := 9 + 3 + 3*len(catalog.All()) - 6; len(ids) < want {
		t.Errorf("%d templates are listed, want at least %d", len(ids), want)
	}
	for id := range ids {
		view := answer(t, pages, "view", "template", id)
		if !strings.Contains(view, `<article class="msg`) || strings.Contains(view, `class="note error"><b>`+id) {
			t.Errorf("%s makes no message", id)
		}
	}
}

// TestDestinationByShape pastes a template into the place for one's own.
func TestDestinationByShape(t *testing.T) {
	t.Parallel()
	view := answer(t, newPages(t), "view", "template", "own/alert.tmpl", "edited", "1",
		"text", `{"chat_id": "1", "text": {{ json .Summary }}}`)
	if !strings.Contains(view, "d-telegram") {
		t.Error("a payload with a chat_id is not shown as Telegram's")
	}
}

// linkIn returns the link from the part of the page that shows it.
func linkIn(t *testing.T, html string) string {
	t.Helper()
	found := regexp.MustCompile(`data-link="([^"]+)"`).FindStringSubmatch(html)
	if found == nil {
		t.Fatalf("there is no link: %s", html)
	}
	return found[1]
}

// TestShare opens a shared link.
func TestShare(t *testing.T) {
	t.Parallel()
	pages := newPages(t)
	const text = "{\"content\": {{ json .Summary }}, \"x\": \"<&\\u00e9\"}"
	made := answer(t, pages, "share", "template", "own/alert.tmpl", "edited", "1", "text", text, "sample", "edited", "event", `{"summary": "mine"}`)
	link := linkIn(t, made)
	html := answer(t, pages, "", "link", link)
	for _, want := range []string{"own/alert.tmpl", "&#34;content&#34;", "mine", `<details class="editor" open>`} {
		if !strings.Contains(html, want) {
			t.Errorf("the page of the link has no %q", want)
		}
	}
	for _, bad := range []string{link[:len(link)/2], "2.abc", "1.", "1.@@", strings.Repeat("1", 100_000)} {
		if html := answer(t, pages, "", "link", bad); !strings.Contains(html, "this link cannot be read") {
			t.Errorf("nothing is said of the link %.20q", bad)
		}
	}
}

// TestLongLink checks that the page says when something is too long for a link.
func TestLongLink(t *testing.T) {
	t.Parallel()
	var text strings.Builder
	for i := range 30_000 {
		text.WriteString(string(rune('一' + i*7919%20_000)))
	}
	made := answer(t, newPages(t), "share", "template", "own/alert.tmpl", "edited", "1", "text", text.String())
	if !strings.Contains(made, "too long for a link") {
		t.Errorf("%.300s", made)
	}
}

// TestSecrets checks that a pasted secret is reported without being repeated.
func TestSecrets(t *testing.T) {
	t.Parallel()
	const token = "https://hooks.slack.com/services/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"
	form := []string{"template", "own/alert.tmpl", "edited", "1", "text", `{"text": "` + token + `"}`}
	for _, part := range []string{"view", "share"} {
		if html := answer(t, newPages(t), part, form...); !strings.Contains(html, "looks like the URL of a Slack webhook") {
			t.Errorf("%s says nothing of the secret", part)
		}
	}
}
