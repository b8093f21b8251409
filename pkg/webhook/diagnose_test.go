package webhook

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/source"
)

func refusedBy(op string, err error) error {
	return &url.Error{Op: "Post", URL: "https://receiver.example.com", Err: &net.OpError{Op: op, Net: "tcp", Err: err}}
}

// TestProxyIsNotTheReceiver distinguishes a proxy that is down from a receiver that is
// down.
func TestProxyIsNotTheReceiver(t *testing.T) {
	t.Parallel()
	refused := &net.OpError{Op: "dial", Net: "tcp", Err: os.NewSyscallError("connect", syscall.ECONNREFUSED)}
	for _, test := range []struct {
		err  error
		want string
	}{
		{refusedBy("proxyconnect", refused), "the proxy cannot be reached: the connection was refused"},
		{refusedBy("proxyconnect", &net.DNSError{Name: "proxy.example.com", IsNotFound: true}), `the proxy cannot be reached: there is no host "proxy.example.com"`},
		{refusedBy("proxyconnect", errors.New("something")), "the proxy cannot be reached: something"},
		{&url.Error{Op: "Post", Err: &proxyRefusal{"407 Proxy Authentication Required"}}, "the proxy does not connect to the receiver: 407"},
		{refusedBy("dial", os.NewSyscallError("connect", syscall.ECONNREFUSED)), "the connection was refused"},
	} {
		got := diagnose(context.Background(), test.err, &phases{}, time.Second)
		if !strings.HasPrefix(got.reason, test.want) {
			t.Errorf("%v: %q, want %q", test.err, got.reason, test.want)
		}
		if strings.Contains(test.want, "proxy") && !strings.Contains(got.hint, "NO_PROXY") {
			t.Errorf("%v: the hint is %q", test.err, got.hint)
		}
	}
}

// TestHandshakeTimeout checks that the message says how long Go's transport waits, not
// how long was allowed.
func TestHandshakeTimeout(t *testing.T) {
	t.Parallel()
	trace := &phases{}
	trace.now.Store(phaseTLS)
	if got := timeoutFault(trace, time.Minute); !strings.Contains(got.reason, "within 10s") {
		t.Error(got.reason)
	}
}

func send(t *testing.T, s *Sender, rawURL string) Delivery {
	t.Helper()
	return s.Send(t.Context(), Webhook{URL: rawURL}, Message{Kind: event.KindAlert, Body: []byte("{}")})
}

// TestClientCertificate sends to a receiver that requires a certificate.
func TestClientCertificate(t *testing.T) {
	t.Parallel()
	for _, version := range []uint16{tls.VersionTLS12, tls.VersionTLS13} {
		server := httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
		server.TLS = &tls.Config{ClientAuth: tls.RequireAnyClientCert, MaxVersion: version}
		server.StartTLS()
		defer server.Close()
		roots := x509.NewCertPool()
		roots.AddCert(server.Certificate())
		d := send(t, &Sender{RootCAs: roots}, server.URL)
		if d.Outcome != Failed || !strings.Contains(d.Reason, "requires a client certificate") || !strings.Contains(d.Hint, "Coroot cannot send any") {
			t.Errorf("%s: %q, %q", tls.VersionName(version), d.Reason, d.Hint)
		}
		d = send(t, &Sender{RootCAs: roots, Certificates: server.TLS.Certificates}, server.URL)
		if d.Outcome != Delivered {
			t.Errorf("%s with a certificate: %q", tls.VersionName(version), d.Reason)
		}
	}
}

// TestLongRetryAfter checks a wait that is too long to be sat out.
func TestLongRetryAfter(t *testing.T) {
	t.Parallel()
	requests := 0
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		requests++
		w.Header().Set("Retry-After", "86400")
		w.WriteHeader(http.StatusTooManyRequests)
	}))
	defer server.Close()
	d := send(t, &Sender{Retries: 3}, server.URL)
	if requests != 1 || !strings.Contains(d.Reason, "about a day") || !strings.Contains(d.Hint, "longer than --retries waits") {
		t.Errorf("%d requests: %q, %q", requests, d.Reason, d.Hint)
	}
}

// TestBrokenAnswer distinguishes an answer that breaks off from no answer.
func TestBrokenAnswer(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ answer, want string }{
		{"", "the connection was closed without an answer"},
		{"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n", "the connection was closed before the headers of the answer were complete"},
		{"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nok", ""},
	} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			conn, _, err := http.NewResponseController(w).Hijack()
			if err != nil {
				t.Error(err)
				return
			}
			_, _ = conn.Write([]byte(test.answer))
			_ = conn.Close()
		}))
		d := send(t, &Sender{}, server.URL)
		if !strings.HasPrefix(d.Reason, test.want) || test.want == "" && !strings.Contains(d.Hint, "was closed in the middle of the answer") {
			t.Errorf("%q: %q, %q", test.answer, d.Reason, d.Hint)
		}
		server.Close()
	}
}

// TestStrayText finds what is in a URL by mistake.
func TestStrayText(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"https://a.example.com/x\n": "line break", "https://a.example.com/x ": "blank", " https://a.example.com/x": "blank",
		"https://a.example.com/{{ .Status }}": "{{", "https://a.example.com/x": "",
	} {
		err := Webhook{URL: text}.Check()
		switch {
		case want == "" && err != nil, want != "" && (err == nil || !strings.Contains(err.Error(), want)):
			t.Errorf("%q: %v", text, err)
		case want != "" && source.ProblemOf(err).Hint == "":
			t.Errorf("%q: there is no hint", text)
		}
	}
}
