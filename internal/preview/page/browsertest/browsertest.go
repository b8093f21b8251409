// Package browsertest drives a real Chromium in tests of pages.
package browsertest

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	pages "github.com/hooktool/hooktool/internal/preview/page"
)

// Patience is how long a test waits for the browser before it considers it stuck.
// Machines that run many tests at once are slow.
const Patience = 3 * time.Minute

// Need returns the path of a browser, and skips the test if there is none.
func Need(t *testing.T) string {
	t.Helper()
	path, err := pages.FindChromium()
	if err != nil {
		if Required() {
			t.Fatal(err)
		}
		t.Skipf("%v: install it to test the page (apt install chromium)", err)
	}
	return path
}

// New starts Chromium for one test.
func New(t *testing.T) context.Context {
	t.Helper()
	path := Need(t)
	profile, err := os.MkdirTemp("", "hooktool-test-")
	if err != nil {
		t.Fatal(err)
	}
	options := append([]chromedp.ExecAllocatorOption{}, chromedp.DefaultExecAllocatorOptions[:]...)
	options = append(
		options, chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.Flag("disable-quic", true), chromedp.NoFirstRun,
		chromedp.Flag("disable-component-update", true), chromedp.UserDataDir(profile), chromedp.WSURLReadTimeout(Patience),
		chromedp.WindowSize(1400, 1000),
	)
	allocator, stop := chromedp.NewExecAllocator(t.Context(), options...)
	ctx, cancel := chromedp.NewContext(allocator)
	t.Cleanup(func() {
		chromedp.Cancel(ctx)
		cancel()
		stop()
		os.RemoveAll(profile) // what the browser's last processes still write is not worth a failure
	})
	if err := chromedp.Run(ctx); err != nil {
		t.Fatalf("start %s: %v", path, err)
	}
	return ctx
}

// Watch fails the test, at its end, for each forbidden request and for each exception
// in the page.
func Watch(ctx context.Context, t *testing.T, may func(*network.Request) bool) {
	t.Helper()
	var mu sync.Mutex
	var wrong []string
	chromedp.ListenTarget(ctx, func(event any) {
		mu.Lock()
		defer mu.Unlock()
		switch event := event.(type) {
		case *network.EventRequestWillBeSent:
			if !may(event.Request) {
				wrong = append(wrong, "it asked for "+event.Request.URL)
			}
		case *runtime.EventExceptionThrown:
			wrong = append(wrong, "exception: "+event.ExceptionDetails.Error())
		}
	})
	Run(ctx, t, network.Enable(), runtime.Enable())
	t.Cleanup(func() {
		mu.Lock()
		defer mu.Unlock()
		for _, each := range wrong {
			t.Error(each)
		}
	})
}

// Run performs actions in the browser.
func Run(ctx context.Context, t *testing.T, actions ...chromedp.Action) {
	t.Helper()
	ctx, cancel := context.WithTimeout(ctx, Patience)
	defer cancel()
	if err := chromedp.Run(ctx, actions...); err != nil {
		t.Fatal(err)
	}
}

// WaitFor waits until an expression is true in the page.
func WaitFor(ctx context.Context, t *testing.T, expression string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(ctx, Patience)
	defer cancel()
	poll := chromedp.Poll("Boolean("+expression+")", new(bool), chromedp.WithPollingTimeout(Patience))
	err := chromedp.Run(ctx, poll)
	for err != nil && ctx.Err() == nil && (strings.Contains(err.Error(), "navigated") || strings.Contains(err.Error(), "Cannot find context")) { // the page was reloaded
		err = chromedp.Run(ctx, poll)
	}
	if err != nil {
		t.Fatalf("it never came true that %s: %v", expression, err)
	}
}

// Shows returns an expression that is true if an element contains a text.
func Shows(selector, text string) string {
	return fmt.Sprintf("document.querySelector(%q)?.textContent.includes(%q)", selector, text)
}

// Click clicks what a selector finds, wherever it is by then.
func Click(ctx context.Context, t *testing.T, selector string) {
	t.Helper()
	Run(ctx, t, chromedp.Evaluate(fmt.Sprintf("document.querySelector(%q).click()", selector), nil))
}

// Screenshot saves a picture for people to look at, if the tests are told where.
func Screenshot(ctx context.Context, t *testing.T, name string) {
	t.Helper()
	dir := os.Getenv("HOOKTOOL_SCREENSHOTS")
	if dir == "" {
		return
	}
	var png []byte
	Run(ctx, t, chromedp.ActionFunc(func(ctx context.Context) (err error) {
		png, err = page.CaptureScreenshot().WithCaptureBeyondViewport(false).Do(ctx)
		return err
	}))
	if err := os.WriteFile(filepath.Join(dir, name+".png"), png, 0o644); err != nil {
		t.Fatal(err)
	}
}

// Dark makes the page see a dark system theme.
func Dark(on bool) chromedp.Action {
	value := "light"
	if on {
		value = "dark"
	}
	return emulation.SetEmulatedMedia().WithFeatures([]*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: value}})
}

// runAxe returns a line for every element that violates a rule of WCAG 2.2 A or AA, or
// one of axe's best practices.
const runAxe = `axe.run(document, {resultTypes: ["violations"]}).then(r => r.violations.flatMap(v =>
	v.nodes.map(n => v.id + ": " + n.target.join(" ") + ": " + n.failureSummary.replace(/\s+/g, " "))))`

// ReadAxe reads axe-core, which finds barriers to using a page, and skips the test if
// it is not installed: npm installs it together with what the page's script is built
// from.
func ReadAxe(t *testing.T, path string) string {
	t.Helper()
	axe, err := os.ReadFile(filepath.FromSlash(path))
	if err != nil {
		if Required() {
			t.Fatal(err)
		}
		t.Skip("axe-core is not installed: internal/preview/page/assets/src/build brings it")
	}
	return string(axe)
}

// CheckAxe runs axe on the page that the browser shows, with everything unfolded.
func CheckAxe(ctx context.Context, t *testing.T, axe string) {
	t.Helper()
	var violations []string
	await := func(p *runtime.EvaluateParams) *runtime.EvaluateParams { return p.WithAwaitPromise(true) }
	unfold := `document.querySelectorAll("details").forEach(d => { d.open = true })`
	Run(ctx, t, chromedp.Evaluate(unfold, nil), chromedp.Evaluate(axe, nil), chromedp.Evaluate(runAxe, &violations, await))
	for _, violation := range violations {
		t.Error(violation)
	}
}

// Required reports whether a test fails, rather than being skipped, if there is no
// browser.
func Required() bool { return os.Getenv("HOOKTOOL_BROWSER_TESTS") == "required" }
