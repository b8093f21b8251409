package page

import (
	"strings"
	"testing"

	"github.com/hooktool/hooktool/internal/preview"
	"github.com/hooktool/hooktool/pkg/destination/catalog"
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// show puts what is eaten in braces.
func show(all []eatenText) string {
	var lines []string
	for _, text := range all {
		var b strings.Builder
		for _, part := range text.Parts {
			if part.Eaten {
				b.WriteString("{" + part.Text + "}")
			} else {
				b.WriteString(part.Text)
			}
		}
		lines = append(lines, b.String())
	}
	return strings.Join(lines, "; ")
}

func TestEaten(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ name, destination, body, summary, want string }{
		{"stars", "discord", `{"content": "**rule** the *whole* disk"}`, "the *whole* disk", "the {*}whole{*} disk"},
		{"twice", "discord", `{"content": "the *whole* disk", "embeds": [{"description": "the *whole* disk"}]}`, "the *whole* disk", "the {*}whole{*} disk"},
		{"plain", "discord", `{"content": "**rule** the whole disk_0"}`, "the whole disk_0", ""},
		{"escaped", "discord", `{"content": "the \\*whole\\* disk"}`, "the *whole* disk", ""},
		{"a backslash", "discord", `{"content": "C:\\*temp"}`, `C:\*temp`, `C:{\}*temp`},
		{"underscores", "mattermost", `{"text": "the _whole_ disk"}`, "the _whole_ disk", "the {_}whole{_} disk"},
		{"an address of a link", "mattermost", `{"text": "[open](https://a.example/x_y_z)"}`, "https://a.example/x_y_z", ""},
		{"bullets", "mattermost", `{"text": "- one\n- two_x"}`, "- one\n- two_x", ""},
		{"Telegram's HTML", "telegram", `{"chat_id": "1", "parse_mode": "HTML", "text": "<b>bold</b> text"}`, "<b>bold</b> text", "{<b>}bold{</b>} text"},
		{"no markup", "telegram", `{"chat_id": "1", "text": "<b>bold</b> *text*"}`, "<b>bold</b> *text*", ""},
	} {
		found, err := catalog.Detect(catalog.Hints{Name: test.destination})
		if err != nil {
			t.Fatal(err)
		}
		ev := event.SamplesOf(event.KindAlert)[0].Event
		ev.Alert.Summary = test.summary
		d := &drawing{Preview: preview.Of(found, []byte(test.body))}
		if got := show(eaten(d, ev)); got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}

// TestStartersEscape checks that markup eats nothing of what starters print, because
// they escape it.
func TestStartersEscape(t *testing.T) {
	t.Parallel()
	for _, d := range catalog.All() {
		for _, kind := range event.Kinds() {
			text := d.Starter(kind)
			if text == "" {
				continue
			}
			tmpl, err := webhook.Parse(kind, d.Name, text)
			if err != nil {
				t.Fatal(err)
			}
			for _, sample := range event.SamplesOf(kind) {
				message, err := tmpl.Render(t.Context(), sample.Event)
				if err != nil {
					t.Fatal(err)
				}
				found, err := catalog.Detect(catalog.Hints{Name: d.Name})
				if err != nil {
					t.Fatal(err)
				}
				if got := show(eaten(&drawing{Preview: preview.Of(found, message.Body)}, sample.Event)); got != "" {
					t.Errorf("%s, %s: %s", d.Name, sample.Name, got)
				}
			}
		}
	}
}
