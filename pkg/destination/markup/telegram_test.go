package markup_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/hooktool/hooktool/internal/golden"

	"github.com/hooktool/hooktool/pkg/destination/markup"
)

// telegramCase is a text with what Telegram makes of it: the text and the entities, or
// the error.
type telegramCase struct{ in, want string }

func testTelegram(t *testing.T, d markup.Dialect, cases []telegramCase) {
	t.Helper()
	for _, tt := range cases {
		doc, err := markup.Parse(d, tt.in)
		got := ""
		if err != nil {
			got = "! " + err.Error()
		} else {
			got = doc.Text + entities(doc)
		}
		if got != tt.want {
			t.Errorf("%q as %s:\n got %q\nwant %q", tt.in, d, got, tt.want)
		}
	}
}

// entities shows the entities of a document: " | bold 0+4 | text_link 5+1 URL".
func entities(doc *markup.Document) string {
	var b strings.Builder
	for _, e := range doc.Entities() {
		fmt.Fprintf(&b, " | %s %d+%d", e.Type, e.Offset, e.Length)
		for _, more := range []string{e.URL, e.Language, e.CustomEmojiID} {
			if more != "" {
				b.WriteString(" " + more)
			}
		}
		if e.User != nil {
			b.WriteString(" " + e.User.ID)
		}
	}
	return b.String()
}

func TestTelegramMarkdown(t *testing.T) {
	t.Parallel()
	const end = "! Can't find end of the entity starting at byte offset "
	testTelegram(t, markup.TelegramMarkdown, []telegramCase{
		{"plain", "plain"},
		{"", ""},
		{" \n ", ""},
		{"*bold* _italic_ `code`", "bold italic code | bold 0+4 | italic 5+6 | code 12+4"},
		{"\n*CRITICAL* x \n", "CRITICAL x | bold 0+8"},
		{"проверка *b*", "проверка b | bold 9+1"},
		{"🔥 *b🔥b*", "🔥 b🔥b | bold 3+4"},
		{"foo_bar", end + "3"},
		{"проверка foo_bar", end + "20"},
		{"foo_bar_baz", "foobarbaz | italic 3+3"},
		{"2 * 3", end + "2"},
		{"*a", end + "0"},
		{"a [b", end + "2"},
		{"`a", end + "0"},
		{"```a", end + "0"},
		{"```", end + "0"},
		{"*a* *", end + "4"},
		{`a\_b \* \[ ` + "\\`", "a_b * [ `"},
		{`a\b \\ \`, `a\b \\ \`},
		{`_a\_b_`, end + "5"},
		{`_a\_b_ _`, `a\b | italic 0+2`},
		{"**bold**", "bold"},
		{"__a__ ``", "a"},
		{"*a _b_ c*", "a _b_ c | bold 0+7"},
		{"[RESOLVED] *rule*", "RESOLVED rule | bold 9+4"},
		{"[a](https://example.com/x?y=1#z)", "a | text_link 0+1 https://example.com/x?y=1#z"},
		{"[a](example.com)", "a | text_link 0+1 http://example.com/"},
		{"[a](HTTP://Example.COM)", "a | text_link 0+1 http://example.com/"},
		{"[a](http://coroot:8080/x) b", "a b"},
		{"[a](http://[::1]:8080/x)", "a | text_link 0+1 http://[::1]:8080/x"},
		{"[a](https://e.com/x rest of the text", "a | text_link 0+1 https://e.com/x%20rest%20of%20the%20text"},
		{"[a](tg://user?id=42)", "a | text_mention 0+1 42"},
		{"[a](tg://resolve?domain=x)", "a | text_link 0+1 tg://resolve?domain=x"},
		{"[](https://e.com)", "(https://e.com) | url 1+13"},
		{"[https://a.example/x]", "https://a.example/x | url 0+19"},
		{"```go\nx := 1\n```", "x := 1 | pre 0+6 go"},
		{"```\na*b\n``` c", "a*b\n c | pre 0+4"},
		{"```go```", "go | pre 0+2"},
		{"```a``b```", "a``b | pre 0+4"},
		{"a\r\nb\tc\x01", "a\nb c"},
		{"by @alice1 and me@example.com @ab", "by @alice1 and me@example.com @ab | mention 3+7"},
		{"see https://e.com/a_b_c.", "see https://e.com/abc. | url 4+17 | italic 19+1"},
		{"a\u2028b\u202ec", "abc"},
	})
}

func TestTelegramMarkdownV2(t *testing.T) {
	t.Parallel()
	const end = "! Can't find end of "
	reserved := func(c string) string {
		return "! Character '" + c + `' is reserved and must be escaped with the preceding '\'`
	}
	testTelegram(t, markup.TelegramMarkdownV2, []telegramCase{
		{"a.b", reserved(".")},
		{"a-b", reserved("-")},
		{"a>b", reserved(">")},
		{"(a", reserved("(")},
		{"a]", reserved("]")},
		{"x|y", reserved("|")},
		{"wow!", reserved("!")},
		{"{", reserved("{")},
		{`a\.b \> \! \\ \a`, `a.b > ! \ a`},
		{"\\é \\", "\\é \\"},
		{"*bold* _it_ __under__ ~strike~ ||spoiler|| `c`", "bold it under strike spoiler c" +
			" | bold 0+4 | italic 5+2 | underline 8+5 | strikethrough 14+6 | spoiler 21+7 | code 29+1"},
		{"x *bold", end + "Bold entity at byte offset 2"},
		{"é _i", end + "Italic entity at byte offset 3"},
		{"__u", end + "Underline entity at byte offset 0"},
		{"~s", end + "Strikethrough entity at byte offset 0"},
		{"||s", end + "Spoiler entity at byte offset 0"},
		{"`c", end + "Code entity at byte offset 0"},
		{"```p", end + "Pre entity at byte offset 0"},
		{"```go\nx", end + "PreCode entity at byte offset 0"},
		{"```go\nx\\```", end + "PreCode entity at byte offset 0"},
		{"[a", end + "TextUrl entity at byte offset 0"},
		{"![a", end + "CustomEmoji entity at byte offset 0"},
		{"*a _b*", end + "Bold entity at byte offset 5"},
		{"*a _b*_", end + "Italic entity at byte offset 6"},
		{"__a_", end + "Italic entity at byte offset 3"},
		{"é[a](b", end + "a URL at byte offset 6"},
		{`[a](b\)`, end + "a URL at byte offset 4"},
		{"![x]", "! The entity must contain a tg://emoji or tg://time URL"},
		{"![x](https://e.com)", "! Invalid tg://emoji or tg://time URL specified"},
		{"![x](tg://emoji?id=07)", "! Invalid tg://emoji or tg://time URL specified"},
		{"![👍](tg://emoji?id=5368324170671202286)", "👍 | custom_emoji 0+2 5368324170671202286"},
		{"![👍](TG:emoji/?a=b&id=7#c)", "👍 | custom_emoji 0+2 7"},
		{"![now](tg://time?unix=1700000000&format=wDT)", "now | date_time 0+3"},
		{"![now](tg://time?unix=1700000000&format=rT)", "! Invalid tg://emoji or tg://time URL specified"},
		{"[a](https://e.com/\\(x\\))", "a | text_link 0+1 https://e.com/(x)"},
		{"[a](http://coroot:8080)", "a"},
		{`[e\.com]`, "e.com | text_link 0+5 http://e.com/"},
		{"[]()", ""},
		{"*a _b_ c*", "a b c | bold 0+2 | bold 2+3 | italic 2+1"},
		{"*a `b` c*", "a b c | bold 0+2 | code 2+1 | bold 4+1"},
		{"*a* *b*", "a b | bold 0+1 | bold 2+1"},
		{"*a**b*", "ab | bold 0+2"},
		{"[`a`](e.com)", "a | code 0+1"},
		{"`a_b*c.d`", "a_b*c.d | code 0+7"},
		{"`a\\`b`", "a`b | code 0+3"},
		{"``", ""},
		{">a\n>b\nc", "a\nb\nc | blockquote 0+4"},
		{">a\n\n>b", "a\n\nb | blockquote 0+2 | blockquote 3+1"},
		{">a\n>*b\nc*", end + "Bold entity at byte offset 4"},
		{"*a\n>b\nc*", "a\nb\nc | bold 0+2 | blockquote 2+2 | bold 2+2 | bold 4+1"},
		{">a\n>b||\nc", "a\nb\nc | expandable_blockquote 0+4"},
		{">a\n>b||", "a\nb | expandable_blockquote 0+3"},
		{">a||b||\nc", "ab\nc | blockquote 0+3 | spoiler 1+1"},
		{"**>a\n>b", "a\nb | blockquote 0+3"},
		{"\r>a", "a | blockquote 0+1"},
		{"a\r>b", reserved(">")},
		{">", ""},
		{">||", ""},
		{"\n\\#1", "#1"},
	})
}

func TestTelegramHTML(t *testing.T) {
	t.Parallel()
	testTelegram(t, markup.TelegramHTML, []telegramCase{
		{"<b>b</b> <i>i</i> <u>u</u> <s>s</s> <code>c</code>", "b i u s c | bold 0+1 | italic 2+1 | underline 4+1 | strikethrough 6+1 | code 8+1"},
		{"<STRONG>b</strong><em>i</em><ins>u</ins><del>s</del><strike>t</strike>", "biust | bold 0+1 | italic 1+1 | underline 2+1 | strikethrough 3+2"},
		{"a < b", `! Unsupported start tag "" at byte offset 2`},
		{"é latency <5s>", `! Unsupported start tag "5s" at byte offset 11`},
		{"<br>", `! Unsupported start tag "br" at byte offset 0`},
		{"<br/>", `! Unsupported start tag "br/" at byte offset 0`},
		{"x <b", "! Unclosed start tag at byte offset 2"},
		{"x <", "! Unclosed start tag at byte offset 2"},
		{"<b>x", `! Can't find end tag corresponding to start tag "b"`},
		{"x</b>", "! Unexpected end tag at byte offset 1"},
		{"<b>x</i>", `! Unmatched end tag at byte offset 4, expected "</b>", found "</i>"`},
		{"<b>x</b", "! Unclosed end tag at byte offset 4"},
		{"<b>x</B >", "x | bold 0+1"},
		{"<b>x</>", "x | bold 0+1"},
		{"<b></b>x", "x"},
		{"<i =x>", `! Empty attribute name in the tag "i" at byte offset 0`},
		{"<a href", `! Unclosed start tag "a" at byte offset 0`},
		{"<a href= ", `! Unclosed start tag "a" at byte offset 0`},
		{"<a href='x", "! Unclosed start tag at byte offset 0"},
		{"<a href=x/y>z</a>", "! Unexpected end of name token at byte offset 8"},
		{"<a href=Example.com>z</a>", "z | text_link 0+1 http://example.com/"},
		{`<a href="https://e.com/?a=1&amp;b=2">z</a>`, "z | text_link 0+1 https://e.com/?a=1&b=2"},
		{`<a href="http://coroot:8080/">z</a>`, "z"},
		{`<a href="tg://user?id=7">z</a>`, "z | text_mention 0+1 7"},
		{"<a>e.com</a>", "e.com | text_link 0+5 http://e.com/"},
		{"<span>x</span>", `! Tag "span" must have class "tg-spoiler" at byte offset 0`},
		{`<span class="tg-spoiler">x</span><tg-spoiler>y</tg-spoiler>`, "xy | spoiler 0+2"},
		{"<pre>a\n  b</pre>", "a\n  b | pre 0+5"},
		{`<pre><code class="language-go">x</code></pre>`, "x | pre 0+1 go"},
		{`<code class="language-go"><pre>x</pre></code>`, "x | pre 0+1 go"},
		{`<pre> <code class="language-go">x</code></pre>`, "x | pre 0+1"},
		{`<code class="language-go">x</code>`, "x | code 0+1"},
		{"<blockquote>q</blockquote>", "q | blockquote 0+1"},
		{"<blockquote expandable>q</blockquote>", "q | expandable_blockquote 0+1"},
		{`<tg-emoji emoji-id="77">👍</tg-emoji>`, "👍 | custom_emoji 0+2 77"},
		{`<tg-emoji emoji-id="x">👍</tg-emoji>`, "! Invalid custom emoji identifier specified"},
		{`<tg-time unix="1" format="DT">t</tg-time>`, "t | date_time 0+1"},
		{`<tg-time unix="1" format="rr">t</tg-time>`, "! Invalid date format used"},
		{"&lt;&gt;&amp;&quot; &lt&gt", `<>&" <>`},
		{"&#65;&#x42;&#x1f525;&#67", "AB🔥C"},
		{"<b>&#x1f525;</b>x", "🔥x | bold 0+2"},
		{"&nbsp;&apos;&#0;&#x10ffff; & a > b", "&nbsp;&apos;&#0;&#x10ffff; & a > b"},
		{"&#xd83d;&#xdd25;", "! Text contains invalid Unicode characters after decoding HTML entities, check for unmatched surrogate code units"},
		{"<b>a <i>b</i></b>", "a b | bold 0+2 | bold 2+1 | italic 2+1"},
		{"@coroot_bot", "@coroot_bot | mention 0+11"},
		{"<code>@coroot_bot</code>", "@coroot_bot | code 0+11"},
	})
}

func TestTelegramPlain(t *testing.T) {
	t.Parallel()
	testTelegram(t, markup.TelegramPlain, []telegramCase{
		{"*a_b* @alice [x](y)", "*a_b* @alice [x](y) | mention 6+6"},
		{"(https://example.com/a). http://coroot:8080", "(https://example.com/a). http://coroot:8080 | url 1+21"},
	})
}

// The offset of an error is known even if Telegram's words leave it out.
func TestTelegramErrorOffset(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		dialect markup.Dialect
		in      string
		want    int
	}{
		{markup.TelegramMarkdownV2, "ab.c", 2},
		{markup.TelegramHTML, "ab<b>c", 2},
		{markup.TelegramMarkdown, "ab*c", 2},
	} {
		_, err := markup.Parse(tt.dialect, tt.in)
		if e, ok := err.(*markup.Error); !ok || e.Offset != tt.want {
			t.Errorf("%q: %#v, want offset %d", tt.in, err, tt.want)
		}
	}
}

func TestTelegramTree(t *testing.T) {
	t.Parallel()
	doc, err := markup.Parse(markup.TelegramHTML, "  a&lt;<b>é <i>x</i></b> @alice ")
	if err != nil {
		t.Fatal(err)
	}
	if diff := golden.Diff(treeGolden, doc.String()); diff != "" {
		t.Error(diff)
	}
}

const treeGolden = `text [0:7] "a<"
bold [7:25]
  text [10:13] "é "
  italic [13:21]
    text [16:17] "x"
text [25:33] " "
mention [25:33] "@alice" PING
`
