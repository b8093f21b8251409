package receiver

import (
	"errors"
	"fmt"
	"net"
	"os"
	"syscall"

	"github.com/hooktool/hooktool/pkg/source"
)

// Listen opens a port at HOST:PORT. The error is a *source.Problem that suggests what
// would work.
func Listen(addr string) (net.Listener, error) {
	listener, err := net.Listen("tcp", addr)
	if err == nil {
		return listener, nil
	}
	reason, hint := err, "write it as HOST:PORT, such as 127.0.0.1:8085"
	var op *net.OpError
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		reason, hint = errors.New("the address is in use"), "choose another port, or 0 for any that is free"
	case errors.Is(err, os.ErrPermission):
		reason, hint = errors.New("permission denied"), "choose a port above 1023"
	case errors.As(err, &op):
		reason = op.Err
	}
	return nil, &source.Problem{Message: fmt.Sprintf("cannot listen on %q: %v", addr, reason), Hint: hint, Err: err}
}

// URL returns where a listener can be reached from this machine. everywhere reports
// whether other machines can reach it, too.
func URL(listener net.Listener, tls bool) (url string, everywhere bool) {
	scheme := "http"
	if tls {
		scheme = "https"
	}
	host, port, err := net.SplitHostPort(listener.Addr().String())
	if ip := net.ParseIP(host); err == nil && ip != nil && ip.IsUnspecified() {
		host, everywhere = "127.0.0.1", true
	}
	return fmt.Sprintf("%s://%s", scheme, net.JoinHostPort(host, port)), everywhere
}
