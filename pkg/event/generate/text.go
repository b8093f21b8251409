package generate

import "strings"

// hostileParts lists what breaks JSON, the markup of Telegram, Slack, Discord and
// others, HTML, shell quoting, and the counting of characters.
var hostileParts = []string{
	`"`, `\`, `\"`, `\n`, `\u00`, "\n", "\r\n", "\r", "\t", "\x00", "\x01", "\x07", "\x1f", "\x7f", "\u0085", "\u2028", "\u2029", "\ufeff",
	"\xff", "\xc3", "\xed\xa0\x80", "\U000e0001", "\U0010ffff", "\u202e", "\u200b",
	"'", "`", "```", "<", ">", "&", "&amp;", "&lt", "<b>", "</b>", "<script>alert(1)</script>", "<!-- ", "]]>",
	"_", "*", "__", "**", "~", "~~", "||", "[", "]", "(", ")", "[a](b)", "[x](javascript:alert(1))", "#", "# ", "> ", "- ", "1. ", "!", "!?", "+", "=", "|", "{", "}", ".",
	"@everyone", "@here", "@channel", "@all", "<!channel>", "<!here>", "<@123>", "<@&456>", "<#789>", "@**all**",
	"{{", "}}", "{{ .Status }}", "%", "%s", "%d", "%!", "$", "${HOME}", "`id`",
	",", ":", `","a":"`, `"}`, "]}", "null", "true", "0", "-", " ", "  ", "é", "日本", "👩‍👩‍👧", "🎉", "e\u0301",
	"my_app", "foo_bar_baz", "C:\\temp\\x", `reason="BackOff"`, "https://example.com/a_b?c=d&e=f", "10.0.0.1:8080",
}

// hostile concatenates a few of the parts.
func (g *generator) hostile() string {
	const most = 6
	var b strings.Builder
	for range g.rng.IntN(most) {
		b.WriteString(pick(g.rng, hostileParts...))
		if g.chance(3) {
			b.WriteString(pick(g.rng, "a", "word", " ", "x1"))
		}
	}
	return b.String()
}

// long returns a text of up to so many bytes, with many lines and characters of all
// widths.
func (g *generator) long(most int) string {
	unit := pick(g.rng, "word ", "<&>", "日本語", "🎉", "line\n", `"quoted" `, "**bold** ", "a_b ", "x")
	if g.chance(4) {
		most /= 100
	}
	return strings.Repeat(unit, max(1, most/len(unit)))
}
