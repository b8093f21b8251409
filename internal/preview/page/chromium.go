//go:build !offline

package page

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"time"
)

// ErrNoChromium says that no browser was found that could draw a picture.
var ErrNoChromium = errors.New("neither Chromium nor Chrome is installed on this machine")

// measureScript reports how high the page is, for a picture of all of it.
const measureScript = "document.title = String(Math.ceil(document.documentElement.getBoundingClientRect().height))"

// Sizes of a picture, in pixels. Chromium cannot draw a higher one.
const (
	pictureWidth   = 900
	phoneWidth     = 420
	mostHeight     = 16000
	drawingTimeout = time.Minute
)

// PictureOptions say what a picture looks like.
type PictureOptions struct {
	Dark, Phone bool
}

// Picture draws the page of Export with an installed Chromium and returns it as a PNG.
// The error is ErrNoChromium if there is none.
func (w Workspace) Picture(ctx context.Context, o PictureOptions, sections ...Section) ([]byte, error) {
	browser, err := FindChromium()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "hooktool-preview-")
	if err != nil {
		return nil, err
	}
	defer removeSurely(dir)
	var page bytes.Buffer
	if err := w.Export(ctx, &page, ExportOptions{Dark: o.Dark, script: measureScript}, sections...); err != nil {
		return nil, err
	}
	file := filepath.Join(dir, "page.html")
	if err := os.WriteFile(file, page.Bytes(), 0o600); err != nil {
		return nil, err
	}
	c := chromium{path: browser, dir: dir, width: pictureWidth}
	if o.Phone {
		c.width = phoneWidth
	}
	ctx, cancel := context.WithTimeout(ctx, drawingTimeout)
	defer cancel()
	height, err := c.height(ctx, file)
	if err != nil {
		return nil, err
	}
	return c.screenshot(ctx, file, height)
}

// removeSurely removes a folder even if processes that are ending still write to it.
func removeSurely(dir string) {
	const attempts, pause = 40, 25 * time.Millisecond
	for range attempts {
		if os.RemoveAll(dir) == nil {
			return
		}
		time.Sleep(pause)
	}
}

// FindChromium returns the path of an installed Chromium-based browser.
func FindChromium() (string, error) {
	names := []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge"}
	if runtime.GOOS == "darwin" {
		names = append(names, "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome", "/Applications/Chromium.app/Contents/MacOS/Chromium")
	}
	for _, name := range names {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", ErrNoChromium
}

// chromium runs a browser without a window.
type chromium struct {
	path  string
	dir   string // for its profile and its output
	width int
}

// run starts the browser with a page and returns its output.
func (c chromium) run(ctx context.Context, height int, file string, args ...string) ([]byte, error) {
	args = append([]string{
		"--headless", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
		"--disable-sync", "--disable-extensions", "--hide-scrollbars", "--user-data-dir=" + filepath.Join(c.dir, "profile"),
		fmt.Sprintf("--window-size=%d,%d", c.width, height),
	}, args...)
	if os.Geteuid() == 0 { // Chromium's sandbox does not work for root
		args = append(args, "--no-sandbox")
	}
	cmd := exec.CommandContext(ctx, c.path, append(args, "file://"+filepath.ToSlash(file))...)
	var out, problems bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &problems
	cmd.Env = append(os.Environ(), "TMPDIR="+c.dir)
	cmd.WaitDelay = time.Second
	ownGroup(cmd)
	if err := cmd.Run(); err != nil {
		last := strings.TrimSpace(problems.String())
		return nil, fmt.Errorf("%s: %w: %s", filepath.Base(c.path), err, last[max(strings.LastIndexByte(last, '\n'), 0):])
	}
	return out.Bytes(), nil
}

// height asks the page for its height.
func (c chromium) height(ctx context.Context, file string) (int, error) {
	const any = 800
	dom, err := c.run(ctx, any, file, "--dump-dom")
	if err != nil {
		return 0, err
	}
	_, rest, _ := bytes.Cut(dom, []byte("<title>"))
	title, _, _ := bytes.Cut(rest, []byte("</title>"))
	height, err := strconv.Atoi(string(title))
	if err != nil {
		return 0, fmt.Errorf("%s did not draw the page", filepath.Base(c.path))
	}
	return min(max(height, 1), mostHeight), nil
}

func (c chromium) screenshot(ctx context.Context, file string, height int) ([]byte, error) {
	picture := filepath.Join(c.dir, "page.png")
	if _, err := c.run(ctx, height, file, "--screenshot="+picture); err != nil {
		return nil, err
	}
	f, err := os.Open(picture)
	if err != nil {
		return nil, fmt.Errorf("%s wrote no picture", filepath.Base(c.path))
	}
	defer f.Close()
	return io.ReadAll(f)
}
