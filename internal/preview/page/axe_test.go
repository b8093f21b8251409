package page_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	pages "github.com/hooktool/hooktool/internal/preview/page"
)

// axeSource is axe-core, which finds what keeps people from using a page. It is
// used in tests only; npm brings it with what the page's script is made of.
const axeSource = "assets/src/node_modules/axe-core/axe.min.js"

// runAxe returns a line for every element that breaks a rule of WCAG 2.2 A and
// AA or one of axe's best practices.
const runAxe = `axe.run(document, {resultTypes: ["violations"]}).then(r => r.violations.flatMap(v =>
	v.nodes.map(n => v.id + ": " + n.target.join(" ") + ": " + n.failureSummary.replace(/\s+/g, " "))))`

// TestAccessibility holds the page, and the file that --html writes, to axe.
func TestAccessibility(t *testing.T) {
	t.Parallel()
	axe := readAxe(t)
	dir := filepath.Join("..", "..", "..", "pkg", "destination")
	server := serve(t, dir, pages.ServerOptions{Write: true})
	ctx := newBrowser(t)
	exported := "file://" + exportAll(t, dir)
	for _, night := range []bool{false, true} {
		t.Run(fmt.Sprintf("file dark=%t", night), func(t *testing.T) {
			run(ctx, t, dark(night), chromedp.Navigate(exported))
			checkAxe(ctx, t, axe)
		})
	}
	for _, template := range []string{"telegram/alert.tmpl", "discord/incident.tmpl", "teams/incident.tmpl", "slack/incident.tmpl", "pagerduty/incident.tmpl"} {
		for _, night := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s dark=%t", template, night), func(t *testing.T) {
				run(ctx, t, dark(night), chromedp.Navigate(server.URL()+"?template="+template))
				waitFor(ctx, t, `document.querySelector("#check .fine, #check .found")`)
				waitFor(ctx, t, fmt.Sprint(night)+` == document.documentElement.classList.contains("dark")`)
				checkAxe(ctx, t, axe)
			})
		}
	}
}

// TestAccessibilityOfMistakes holds findings, problems and a repair to axe.
func TestAccessibilityOfMistakes(t *testing.T) {
	t.Parallel()
	axe := readAxe(t)
	dir := t.TempDir()
	write(t, filepath.Join(dir, "discord", "alert.tmpl"), unsafe)
	server := serve(t, dir, pages.ServerOptions{})
	ctx := newBrowser(t)
	for _, night := range []bool{false, true} {
		run(ctx, t, dark(night), chromedp.Navigate(server.URL()))
		waitFor(ctx, t, `!document.getElementById("fix").disabled`)
		click(ctx, t, "#fix")
		waitFor(ctx, t, shows(".diff .add", "json"))
		checkAxe(ctx, t, axe)
		run(ctx, t, chromedp.Evaluate(`text.value = "{{ if"; text.dispatchEvent(new Event("input"))`, nil))
		waitFor(ctx, t, shows(`[data-part="problem"]`, "discord/alert.tmpl"))
		waitFor(ctx, t, shows("#check", "parse-error"))
		checkAxe(ctx, t, axe)
	}
}

// readAxe returns axe's script, without which the test is left out.
func readAxe(t *testing.T) string {
	t.Helper()
	axe, err := os.ReadFile(filepath.FromSlash(axeSource))
	if err != nil {
		if os.Getenv("HOOKTOOL_BROWSER_TESTS") == "required" {
			t.Fatal(err)
		}
		t.Skipf("%v: internal/preview/page/assets/src/build brings it", err)
	}
	return string(axe)
}

// checkAxe runs axe on the page that the browser shows.
func checkAxe(ctx context.Context, t *testing.T, axe string) {
	t.Helper()
	var violations []string
	await := func(p *runtime.EvaluateParams) *runtime.EvaluateParams { return p.WithAwaitPromise(true) }
	unfold := `document.querySelectorAll("details").forEach(d => { d.open = true })`
	run(ctx, t, chromedp.Evaluate(unfold, nil), chromedp.Evaluate(axe, nil), chromedp.Evaluate(runAxe, &violations, await))
	for _, violation := range violations {
		t.Error(violation)
	}
}

// exportAll writes a file with a message of every template.
func exportAll(t *testing.T, dir string) string {
	t.Helper()
	w := pageOf(dir)
	s := w.Scan(t.Context())
	var sections []pages.Section
	for _, template := range s.Templates {
		sections = append(sections, pages.Section{Template: template, Samples: s.Samples(template.Kind)[:1]})
	}
	var html bytes.Buffer
	if err := w.Export(t.Context(), &html, pages.ExportOptions{}, sections...); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "export.html")
	if err := os.WriteFile(path, html.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}
