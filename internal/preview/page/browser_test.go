package page_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	pages "github.com/hooktool/hooktool/internal/preview/page"
)

// patience is how long a condition in the browser is waited for. Machines that
// run many tests at once are slow; a test that fails takes this long.
const patience = 20 * time.Second

// newBrowser starts Chromium for one test.
func newBrowser(t *testing.T) context.Context {
	t.Helper()
	path, err := pages.FindChromium()
	if err != nil {
		if os.Getenv("HOOKTOOL_BROWSER_TESTS") == "required" {
			t.Fatal(err)
		}
		t.Skipf("%v: install it to test the page (apt install chromium)", err)
	}
	profile, err := os.MkdirTemp("", "hooktool-test-")
	if err != nil {
		t.Fatal(err)
	}
	options := append([]chromedp.ExecAllocatorOption{}, chromedp.DefaultExecAllocatorOptions[:]...)
	options = append(
		options, chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.Flag("disable-quic", true), chromedp.NoFirstRun,
		chromedp.Flag("disable-component-update", true), chromedp.UserDataDir(profile), chromedp.WSURLReadTimeout(patience),
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

// run does things in the browser.
func run(ctx context.Context, t *testing.T, actions ...chromedp.Action) {
	t.Helper()
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	if err := chromedp.Run(ctx, actions...); err != nil {
		t.Fatal(err)
	}
}

// waitFor waits until an expression is true in the page.
func waitFor(ctx context.Context, t *testing.T, expression string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	var ok bool
	if err := chromedp.Run(ctx, chromedp.Poll("Boolean("+expression+")", &ok, chromedp.WithPollingTimeout(patience))); err != nil {
		t.Fatalf("it never came true that %s: %v", expression, err)
	}
}

// shows is an expression that is true when an element has a text.
func shows(selector, text string) string {
	return fmt.Sprintf("document.querySelector(%q)?.textContent.includes(%q)", selector, text)
}

// click presses what a selector finds, wherever it is by then.
func click(ctx context.Context, t *testing.T, selector string) {
	t.Helper()
	run(ctx, t, chromedp.Evaluate(fmt.Sprintf("document.querySelector(%q).click()", selector), nil))
}

// screenshot keeps a picture for people to look at, if the tests are told where.
func screenshot(ctx context.Context, t *testing.T, name string) {
	t.Helper()
	dir := os.Getenv("HOOKTOOL_SCREENSHOTS")
	if dir == "" {
		return
	}
	var png []byte
	run(ctx, t, chromedp.ActionFunc(func(ctx context.Context) (err error) {
		png, err = page.CaptureScreenshot().WithCaptureBeyondViewport(false).Do(ctx)
		return err
	}))
	if err := os.WriteFile(filepath.Join(dir, name+".png"), png, 0o644); err != nil {
		t.Fatal(err)
	}
}

// dark makes the system look dark to the page.
func dark(on bool) chromedp.Action {
	value := "light"
	if on {
		value = "dark"
	}
	return emulation.SetEmulatedMedia().WithFeatures([]*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: value}})
}

// serve starts a server over a folder of templates.
func serve(t testing.TB, dir string, o pages.ServerOptions) *pages.Server {
	t.Helper()
	server, err := pages.Listen(pageOf(dir), o)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- server.Serve(ctx) }()
	t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			t.Errorf("serve: %v", err)
		}
	})
	return server
}

// write saves a file as an editor does: a new one in the place of the old.
func write(t testing.TB, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path+"~", []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(path+"~", path); err != nil {
		t.Fatal(err)
	}
}
