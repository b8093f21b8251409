package page_test

import (
	"bufio"
	"context"
	"errors"
	"html"
	"io"
	"net"
	"net/http"
	"net/url"
	"path/filepath"
	"strings"
	"testing"

	pages "github.com/hooktool/hooktool/internal/preview/page"
	"github.com/hooktool/hooktool/internal/preview/page/browsertest"
)

// request sends one request and returns the status and the body.
func request(t *testing.T, method, address string, change func(*http.Request)) (int, string, http.Header) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, address, strings.NewReader("template="))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if change != nil {
		change(r)
	}
	answer, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, string(body), answer.Header
}

// TestGuard checks that only the page itself gets answers.
func TestGuard(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write(t, filepath.Join(dir, "telegram", "incident.tmpl"), telegram)
	server := serve(t, dir, pages.ServerOptions{})
	page := server.URL()
	root := page[:strings.Index(page[len("http://"):], "/")+len("http://")+1]
	header := func(pairs ...string) func(*http.Request) {
		return func(r *http.Request) {
			for i := 0; i < len(pairs); i += 2 {
				r.Header.Set(pairs[i], pairs[i+1])
			}
		}
	}
	host := func(name string) func(*http.Request) { return func(r *http.Request) { r.Host = name } }
	own := strings.TrimSuffix(root, "/")
	port := own[strings.LastIndexByte(own, ':'):]
	for _, test := range []struct {
		name, method, address string
		change                func(*http.Request)
		want                  int
	}{
		{"the page", "GET", page, nil, 200},
		{"without its last slash", "GET", strings.TrimSuffix(page, "/"), nil, 307},
		{"by the name localhost", "GET", page, host("localhost" + port), 200},
		{"from the address bar", "GET", page, header("Sec-Fetch-Site", "none", "Sec-Fetch-Mode", "navigate"), 200},
		{"by a link elsewhere", "GET", page, header("Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate", "Sec-Fetch-Dest", "document"), 200},
		{"a part", "POST", page + "view", header("Origin", own, "Sec-Fetch-Site", "same-origin"), 200},
		{"an asset", "GET", page + "assets/page.css", nil, 200},
		{"without a token", "GET", root, nil, 404},
		{"with a wrong token", "GET", root + "0123456789abcdef0123456789abcdef/", nil, 404},
		{"a part without a token", "POST", root + "view", nil, 404},
		{"a file outside", "GET", page + "assets/../templates/page.html", nil, 404},
		{"a source", "GET", page + "assets/src/package.json", nil, 404},
		{"a bent name", "GET", page, host("evil.example" + port), 421},
		{"another port", "GET", page, host("127.0.0.1:1"), 421},
		{"another site", "POST", page + "view", header("Origin", "https://evil.example"), 403},
		{"an opaque origin", "POST", page + "view", header("Origin", "null"), 403},
		{"another site's script", "GET", page, header("Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "no-cors", "Sec-Fetch-Dest", "script"), 403},
		{"another site's frame", "GET", page, header("Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate", "Sec-Fetch-Dest", "iframe"), 403},
		{"another site's form", "POST", page + "save", header("Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate", "Sec-Fetch-Dest", "document"), 403},
		{"another method", "PUT", page + "view", nil, 405},
	} {
		status, body, headers := request(t, test.method, test.address, test.change)
		if status != test.want {
			t.Errorf("%s: %d %s, want %d", test.name, status, body, test.want)
		}
		if csp := headers.Get("Content-Security-Policy"); !strings.Contains(csp, "default-src 'none'") || strings.Contains(csp, "unsafe") {
			t.Errorf("%s: the policy is %q", test.name, csp)
		}
		if test.want == 404 && !strings.HasPrefix(test.address, page) && !strings.Contains(body, "Open the full address that hooktool preview --serve printed") {
			t.Errorf("%s: the answer does not say what to do: %s", test.name, body)
		}
		if test.want != 200 && strings.Contains(body, "CRITICAL") {
			t.Errorf("%s: the answer shows the message", test.name)
		}
	}
}

// TestAddress opens the address that is printed, with and without its last slash, for a
// port that was chosen, and for each name of the loopback interface.
func TestAddress(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write(t, filepath.Join(dir, "telegram", "incident.tmpl"), telegram)
	for _, host := range []string{"127.0.0.1", "localhost", "[::1]"} {
		listener, err := net.Listen("tcp", host+":0")
		if err != nil {
			t.Logf("%s: %v", host, err) // a machine without IPv6
			continue
		}
		listener.Close()
		addr := listener.Addr().String()
		server, err := pages.Listen(pageOf(dir), pages.ServerOptions{Addr: addr})
		if err != nil {
			t.Logf("%s: %v", addr, err) // taken meanwhile
			continue
		}
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan error, 1)
		go func() { done <- server.Serve(ctx) }()
		if want := "http://" + addr + "/"; !strings.HasPrefix(server.URL(), want) {
			t.Errorf("%s: the address is %s", addr, server.URL())
		}
		for _, address := range []string{server.URL(), strings.TrimSuffix(server.URL(), "/")} {
			answer, err := http.Get(address) //nolint:noctx // the server is ours
			if err != nil {
				t.Errorf("%s: %v", address, err)
				continue
			}
			body, _ := io.ReadAll(answer.Body)
			answer.Body.Close()
			if answer.StatusCode != http.StatusOK || !strings.Contains(string(body), "</html>") {
				t.Errorf("%s: %s %s", address, answer.Status, body)
			}
		}
		cancel()
		if err := <-done; err != nil {
			t.Errorf("%s: %v", addr, err)
		}
	}
}

// TestNoWrite checks that the page writes only if allowed to.
func TestNoWrite(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := filepath.Join(dir, "telegram", "incident.tmpl")
	write(t, path, telegram)
	server := serve(t, dir, pages.ServerOptions{})
	form := url.Values{"template": {path}, "text": {"changed"}, "edited": {"1"}}
	answer, err := http.PostForm(server.URL()+"save", form) //nolint:noctx // the server is ours
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, _ := io.ReadAll(answer.Body)
	if !strings.Contains(string(body), "cannot save") {
		t.Errorf("the answer is %s", body)
	}
	if s := pageOf(dir).Scan(); s.Templates[0].Text != telegram {
		t.Errorf("the file holds %q", s.Templates[0].Text)
	}
}

// TestSavesOverWhatItLoaded checks that the page does not save over what somebody else
// has written meanwhile, and shows both.
func TestSavesOverWhatItLoaded(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := filepath.Join(dir, "telegram", "incident.tmpl")
	write(t, path, "a\r\nb\r\n")
	server := serve(t, dir, pages.ServerOptions{Write: true})
	save := func(loaded, text string) string {
		t.Helper()
		form := url.Values{"template": {path}, "text": {text}, "loaded": {loaded}, "edited": {"1"}}
		answer, err := http.PostForm(server.URL()+"save", form) //nolint:noctx // the server is ours
		if err != nil {
			t.Fatal(err)
		}
		defer answer.Body.Close()
		body, _ := io.ReadAll(answer.Body)
		return string(body)
	}
	if body := save("a\r\nb\r\n", "a\r\nc\r\n"); !strings.Contains(body, `id="saved"`) {
		t.Errorf("the answer is %s", body)
	}
	write(t, path, "theirs\n")
	if body := save("a\nc\n", "mine\n"); !strings.Contains(body, "has changed since") || !strings.Contains(body, "- theirs") || !strings.Contains(body, " mine") {
		t.Errorf("the answer is %s", body)
	}
	if s := pageOf(dir).Scan(); s.Templates[0].Text != "theirs\n" {
		t.Errorf("the file holds %q", s.Templates[0].Text)
	}
	if body := save("theirs\n", "mine\n"); !strings.Contains(body, `id="saved"`) {
		t.Errorf("the second time the answer is %s", body)
	}
}

func TestListenRefuses(t *testing.T) {
	t.Parallel()
	for _, addr := range []string{"0.0.0.0:0", ":0", "192.0.2.1:0", "example.com:0", "nonsense", "127.0.0.1"} {
		if server, err := pages.Listen(pageOf(t.TempDir()), pages.ServerOptions{Addr: addr}); err == nil {
			t.Errorf("it listens at %s", server.URL())
		}
	}
}

// BenchmarkSavedChange measures the time from the moment at which a file is in place
// until the page was notified and has the new message.
func BenchmarkSavedChange(b *testing.B) {
	dir := b.TempDir()
	path := filepath.Join(dir, "telegram", "incident.tmpl")
	write(b, path, telegram)
	server := serve(b, dir, pages.ServerOptions{})
	answer, err := http.Get(server.URL() + "changes") //nolint:noctx // the server is ours
	if err != nil {
		b.Fatal(err)
	}
	defer answer.Body.Close()
	events := bufio.NewScanner(answer.Body)
	events.Scan() // the connection stands
	n := 0
	for b.Loop() {
		n++
		write(b, path, strings.Replace(telegram, "<b>", strings.Repeat("x", n%50)+"<b>", 1))
		for events.Scan() && events.Text() != "event: change" {
		}
		view, err := http.PostForm(server.URL()+"view", url.Values{"template": {path}}) //nolint:noctx // the server is ours
		if err != nil {
			b.Fatal(err)
		}
		body, err := io.ReadAll(view.Body)
		view.Body.Close()
		if err != nil || !strings.Contains(string(body), "CRITICAL") {
			b.Fatalf("%v: %s", err, body)
		}
	}
}

// TestExport checks that the exported page has no script and loads nothing.
func TestExport(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write(t, filepath.Join(dir, "discord", "alert.tmpl"), unsafe)
	var page strings.Builder
	if err := pageOf(dir).Export(t.Context(), &page, pages.ExportOptions{}, sectionsOf(t, pageOf(dir), false)...); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"alert-promql", `<a href="#t0-0">alert-check</a>`, `id="t0-0"`, " of 9 fail", "Low disk space", "default-src 'none'", `class="msg d-discord"`} {
		if !strings.Contains(html.UnescapeString(page.String()), want) {
			t.Errorf("the page has no %q", want)
		}
	}
	for _, unwanted := range []string{"<script", "<link rel=\"stylesheet\"", "@import", "ZgotmplZ", "style=\""} {
		if strings.Contains(page.String(), unwanted) {
			t.Errorf("the page has %q", unwanted)
		}
	}
}

// TestHugeMessage checks that a message of a megabyte is drawn only in part, and that
// the page says so.
func TestHugeMessage(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write(t, filepath.Join(dir, "discord", "alert.tmpl"), `{"content": "`+strings.Repeat("word **b** 数据 ", 70_000)+`"}`)
	var page strings.Builder
	if err := pageOf(dir).Export(t.Context(), &page, pages.ExportOptions{}, sectionsOf(t, pageOf(dir), true)...); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(page.String(), "the rest is not shown") || page.Len() > 1<<20 {
		t.Errorf("the page has %d bytes", page.Len())
	}
}

// TestPicture draws a page with a real browser.
func TestPicture(t *testing.T) {
	t.Parallel()
	if _, err := pages.FindChromium(); err != nil {
		t.Skipf("%v: install it to test pictures (apt install chromium)", err)
	}
	dir := t.TempDir()
	write(t, filepath.Join(dir, "discord", "alert.tmpl"), unsafe)
	ctx, cancel := context.WithTimeout(t.Context(), 2*browsertest.Patience)
	defer cancel()
	png, err := pageOf(dir).Picture(ctx, pages.PictureOptions{}, sectionsOf(t, pageOf(dir), true)...)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(string(png), "\x89PNG") {
		t.Errorf("this is not a PNG: %.20q", png)
	}
	canceled, stop := context.WithCancel(t.Context())
	stop()
	if _, err := pageOf(dir).Picture(canceled, pages.PictureOptions{}); !errors.Is(err, context.Canceled) {
		t.Errorf("it went on after it was stopped: %v", err)
	}
}
