package lsp

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/url"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/sourcegraph/jsonrpc2"

	"github.com/hooktool/hooktool/pkg/workspace"
)

// editor is a client with a server of its own, in this process.
type editor struct {
	t     testing.TB
	conn  *jsonrpc2.Conn
	dir   string
	found *queue[publishDiagnosticsParams]
	shown *queue[string]
	ended chan error
	texts map[string]string
}

// capable is a client that can do everything.
const capable = `{"general":{"positionEncodings":["utf-8","utf-16"]},"window":{"showDocument":{"support":true}},
"workspace":{"workspaceEdit":{"documentChanges":true},"didChangeWatchedFiles":{"dynamicRegistration":true}},
"textDocument":{"publishDiagnostics":{"relatedInformation":true},"completion":{"completionItem":{"snippetSupport":true}},
"documentSymbol":{"hierarchicalDocumentSymbolSupport":true}}}`

func startEditor(t testing.TB, capabilities string) *editor {
	t.Helper()
	e := connect(t, Options{Version: "1.2.3", Open: openPlain})
	e.dir = t.TempDir()
	var result initializeResult
	e.call("initialize", json.RawMessage(`{"processId":null,"rootUri":"`+string(uriOf(e.dir))+`","capabilities":`+capabilities+`}`), &result)
	if result.ServerInfo.Version != "1.2.3" {
		t.Errorf("the server is %+v", result.ServerInfo)
	}
	e.notify("initialized", struct{}{})
	return e
}

func openPlain(files workspace.FS, _ string) Folder {
	return Folder{Workspace: workspace.New(workspace.Options{Files: files})}
}

func connect(t testing.TB, o Options) *editor {
	t.Helper()
	e := &editor{
		t: t, found: newQueue[publishDiagnosticsParams](), shown: newQueue[string](), ended: make(chan error, 1), texts: map[string]string{},
	}
	toServer, fromClient := io.Pipe()
	toClient, fromServer := io.Pipe()
	server := NewServer(o)
	go func() { e.ended <- server.Serve(context.Background(), toServer, fromServer) }()
	e.conn = jsonrpc2.NewConn(context.Background(), newStream(toClient, fromClient), e, jsonrpc2.SetLogger(silence{}))
	t.Cleanup(func() { e.conn.Close() })
	return e
}

// patience is how long a test waits before it considers the server stuck. It does not
// measure speed: a busy machine is slow.
const patience = 5 * time.Minute

// queue keeps what the server sends, in order, until the test asks for it.
type queue[T any] struct {
	mu    sync.Mutex
	items []T
	more  chan struct{} // has one element if there are items
}

func newQueue[T any]() *queue[T] { return &queue[T]{more: make(chan struct{}, 1)} }

func (q *queue[T]) put(item T) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.items = append(q.items, item)
	select {
	case q.more <- struct{}{}:
	default:
	}
}

// take waits for the next item.
func (q *queue[T]) take(t testing.TB) T {
	t.Helper()
	for {
		q.mu.Lock()
		if len(q.items) > 0 {
			item := q.items[0]
			q.items = q.items[1:]
			q.mu.Unlock()
			return item
		}
		q.mu.Unlock()
		select {
		case <-q.more:
		case <-time.After(patience):
			t.Fatal("the server says nothing more")
		}
	}
}

// Handle receives what the server sends, in order. It answers concurrently: otherwise
// server and client would each wait for the other to read.
func (e *editor) Handle(ctx context.Context, conn *jsonrpc2.Conn, r *jsonrpc2.Request) {
	switch r.Method {
	case "textDocument/publishDiagnostics":
		var p publishDiagnosticsParams
		if err := json.Unmarshal(*r.Params, &p); err != nil {
			e.t.Error(err)
		}
		e.found.put(p)
	case "window/logMessage":
		e.t.Errorf("the server logs %s", *r.Params)
	case "window/showDocument":
		var p struct{ URI string }
		_ = json.Unmarshal(*r.Params, &p)
		e.shown.put(p.URI)
		go conn.Reply(ctx, r.ID, map[string]bool{"success": true}) //nolint:errcheck // the server has ended
	default:
		if !r.Notif {
			go conn.Reply(ctx, r.ID, nil) //nolint:errcheck // the server has ended
		}
	}
}

func (e *editor) call(method string, params, result any) {
	e.t.Helper()
	if err := e.try(method, params, result); err != nil {
		e.t.Fatalf("%s: %v", method, err)
	}
}

func (e *editor) try(method string, params, result any) error {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	return e.conn.Call(ctx, method, params, result)
}

func (e *editor) notify(method string, params any) {
	e.t.Helper()
	if err := e.conn.Notify(context.Background(), method, params); err != nil {
		e.t.Fatal(method, err)
	}
}

func (e *editor) uri(name string) documentURI { return uriOf(filepath.Join(e.dir, name)) }

func (e *editor) open(name, text string) documentURI {
	e.t.Helper()
	e.texts[name] = text
	e.notify("textDocument/didOpen", didOpenParams{textDocumentItem{URI: e.uri(name), Version: 1, Text: text}})
	return e.uri(name)
}

// diagnostics waits for those of a version of a document.
func (e *editor) diagnostics(name string, version int) []diagnostic {
	e.t.Helper()
	for {
		p := e.found.take(e.t)
		if p.URI == e.uri(name) && (p.Version == nil && version == 0 || p.Version != nil && *p.Version == version) {
			return p.Diagnostics
		}
	}
}

// becomes waits until the codes found in a document are as expected: one change may
// publish them more than once.
func (e *editor) becomes(name string, version int, right func(codes string) bool) {
	e.t.Helper()
	for !right(codes(e.diagnostics(name, version))) {
	}
}

func codes(all []diagnostic) string {
	var found []string
	for _, d := range all {
		found = append(found, d.Code)
	}
	return strings.Join(found, " ")
}

// cursor returns a text without the mark ‸, and where the mark was.
func cursor(t testing.TB, text string) (string, position) {
	t.Helper()
	before, after, ok := strings.Cut(text, "‸")
	if !ok {
		t.Fatalf("no ‸ in %q", text)
	}
	d := newDocument("", 0, before)
	return before + after, d.encoded(utf8Encoding).position(len(before))
}

func wantCode(t testing.TB, err error, code int64) {
	t.Helper()
	var known *jsonrpc2.Error
	if !errors.As(err, &known) || known.Code != code {
		t.Errorf("the error is %v, not one with code %d", err, code)
	}
}

// uriOf returns the URI of a file.
func uriOf(path string) documentURI {
	path = filepath.ToSlash(path)
	if !strings.HasPrefix(path, "/") {
		path = "/" + path // C:/…
	}
	return documentURI((&url.URL{Scheme: "file", Path: path}).String())
}
