package destination_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/hooktool/hooktool/internal/vast"
	"github.com/hooktool/hooktool/pkg/destination"
	"github.com/hooktool/hooktool/pkg/destination/catalog"
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/event/generate"
	"github.com/hooktool/hooktool/pkg/source"
	"github.com/hooktool/hooktool/pkg/typecheck"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// forEachStarter runs a test for each starter template.
func forEachStarter(t *testing.T, test func(t *testing.T, name string, kind event.Kind, tmpl *webhook.Template)) {
	t.Helper()
	for _, d := range catalog.All() {
		for _, kind := range event.Kinds() {
			t.Run(d.Name+"/"+kind.String(), func(t *testing.T) {
				t.Parallel()
				tmpl, err := webhook.Parse(kind, kind.String()+".tmpl", d.Starter(kind))
				if err != nil {
					t.Fatal(err)
				}
				test(t, d.Name, kind, tmpl)
			})
		}
	}
}

// TestStartersHead checks that each starter begins with the comment that names its kind
// and destination, and passes the type checker.
func TestStartersHead(t *testing.T) {
	t.Parallel()
	forEachStarter(t, func(t *testing.T, name string, kind event.Kind, tmpl *webhook.Template) {
		t.Helper()
		want := fmt.Sprintf("{{- /* hooktool: type=%s destination=%s */ -}}\n", kind, name)
		if !strings.HasPrefix(tmpl.Text(), want) {
			t.Errorf("it does not begin with %s", want)
		}
		parsed, err := source.ParseTemplate(name, tmpl.Text())
		if err != nil {
			t.Fatal(err)
		}
		problems, err := typecheck.CheckTemplate(kind, parsed, nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, problem := range problems {
			t.Errorf("%s: %s: %s", problem.Rule, tmpl.Text()[problem.Start:problem.End], problem.Message)
		}
	})
}

// limit is the greatest length of a value in a payload. Where the destination's unit is
// uncertain, it is the one that counts most.
type limit struct {
	path string // members and elements joined by dots, * for any; empty: the whole body
	unit func(string) int
	max  int
}

func codePoints(s string) int { return utf8.RuneCountInString(s) }
func bytesOf(s string) int    { return len(s) }

func utf16Units(s string) int {
	n := 0
	for _, r := range s {
		n += utf16.RuneLen(r)
	}
	return n
}

func starterLimits(name string) []limit {
	switch name {
	case "telegram":
		return []limit{{"text", bytesOf, 32768}}
	case "discord":
		return []limit{{"embeds.*.title", utf16Units, 256}, {"embeds.*.description", utf16Units, 4096}}
	case "slack":
		return []limit{
			{"attachments.*.blocks.0.text.text", utf16Units, 150},
			{"attachments.*.blocks.*.text.text", utf16Units, 3000},
			{"attachments.*.blocks.*.elements.*.text", utf16Units, 3000},
		}
	case "mattermost":
		return []limit{{"attachments.*.text", codePoints, 16383}}
	case "rocketchat":
		return []limit{{"attachments.*.text", utf16Units, 5000}}
	case "teams":
		return []limit{{"", bytesOf, 14 << 10}}
	case "pagerduty":
		return []limit{{"payload.summary", utf16Units, 1024}, {"dedup_key", codePoints, 255}, {"", bytesOf, 512000}}
	case "opsgenie", "jsm":
		return []limit{
			{"message", utf16Units, 130},
			{"alias", utf16Units, 512},
			{"description", utf16Units, 15000},
			{"entity", utf16Units, 512},
			{"details.*", utf16Units, 2600},
			{"tags.*", utf16Units, 50},
		}
	case "googlechat":
		return []limit{{"", bytesOf, 32000}}
	case "zulip":
		return []limit{{"text", codePoints, 10000}, {"channel", codePoints, 60}}
	case "ntfy":
		return []limit{{"message", bytesOf, 4096}, {"", bytesOf, 8192}}
	case "webex":
		return []limit{{"markdown", codePoints, 1000}, {"markdown", bytesOf, 7439}}
	case "lark":
		return []limit{{"", bytesOf, 20000}}
	case "pushover":
		return []limit{{"message", utf16Units, 1024}, {"title", utf16Units, 250}, {"url", codePoints, 512}}
	case "wecom":
		return []limit{{"markdown.content", bytesOf, 4096}}
	case "dingtalk":
		return []limit{{"", bytesOf, 20000}}
	case "squadcast":
		return []limit{{"", bytesOf, 30 << 10}}
	case "incidentio":
		return []limit{{"", bytesOf, 512 << 10}}
	case "splunkoncall":
		return []limit{{"state_message", utf16Units, 20480}}
	}
	return nil
}

// TestStartersAtWorst computes the worst case: every text of the event consists of the
// one character that grows most, and every list is long. What a template prints depends
// on texts only by their lengths, so this is the most that it can print. It tries some
// of the characters and lengths, or all with HOOKTOOL_TEST_LONG=1.
func TestStartersAtWorst(t *testing.T) {
	t.Parallel()
	forEachStarter(t, func(t *testing.T, name string, kind event.Kind, tmpl *webhook.Template) {
		t.Helper()
		limits := starterLimits(name)
		if limits == nil {
			return // none is known
		}
		units := []string{"\x00", "a", "😀", "日", `"`, "~", "<", "@", "\xff"}
		for _, unit := range vast.Every(t, 2, units) {
			for _, size := range vast.Every(t, 3, []int{400, 100, 200, 5000, 300, 500, 0, 1000}) {
				ev := worst(kind, strings.Repeat(unit, size))
				body := render(t, tmpl, ev)
				check(t, catalog.ByName(name), body)
				for _, l := range limits {
					for value := range valuesAt(t, body, l.path) {
						if n := l.unit(value); n > l.max {
							t.Fatalf("%d × %q: %s has %d, more than %d", size, unit, l.path, n, l.max)
						}
					}
				}
			}
		}
	})
}

// worst is an event whose texts are all the same, and whose lists are longer than any
// template shows.
func worst(kind event.Kind, text string) event.Event {
	const list, url = 60, "https://coroot.example.com/"
	ev := event.New(kind)
	for part := range ev.Root().Parts() {
		part.Resize(list)
		for i := range part.Len() {
			part.Element(i).Part("Code").SetBool(i%2 == 0)
		}
	}
	ev.Rewrite(func(at event.Place, _ string) string {
		if at.Field().Form == event.FormURL {
			return url + text
		}
		return text
	})
	ev.Root().Part("Status").SetText(map[event.Kind]string{event.KindIncident: "CRITICAL", event.KindDeployment: "Cancelled", event.KindAlert: "OK"}[kind])
	return ev
}

func render(t *testing.T, tmpl *webhook.Template, ev event.Event) []byte {
	t.Helper()
	message, err := tmpl.Render(t.Context(), ev)
	if err != nil {
		t.Fatal(err)
	}
	return message.Body
}

// valuesAt yields the strings at a path of a body.
func valuesAt(t *testing.T, body []byte, path string) func(func(string) bool) {
	t.Helper()
	return func(yield func(string) bool) {
		if path == "" {
			yield(string(body))
			return
		}
		var root any
		if err := json.Unmarshal(body, &root); err != nil {
			t.Fatalf("%v in %.300q", err, body)
		}
		visit(root, strings.Split(path, "."), yield)
	}
}

func visit(v any, path []string, yield func(string) bool) {
	if len(path) == 0 {
		if text, ok := v.(string); ok {
			yield(text)
		}
		return
	}
	switch v := v.(type) {
	case map[string]any:
		for key, value := range v {
			if path[0] == "*" || path[0] == key {
				visit(value, path[1:], yield)
			}
		}
	case []any:
		for i, value := range v {
			if path[0] == "*" || path[0] == fmt.Sprint(i) {
				visit(value, path[1:], yield)
			}
		}
	}
}

// TestStarters renders each starter for dozens of events, thousands in all; a third of
// them without HOOKTOOL_TEST_LONG=1.
func TestStarters(t *testing.T) {
	t.Parallel()
	forEachStarter(t, func(t *testing.T, name string, kind event.Kind, tmpl *webhook.Template) {
		t.Helper()
		rng := rand.New(rand.NewPCG(1, 2))
		events := 20
		if vast.Long(t) {
			events = 60
		}
		for i := range events {
			style := generate.Hostile
			switch {
			case i%10 == 0:
				style = generate.Huge
			case i%10 < 3:
				style = generate.Benign
			case i%10 == 3:
				style = generate.Empty
			}
			ev := generate.Event(kind, style, rng)
			if name == "zulip" { // nothing keeps a mention in a link from being one, and Coroot's links contain ids
				ev.Root().Part("URL").SetText("https://coroot.example.com/p/a1b2c3d4/alerts")
			}
			body := render(t, tmpl, ev)
			if name != "plaintext" && !json.Valid(body) {
				t.Fatalf("%s: not JSON: %s", style, body)
			}
			check(t, catalog.ByName(name), body)
		}
	})
}

// check checks a body against the rules of its destination. Without json no template
// can fix invalid UTF-8, so it is tolerated in text that json does not print: what
// Coroot sends was JSON in its database, and is UTF-8.
func check(t *testing.T, d *destination.Destination, body []byte) {
	t.Helper()
	if (d.Plain || d.Name == "telegram") && !utf8.Valid(body) {
		return
	}
	for _, problem := range d.Check(body) {
		if problem.Severity != destination.Info {
			t.Fatalf("%s: %s: %s\n%.2000s", problem.Path, problem.Rule, problem.Message, body)
		}
	}
}
