package webhook_test

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"io"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/webhook"
)

func message(body string) webhook.Message {
	return webhook.Message{Kind: event.KindAlert, Rendered: []byte(body), Body: []byte(body)}
}

// rawServer answers each connection with fixed bytes and returns what it read. Without
// an answer it closes the connection at once.
func rawServer(t *testing.T, answer string) (address string, requests <-chan string) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	got := make(chan string, 16)
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			go func() {
				defer conn.Close()
				got <- readRequest(conn) // closing with unread data would be a reset
				io.WriteString(conn, answer)
			}()
		}
	}()
	return listener.Addr().String(), got
}

// readRequest reads a request from the socket as is.
func readRequest(conn net.Conn) string {
	var raw bytes.Buffer
	req, err := http.ReadRequest(bufio.NewReader(io.TeeReader(conn, &raw)))
	if err != nil {
		return "not HTTP: " + err.Error()
	}
	io.Copy(io.Discard, req.Body)
	return raw.String()
}

const okAnswer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok"

// TestWire compares what arrives at a raw socket with what Coroot's client was seen to
// send.
func TestWire(t *testing.T) {
	t.Parallel()
	address, requests := rawServer(t, okAnswer)
	hook := webhook.Webhook{
		URL:       "http://" + address + "/hook?x=1",
		BasicAuth: &webhook.BasicAuth{Username: "u", Password: "p"},
		CustomHeaders: []webhook.Header{
			{Key: "X-B", Value: "2"},
			{Key: "Content-Type", Value: "text/plain"},
			{Key: "authorization", Value: "Bearer t"},
			{Key: "X-A", Value: "1"},
			{Key: "X-B", Value: "1"},
			{Key: "Host", Value: "evil"},
		},
	}
	d := (&webhook.Sender{}).Send(t.Context(), hook, message(`{"a":"ü"}`))
	if d.Outcome != webhook.Delivered {
		t.Fatalf("%+v", d)
	}
	want := strings.ReplaceAll(`POST /hook?x=1 HTTP/1.1
Host: `+address+`
User-Agent: Go-http-client/1.1
Content-Length: 10
Authorization: Basic dTpw
Authorization: Bearer t
Content-Type: application/json
Content-Type: text/plain
X-A: 1
X-B: 2
X-B: 1
Accept-Encoding: gzip

{"a":"ü"}`, "\n", "\r\n")
	if got := <-requests; got != want {
		t.Errorf("on the wire:\n%s\nwant\n%s", got, want)
	}
	wire, err := hook.Wire([]byte(`{"a":"ü"}`))
	if err != nil || string(wire) != want {
		t.Errorf("Wire gives (%v)\n%s\nwant\n%s", err, wire, want)
	}
}

// TestRecordedHeaders compares the sender's headers with those that Coroot sent.
func TestRecordedHeaders(t *testing.T) {
	t.Parallel()
	for _, r := range readRecorded(t) {
		if r.SentHeader == nil && !strings.Contains(r.Error, "net/http") {
			continue
		}
		hook := webhook.Webhook{URL: "http://127.0.0.1:1/hook", CustomHeaders: r.CustomHeaders}
		if auth := r.BasicAuth; auth != nil {
			hook.BasicAuth = &webhook.BasicAuth{Username: auth.User, Password: auth.Password}
		}
		if r.SentHeader == nil {
			d := (&webhook.Sender{}).Send(t.Context(), hook, message("{}"))
			if d.Outcome != webhook.Failed || !strings.Contains(r.Error, d.Reason) {
				t.Errorf("%s: %s %q, Coroot says %s", r.Name, d.Outcome, d.Reason, r.Error)
			}
			continue
		}
		wire, err := hook.Wire([]byte("{}"))
		if err != nil {
			t.Errorf("%s: %v", r.Name, err)
			continue
		}
		req, err := http.ReadRequest(bufio.NewReader(bytes.NewReader(wire)))
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Del("Accept-Encoding")
		req.Header.Del("Content-Length")
		if got, want := fmt.Sprint(req.Header), fmt.Sprint(r.SentHeader); got != want {
			t.Errorf("%s: headers %s, Coroot sent %s", r.Name, got, want)
		}
	}
}

func TestSendAnswers(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, answer string
		outcome      webhook.Outcome
		reason       string // a part of it
	}{
		{"ok", okAnswer, webhook.Delivered, ""},
		{"no content", "HTTP/1.1 204 No Content\r\n\r\n", webhook.Delivered, ""},
		{"accepted", "HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n", webhook.Accepted, "queued"},
		{"not modified", "HTTP/1.1 304 Not Modified\r\n\r\n", webhook.Rejected, "Coroot counts it as one"},
		{"bad request", "HTTP/1.1 400 Bad Request\r\nContent-Length: 3\r\n\r\nbad", webhook.Rejected, "did not understand"},
		{"unauthorized", "HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n", webhook.Rejected, "does not know the sender"},
		{"forbidden", "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n", webhook.Rejected, "does not allow"},
		{"not found", "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", webhook.Rejected, "nothing at this URL"},
		{"too large", "HTTP/1.1 413 Request Entity Too Large\r\nContent-Length: 0\r\n\r\n", webhook.Rejected, "too large"},
		{"too many", "HTTP/1.1 429 Too Many Requests\r\nRetry-After: 7\r\nContent-Length: 0\r\n\r\n", webhook.Rejected, "more in 7s"},
		{"server error", "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n", webhook.Rejected, "has an internal error"},
		{"closed", "", webhook.Failed, "closed without an answer"},
		{"not HTTP", "220 mail.example.com ESMTP\r\n", webhook.Failed, "not HTTP"},
		{"binary", "\x15\x03\x01\x00\x02\x02\x0a", webhook.Failed, "not HTTP"},
		{"bad header", "HTTP/1.1 200 OK\r\nbad header\r\n\r\n", webhook.Failed, "not HTTP"},
		{"cut short", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nok", webhook.Delivered, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			address, _ := rawServer(t, tt.answer)
			d := (&webhook.Sender{Timeout: time.Hour}).Send(t.Context(), webhook.Webhook{URL: "http://" + address}, message("{}"))
			if d.Outcome != tt.outcome || !strings.Contains(d.Reason, tt.reason) || (d.Reason == "") != (tt.reason == "") {
				t.Errorf("%s, %q; want %s, %q", d.Outcome, d.Reason, tt.outcome, tt.reason)
			}
		})
	}
}

// sendPatiently sends with a short time limit, and with longer ones on a machine that
// is so slow that the limit is over too early.
func sendPatiently(t *testing.T, url string, m webhook.Message, right func(webhook.Delivery) bool) webhook.Delivery {
	t.Helper()
	for timeout := 250 * time.Millisecond; ; timeout *= 2 {
		d := (&webhook.Sender{Timeout: timeout}).Send(t.Context(), webhook.Webhook{URL: url}, m)
		if right(d) || timeout > time.Minute {
			return d
		}
	}
}

func TestSendFailures(t *testing.T) {
	t.Parallel()
	plain, _ := rawServer(t, "HTTP/1.1 400 Bad Request\r\n\r\n")
	secure := httptest.NewTLSServer(http.NotFoundHandler())
	t.Cleanup(secure.Close)
	silent, err := net.Listen("tcp", "127.0.0.1:0") // accepts in the kernel, never answers
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { silent.Close() })
	secureURL, _ := url.Parse(secure.URL)
	for _, tt := range []struct{ name, url, reason string }{
		{"refused", "http://127.0.0.1:1", "refused"},
		{"unknown host", "http://no-such-host.invalid/x", "no-such-host.invalid"},
		{"unknown issuer", secure.URL, "unknown issuer"},
		{"no TLS", "https://" + plain, "does not speak TLS"},
		{"waiting", "http://" + silent.Addr().String(), "timed out while waiting for the answer"},
		{"handshake", "https://" + silent.Addr().String(), "timed out during the TLS handshake"},
		{"empty", "", "empty"},
		{"in quotes", `"https://example.com/hook"`, "begins with"},
		{"no scheme", "example.com/hook", "no scheme"},
		{"other scheme", "ftp://example.com", `"ftp"`},
		{"no host", "http:///hook", "no host"},
		{"broken", "http://a b/%zz", "the host in the URL"},
		{"port", "http://127.0.0.1:http:80", "the port in the URL"},
		{"HTTP to HTTPS", "http://" + secureURL.Host, "did not understand"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			d := sendPatiently(t, tt.url, message("{}"), func(d webhook.Delivery) bool { return strings.Contains(d.Reason, tt.reason) })
			if d.Outcome == webhook.Delivered || !strings.Contains(d.Reason, tt.reason) {
				t.Errorf("%s, %q; want %q", d.Outcome, d.Reason, tt.reason)
			}
		})
	}
}

func TestSendTLS(t *testing.T) {
	t.Parallel()
	server := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		io.Copy(w, r.Body)
	}))
	t.Cleanup(server.Close)
	pool := x509.NewCertPool()
	pool.AppendCertsFromPEM(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw}))
	for name, send := range map[string]func() webhook.Delivery{
		"own CA": func() webhook.Delivery {
			return (&webhook.Sender{RootCAs: pool}).Send(t.Context(), webhook.Webhook{URL: server.URL}, message("{}"))
		},
		"not verified": func() webhook.Delivery {
			return (&webhook.Sender{}).Send(t.Context(), webhook.Webhook{URL: server.URL, TLSSkipVerify: true}, message("{}"))
		},
	} {
		if d := send(); d.Outcome != webhook.Delivered || d.Response.Body != "{}" {
			t.Errorf("%s: %+v", name, d)
		}
	}
	wrong := strings.Replace(server.URL, "127.0.0.1", "localhost", 1)
	d := (&webhook.Sender{RootCAs: pool}).Send(t.Context(), webhook.Webhook{URL: wrong}, message("{}"))
	if !strings.Contains(d.Reason, "another name") {
		t.Errorf("wrong name: %s, %q", d.Outcome, d.Reason)
	}
}

func TestRedirects(t *testing.T) {
	t.Parallel()
	var foreign http.Header
	other := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		foreign = r.Header.Clone()
		io.Copy(w, r.Body)
	}))
	t.Cleanup(other.Close)
	mux := http.NewServeMux()
	for _, status := range []int{301, 302, 303, 307, 308} {
		mux.Handle(fmt.Sprintf("/%d", status), http.RedirectHandler("/end", status))
		mux.Handle(fmt.Sprintf("/other/%d", status), http.RedirectHandler(other.URL, status))
	}
	mux.HandleFunc("/end", func(w http.ResponseWriter, r *http.Request) { io.Copy(w, r.Body) })
	mux.Handle("/circle", http.RedirectHandler("/circle", http.StatusTemporaryRedirect))
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	send := func(path string) webhook.Delivery {
		return (&webhook.Sender{}).Send(t.Context(), webhook.Webhook{
			URL: server.URL + path, BasicAuth: &webhook.BasicAuth{Username: "u", Password: "secret"},
			CustomHeaders: []webhook.Header{{Key: "X-Token", Value: "t0ken-value"}},
		}, message(`{"a":1}`))
	}
	for _, status := range []int{301, 302, 303} {
		for _, path := range []string{"/%d", "/other/%d"} {
			if d := send(fmt.Sprintf(path, status)); d.Outcome != webhook.Rejected || !strings.Contains(d.Reason, "message would be lost") {
				t.Errorf("%d: %s, %q", status, d.Outcome, d.Reason)
			}
		}
	}
	for _, status := range []int{307, 308} {
		if d := send(fmt.Sprintf("/%d", status)); d.Outcome != webhook.Delivered || d.Response.Body != `{"a":1}` {
			t.Errorf("%d: %+v", status, d)
		}
		if d := send(fmt.Sprintf("/other/%d", status)); d.Outcome != webhook.Delivered || d.Response.Body != `{"a":1}` || d.Hint == "" {
			t.Errorf("%d to another host: %+v", status, d)
		}
		for _, key := range []string{"Authorization", "X-Token", "Referer"} {
			if foreign.Get(key) != "" {
				t.Errorf("%d to another host carries %s", status, key)
			}
		}
	}
	if d := send("/circle"); d.Outcome != webhook.Failed || !strings.Contains(d.Reason, "loop") {
		t.Errorf("circle: %s, %q", d.Outcome, d.Reason)
	}
}

func TestHugeAnswer(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for r.Context().Err() == nil {
			if _, err := w.Write(bytes.Repeat([]byte("x"), 1<<16)); err != nil {
				return
			}
		}
	}))
	t.Cleanup(server.Close)
	d := (&webhook.Sender{MaxAnswer: 100}).Send(t.Context(), webhook.Webhook{URL: server.URL}, message("{}"))
	if d.Outcome != webhook.Delivered || len(d.Response.Body) != 100 || !d.Response.Cut || !strings.Contains(d.Hint, "longer than 100 bytes") {
		t.Errorf("%s, %d bytes, cut %v", d.Outcome, len(d.Response.Body), d.Response.Cut)
	}
}

// TestPackedAnswer reads an answer that is small on the wire and enormous when
// decompressed: no more of it is read than of others.
func TestPackedAnswer(t *testing.T) {
	t.Parallel()
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	for range 1 << 10 {
		w.Write(make([]byte, 1<<16))
	}
	w.Close()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		w.Write(packed.Bytes())
	}))
	t.Cleanup(server.Close)
	for _, limit := range []int64{100, 0} {
		d := (&webhook.Sender{MaxAnswer: limit}).Send(t.Context(), webhook.Webhook{URL: server.URL}, message("{}"))
		if limit == 0 {
			limit = webhook.DefaultMaxAnswer
		}
		if d.Outcome != webhook.Delivered || int64(len(d.Response.Body)) != limit || !d.Response.Cut {
			t.Errorf("%s, %d bytes, cut %v", d.Outcome, len(d.Response.Body), d.Response.Cut)
		}
	}
}

func TestSendInterrupted(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	silent := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		cancel()
		<-r.Context().Done() // until the sender gives up
	}))
	t.Cleanup(silent.Close)
	d := (&webhook.Sender{Retries: 5}).Send(ctx, webhook.Webhook{URL: silent.URL}, message("{}"))
	if d.Outcome != webhook.Failed || len(d.Attempts) != 1 || !strings.Contains(d.Reason, "interrupted") {
		t.Errorf("%+v", d)
	}
}

// TestExpiredCertificate sends to a server whose certificate has expired.
func TestExpiredCertificate(t *testing.T) {
	t.Parallel()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	certificate := &x509.Certificate{
		SerialNumber: big.NewInt(1), NotBefore: time.Now().Add(-2 * time.Hour), NotAfter: time.Now().Add(-time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true,
	}
	der, err := x509.CreateCertificate(rand.Reader, certificate, certificate, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewUnstartedServer(http.NotFoundHandler())
	server.TLS = &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}}
	server.StartTLS()
	t.Cleanup(server.Close)
	pool := x509.NewCertPool()
	pool.AppendCertsFromPEM(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}))
	d := (&webhook.Sender{RootCAs: pool}).Send(t.Context(), webhook.Webhook{URL: server.URL}, message("{}"))
	if !strings.Contains(d.Reason, "expired") {
		t.Errorf("%s, %q", d.Outcome, d.Reason)
	}
}

// TestSendPhases hits the time limit in the phases that need a peer which stops in the
// middle.
func TestSendPhases(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(http.StatusBadGateway)
		w.(http.Flusher).Flush() //nolint:errcheck // a server's writer is one
		<-r.Context().Done()
	}))
	t.Cleanup(server.Close)
	d := sendPatiently(t, server.URL, message("{}"), func(d webhook.Delivery) bool { return d.Outcome == webhook.Rejected })
	if d.Outcome != webhook.Rejected || d.StatusCode() != http.StatusBadGateway || !d.Response.Cut {
		t.Errorf("answer without end: %+v", d)
	}

	reset, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { reset.Close() })
	go func() {
		conn, err := reset.Accept()
		if err != nil {
			return
		}
		readRequest(conn)
		conn.(*net.TCPConn).SetLinger(0) //nolint:errcheck // a TCP listener's connection is one
		conn.Close()
	}()
	d = (&webhook.Sender{Timeout: time.Hour}).Send(t.Context(), webhook.Webhook{URL: "http://" + reset.Addr().String()}, message("{}"))
	if d.Outcome != webhook.Failed || !strings.Contains(d.Reason, "reset while waiting for the answer") {
		t.Errorf("reset: %s, %q", d.Outcome, d.Reason)
	}

	stuck, err := net.Listen("tcp", "127.0.0.1:0") // never reads
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { stuck.Close() })
	sending := "timed out while sending the request"
	d = sendPatiently(t, "http://"+stuck.Addr().String(), message(strings.Repeat("x", 32<<20)), func(d webhook.Delivery) bool { return strings.Contains(d.Reason, sending) })
	if d.Outcome != webhook.Failed || !strings.Contains(d.Reason, sending) {
		t.Errorf("sending: %s, %q", d.Outcome, d.Reason)
	}
}

// TestWireTLS compares what arrives over TLS with what arrives without.
func TestWireTLS(t *testing.T) {
	t.Parallel()
	server := httptest.NewTLSServer(nil) // for its certificate
	t.Cleanup(server.Close)
	listener, err := tls.Listen("tcp", "127.0.0.1:0", server.TLS)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	got := make(chan string, 1)
	go func() {
		conn, err := listener.Accept()
		if err != nil {
			return
		}
		defer conn.Close()
		got <- readRequest(conn)
		io.WriteString(conn, okAnswer)
	}()
	hook := webhook.Webhook{
		URL: "https://" + listener.Addr().String() + "/hook", TLSSkipVerify: true,
		CustomHeaders: []webhook.Header{{Key: "Content-Type", Value: "text/plain"}},
	}
	if d := (&webhook.Sender{}).Send(t.Context(), hook, message("{}")); d.Outcome != webhook.Delivered {
		t.Fatalf("%+v", d)
	}
	wire, err := hook.Wire([]byte("{}"))
	if request := <-got; err != nil || request != string(wire) {
		t.Errorf("behind TLS (%v)\n%s\nwant\n%s", err, request, wire)
	}
}
