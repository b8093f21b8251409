package lsp

import (
	"context"
	"errors"
	"io"
	"runtime"
	"sync"
	"time"

	"github.com/sourcegraph/jsonrpc2"

	"github.com/hooktool/hooktool/pkg/lint"
	"github.com/hooktool/hooktool/pkg/workspace"
)

// Options configure a server.
type Options struct {
	Version string // of hooktool

	// Open reads the configuration of a folder from files. It is called for each
	// analysis, so that changes of the configuration take effect.
	Open func(files workspace.FS, folder string) Folder

	// Preview returns the URL of a live page that shows the templates of a file until
	// ctx ends; nil: there is none. files returns the present texts.
	Preview func(ctx context.Context, files func() workspace.FS, path string) (url string, err error)

	// Delay is how long the server waits for more changes before it analyses one.
	Delay time.Duration
}

// Folder is what the configuration says about the files below a folder.
type Folder struct {
	Workspace *workspace.Workspace // never nil
	Lint      lint.Options
	Problem   error // what is wrong with the configuration, which is then ignored
}

// Server is a language server for one client.
type Server struct {
	options Options
	conn    *jsonrpc2.Conn
	client  client          // the client's capabilities; set by initialize, before anything else is answered
	memory  *lint.Memory    // of the templates that were checked
	ctx     context.Context // nolint:containedctx // that of Serve, for what outlives a request
	stop    context.CancelFunc

	// These belong to the goroutine that reads messages.
	initialized bool // initialize was answered
	shutdown    bool

	mu        sync.Mutex
	documents map[documentURI]*document
	folders   []string
	analyses  map[documentURI]context.CancelFunc // running or waiting
	requests  map[jsonrpc2.ID]context.CancelFunc
	published map[documentURI]bool   // has diagnostics
	previews  map[documentURI]string // URLs of pages

	turns   chan struct{} // bounds how many analyses run at once
	running sync.WaitGroup
}

// client is what the client can do.
type client struct {
	encoding     string
	related      bool // it shows related places
	watches      bool // it watches files on request
	snippets     bool // it supports snippets in completions
	shows        bool // it opens URLs
	editVersions bool // it applies edits to a version of a document
	refreshLens  bool
	hierarchical bool // it shows nested symbols
}

// NewServer returns a server.
func NewServer(o Options) *Server {
	return &Server{
		options: o, client: client{encoding: utf16Encoding}, memory: lint.NewMemory(), documents: map[documentURI]*document{},
		analyses: map[documentURI]context.CancelFunc{}, requests: map[jsonrpc2.ID]context.CancelFunc{},
		turns: make(chan struct{}, runtime.GOMAXPROCS(0)), published: map[documentURI]bool{}, previews: map[documentURI]string{},
	}
}

// ErrNoShutdown is returned if the client disconnected without asking the server to
// shut down.
var ErrNoShutdown = errors.New("the client closed the connection without a shutdown request")

// Serve answers a client until it sends exit, ends the connection or its process, or
// ctx ends. When it returns, nothing of the server is running any more.
func (s *Server) Serve(ctx context.Context, in io.Reader, out io.Writer) error {
	ctx, s.stop = context.WithCancel(ctx)
	s.ctx = ctx
	defer s.stop()
	h := &handler{server: s, ctx: ctx, ready: make(chan struct{})}
	s.conn = jsonrpc2.NewConn(ctx, newStream(in, out), h, jsonrpc2.SetLogger(silence{}))
	close(h.ready)
	select {
	case <-s.conn.DisconnectNotify():
	case <-ctx.Done():
		s.conn.Close()
	}
	s.stop()
	s.running.Wait()
	h.mu.Lock() // the message that is being read
	defer h.mu.Unlock()
	if s.shutdown {
		return nil
	}
	return ErrNoShutdown
}

// silence keeps the library from writing to stderr.
type silence struct{}

func (silence) Printf(string, ...any) {}

// log sends the client a line for its log.
func (s *Server) log(ctx context.Context, message string) {
	_ = s.conn.Notify(ctx, "window/logMessage", logMessageParams{Type: severityError, Message: message})
}
