package page_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp"

	pages "github.com/hooktool/hooktool/internal/preview/page"
	"github.com/hooktool/hooktool/internal/preview/page/browsertest"
)

// axeSource is axe-core, which finds barriers to using a page. Only tests use it; npm
// installs it together with what the page's script is built from.
const axeSource = "assets/src/node_modules/axe-core/axe.min.js"

// TestAccessibility checks the page, and the file that --html writes, with axe.
func TestAccessibility(t *testing.T) {
	t.Parallel()
	axe := browsertest.ReadAxe(t, axeSource)
	dir := filepath.Join("..", "..", "..", "pkg", "destination")
	server := serve(t, dir, pages.ServerOptions{Write: true})
	ctx := browsertest.New(t)
	exported := "file://" + exportAll(t, dir)
	for _, night := range []bool{false, true} {
		t.Run(fmt.Sprintf("file dark=%t", night), func(t *testing.T) {
			browsertest.Run(ctx, t, browsertest.Dark(night), chromedp.Navigate(exported))
			browsertest.CheckAxe(ctx, t, axe)
		})
	}
	for _, template := range []string{"telegram/alert.tmpl", "discord/incident.tmpl", "teams/incident.tmpl", "slack/incident.tmpl", "pagerduty/incident.tmpl"} {
		for _, night := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s dark=%t", template, night), func(t *testing.T) {
				browsertest.Run(ctx, t, browsertest.Dark(night), chromedp.Navigate(server.URL()+"?template="+filepath.Join(dir, template)))
				browsertest.WaitFor(ctx, t, `document.querySelector("#check .fine, #check .found")`)
				browsertest.WaitFor(ctx, t, fmt.Sprint(night)+` == document.documentElement.classList.contains("dark")`)
				browsertest.CheckAxe(ctx, t, axe)
			})
		}
	}
}

// TestAccessibilityOfMistakes checks findings, problems and a repair with axe.
func TestAccessibilityOfMistakes(t *testing.T) {
	t.Parallel()
	axe := browsertest.ReadAxe(t, axeSource)
	dir := t.TempDir()
	write(t, filepath.Join(dir, "discord", "alert.tmpl"), unsafe)
	server := serve(t, dir, pages.ServerOptions{})
	ctx := browsertest.New(t)
	for _, night := range []bool{false, true} {
		browsertest.Run(ctx, t, browsertest.Dark(night), chromedp.Navigate(server.URL()))
		browsertest.WaitFor(ctx, t, `!document.getElementById("fix").disabled`)
		browsertest.Click(ctx, t, "#fix")
		browsertest.WaitFor(ctx, t, browsertest.Shows(".diff .add", "json"))
		browsertest.CheckAxe(ctx, t, axe)
		browsertest.Run(ctx, t, chromedp.Evaluate(`text.value = "{{ if"; text.dispatchEvent(new Event("input"))`, nil))
		browsertest.WaitFor(ctx, t, browsertest.Shows(`[data-part="problem"]`, "discord/alert.tmpl"))
		browsertest.WaitFor(ctx, t, browsertest.Shows("#check", "parse-error"))
		browsertest.CheckAxe(ctx, t, axe)
	}
}

// exportAll writes a file with a message of every template.
func exportAll(t *testing.T, dir string) string {
	t.Helper()
	w := pageOf(dir)
	var html bytes.Buffer
	if err := w.Export(t.Context(), &html, pages.ExportOptions{}, sectionsOf(t, w, true)...); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "export.html")
	if err := os.WriteFile(path, html.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}
