package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/textproto"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// frame is a message of the language server protocol.
type frame struct {
	ID     json.RawMessage `json:"id"`
	Method string          `json:"method"`
	Params json.RawMessage `json:"params"`
	Result json.RawMessage `json:"result"`
	Error  json.RawMessage `json:"error"`
}

// readFrames passes on the messages of a language server until it ends.
func readFrames(from io.Reader, to chan<- frame) {
	defer close(to)
	in := bufio.NewReader(from)
	for {
		header, err := textproto.NewReader(in).ReadMIMEHeader()
		if err != nil {
			return
		}
		size, _ := strconv.Atoi(header.Get("Content-Length"))
		text := make([]byte, size)
		if _, err := io.ReadFull(in, text); err != nil {
			return
		}
		var f frame
		if json.Unmarshal(text, &f) == nil {
			to <- f
		}
	}
}

// secretEnvironment returns the environment of a project full of secrets.
func secretEnvironment(home string) func(string) string {
	environment := map[string]string{"ZQ_TOKEN": secretEnv, "ZQ_SECRET": secretEnv + "2", "HOME": home, "TERM": "dumb"}
	return func(name string) string { return environment[name] }
}

// noSecret fails if a text contains a part of a secret.
func noSecret(t *testing.T, what, text string) {
	t.Helper()
	if at := leaked.FindStringIndex(text); at != nil {
		t.Errorf("%s: a secret: …%s…", what, text[max(at[0]-80, 0):min(at[1]+60, len(text))])
	}
}

// TestNothingSecretInAnEditor sends a language server every request an editor makes
// about documents full of secrets. Only edits may contain what the document contains.
func TestNothingSecretInAnEditor(t *testing.T) {
	dir := secretProject(t, "http://127.0.0.1:1")
	t.Chdir(dir)
	fromEditor, toServer := io.Pipe()
	fromServer, toEditor := io.Pipe()
	ended := make(chan int, 1)
	getenv := secretEnvironment(t.TempDir())
	go func() {
		ended <- run([]string{"lsp"}, streams{fromEditor, toEditor, io.Discard}, getenv)
		toEditor.Close()
	}()
	said := make(chan frame, 1000)
	go readFrames(fromServer, said)
	send := func(id int, method string, params any) {
		message := map[string]any{"jsonrpc": "2.0", "method": method, "params": params}
		if id > 0 {
			message["id"] = id
		}
		text, err := json.Marshal(message)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(toServer, "Content-Length: %d\r\n\r\n%s", len(text), text)
	}
	last := 0
	// ask returns the answer, and checks all messages that precede it.
	ask := func(method string, params any) frame {
		last++
		send(last, method, params)
		for f := range said {
			if string(f.ID) == strconv.Itoa(last) && f.Method == "" {
				return f
			}
			noSecret(t, f.Method, string(f.Params))
		}
		t.Fatalf("%s: the server ended", method)
		return frame{}
	}
	ask("initialize", map[string]any{"processId": nil, "rootUri": "file://" + dir, "capabilities": map[string]any{}})
	send(0, "initialized", struct{}{})
	hovers, actions := 0, 0
	for _, name := range []string{".hooktool.yaml", "alert.tmpl", "all.tmpl", "broken.tmpl", "parse.alert.tmpl", "bad.cfg"} {
		text, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		document := map[string]any{"uri": "file://" + filepath.Join(dir, name)}
		send(0, "textDocument/didOpen", map[string]any{"textDocument": map[string]any{
			"uri": document["uri"], "languageId": "x", "version": 1, "text": string(text),
		}})
		var found struct {
			URI         string
			Diagnostics []json.RawMessage
		}
		for f := range said {
			noSecret(t, name+" "+f.Method, string(f.Params))
			if f.Method == "textDocument/publishDiagnostics" && json.Unmarshal(f.Params, &found) == nil && found.URI == document["uri"] {
				break
			}
		}
		lines := strings.Split(string(text), "\n")
		whole := map[string]any{"start": place(0, 0), "end": place(len(lines), 0)}
		answer := ask("textDocument/codeAction", map[string]any{"textDocument": document, "range": whole, "context": map[string]any{"diagnostics": found.Diagnostics}})
		var offered []struct{ Title string }
		if json.Unmarshal(answer.Result, &offered) == nil {
			for _, each := range offered {
				actions++
				noSecret(t, name+": an action", each.Title)
			}
		}
		for i, line := range lines {
			for j := 0; j < len(line); j += 4 {
				at := map[string]any{"textDocument": document, "position": place(i, j)}
				f := ask("textDocument/hover", at)
				noSecret(t, fmt.Sprintf("%s:%d:%d: hover", name, i+1, j+1), string(f.Result)+string(f.Error))
				if string(f.Result) != "null" {
					hovers++
				}
				if j%8 == 0 {
					f = ask("textDocument/completion", at)
					noSecret(t, fmt.Sprintf("%s:%d:%d: completion", name, i+1, j+1), string(f.Result)+string(f.Error))
				}
			}
		}
		for _, method := range []string{"textDocument/codeLens", "textDocument/documentSymbol"} {
			f := ask(method, map[string]any{"textDocument": document})
			noSecret(t, name+": "+method, string(f.Result)+string(f.Error))
		}
		f := ask("workspace/executeCommand", map[string]any{"command": "hooktool.render", "arguments": []any{document["uri"]}})
		noSecret(t, name+": render", string(f.Result)+string(f.Error))
		f = ask("workspace/executeCommand", map[string]any{"command": "hooktool.preview", "arguments": []any{document["uri"]}})
		var address string
		if json.Unmarshal(f.Result, &address) == nil {
			noSecretInPage(t, name, address, dir)
		}
	}
	if hovers == 0 || actions == 0 {
		t.Errorf("%d hovers, %d actions", hovers, actions)
	}
	ask("shutdown", nil)
	send(0, "exit", nil)
	if code := <-ended; code != 0 {
		t.Errorf("exit code %d", code)
	}
}

func place(line, character int) map[string]int {
	return map[string]int{"line": line, "character": character}
}

// edited matches text in a page that is edited and saved, and so must equal the content
// of the file.
var edited = regexp.MustCompile(`(?s)<textarea (?:hidden )?(?:id="text"|data-value="(?:text|original|fixed|theirs)")[^>]*>.*?</textarea>`)

// noSecretInPage requests everything that a live page shows.
func noSecretInPage(t *testing.T, what, address, dir string) {
	t.Helper()
	get := func(r *http.Response, err error) string {
		if err != nil {
			t.Fatal(err)
		}
		defer r.Body.Close()
		text, err := io.ReadAll(r.Body)
		if err != nil {
			t.Fatal(err)
		}
		noSecret(t, what+": "+r.Request.URL.Path+" "+r.Request.URL.RawQuery, edited.ReplaceAllString(string(text), ""))
		return string(text)
	}
	if text := get(http.Get(address)); !strings.Contains(text, "</html>") { //nolint:noctx // the server is ours
		t.Errorf("%s: the page is %s", what, text)
	}
	names := []string{"alert.tmpl", "all.tmpl", "broken.tmpl", "parse.alert.tmpl"}
	for _, name := range slices.Concat(names, []string{"all", "telegram", "broken", "all.alertTemplate", "telegram.alertTemplate", "broken.alertTemplate"}) {
		for _, template := range []string{name, filepath.Join(dir, name), filepath.Join(dir, ".hooktool.yaml") + "#" + name} {
			get(http.Get(address + "?template=" + url.QueryEscape(template))) //nolint:noctx // the server is ours
			for _, part := range []string{"view", "check", "fix", "mark"} {
				get(http.PostForm(address+part, url.Values{"template": {template}})) //nolint:noctx // the server is ours
			}
		}
	}
}

// TestNothingSecretInALivePage looks for secrets in what preview --serve shows.
func TestNothingSecretInALivePage(t *testing.T) {
	dir := secretProject(t, "http://127.0.0.1:1")
	t.Chdir(dir)
	getenv := secretEnvironment(t.TempDir())
	for _, line := range []string{"preview --serve", "preview all.tmpl -w all --serve", "preview broken.tmpl -w broken --serve"} {
		ctx, cancel := context.WithCancel(t.Context())
		out, in := io.Pipe()
		ended := make(chan int, 1)
		go func() {
			a := &app{getenv: getenv, now: time.Now}
			a.guarded(streams{strings.NewReader(""), in, io.Discard})
			ended <- execute(ctx, a, strings.Fields(line))
			in.Close()
		}()
		lines := bufio.NewScanner(out)
		if !lines.Scan() {
			t.Fatalf("hooktool %s prints no address", line)
		}
		go io.Copy(io.Discard, out)
		noSecretInPage(t, line, lines.Text(), dir)
		cancel()
		if code := <-ended; code != 0 {
			t.Errorf("hooktool %s: exit code %d", line, code)
		}
	}
}
