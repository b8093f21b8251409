package playground_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"github.com/hooktool/hooktool/internal/preview/page/browsertest"
)

// site builds the playground once for all tests, and serves it as a static host does.
func site(t *testing.T) string {
	t.Helper()
	browsertest.Need(t)
	dir, err := built()
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(http.FileServer(http.Dir(dir)))
	t.Cleanup(server.Close)
	return server.URL + "/"
}

// folder is where the site was built, if it was.
var folder string // nolint:gochecknoglobals // removed when all tests are done

var built = sync.OnceValues(func() (string, error) { //nolint:gochecknoglobals // built once for all tests
	dir, err := os.MkdirTemp("", "hooktool-playground-")
	if err != nil {
		return "", err
	}
	folder = dir
	out, err := exec.Command("go", "run", "./build", dir).CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("%w: %s", err, out)
	}
	return dir, nil
})

func TestMain(m *testing.M) {
	code := m.Run()
	if folder != "" {
		os.RemoveAll(folder)
	}
	os.Exit(code)
}

// open opens a page of the playground in a browser that records what the page must not
// do.
func open(t *testing.T, origin string) context.Context {
	t.Helper()
	ctx := browsertest.New(t)
	browsertest.Watch(ctx, t, func(r *network.Request) bool {
		return (strings.HasPrefix(r.URL, origin) || strings.HasPrefix(r.URL, "data:,")) && r.Method == http.MethodGet
	})
	return ctx
}

// TestPlayground uses the playground as a visitor would.
func TestPlayground(t *testing.T) {
	origin := site(t)
	ctx := open(t, origin)

	// It opens with a template that breaks, the event that breaks it, and the repair.
	start := time.Now()
	browsertest.Run(ctx, t, chromedp.Navigate(origin))
	browsertest.WaitFor(ctx, t, browsertest.Shows("#stage", "Low disk space"))
	t.Logf("the first message after %s", time.Since(start))
	browsertest.WaitFor(ctx, t, browsertest.Shows("#check", "json-unescaped"))
	t.Logf("its findings after %s", time.Since(start))
	browsertest.WaitFor(ctx, t, browsertest.Shows(".diff .add", "jsonstr"))
	t.Logf("the repair after %s", time.Since(start))
	browsertest.WaitFor(ctx, t, browsertest.Shows(".evidence", "invalid character"))
	browsertest.Screenshot(ctx, t, "playground")

	// Take the repair.
	browsertest.Click(ctx, t, "#take-fix")
	browsertest.WaitFor(ctx, t, browsertest.Shows("#proof", "valid JSON for every event"))

	// A template of your own: its destination is recognised by its shape.
	browsertest.Run(ctx, t, chromedp.Evaluate("window.confirm = () => true", nil))
	browsertest.Click(ctx, t, `[data-template="own/incident.tmpl"]`)
	browsertest.WaitFor(ctx, t, `text.value.includes("Put your own template here")`)
	enter(ctx, t, "text", `{"content": "{{ .Application.Name }} {{ .Nam }}"}`)
	browsertest.WaitFor(ctx, t, browsertest.Shows(`[data-part="problem"]`, `no field "Nam"`))
	enter(ctx, t, "text", `{"content": "typed **{{ .Application.Name }}**"}`)
	browsertest.WaitFor(ctx, t, browsertest.Shows("#stage .msg.d-discord strong", "checkout"))
	browsertest.WaitFor(ctx, t, browsertest.Shows("#check", "json-unescaped"))

	// An event of your own, with a secret in it, which the link would reveal.
	browsertest.Run(ctx, t, chromedp.Evaluate(`eventBox.value = eventBox.value.replace('"checkout"', '"shared"')`, nil))
	enter(ctx, t, "event", "")
	browsertest.WaitFor(ctx, t, browsertest.Shows(`[data-part="problem"]`, "is empty"))
	enter(ctx, t, "event", `{"status": "OK", "application": {"kind": "Deployment", "namespace": "shop", "name": "xoxb-1234567890-abcdefghijkl"}, "short_id": "a", "url": "https://a.example"}`)
	browsertest.WaitFor(ctx, t, browsertest.Shows("#stage strong", "xoxb-1234567890-abcdefghijkl"))
	browsertest.WaitFor(ctx, t, browsertest.Shows(`[data-part="secret"]`, "a Slack token"))
	browsertest.Click(ctx, t, "#share")
	browsertest.WaitFor(ctx, t, browsertest.Shows("#outcome", "a Slack token"))
	var link string
	browsertest.Run(ctx, t, chromedp.Value("#share-link", &link, chromedp.ByQuery))
	if !strings.HasPrefix(link, origin+"#1.") {
		t.Fatalf("the link is %q", link)
	}

	// The link restores all of it, in the same window and in another one.
	for _, elsewhere := range []string{origin, "about:blank"} {
		browsertest.Run(ctx, t, chromedp.Navigate(elsewhere), chromedp.Navigate(link))
		browsertest.WaitFor(ctx, t, browsertest.Shows("#stage .msg.d-discord strong", "xoxb-1234567890-abcdefghijkl"))
		browsertest.WaitFor(ctx, t, `typeof eventBox == "object" && text.value.includes("typed") && eventBox.value.includes("xoxb-") && !document.getElementById("revert").disabled`)
	}
}

// enter puts a text into an editor as typing does.
func enter(ctx context.Context, t *testing.T, id, text string) {
	t.Helper()
	browsertest.Run(ctx, t, chromedp.Evaluate(fmt.Sprintf(`(() => { const e = document.getElementById(%q); e.value = %q; e.dispatchEvent(new Event("input", {bubbles: true})); })()`, id, text), nil))
}

// TestHostileLink checks that a link from a stranger runs and loads nothing, whether in
// the template, the event or the message.
func TestHostileLink(t *testing.T) {
	origin := site(t)
	ctx := open(t, origin)
	attack := `<script>window.hacked=1</script><img src=https://evil.example/x onerror=window.hacked=1></textarea></script><svg onload=window.hacked=1>` +
		`<a href="javascript:window.hacked=1">x</a>[x](javascript:window.hacked=1)![x](https://evil.example/pixel.png)`
	made := answer(t, newPages(t), "share", "template", "own/alert.tmpl", "edited", "1",
		"text", "{{/* "+attack+" */}}{\"content\": {{ json .Summary }}, \"username\": {{ json .RuleName }}}",
		"sample", "edited", "event", fmt.Sprintf(`{"summary": %q, "rule_name": %q, "status": "OK"}`, attack, attack))
	browsertest.Run(ctx, t, chromedp.Navigate(origin+"#"+linkIn(t, made)))
	browsertest.WaitFor(ctx, t, browsertest.Shows("#stage .msg", "window.hacked"))
	browsertest.WaitFor(ctx, t, `document.querySelector("#check .fine, #check .found")`)
	var bad []string
	browsertest.Run(ctx, t, chromedp.Evaluate(`[...document.querySelectorAll("*")].flatMap(e => [...e.attributes].filter(a =>
		/^on/i.test(a.name) || /^\s*javascript/i.test(a.value) && /^(href|src)$/i.test(a.name)).map(a => e.tagName + " " + a.name)).concat(window.hacked ? ["a script ran"] : [])`, &bad))
	for _, each := range bad {
		t.Error(each)
	}
}

// TestLooks checks the playground with axe, on a desktop and a phone, light and dark.
func TestLooks(t *testing.T) {
	axe := browsertest.ReadAxe(t, "../preview/page/assets/src/node_modules/axe-core/axe.min.js")
	origin := site(t)
	ctx := open(t, origin)
	for _, look := range []struct {
		name          string
		width, height int64
		dark          bool
	}{{"desktop-light", 1400, 1000, false}, {"phone-dark", 390, 844, true}} {
		browsertest.Run(ctx, t, chromedp.EmulateViewport(look.width, look.height), browsertest.Dark(look.dark), chromedp.Navigate(origin))
		browsertest.WaitFor(ctx, t, browsertest.Shows(".diff .add", "jsonstr"))
		browsertest.WaitFor(ctx, t, `document.documentElement.scrollWidth <= innerWidth`)
		browsertest.Screenshot(ctx, t, "playground-"+look.name)
		browsertest.Click(ctx, t, "#share")
		browsertest.WaitFor(ctx, t, `document.getElementById("share-link")`)
		browsertest.CheckAxe(ctx, t, axe)
	}
}

// TestPick chooses a template on a phone, where the list is a select.
func TestPick(t *testing.T) {
	origin := site(t)
	ctx := open(t, origin)
	browsertest.Run(ctx, t, chromedp.EmulateViewport(390, 844), chromedp.Navigate(origin))
	browsertest.WaitFor(ctx, t, `document.querySelector(".list ul")?.offsetParent === null`)
	browsertest.WaitFor(ctx, t, browsertest.Shows("#stage", "Low disk space"))
	browsertest.Run(ctx, t, chromedp.Evaluate(`(() => { const e = document.getElementById("pick"); e.value = "slack/incident.tmpl"; e.dispatchEvent(new Event("change", {bubbles: true})); })()`, nil))
	browsertest.WaitFor(ctx, t, browsertest.Shows("#stage .msg.d-slack", "checkout"))
	browsertest.WaitFor(ctx, t, `document.getElementById("pick").value == "slack/incident.tmpl" && text.value.includes("blocks")`)
}

// TestNoWebAssembly checks the message for a browser without WebAssembly.
func TestNoWebAssembly(t *testing.T) {
	origin := site(t)
	ctx := open(t, origin)
	hide := chromedp.ActionFunc(func(ctx context.Context) error {
		_, err := page.AddScriptToEvaluateOnNewDocument("delete globalThis.WebAssembly").Do(ctx)
		return err
	})
	browsertest.Run(ctx, t, hide, chromedp.Navigate(origin))
	browsertest.WaitFor(ctx, t, browsertest.Shows(".note.error", "has no WebAssembly"))
}
