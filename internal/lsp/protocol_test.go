package lsp

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/textproto"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/sourcegraph/jsonrpc2"

	"github.com/hooktool/hooktool/pkg/config"
	"github.com/hooktool/hooktool/pkg/workspace"
)

// wire is a client that can send anything.
type wire struct {
	t     testing.TB
	in    io.WriteCloser
	out   *bufio.Reader
	ended chan error
}

func startWire(t testing.TB) *wire {
	t.Helper()
	toServer, in := io.Pipe()
	out, fromServer := io.Pipe()
	w := &wire{t: t, in: in, out: bufio.NewReader(out), ended: make(chan error, 1)}
	server := NewServer(Options{Open: openPlain})
	go func() { w.ended <- server.Serve(context.Background(), toServer, fromServer) }()
	t.Cleanup(func() { in.Close(); out.Close() })
	return w
}

func (w *wire) send(body string) {
	w.t.Helper()
	if _, err := fmt.Fprintf(w.in, "Content-Length: %d\r\n\r\n%s", len(body), body); err != nil {
		w.t.Fatal(err)
	}
}

func (w *wire) receive() string {
	w.t.Helper()
	header, err := textproto.NewReader(w.out).ReadMIMEHeader()
	if err != nil {
		w.t.Fatal(err)
	}
	length, err := strconv.Atoi(header.Get("Content-Length"))
	if err != nil {
		w.t.Fatal(err)
	}
	body := make([]byte, length)
	if _, err := io.ReadFull(w.out, body); err != nil {
		w.t.Fatal(err)
	}
	return string(body)
}

// TestMessages sends messages that are broken, unknown or out of order, and checks the
// answers.
func TestMessages(t *testing.T) {
	w := startWire(t)
	for _, test := range [][2]string{ // what is sent; a part of the answer, or empty for none
		{`{"jsonrpc":"2.0","id":1,"method":"textDocument/hover","params":{}}`, `-32002`},
		{`{"jsonrpc":"2.0","method":"textDocument/didOpen","params":{}}`, ``},
		{`{"jsonrpc":`, `-32700`},
		{`[1]`, `-32600`},
		{`{"jsonrpc":"2.0"}`, `-32600`},
		{`{"jsonrpc":"2.0","id":2,"method":"initialize","params":[]}`, `-32602`},
		{`{"jsonrpc":"2.0","id":"a","method":"initialize","params":{"processId":null,"rootUri":null,"capabilities":{}}}`, `"id":"a"`},
		{`{"jsonrpc":"2.0","id":3,"method":"initialize","params":{}}`, `-32600`},
		{`{"jsonrpc":"2.0","id":4,"method":"textDocument/unknown"}`, `-32601`},
		{`{"jsonrpc":"2.0","method":"$/unknown"}`, ``},
		{`{"jsonrpc":"2.0","method":"textDocument/didChange","params":7}`, ``},
		{`{"jsonrpc":"2.0","id":99,"result":null}`, ``},
		{`{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":77}}`, ``},
		{`{"jsonrpc":"2.0","id":5,"method":"textDocument/hover","params":{"textDocument":{"uri":"file:///no"},"position":{"line":-1,"character":1000000}}}`, `"result":null`},
		{`{"jsonrpc":"2.0","id":6,"method":"textDocument/hover"}`, `-32602`},
		{`{"jsonrpc":"2.0","id":7,"method":"shutdown"}`, `"result":null`},
		{`{"jsonrpc":"2.0","id":8,"method":"textDocument/hover","params":{}}`, `-32600`},
	} {
		w.send(test[0])
		if test[1] == "" {
			continue
		}
		if got := w.receive(); !strings.Contains(got, test[1]) {
			t.Errorf("%s: %s", test[0], got)
		}
	}
	w.send(`{"jsonrpc":"2.0","method":"exit"}`)
	if err := wait(t, w.ended); err != nil {
		t.Error(err)
	}
}

func wait(t testing.TB, ended chan error) error {
	t.Helper()
	select {
	case err := <-ended:
		return err
	case <-time.After(patience):
		t.Fatal("the server did not end")
		return nil
	}
}

func TestEnd(t *testing.T) {
	for name, end := range map[string]func(*wire){
		"exit":       func(w *wire) { w.send(`{"jsonrpc":"2.0","method":"exit"}`) },
		"closed":     func(w *wire) { w.in.Close() },
		"no message": func(w *wire) { _, _ = io.WriteString(w.in, "hello\r\n\r\n") },
		"too long":   func(w *wire) { _, _ = io.WriteString(w.in, "Content-Length: 99999999999\r\n\r\n") },
	} {
		w := startWire(t)
		end(w)
		if err := wait(t, w.ended); !errors.Is(err, ErrNoShutdown) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestClientGone starts the server for a process that does not exist.
func TestClientGone(t *testing.T) {
	if alive(1 << 30) {
		t.Error("there is no such process")
	}
	if !alive(os.Getpid()) {
		t.Error("this is a process")
	}
}

// TestCancel cancels a request while it is being answered.
func TestCancel(t *testing.T) {
	started, release := make(chan struct{}), make(chan struct{})
	e := connect(t, Options{Open: func(files workspace.FS, folder string) Folder {
		started <- struct{}{}
		<-release
		return openPlain(files, folder)
	}, Delay: time.Hour})
	e.dir = t.TempDir()
	e.call("initialize", json.RawMessage(`{"capabilities":{}}`), nil)
	uri := e.open("alert.tmpl", "{{ .Status }}")
	call, err := e.conn.DispatchCall(context.Background(), "textDocument/hover",
		textDocumentPositionParams{textDocumentIdentifier{uri}, position{0, 5}}, jsonrpc2.PickID(jsonrpc2.ID{Num: 7000}))
	if err != nil {
		t.Fatal(err)
	}
	<-started
	e.notify("$/cancelRequest", map[string]int{"id": 7000})
	e.notify("$/cancelRequest", map[string]int{"id": 7000})
	wantCode(t, e.try("textDocument/unknown", nil, nil), jsonrpc2.CodeMethodNotFound) // by now the notifications have been handled
	close(release)
	wantCode(t, call.Wait(context.Background(), nil), codeRequestCancelled)
}

// TestLeak types for a long time and checks that no goroutines are left.
func TestLeak(t *testing.T) {
	before := runtime.NumGoroutine()
	e := startEditor(t, capable)
	uri := e.open("alert.tmpl", `{"text": ""}`)
	edits := 2000
	if testing.Short() {
		edits = 300
	}
	for i := range edits {
		at := position{0, 10}
		text := "{"
		if i%2 == 1 {
			text = "}"
		}
		e.notify("textDocument/didChange", didChangeParams{versionedTextDocumentIdentifier{uri, i + 2}, []contentChange{{&textRange{at, at}, text}}})
		if i%500 == 0 {
			e.call("textDocument/hover", textDocumentPositionParams{textDocumentIdentifier{uri}, at}, nil)
		}
	}
	e.diagnostics("alert.tmpl", edits+1)
	settles(t, before+20)
	e.call("shutdown", nil, nil)
	e.notify("exit", nil)
	if err := wait(t, e.ended); err != nil {
		t.Error(err)
	}
	settles(t, before+1)
}

// settles waits until at most n goroutines are left. Nothing reports when one has
// ended, so it polls.
func settles(t *testing.T, most int) {
	t.Helper()
	for start := time.Now(); runtime.NumGoroutine() > most; time.Sleep(time.Millisecond) {
		if time.Since(start) > patience {
			t.Fatalf("%d goroutines are left, want %d at most", runtime.NumGoroutine(), most)
		}
	}
}

// TestConfiguration changes an unsaved configuration under an open template.
func TestConfiguration(t *testing.T) {
	e := connect(t, Options{Open: func(files workspace.FS, folder string) Folder {
		path := filepath.Join(folder, config.FileName)
		data, err := files.ReadFile(path, 1<<20)
		if err != nil {
			return openPlain(files, folder)
		}
		file, err := config.Parse(path, data, nil)
		if err != nil {
			return Folder{Workspace: workspace.New(workspace.Options{Files: files}), Problem: err}
		}
		return Folder{Workspace: workspace.New(workspace.Options{Files: files, Configs: []*config.File{file}})}
	}})
	e.dir = t.TempDir()
	other := t.TempDir()
	e.call("initialize", json.RawMessage(`{"capabilities":{},"workspaceFolders":[{"uri":"`+string(uriOf(e.dir))+`"},{"uri":"`+string(uriOf(other))+`"}]}`), nil)
	e.open("message.tmpl", `{"a": {{ json .Team }}}`)
	if got := codes(e.diagnostics("message.tmpl", 1)); got != "not-checked" {
		t.Errorf("without a configuration: %s", got)
	}
	e.open(config.FileName, "webhooks:\n  chat:\n    url: https://example.com/\n    alerts: true\n    alertTemplateFile: message.tmpl\n    customFields: {team: x}\n")
	e.becomes("message.tmpl", 1, func(codes string) bool { return codes == "" })
	e.notify("textDocument/didChange", didChangeParams{versionedTextDocumentIdentifier{e.uri(config.FileName), 2}, []contentChange{{Text: "webhooks: ["}}})
	e.becomes("message.tmpl", 1, func(codes string) bool { return strings.Contains(codes, "configuration") })
	e.notify("workspace/didChangeWorkspaceFolders", map[string]any{"event": map[string]any{"added": []any{}, "removed": []workspaceFolder{{URI: uriOf(other)}}}})
	e.notify("textDocument/didClose", didCloseParams{textDocumentIdentifier{e.uri(config.FileName)}})
	e.becomes("message.tmpl", 1, func(codes string) bool { return strings.Contains(codes, "not-checked") })
}

// TestUnsaved checks a text that has no file.
func TestUnsaved(t *testing.T) {
	e := startEditor(t, `{}`)
	e.notify("textDocument/didOpen", didOpenParams{textDocumentItem{URI: "untitled:Untitled-1", Version: 1, Text: `{{/* hooktool: type=alert */}}😀{{ .Nothing }}`}})
	p := e.found.take(t)
	if p.URI != "untitled:Untitled-1" || !strings.Contains(codes(p.Diagnostics), "unknown-field") {
		t.Fatalf("%+v", p)
	}
	for _, d := range p.Diagnostics {
		if d.Code == "unknown-field" && d.Range.Start.Character != 30+2+3 {
			t.Errorf("in UTF-16: %+v", d.Range)
		}
	}
}

// FuzzMessages sends arbitrary messages, before and after initialize.
func FuzzMessages(f *testing.F) {
	open := `{"jsonrpc":"2.0","method":"textDocument/didOpen","params":{"textDocument":{"uri":"untitled:alert.tmpl","version":1,"text":"{{ .Status }}"}}}`
	f.Add(open, `{"jsonrpc":"2.0","id":1,"method":"textDocument/hover","params":{"textDocument":{"uri":"untitled:alert.tmpl"},"position":{"line":0,"character":5}}}`)
	f.Add(open, `{"jsonrpc":"2.0","id":1,"method":"textDocument/completion","params":{"textDocument":{"uri":"untitled:alert.tmpl"},"position":{"line":0,"character":4}}}`)
	f.Add(open, `{"jsonrpc":"2.0","method":"textDocument/didChange","params":{"textDocument":{"uri":"untitled:alert.tmpl","version":2},"contentChanges":[{"range":{"start":{"line":9,"character":9},"end":{"line":0,"character":0}},"text":"x"}]}}`)
	f.Fuzz(func(t *testing.T, first, second string) {
		for _, message := range []string{first, second} {
			if strings.Contains(message, "initialize") || strings.Contains(message, "processId") {
				t.Skip()
			}
		}
		w := startWire(t)
		go func() { _, _ = io.Copy(io.Discard, w.out) }()
		w.send(first)
		w.send(`{"jsonrpc":"2.0","id":1000,"method":"initialize","params":{"capabilities":{}}}`)
		for _, message := range []string{first, second} {
			if _, err := fmt.Fprintf(w.in, "Content-Length: %d\r\n\r\n%s", len(message), message); err != nil {
				return // it was exit
			}
		}
		w.in.Close()
		_ = wait(t, w.ended)
	})
}

// FuzzAnswers sends every request for any position of any template.
func FuzzAnswers(f *testing.F) {
	f.Add(`{"a": "{{ if eq .Status "OK" }}{{ $x := .Details }}{{ range $x }}{{ .Name }}{{ end }}{{ end }}"}`, 30)
	f.Add("{{ define `x` }}{{/* hooktool:ignore */}}{{ end }}{{ $", 60)
	f.Add("{{- \"", 5)
	f.Fuzz(func(t *testing.T, text string, offset int) {
		s := NewServer(Options{Open: openPlain})
		s.documents["untitled:alert.tmpl"] = newDocument("untitled:alert.tmpl", 1, text)
		at := s.documents["untitled:alert.tmpl"].encoded(utf16Encoding).position(offset)
		p, err := json.Marshal(map[string]any{
			"textDocument": map[string]string{"uri": "untitled:alert.tmpl"}, "position": at,
			"range": textRange{at, at}, "context": map[string]any{"diagnostics": []any{}},
		})
		if err != nil {
			t.Fatal(err)
		}
		for name, answer := range s.methods() {
			if strings.HasPrefix(name, "textDocument/") && name != "textDocument/codeAction" {
				if _, err := answer(t.Context(), p); err != nil {
					t.Errorf("%s: %v", name, err)
				}
			}
		}
	})
}

// FuzzChanges compares changes of a document with a model: lines of UTF-16 units.
func FuzzChanges(f *testing.F) {
	f.Add("a😀b\r\nc", 0, 1, 1, 0, "x\ny")
	f.Add("é\xff", 0, 2, 5, 5, "")
	f.Fuzz(func(t *testing.T, text string, line1, character1, line2, character2 int, inserted string) {
		d := newDocument("untitled:x", 1, text)
		change := contentChange{&textRange{position{line1, character1}, position{line2, character2}}, inserted}
		got := d.changed(2, []contentChange{change}, utf16Encoding).text
		start := modelOffset(text, line1, character1)
		end := max(start, modelOffset(text, line2, character2))
		if want := text[:start] + inserted + text[end:]; got != want {
			t.Fatalf("%q from %d:%d to %d:%d: %q, not %q", text, line1, character1, line2, character2, got, want)
		}
	})
}

// modelOffset counts up to a position, character by character.
func modelOffset(text string, line, character int) int {
	if line < 0 || character < 0 {
		return 0
	}
	atLine, units := 0, 0
	for i, r := range text {
		rest := text[i:]
		ends := rest[0] == '\n' || rest == "\r" || strings.HasPrefix(rest, "\r\n")
		width := 1
		if r > 0xFFFF {
			width = 2
		}
		if atLine == line && (units >= character || units+width > character || ends) {
			return i
		}
		units += width
		if rest[0] == '\n' {
			atLine, units = atLine+1, 0
		}
	}
	return len(text)
}

// BenchmarkKeystroke types a character into an ordinary template and waits for the
// diagnostics.
func BenchmarkKeystroke(b *testing.B) {
	text, err := os.ReadFile("../../pkg/destination/telegram/incident.tmpl")
	if err != nil {
		b.Fatal(err)
	}
	e := startEditor(b, capable)
	uri := e.open("incident.tmpl", string(text))
	e.diagnostics("incident.tmpl", 1)
	for version := 2; b.Loop(); version++ {
		at := position{0, 0}
		e.notify("textDocument/didChange", didChangeParams{versionedTextDocumentIdentifier{uri, version}, []contentChange{{&textRange{at, at}, " "}}})
		e.diagnostics("incident.tmpl", version)
	}
}
