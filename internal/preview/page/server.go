//go:build !offline

package page

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strconv"
	"sync"
	"time"

	"github.com/hooktool/hooktool/internal/receiver"
	"github.com/hooktool/hooktool/pkg/workspace"
	"github.com/hooktool/hooktool/pkg/workspace/watch"
)

// ServerOptions say how to serve the live page.
type ServerOptions struct {
	Addr  string // host:port on loopback; port 0 picks a free one
	Write bool   // the page may save templates
}

// Server serves the live page: Pages on loopback, notified of files that change.
type Server struct {
	pages    *Pages
	token    string
	listener net.Listener
	addr     string // of the listener
	watcher  *watch.Watcher

	mu          sync.Mutex
	subscribers map[chan struct{}]bool
}

// Listen opens the address. It fails for one that other machines can reach: the page
// shows templates and events, and may save.
func Listen(w Workspace, o ServerOptions) (*Server, error) {
	if o.Addr == "" {
		o.Addr = "127.0.0.1:0"
	}
	if err := checkAddress(o.Addr); err != nil {
		return nil, &workspace.Error{
			Usage: true, Err: fmt.Errorf("--serve: %w", err),
			Hint: "give HOST:PORT with 127.0.0.1, [::1] or localhost, or no address for a free port",
		}
	}
	listener, err := receiver.Listen(o.Addr)
	if err != nil {
		return nil, err
	}
	watcher, err := watch.New(nil)
	if err != nil {
		listener.Close()
		return nil, err
	}
	pages := New(w, Options{Write: o.Write})
	pages.follow = watcher.Follow
	return &Server{
		pages: pages, token: newToken(), listener: listener, addr: listener.Addr().String(), watcher: watcher,
		subscribers: map[chan struct{}]bool{},
	}, nil
}

// checkAddress rejects what is not a port on loopback.
func checkAddress(addr string) error {
	host, port, err := net.SplitHostPort(addr)
	_, badPort := strconv.ParseUint(port, 10, 16)
	if err != nil || badPort != nil {
		return fmt.Errorf("the address %q is not HOST:PORT", addr)
	}
	if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return fmt.Errorf("the address %q is not on loopback, where only this machine can reach it", addr)
	}
	return nil
}

// URL is the address of the page.
func (s *Server) URL() string { return "http://" + s.addr + "/" + s.token + "/" }

// How long requests may take to arrive, and how long running ones may continue when the
// server ends.
const (
	readTimeout  = 10 * time.Second
	graceTimeout = 200 * time.Millisecond
)

// Serve answers until ctx ends.
func (s *Server) Serve(ctx context.Context) error {
	defer s.watcher.Close()
	s.pages.rescan(ctx)
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	server := &http.Server{
		Handler: s.Handler(), ReadHeaderTimeout: readTimeout,
		BaseContext: func(net.Listener) context.Context { return ctx },
	}
	watching := make(chan error, 1)
	go func() { watching <- s.watcher.Run(ctx, func() { s.pages.rescan(ctx); s.tell() }) }()
	serving := make(chan error, 1)
	go func() { serving <- server.Serve(s.listener) }()
	var err error
	select {
	case <-ctx.Done():
	case err = <-serving:
	case err = <-watching:
	}
	cancel()
	grace, stop := context.WithTimeout(context.WithoutCancel(ctx), graceTimeout)
	defer stop()
	if server.Shutdown(grace) != nil {
		server.Close()
	}
	if errors.Is(err, context.Canceled) || errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}

// Handler answers requests for the page.
func (s *Server) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /changes", s.changes)
	mux.Handle("/", s.pages.Handler())
	return s.guard(mux)
}

// tell notifies every open page.
func (s *Server) tell() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for subscriber := range s.subscribers {
		select {
		case subscriber <- struct{}{}:
		default: // it has not yet handled the last notification
		}
	}
}

// changes notifies a page, as a stream of events, that files were saved.
func (s *Server) changes(w http.ResponseWriter, r *http.Request) {
	changed := make(chan struct{}, 1)
	s.mu.Lock()
	s.subscribers[changed] = true
	s.mu.Unlock()
	defer func() {
		s.mu.Lock()
		delete(s.subscribers, changed)
		s.mu.Unlock()
	}()
	w.Header().Set("Content-Type", "text/event-stream")
	stream := http.NewResponseController(w)
	fmt.Fprint(w, "retry: 500\n\n")
	for stream.Flush() == nil {
		select {
		case <-r.Context().Done():
			return
		case <-changed:
			fmt.Fprint(w, "event: change\ndata:\n\n")
		}
	}
}
