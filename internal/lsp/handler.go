package lsp

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"runtime/debug"
	"sync"

	"github.com/sourcegraph/jsonrpc2"
)

// handler receives the messages of the client, in order.
type handler struct {
	server *Server
	ctx    context.Context // nolint:containedctx // that of the server, for what outlives a message
	ready  chan struct{}   // closed when the server knows its connection
	mu     sync.Mutex      // held while a message is handled
}

// Handle handles a message: a notification before the next message is read, a request
// concurrently.
func (h *handler) Handle(_ context.Context, _ *jsonrpc2.Conn, r *jsonrpc2.Request) {
	<-h.ready
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.ctx.Err() != nil {
		return
	}
	var params json.RawMessage
	if r.Params != nil {
		params = *r.Params
	}
	if r.Notif {
		defer h.recovered(r.Method, nil)
		h.notification(r.Method, params)
		return
	}
	answer, err := h.method(r.Method)
	if err != nil {
		h.reply(r.ID, nil, err)
		return
	}
	ctx, done := h.begin(r.ID)
	run := func() {
		defer done()
		result, err := h.guarded(ctx, r.Method, func() (any, error) { return answer(ctx, params) })
		if ctx.Err() != nil && h.ctx.Err() == nil {
			result, err = nil, &jsonrpc2.Error{Code: codeRequestCancelled, Message: "the request was cancelled"}
		}
		h.reply(r.ID, result, err)
	}
	if r.Method == "initialize" || r.Method == "shutdown" {
		run()
		return
	}
	h.server.running.Go(run)
}

// begin makes a request cancellable.
func (h *handler) begin(id jsonrpc2.ID) (context.Context, func()) {
	ctx, cancel := context.WithCancel(h.ctx)
	s := h.server
	s.mu.Lock()
	s.requests[id] = cancel
	s.mu.Unlock()
	return ctx, func() {
		cancel()
		s.mu.Lock()
		delete(s.requests, id)
		s.mu.Unlock()
	}
}

func (h *handler) reply(id jsonrpc2.ID, result any, err error) {
	if err == nil {
		_ = h.server.conn.Reply(h.ctx, id, result) // a client that went away is noticed elsewhere
		return
	}
	var known *jsonrpc2.Error
	if !errors.As(err, &known) {
		known = &jsonrpc2.Error{Code: codeRequestFailed, Message: err.Error()}
	}
	_ = h.server.conn.ReplyWithError(h.ctx, id, known)
}

// guarded answers a request. A panic only fails this request.
func (h *handler) guarded(_ context.Context, method string, answer func() (any, error)) (result any, err error) {
	defer h.recovered(method, &err)
	return answer()
}

// recovered turns a panic into an error and a line in the client's log.
func (h *handler) recovered(method string, err *error) {
	p := recover()
	if p == nil {
		return
	}
	h.server.log(h.ctx, fmt.Sprintf("%s: %v\n%s", method, p, debug.Stack()))
	if err != nil {
		*err = &jsonrpc2.Error{Code: jsonrpc2.CodeInternalError, Message: fmt.Sprintf("%s failed: %v", method, p)}
	}
}

// method returns what answers a request, if the request is allowed at this time.
func (h *handler) method(name string) (method, error) {
	s := h.server
	switch {
	case s.shutdown:
		return nil, &jsonrpc2.Error{Code: jsonrpc2.CodeInvalidRequest, Message: "the server is shutting down"}
	case name == "initialize" && s.initialized:
		return nil, &jsonrpc2.Error{Code: jsonrpc2.CodeInvalidRequest, Message: "initialize was already sent"}
	case name != "initialize" && !s.initialized:
		return nil, &jsonrpc2.Error{Code: codeServerNotInitialized, Message: "initialize must come first"}
	}
	answer, ok := s.methods()[name]
	if !ok {
		return nil, &jsonrpc2.Error{Code: jsonrpc2.CodeMethodNotFound, Message: fmt.Sprintf("there is no method %q", name)}
	}
	return answer, nil
}

// method answers one kind of request.
type method func(ctx context.Context, params json.RawMessage) (any, error)

// methods lists the requests that are answered.
func (s *Server) methods() map[string]method {
	return map[string]method{
		"initialize": with(s.initialize),
		"shutdown":   func(context.Context, json.RawMessage) (any, error) { s.shutdown = true; return nil, nil },

		"textDocument/hover":             s.answer(s.hover),
		"textDocument/completion":        with(s.complete),
		"textDocument/signatureHelp":     s.answer(s.signature),
		"textDocument/definition":        s.answer(s.definition),
		"textDocument/documentHighlight": s.answer(s.highlights),
		"textDocument/references":        s.references,
		"textDocument/documentSymbol":    with(s.symbols),
		"textDocument/foldingRange":      with(s.folds),
		"textDocument/codeAction":        with(s.codeActions),
		"textDocument/codeLens":          with(s.lenses),
		"workspace/executeCommand":       with(s.execute),
	}
}

// with decodes the parameters of a request.
func with[P any](answer func(context.Context, P) (any, error)) method {
	return func(ctx context.Context, params json.RawMessage) (any, error) {
		var p P
		if err := json.Unmarshal(params, &p); err != nil {
			return nil, invalidParams(err)
		}
		return answer(ctx, p)
	}
}
