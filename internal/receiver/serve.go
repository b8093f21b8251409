package receiver

import (
	"context"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"time"
)

// The timeouts for a client. A slow one costs a connection, and does not hold up the
// others.
const (
	headerTime = 10 * time.Second
	bodyTime   = 30 * time.Second
	answerTime = 30 * time.Second
	idleTime   = 2 * time.Minute
	graceTime  = 2 * time.Second // for requests that are not yet answered at the end
)

// maxHeader bounds the headers of a request, in bytes.
const maxHeader = 64 << 10

// Serve answers on a listener until the context ends, Count requests have arrived, or
// Record fails, whose error it returns. It closes the listener. Requests that were
// recorded are answered before it returns.
func (r *Receiver) Serve(ctx context.Context, listener net.Listener) error {
	server := &http.Server{
		Handler: r, ReadHeaderTimeout: headerTime, ReadTimeout: bodyTime, WriteTimeout: answerTime, IdleTimeout: idleTime,
		MaxHeaderBytes: maxHeader, ErrorLog: log.New(io.Discard, "", 0),
	}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	case <-r.Done():
	}
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), graceTime)
	defer cancel()
	if err := server.Shutdown(grace); err != nil {
		server.Close() // nolint:errcheck // what is still open is cut off
	}
	if err := <-failed; !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return r.Err()
}
