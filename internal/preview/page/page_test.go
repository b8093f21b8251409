package page_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	pages "github.com/hooktool/hooktool/internal/preview/page"
	"github.com/hooktool/hooktool/internal/preview/page/browsertest"
	"github.com/hooktool/hooktool/pkg/event"
)

const (
	telegram = `{"chat_id": "1", "parse_mode": "HTML", "text": {{ json (printf "<b>%s</b> %s" (html .Status) (html .Application.Name)) }}}`
	unsafe   = `{"content": "{{ .Status }} {{ .RuleName }}"}`
)

// TestPage uses the page as a person would.
func TestPage(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	incident := filepath.Join(dir, "telegram", "incident.tmpl")
	write(t, incident, telegram)
	write(t, filepath.Join(dir, "discord", "alert.tmpl"), unsafe)
	server := serve(t, dir, pages.ServerOptions{Write: true})
	ctx := browsertest.New(t)

	// Load.
	browsertest.Run(ctx, t, chromedp.Navigate(server.URL()+"?template="+incident))
	browsertest.WaitFor(ctx, t, browsertest.Shows("#stage strong", "CRITICAL"))
	browsertest.WaitFor(ctx, t, `document.querySelector("#check .fine, #check .found")`)
	browsertest.WaitFor(ctx, t, "document.querySelectorAll('.state').length == 9")
	browsertest.WaitFor(ctx, t, browsertest.Shows("#live", "following"))

	browsertest.WaitFor(ctx, t, browsertest.Shows("#proof", "valid JSON for every event"))

	// Choose another event, by its small picture.
	browsertest.Click(ctx, t, `.state[data-sample="incident-resolved"]`)
	browsertest.WaitFor(ctx, t, browsertest.Shows("#stage strong", "OK"))
	browsertest.WaitFor(ctx, t, `document.getElementById("sample").value == "incident-resolved"`)

	// Edit, and make a mistake: the last good picture stays, with the reason above.
	browsertest.Run(ctx, t, chromedp.SetValue("#text", `{{ .Stat }}`, chromedp.ByQuery), chromedp.Evaluate(`document.getElementById("text").dispatchEvent(new Event("input"))`, nil))
	browsertest.WaitFor(ctx, t, browsertest.Shows(`[data-part="problem"]`, `no field "Stat"`))
	browsertest.WaitFor(ctx, t, browsertest.Shows("#stage .stale", "last message"))
	browsertest.WaitFor(ctx, t, browsertest.Shows("#stage strong", "OK"))
	browsertest.Click(ctx, t, "#revert")
	browsertest.WaitFor(ctx, t, `!document.querySelector("#stage .stale")`)

	// Save a file elsewhere, and see it change.
	write(t, incident, `{"chat_id": "1", "text": "saved {{ .Status }}"}`)
	browsertest.WaitFor(ctx, t, browsertest.Shows("#stage", "saved OK"))
	browsertest.WaitFor(ctx, t, `document.getElementById("text").value.includes("saved")`)

	// A new template appears in the list, and a removed one is reported.
	write(t, filepath.Join(dir, "telegram", "deployment.tmpl"), `{"chat_id": "1", "text": {{ json .Version }}}`)
	browsertest.WaitFor(ctx, t, browsertest.Shows(".list", "deployment.tmpl"))

	// Repair, and save from the page.
	browsertest.Click(ctx, t, `[data-template$="discord/alert.tmpl"]`)
	browsertest.WaitFor(ctx, t, browsertest.Shows("#stage .msg.d-discord", "Low disk space"))
	browsertest.WaitFor(ctx, t, browsertest.Shows("#check", "json-unescaped"))
	browsertest.WaitFor(ctx, t, `document.querySelector("#under mark.error")?.textContent == ".RuleName"`)
	browsertest.WaitFor(ctx, t, browsertest.Shows(`[data-template$="discord/alert.tmpl"] .count.error`, "1"))
	browsertest.WaitFor(ctx, t, browsertest.Shows("#gutter", "1"))

	// Try the event that breaks it.
	browsertest.Click(ctx, t, "#check [data-try]")
	browsertest.WaitFor(ctx, t, `document.getElementById("sample").value == "edited"`)
	browsertest.WaitFor(ctx, t, browsertest.Shows("[data-part=receiver]", "not valid JSON"))
	browsertest.Click(ctx, t, "#fix")
	browsertest.WaitFor(ctx, t, browsertest.Shows(".diff .add", "json"))
	browsertest.Screenshot(ctx, t, "fix")
	browsertest.Click(ctx, t, "#take-fix")
	browsertest.WaitFor(ctx, t, browsertest.Shows("#proof", "valid JSON for every event"))
	browsertest.Click(ctx, t, "#save")
	browsertest.WaitFor(ctx, t, browsertest.Shows("#outcome", "Saved"))
	browsertest.WaitFor(ctx, t, `document.getElementById("save").disabled`)

	// Choose a sample while a file changes.
	browsertest.Run(ctx, t, chromedp.Evaluate(`document.querySelector('.state[data-sample="alert-check"]').click(); void refresh()`, nil))
	browsertest.WaitFor(ctx, t, `document.getElementById("event").value.includes("Low disk space")`)

	// An event of your own.
	browsertest.Run(ctx, t, chromedp.Evaluate(`(() => { const e = document.getElementById("event"); e.value = e.value.replace("Low disk space", "my own rule"); e.dispatchEvent(new Event("input")) })()`, nil))
	browsertest.WaitFor(ctx, t, browsertest.Shows("#stage", "my own rule"))

	// Text of the event that markup eats is marked.
	browsertest.Run(ctx, t, chromedp.Evaluate(`(() => { const e = document.getElementById("event"); e.value = e.value.replace("my own rule", "my *own* rule"); e.dispatchEvent(new Event("input")) })()`, nil))
	browsertest.WaitFor(ctx, t, `[...document.querySelectorAll(".eaten del")].map(e => e.textContent).join() == "*,*"`)
	browsertest.Screenshot(ctx, t, "eaten")

	// One from a file. There is nothing left to repair.
	own := filepath.Join(t.TempDir(), "own.json")
	write(t, own, strings.Replace(string(mustMarshal(t)), "Low disk space", "from a file", 1))
	browsertest.Run(ctx, t, chromedp.SetUploadFiles("#event-file", []string{own}, chromedp.ByQuery))
	browsertest.WaitFor(ctx, t, browsertest.Shows("#stage", "from a file"))
	browsertest.WaitFor(ctx, t, `document.getElementById("fix").disabled`)
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

// TestLooks checks the page on a desktop and on a phone, light and dark.
func TestLooks(t *testing.T) {
	t.Parallel()
	dir := filepath.Join("..", "..", "..", "pkg", "destination")
	server := serve(t, dir, pages.ServerOptions{})
	ctx := browsertest.New(t)
	for _, template := range []string{"telegram/alert.tmpl", "discord/incident.tmpl", "teams/incident.tmpl", "slack/incident.tmpl", "mattermost/alert.tmpl", "pagerduty/incident.tmpl"} {
		for i, look := range []struct {
			name          string
			width, height int64
			dark          bool
		}{{"desktop-light", 1400, 1000, false}, {"phone-dark", 390, 844, true}, {"phone-light", 390, 844, false}, {"desktop-dark", 1400, 1000, true}} {
			if i > 1 && os.Getenv("HOOKTOOL_SCREENSHOTS") == "" {
				break // those are only for people to look at
			}
			browsertest.Run(ctx, t, chromedp.EmulateViewport(look.width, look.height), browsertest.Dark(look.dark), chromedp.Navigate(server.URL()+"?template="+filepath.Join(dir, template)))
			browsertest.WaitFor(ctx, t, `document.querySelector("#check .fine, #check .found")`)
			if strings.HasPrefix(template, "teams") {
				browsertest.WaitFor(ctx, t, browsertest.Shows("#stage .ac-richTextBlock", "checkout@shop"))
			}
			browsertest.WaitFor(ctx, t, `document.documentElement.scrollWidth <= innerWidth`) // nothing overflows
			browsertest.WaitFor(ctx, t, fmt.Sprint(look.dark)+` == document.documentElement.classList.contains("dark")`)
			browsertest.Screenshot(ctx, t, filepath.Dir(template)+"-"+look.name)
		}
	}
}
