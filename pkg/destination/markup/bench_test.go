package markup_test

import (
	"strings"
	"testing"

	"github.com/hooktool/hooktool/pkg/destination/markup"
)

const ordinary = "*CRITICAL* checkout in production: latency 2.5s (objective 500ms)\n" +
	"[Open in Coroot](https://coroot.example.com/p/prod/incidents/abc123)\n`kubectl logs deploy/checkout`\n"

func BenchmarkParse(b *testing.B) {
	for _, dialect := range markup.Dialects() {
		b.Run(string(dialect), func(b *testing.B) {
			b.SetBytes(int64(len(ordinary)))
			b.ReportAllocs()
			for b.Loop() {
				_, _ = markup.Parse(dialect, ordinary)
			}
		})
	}
}

// hostile are texts of about a size that tempt a parser to read the same text again and
// again.
func hostile(size int) map[string]string {
	texts := map[string]string{}
	for _, part := range []string{
		"*", "_", "`", "[", "]", "](", "[](", "*_", "**_**", "> ", ">", "- ", "<", "<b>", "&", "||", "@", "![", "http://", "<@", "(", "|", "\\",
		"\n", "```\n", "a*", "[a](b", "*a ", "\n- ", "|-", "\u0333", "1. ", "#", "http://a(", "<a ", ":", "``` ", "[a]: b\n",
	} {
		texts[part] = strings.Repeat(part, size/len(part))
	}
	for open, closed := range map[string]string{"[": "]a", "<a>": "</a>a", "*_": "x_*", "[a": "](b)", "> ": "\na"} {
		n := size / (len(open) + len(closed))
		texts[open+closed] = strings.Repeat(open, n) + strings.Repeat(closed, n)
	}
	return texts
}

func BenchmarkHostile(b *testing.B) {
	texts := hostile(1 << 20)
	for _, dialect := range markup.Dialects() {
		b.Run(string(dialect), func(b *testing.B) {
			for b.Loop() {
				for _, text := range texts {
					_, _ = markup.Parse(dialect, text)
				}
			}
		})
	}
}
