package lsp

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/sourcegraph/jsonrpc2"

	"github.com/hooktool/hooktool/pkg/lint"
	"github.com/hooktool/hooktool/pkg/workspace"
)

// Options say what a server works with.
type Options struct {
	Version string // of hooktool

	// Workspace finds templates as the configuration of a folder says, over files. It
	// is called for each analysis, so that a change of the configuration counts.
	Workspace func(files workspace.FS, folder string) (*workspace.Workspace, error)

	// Lint says what Check looks for in the files below a folder.
	Lint func(folder string) (lint.Options, error)

	// Delay is how long the server waits for more changes before it analyses one.
	Delay time.Duration
}

// Server is a language server for one client.
type Server struct {
	options Options
	conn    *jsonrpc2.Conn

	encoding    string
	initialized bool // initialize was answered
	shutdown    bool
	related     bool // the client shows related places
	registers   bool // the client watches files when it is asked to

	mu        sync.Mutex
	documents map[documentURI]*document
	folders   []string
	analyses  map[documentURI]context.CancelFunc // that run or wait
	requests  map[jsonrpc2.ID]context.CancelFunc
	published map[documentURI]bool // has diagnostics
	exited    atomic.Bool

	running sync.WaitGroup
}

// NewServer returns a server.
func NewServer(o Options) *Server {
	return &Server{
		options: o, encoding: utf16Encoding, documents: map[documentURI]*document{}, analyses: map[documentURI]context.CancelFunc{},
		requests: map[jsonrpc2.ID]context.CancelFunc{}, published: map[documentURI]bool{},
	}
}

// ErrNoShutdown is returned when the client went away without asking the server to
// shut down.
var ErrNoShutdown = errors.New("the client ended the connection without a shutdown request")

// Serve answers a client until it says exit, ends the connection, or ctx ends.
func (s *Server) Serve(ctx context.Context, in io.Reader, out io.Writer) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	stream := jsonrpc2.NewBufferedStream(connection{in, out}, jsonrpc2.VSCodeObjectCodec{})
	handler := &handler{server: s, ctx: ctx, cancel: cancel}
	s.conn = jsonrpc2.NewConn(ctx, stream, handler, jsonrpc2.SetLogger(silence{}))
	select {
	case <-s.conn.DisconnectNotify():
	case <-ctx.Done():
		s.conn.Close()
	}
	cancel()
	s.running.Wait()
	if s.shutdown || s.exited.Load() {
		if s.shutdown {
			return nil
		}
	}
	if ctx.Err() != nil && !s.exited.Load() && context.Cause(ctx) != nil && s.shutdown {
		return nil
	}
	return ErrNoShutdown
}

// connection is stdin and stdout as one.
type connection struct {
	io.Reader
	io.Writer
}

// Close closes what can be closed, so that a reader that waits ends.
func (c connection) Close() error {
	var errs []error
	for _, each := range []any{c.Reader, c.Writer} {
		if closer, ok := each.(io.Closer); ok && each != os.Stdin {
			errs = append(errs, closer.Close())
		}
	}
	return errors.Join(errs...)
}

// silence keeps the library from writing to stderr.
type silence struct{}

func (silence) Printf(string, ...any) {}

// handler gets the messages of the client, in order.
type handler struct {
	server *Server
	ctx    context.Context //nolint:containedctx // that of the server, for what outlives a message
	cancel context.CancelFunc
}

// Handle answers a message: a notification before the next message is read, a
// request beside it.
func (h *handler) Handle(_ context.Context, conn *jsonrpc2.Conn, r *jsonrpc2.Request) {
	s := h.server
	if r.Notif {
		h.notification(r)
		return
	}
	ctx, cancel := context.WithCancel(h.ctx)
	s.mu.Lock()
	s.requests[r.ID] = cancel
	s.mu.Unlock()
	answer := func() {
		defer func() {
			cancel()
			s.mu.Lock()
			delete(s.requests, r.ID)
			s.mu.Unlock()
		}()
		result, err := h.guarded(ctx, r)
		if ctx.Err() != nil && h.ctx.Err() == nil {
			err = &jsonrpc2.Error{Code: codeRequestCancelled, Message: "the request was cancelled"}
		}
		h.reply(ctx, conn, r, result, err)
	}
	if r.Method == "initialize" || r.Method == "shutdown" {
		answer()
		return
	}
	s.running.Go(answer)
}

func (h *handler) reply(_ context.Context, conn *jsonrpc2.Conn, r *jsonrpc2.Request, result any, err error) {
	if err == nil {
		_ = conn.Reply(h.ctx, r.ID, result) // a client that went away is noticed elsewhere
		return
	}
	var known *jsonrpc2.Error
	if !errors.As(err, &known) {
		known = &jsonrpc2.Error{Code: jsonrpc2.CodeInternalError, Message: err.Error()}
	}
	_ = conn.ReplyWithError(h.ctx, r.ID, known)
}

// guarded answers a request; what panics is a failure of this request alone.
func (h *handler) guarded(ctx context.Context, r *jsonrpc2.Request) (result any, err error) {
	defer func() {
		if p := recover(); p != nil {
			h.server.log(fmt.Sprintf("%s: %v\n%s", r.Method, p, debug.Stack()))
			err = &jsonrpc2.Error{Code: jsonrpc2.CodeInternalError, Message: fmt.Sprintf("%s failed: %v", r.Method, p)}
		}
	}()
	s := h.server
	switch {
	case r.Method == "initialize" && s.initialized:
		return nil, &jsonrpc2.Error{Code: jsonrpc2.CodeInvalidRequest, Message: "initialize was sent already"}
	case r.Method != "initialize" && !s.initialized:
		return nil, &jsonrpc2.Error{Code: codeServerNotInitialized, Message: "initialize comes first"}
	case s.shutdown:
		return nil, &jsonrpc2.Error{Code: jsonrpc2.CodeInvalidRequest, Message: "the server is shutting down"}
	}
	answer, ok := s.methods()[r.Method]
	if !ok {
		return nil, &jsonrpc2.Error{Code: jsonrpc2.CodeMethodNotFound, Message: fmt.Sprintf("there is no method %q", r.Method)}
	}
	var params json.RawMessage
	if r.Params != nil {
		params = *r.Params
	}
	return answer(ctx, params)
}

// method answers one kind of request.
type method func(ctx context.Context, params json.RawMessage) (any, error)

// methods lists the requests that are answered.
func (s *Server) methods() map[string]method {
	return map[string]method{
		"initialize": with(s.initialize),
		"shutdown":   func(context.Context, json.RawMessage) (any, error) { s.shutdown = true; return nil, nil },
	}
}

// with reads the parameters of a request.
func with[P any](answer func(context.Context, P) (any, error)) method {
	return func(ctx context.Context, params json.RawMessage) (any, error) {
		var p P
		if err := json.Unmarshal(params, &p); err != nil {
			return nil, &jsonrpc2.Error{Code: jsonrpc2.CodeInvalidParams, Message: "the parameters cannot be read: " + err.Error()}
		}
		return answer(ctx, p)
	}
}

func (s *Server) initialize(_ context.Context, p initializeParams) (any, error) {
	if slices.Contains(p.Capabilities.General.PositionEncodings, utf8Encoding) {
		s.encoding = utf8Encoding
	}
	s.related = p.Capabilities.TextDocument.PublishDiagnostics.RelatedInformation
	s.registers = p.Capabilities.Workspace.DidChangeWatchedFiles.DynamicRegistration
	s.mu.Lock()
	for _, folder := range p.WorkspaceFolders {
		s.folders = append(s.folders, pathOf(folder.URI))
	}
	if len(s.folders) == 0 && p.RootURI != nil {
		s.folders = []string{pathOf(*p.RootURI)}
	}
	s.mu.Unlock()
	s.initialized = true
	capabilities := serverCapabilities{
		PositionEncoding: s.encoding,
		TextDocumentSync: textDocumentSync{OpenClose: true, Change: 2, Save: true},
	}
	capabilities.Workspace.WorkspaceFolders.Supported = true
	capabilities.Workspace.WorkspaceFolders.ChangeNotifications = true
	return initializeResult{Capabilities: capabilities, ServerInfo: serverInfo{Name: "hooktool", Version: s.options.Version}}, nil
}

// log tells the client something for its log.
func (s *Server) log(message string) {
	_ = s.conn.Notify(context.Background(), "window/logMessage", logMessageParams{Type: severityError, Message: message})
}
