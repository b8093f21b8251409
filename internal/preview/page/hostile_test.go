package page_test

import (
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	pages "github.com/hooktool/hooktool/internal/preview/page"
	"github.com/hooktool/hooktool/internal/preview/page/browsertest"
)

// attacks are texts that would run, load something, or change the style of a page that
// trusts them.
func attacks() []string {
	return []string{
		`<script>window.hacked=1</script>`,
		`</script><script>window.hacked=1</script>`,
		`<img src=x onerror=window.hacked=1>`,
		`"><svg onload=window.hacked=1>`,
		`' onmouseover='window.hacked=1' x='`,
		`javascript:window.hacked=1`,
		`[x](javascript:window.hacked=1)`,
		`<javascript:window.hacked=1|x>`,
		`<a href="javascript:window.hacked=1">x</a>`,
		`![x](https://evil.example/pixel.png)`,
		`<style>body{display:none}</style>`,
		`"style="position:fixed;inset:0`,
		`</textarea><script>window.hacked=1</script>`,
		`</template></title><script>window.hacked=1</script>`,
		`<iframe srcdoc="<script>parent.hacked=1</script>"></iframe>`,
		`data:text/html,<script>window.hacked=1</script>`,
		"{{constructor.constructor('window.hacked=1')()}}",
		`<base href="https://evil.example/">`,
		`<meta http-equiv="refresh" content="0;url=https://evil.example/">`,
		`<link rel=stylesheet href=https://evil.example/x.css>`,
	}
}

// fillStrings replaces every string of a JSON value by a text, except those that say
// what something is.
func fillStrings(v any, text string) any {
	switch v := v.(type) {
	case map[string]any:
		for key, value := range v {
			switch key {
			case "type", "tag", "parse_mode", "msg_type", "@type", "style", "$schema", "version", "contentType", "size", "weight":
				continue
			}
			v[key] = fillStrings(value, text)
		}
	case []any:
		for i := range v {
			v[i] = fillStrings(v[i], text)
		}
	case string:
		return text
	}
	return v
}

// hostilePages writes two templates for each example body: one whose texts are all the
// attacks at once, and one in which even a URL can be an attack.
func hostilePages(t *testing.T, dir string) []string {
	t.Helper()
	all := strings.Join(attacks(), "\n")
	var ids []string
	for _, b := range exampleBodies(t) {
		var v any
		if json.Unmarshal(b.text, &v) != nil {
			continue
		}
		for i, text := range []string{all, "javascript:window.hacked=1"} {
			body, err := json.Marshal(fillStrings(v, text))
			if err != nil {
				t.Fatal(err)
			}
			if json.Unmarshal(b.text, &v) != nil {
				t.Fatal("it was JSON before")
			}
			id := filepath.Join(dir, b.destination, fmt.Sprintf("incident-%d.tmpl", i))
			write(t, id, "{{ `"+strings.ReplaceAll(string(body), "`", "")+"` }}")
			ids = append(ids, id)
		}
	}
	return ids
}

// TestHostileData checks that what is shown never runs, loads or restyles anything.
func TestHostileData(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	ids := hostilePages(t, dir)
	server := serve(t, dir, pages.ServerOptions{})
	ctx := browsertest.New(t)
	browsertest.Watch(ctx, t, func(r *network.Request) bool {
		return strings.HasPrefix(r.URL, server.URL()) || strings.HasPrefix(r.URL, "data:,")
	})
	for _, id := range ids {
		checkHarmless(ctx, t, server.URL()+"?template="+id, id)
	}
}

// checkHarmless opens a page and presses everything in the message that can be pressed.
func checkHarmless(ctx context.Context, t *testing.T, url, id string) {
	t.Helper()
	browsertest.Run(ctx, t, chromedp.Navigate(url))
	if strings.HasPrefix(id, "teams") {
		browsertest.WaitFor(ctx, t, `document.querySelector("#stage .by-microsoft")`)
	}
	var found string
	browsertest.Run(
		ctx, t,
		chromedp.Evaluate(`(async () => {
			const stage = document.querySelector("#stage");
			if (!stage.querySelector(".msg")) return "nothing is drawn: " + stage.textContent;
			const bad = [];
			for (const e of document.querySelectorAll("*")) {
				for (const a of e.attributes) {
					if (/^on/i.test(a.name)) bad.push(e.tagName + " has " + a.name);
					if (a.name == "style" && (!e.closest(".by-microsoft") || /fixed|absolute|url/.test(a.value))) bad.push(e.tagName + " has a style: " + a.value);
					if (/^\s*(javascript|data:text|vbscript)/i.test(a.value) && /^(href|src|action|formaction|xlink:href)$/i.test(a.name)) bad.push(e.tagName + " leads to " + a.value);
				}
				if (/^(iframe|object|embed|base|img|form)$/i.test(e.tagName)) bad.push(e.tagName + " is in the page");
			}
			for (const e of stage.querySelectorAll("a")) {
				if (!/^(https?|mailto|tel|tg):/.test(e.getAttribute("href"))) bad.push("a link to " + e.getAttribute("href"));
				if (e.target != "_blank" || !e.relList.contains("noopener")) bad.push("a link without noopener");
				e.addEventListener("click", (event) => event.preventDefault());
				e.click();
			}
			for (const e of stage.querySelectorAll("*")) e.dispatchEvent(new MouseEvent("mouseover", {bubbles: true}));
			await new Promise((done) => setTimeout(done, 0));
			if (window.hacked) bad.push("a script ran");
			if (getComputedStyle(document.body).display == "none") bad.push("a style was applied");
			return bad.slice(0, 5).join("; ");
		})()`, &found, awaitPromise),
	)
	if found != "" {
		t.Errorf("%s: %s", id, found)
	}
}

func awaitPromise(p *runtime.EvaluateParams) *runtime.EvaluateParams { return p.WithAwaitPromise(true) }
