package words_test

import (
	"testing"

	"github.com/hooktool/hooktool/internal/words"
)

func TestLists(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		list    []string
		or, and string
	}{
		{nil, "", ""},
		{[]string{"a"}, "a", "a"},
		{[]string{"a", "b"}, "a or b", "a and b"},
		{[]string{"a", "b", "c"}, "a, b or c", "a, b and c"},
	} {
		if or, and := words.Or(tt.list), words.And(tt.list); or != tt.or || and != tt.and {
			t.Errorf("%q is %q and %q", tt.list, or, and)
		}
	}
	if got := words.And(words.Quote([]string{"a", `b"`})); got != `"a" and "b\""` {
		t.Errorf("quoted, it is %s", got)
	}
}

func TestArticle(t *testing.T) {
	t.Parallel()
	for noun, want := range map[string]string{
		"": "a", "alert": "an", "incident": "an", "deployment": "a", "object": "an", "Incident": "an", "hour": "an", "host": "a",
		"user": "a", "URL": "a", "url": "a", "unknown key": "an", "uint8": "an", "HTTP status": "an", "JSON value": "a", "SLO": "an",
		"one-line text": "a", "ApplicationID": "an", "empty": "an", "HTML-like text": "an", "PEM file": "a",
	} {
		if got := words.Article(noun); got != want {
			t.Errorf("%s %s, want %s", got, noun, want)
		}
	}
}

func TestCount(t *testing.T) {
	t.Parallel()
	for want, got := range map[string]string{
		"1 error": words.Count(1, "error"), "0 errors": words.Count(0, "error"), "2 queries": words.Count(2, "query"),
		"3 keys": words.Count(3, "key"), "2 boxes": words.Count(2, "box"), "1 query": words.Count(1, "query"),
	} {
		if got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

func TestSuggestSeveral(t *testing.T) {
	t.Parallel()
	if got := words.Suggest("lable", []string{"label", "name"}, "x"); got != "did you mean label?" {
		t.Error(got)
	}
	if got := words.Suggest("zzzzzz", []string{"label", "name"}, "x"); got != "x" {
		t.Error(got)
	}
}

func TestCut(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{"": "", "äöü": "äöü", "äöüß": "äöü…", "a\nb": "a\nb", "a\xffbc": "a\xffb…"} {
		if got := words.Cut(text, 3); got != want {
			t.Errorf("%q becomes %q, not %q", text, got, want)
		}
	}
	if got := words.Line(" a\n\tb  cd", 4); got != "a b …" {
		t.Errorf("one line is %q", got)
	}
}
