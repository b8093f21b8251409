package destination_test

import (
	"strings"
	"testing"

	"github.com/hooktool/hooktool/pkg/destination/catalog"
)

// BenchmarkCheckLarge checks messages as large as people send: as many blocks, embeds
// and facts as are accepted. None may take a millisecond.
func BenchmarkCheckLarge(b *testing.B) {
	many := func(n int, part string) string { return strings.TrimSuffix(strings.Repeat(part+",", n), ",") }
	for name, body := range map[string]string{
		"slack":   `{"text": "x", "blocks": [` + many(50, `{"type": "section", "text": {"type": "mrkdwn", "text": "*checkout* is <https://e.example.com|down>"}, "fields": [{"type": "mrkdwn", "text": "a"}]}`) + `]}`,
		"discord": `{"embeds": [` + many(10, `{"title": "x", "description": "**checkout**", "fields": [`+many(20, `{"name": "a", "value": "b", "inline": true}`)+`]}`) + `]}`,
		"teams": `{"type": "message", "attachments": [{"contentType": "application/vnd.microsoft.card.adaptive", "contentUrl": null, "content": {"type": "AdaptiveCard", "version": "1.4", "body": [` +
			many(40, `{"type": "FactSet", "facts": [{"title": "a", "value": "b"}]}, {"type": "TextBlock", "text": "x", "wrap": true}`) + `]}}]}`,
		"telegram": `{"chat_id": 1, "parse_mode": "HTML", "text": "` + strings.Repeat("<b>checkout</b> is down ", 150) + `"}`,
	} {
		b.Run(name, func(b *testing.B) {
			d := catalog.ByName(name)
			if problems := d.Check([]byte(body)); len(problems) > 0 {
				b.Fatal(problems[0])
			}
			b.SetBytes(int64(len(body)))
			for b.Loop() {
				d.Check([]byte(body))
			}
		})
	}
}
