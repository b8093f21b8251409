package destination_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/hooktool/hooktool/pkg/destination"
	"github.com/hooktool/hooktool/pkg/destination/catalog"
)

// TestLengths checks limits at their edge: N units pass, N+1 do not.
func TestLengths(t *testing.T) {
	t.Parallel()
	embeds := func(n int) any {
		var list []any
		for range n {
			list = append(list, map[string]any{"title": "x"})
		}
		return map[string]any{"embeds": list}
	}
	text := func(wrap func(string) any, unit string) func(int) any {
		return func(n int) any { return wrap(strings.Repeat(unit, n)) }
	}
	telegram := func(mode, before, after string) func(string) any {
		return func(s string) any {
			return map[string]any{"chat_id": 1, "text": before + s + after, "parse_mode": mode}
		}
	}
	content := func(s string) any { return map[string]any{"content": s} }
	for _, test := range []struct {
		destination string
		make        func(n int) any
		most        int
		path        string
		effect      destination.Effect
	}{
		{"telegram", text(telegram("", "", ""), "a"), 4096, "$.text", destination.Refused},
		{"telegram", text(telegram("", "\n ", " \n"), "🎉"), 4096, "$.text", destination.Refused},
		{"telegram", text(telegram("HTML", "<b>", "</b>"), "&lt;"), 4096, "$.text", destination.Refused},
		{"telegram", text(telegram("MarkdownV2", "*", "*"), `\.`), 4096, "$.text", destination.Refused},
		{"discord", text(content, "a"), 2000, "$.content", destination.Refused},
		{"discord", text(content, "🎉"), 2000, "$.content", destination.Refused},
		{"discord", embeds, 10, "$.embeds", destination.Refused},
		{"discord", func(n int) any {
			embed := map[string]any{"description": strings.Repeat("a", 3000)}
			return map[string]any{"embeds": []any{embed, map[string]any{"description": strings.Repeat("a", n)}}}
		}, 3000, "$.embeds", destination.Refused},
		{"mattermost", text(func(s string) any { return map[string]any{"text": s} }, "é"), 16383, "$.text", destination.Split},
		{"mattermost", text(func(s string) any { return map[string]any{"attachments": []any{map[string]any{"text": s}}} }, "é"), 760000 - len(`[{"text":""}]`), "$.attachments", destination.Split},
		{"slack", text(func(s string) any { return map[string]any{"text": s} }, "a"), 40000, "$.text", destination.Cut},
		{"slack", text(func(s string) any {
			return map[string]any{"blocks": []any{map[string]any{"type": "section", "text": map[string]any{"type": "mrkdwn", "text": s}}}}
		}, "a"), 3000, "$.blocks[0].text.text", destination.Refused},
		{"pagerduty", text(func(s string) any {
			payload := map[string]any{"summary": s, "source": "x", "severity": "info"}
			return map[string]any{"routing_key": strings.Repeat("R", 32), "event_action": "trigger", "payload": payload}
		}, "a"), 1024, "$.payload.summary", destination.Unsaid},
		{"opsgenie", text(func(s string) any { return map[string]any{"message": s} }, "a"), 130, "$.message", destination.Unsaid},
		{"opsgenie", func(n int) any {
			details := map[string]any{"a": strings.Repeat("a", 4000), "b": strings.Repeat("b", n)}
			return map[string]any{"message": "x", "details": details}
		}, 4000, "$.details", destination.Unsaid},
		{"ntfy", text(func(s string) any { return map[string]any{"topic": "t", "message": s} }, "é"), 2048, "$.message", destination.Refused},
		{"pushover", text(func(s string) any { return map[string]any{"token": "a", "user": "u", "message": s} }, "é"), 1024, "$.message", destination.Refused},
	} {
		t.Run(fmt.Sprintf("%s %s %d", test.destination, test.path, test.most), func(t *testing.T) {
			t.Parallel()
			d := catalog.ByName(test.destination)
			if problems := d.Check(encode(t, test.make(test.most))); len(problems) > 0 {
				t.Errorf("at the limit: %+v", problems)
			}
			problems := d.Check(encode(t, test.make(test.most+1)))
			if len(problems) != 1 || problems[0].Rule != destination.RuleLength || problems[0].Path != test.path || problems[0].Effect != test.effect {
				t.Errorf("past the limit: %+v", problems)
			}
		})
	}
}

// TestWholeBody checks limits on the whole body, whatever is in it.
func TestWholeBody(t *testing.T) {
	t.Parallel()
	for _, d := range catalog.All() {
		for _, limit := range d.Limits {
			if limit.Path != destination.WholeBody {
				continue
			}
			padded := append([]byte(d.Example), bytes.Repeat([]byte(" "), limit.Max-len(d.Example))...)
			if problems := d.Check(padded); len(problems) > 0 {
				t.Errorf("%s at the limit: %+v", d.Name, problems)
			}
			if problems := d.Check(append(padded, ' ')); len(problems) != 1 || problems[0].Rule != destination.RuleLength {
				t.Errorf("%s past the limit: %+v", d.Name, problems)
			}
		}
	}
}

func encode(t *testing.T, value any) []byte {
	t.Helper()
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		t.Fatal(err)
	}
	return bytes.TrimSpace(b.Bytes())
}

// TestUsages checks the use of limits that no single text comes near.
func TestUsages(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		destination, body string
		want              destination.Usage
	}{
		{
			"discord", `{"embeds": [{"title": "checkout", "description": " é😀 "}, {"footer": {"text": "shop"}}]}`,
			destination.Usage{Label: "the text of all embeds together", Used: 14, Max: 6000, Unit: destination.CodePoints},
		},
		{
			"discord", `{"content": " é😀 "}`,
			destination.Usage{Label: "the content", Used: 2, Max: 2000, Unit: destination.CodePoints, Text: true},
		},
		{"teams", `{"type": "é"}`, destination.Usage{Label: "the body", Used: 14, Max: 28 * 1024, Unit: destination.Bytes}},
		{
			"telegram", `{"chat_id": 1, "parse_mode": "HTML", "text": "<b>😀</b>"}`,
			destination.Usage{Label: "the text", Used: 1, Max: 4096, Unit: destination.CodePoints, Text: true},
		},
	} {
		usages := catalog.ByName(test.destination).Parse([]byte(test.body)).Usages()
		if !slices.Contains(usages, test.want) {
			t.Errorf("%s %s:\n got %+v\nwant %+v among them", test.destination, test.body, usages, test.want)
		}
	}
	if usages := catalog.ByName("teams").Parse([]byte(`{"type": `)).Usages(); usages != nil {
		t.Errorf("of a broken body: %+v", usages)
	}
}
