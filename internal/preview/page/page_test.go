package page_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	pages "github.com/hooktool/hooktool/internal/preview/page"
	"github.com/hooktool/hooktool/pkg/event"
)

const (
	telegram = `{"chat_id": "1", "parse_mode": "HTML", "text": {{ json (printf "<b>%s</b> %s" (html .Status) (html .Application.Name)) }}}`
	unsafe   = `{"content": "{{ .Status }} {{ .RuleName }}"}`
)

// TestPage walks through the page as a person would.
func TestPage(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	incident := filepath.Join(dir, "telegram", "incident.tmpl")
	write(t, incident, telegram)
	write(t, filepath.Join(dir, "discord", "alert.tmpl"), unsafe)
	server := serve(t, dir, pages.ServerOptions{Write: true})
	ctx := newBrowser(t)

	// Load.
	run(ctx, t, chromedp.Navigate(server.URL()+"?template=telegram/incident.tmpl"))
	waitFor(ctx, t, shows("#stage strong", "CRITICAL"))
	waitFor(ctx, t, `document.querySelector("#check .fine, #check .found")`)
	waitFor(ctx, t, "document.querySelectorAll('.state').length == 9")
	waitFor(ctx, t, shows("#live", "following"))

	waitFor(ctx, t, shows("#check", "valid for every event"))

	// Choose another event, by its small picture.
	click(ctx, t, `.state[data-sample="incident-resolved"]`)
	waitFor(ctx, t, shows("#stage strong", "OK"))
	waitFor(ctx, t, `document.getElementById("sample").value == "incident-resolved"`)

	// Edit, and make a mistake: the last good picture stays, with the reason above.
	run(ctx, t, chromedp.SetValue("#text", `{{ .Stat }}`, chromedp.ByQuery), chromedp.Evaluate(`document.getElementById("text").dispatchEvent(new Event("input"))`, nil))
	waitFor(ctx, t, shows(`[data-part="problem"]`, `no field "Stat"`))
	waitFor(ctx, t, shows("#stage .stale", "last message"))
	waitFor(ctx, t, shows("#stage strong", "OK"))
	click(ctx, t, "#revert")
	waitFor(ctx, t, `!document.querySelector("#stage .stale")`)

	// Save a file elsewhere, and see it change.
	write(t, incident, `{"chat_id": "1", "text": "saved {{ .Status }}"}`)
	waitFor(ctx, t, shows("#stage", "saved OK"))
	waitFor(ctx, t, `document.getElementById("text").value.includes("saved")`)

	// A new template appears in the list, and a removed one is told.
	write(t, filepath.Join(dir, "telegram", "deployment.tmpl"), `{"chat_id": "1", "text": {{ json .Version }}}`)
	waitFor(ctx, t, shows(".list", "deployment.tmpl"))

	// Repair, and save from the page.
	click(ctx, t, `[data-template="discord/alert.tmpl"]`)
	waitFor(ctx, t, shows("#stage .msg.d-discord", "Low disk space"))
	waitFor(ctx, t, shows("#check", "json-unescaped"))
	click(ctx, t, "#fix")
	waitFor(ctx, t, shows(".diff .add", "json"))
	screenshot(ctx, t, "fix")
	click(ctx, t, "#take-fix")
	waitFor(ctx, t, shows("#check", "valid for every event"))
	click(ctx, t, "#save")
	waitFor(ctx, t, shows("#outcome", "Saved"))
	waitFor(ctx, t, `document.getElementById("save").disabled`)

	// An event of one's own.
	run(ctx, t, chromedp.Evaluate(`(() => { const e = document.getElementById("event"); e.value = e.value.replace("Low disk space", "my own rule"); e.dispatchEvent(new Event("input")) })()`, nil))
	waitFor(ctx, t, shows("#stage", "my own rule"))

	// One from a file. There is nothing left to repair.
	own := filepath.Join(t.TempDir(), "own.json")
	write(t, own, strings.Replace(string(mustMarshal(t)), "Low disk space", "from a file", 1))
	run(ctx, t, chromedp.SetUploadFiles("#event-file", []string{own}, chromedp.ByQuery))
	waitFor(ctx, t, shows("#stage", "from a file"))
	waitFor(ctx, t, `document.getElementById("fix").disabled`)
}

// mustMarshal returns the first alert as Coroot writes it.
func mustMarshal(t *testing.T) []byte {
	t.Helper()
	text, err := event.MarshalIndent(event.SamplesOf(event.KindAlert)[0].Event)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// TestLooks looks at the page as it is on a desktop and on a phone, light and
// dark.
func TestLooks(t *testing.T) {
	t.Parallel()
	server := serve(t, filepath.Join("..", "..", "..", "pkg", "destination"), pages.ServerOptions{})
	ctx := newBrowser(t)
	for _, template := range []string{"telegram/alert.tmpl", "discord/incident.tmpl", "teams/incident.tmpl", "slack/incident.tmpl", "mattermost/alert.tmpl", "pagerduty/incident.tmpl"} {
		for i, look := range []struct {
			name          string
			width, height int64
			dark          bool
		}{{"desktop-light", 1400, 1000, false}, {"phone-dark", 390, 844, true}, {"phone-light", 390, 844, false}, {"desktop-dark", 1400, 1000, true}} {
			if i > 1 && os.Getenv("HOOKTOOL_SCREENSHOTS") == "" {
				break // those are only for people to look at
			}
			run(ctx, t, chromedp.EmulateViewport(look.width, look.height), dark(look.dark), chromedp.Navigate(server.URL()+"?template="+template))
			waitFor(ctx, t, `document.querySelector("#check .fine, #check .found")`)
			if strings.HasPrefix(template, "teams") {
				waitFor(ctx, t, shows("#stage .ac-richTextBlock", "checkout@shop"))
			}
			waitFor(ctx, t, `document.documentElement.scrollWidth <= innerWidth`) // nothing sticks out
			waitFor(ctx, t, fmt.Sprint(look.dark)+` == document.documentElement.classList.contains("dark")`)
			screenshot(ctx, t, filepath.Dir(template)+"-"+look.name)
		}
	}
}
