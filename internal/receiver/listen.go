package receiver

import (
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"os"
	"syscall"
	"time"

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

// ListenTLS is like Listen, for HTTPS with a new certificate for the host. A client has
// to trust the PEM text of the certificate.
func ListenTLS(addr string, now time.Time) (listener net.Listener, pem []byte, err error) {
	host, _, _ := net.SplitHostPort(addr) // Listen rejects what is not an address
	certificate, pem, err := NewCertificate(now, host)
	if err != nil {
		return nil, nil, fmt.Errorf("make the certificate: %w", err)
	}
	if listener, err = Listen(addr); err != nil {
		return nil, nil, err
	}
	return tls.NewListener(listener, &tls.Config{Certificates: []tls.Certificate{certificate}, MinVersion: tls.VersionTLS12}), pem, nil
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
