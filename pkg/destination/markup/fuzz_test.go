package markup_test

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/hooktool/hooktool/pkg/destination/markup"
)

func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		"", "*b* _i_ `c` [l](https://e.com) ```go\nx\n```", `a\_b \\`, "[a](b", "[https://e.com]", ">a\n>b||\n||c||", "![x](tg://emoji?id=1)",
		"<b>a</b><a href='https://e.com?a&amp;b'>x</a>&#x41;&lt", "<pre><code class=language-go>x</code></pre>", "a\r\n\u2028\u0333\x00b",
		"# h\n- a\n  - b\n1. x\n> q\n>>> all", "<@1> <@&2> <#3> @everyone @here <:a:1> <t:1:R> ||s|| __u__ ~~s~~", "|a|b|\n|-|:-:|\n|1|2|",
		"<!channel> <!subteam^S1|x> <@U1|n> <https://e.com|t> &lt;", "@channel x-@here @all", "<users/all> <at user_id=\"all\"></at> @**all**",
		"http://e.com/(a)b. https://", "***a** b*", "[[[[a](b)](c)](d)", "```\n```", "~~~", "-# small", "\\", "<", "<a", "&#", "|||", "🔥*🔥*",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, dialect := range markup.Dialects() {
			checkDocument(t, dialect, text)
		}
	})
}

// checkDocument checks what must hold for every text in a dialect.
func checkDocument(t *testing.T, dialect markup.Dialect, text string) {
	t.Helper()
	doc, err := markup.Parse(dialect, text)
	if err != nil {
		var e *markup.Error
		if !errors.As(err, &e) || e.Offset < markup.NoOffset || e.Offset > len(text) || !strings.HasPrefix(string(dialect), "telegram") {
			t.Errorf("%s: %q: %#v", dialect, text, err)
		}
		return
	}
	checkNodes(t, doc, text)
	units, last := markup.UTF16Length(doc.Text), 0
	for _, e := range doc.Entities() {
		if e.Offset < last || e.Length <= 0 || e.Offset+e.Length > units {
			t.Errorf("%s: %q: entity %+v in %d units", dialect, text, e, units)
		}
		last = e.Offset
	}
	if utf8.ValidString(text) && !utf8.ValidString(doc.Text) {
		t.Errorf("%s: %q: the text is no longer valid: %q", dialect, text, doc.Text)
	}
}

// checkNodes checks that nodes lie in the source and have either text or child nodes.
func checkNodes(t *testing.T, doc *markup.Document, text string) {
	t.Helper()
	for node := range doc.Walk() {
		if node.Start < 0 || node.End < node.Start || node.End > len(text) {
			t.Errorf("%s: %q: %s [%d:%d] in %d bytes", doc.Dialect, text, node.Kind, node.Start, node.End, len(text))
		}
		if len(node.Nodes) > 0 && node.Text != "" {
			t.Errorf("%s: %q: %s has nodes and the text %q", doc.Dialect, text, node.Kind, node.Text)
		}
		if node.Kind == markup.Text && node.Text == "" {
			t.Errorf("%s: %q: a text without text", doc.Dialect, text)
		}
	}
}
