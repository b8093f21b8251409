package receiver_test

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/hooktool/hooktool/internal/receiver"
	"github.com/hooktool/hooktool/pkg/destination/catalog"
)

// serve starts a stand-in on a free port, and returns its URL and a function that stops
// it.
func serve(t *testing.T, r *receiver.Receiver) (url string, end func() error) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- r.Serve(ctx, listener) }()
	end = sync.OnceValue(func() error { cancel(); return <-done })
	t.Cleanup(func() { end() }) // nolint:errcheck // the test checks the result
	return "http://" + listener.Addr().String(), end
}

// TestManyRequests checks that the stand-in numbers requests without gaps under load.
func TestManyRequests(t *testing.T) {
	t.Parallel()
	const clients, each = 20, 100
	var numbers []int
	r := receiver.New(receiver.Options{Destination: catalog.ByName("slack"), Record: func(rec receiver.Record) error {
		numbers = append(numbers, rec.Call.Number) // one at a time
		return nil
	}})
	url, end := serve(t, r)
	var wg sync.WaitGroup
	for range clients {
		wg.Go(func() {
			client := &http.Client{Transport: &http.Transport{}}
			defer client.CloseIdleConnections()
			for range each {
				answer, err := client.Post(url+r.Endpoint(), "application/json", strings.NewReader(`{"text": "x"}`))
				if err != nil {
					t.Error(err)
					return
				}
				body, _ := io.ReadAll(answer.Body)
				answer.Body.Close()
				if string(body) != "ok" {
					t.Errorf("the answer is %q", body)
				}
			}
		})
	}
	wg.Wait()
	if err := end(); err != nil {
		t.Error(err)
	}
	if len(numbers) != clients*each {
		t.Errorf("%d requests were recorded", len(numbers))
	}
	for i, n := range numbers {
		if n != i+1 {
			t.Fatalf("number %d is at %d", n, i+1)
		}
	}
}

// TestCount checks that the stand-in stops after Count requests, having answered the
// last of them.
func TestCount(t *testing.T) {
	t.Parallel()
	r := receiver.New(receiver.Options{Destination: catalog.ByName("slack"), Count: 2})
	for i, want := range []int{200, 200, 503} {
		if got := post(r, "POST", r.Endpoint(), `{"text": "x"}`, nil); got.StatusCode != want {
			t.Errorf("request %d: %s", i+1, got.Status)
		}
	}
	select {
	case <-r.Done():
	default:
		t.Error("it is not done")
	}
}

func TestRecordFails(t *testing.T) {
	t.Parallel()
	broken := errors.New("broken pipe")
	r := receiver.New(receiver.Options{Destination: catalog.ByName("slack"), Record: func(receiver.Record) error { return broken }})
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	post(r, "POST", r.Endpoint(), `{"text": "x"}`, nil)
	if err := r.Serve(context.Background(), listener); !errors.Is(err, broken) {
		t.Errorf("it ended with %v", err)
	}
}

func TestRate(t *testing.T) {
	t.Parallel()
	now := clock()
	var limited []bool
	r := receiver.New(receiver.Options{
		Destination: catalog.ByName("telegram"), Rate: 2, Now: func() time.Time { return now },
		Record: func(rec receiver.Record) error { limited = append(limited, rec.Limited); return nil },
	})
	for i, step := range []struct {
		pass time.Duration
		want int
	}{{0, 200}, {0, 200}, {0, 429}, {999 * time.Millisecond, 429}, {time.Millisecond, 200}, {0, 200}, {0, 429}, {time.Hour, 200}} {
		now = now.Add(step.pass)
		got := post(r, "POST", r.Endpoint(), `{"chat_id": 1, "text": "x"}`, nil)
		if got.StatusCode != step.want || limited[i] != (step.want == 429) {
			t.Errorf("request %d: %s %s", i+1, got.Status, got.Body)
		}
		if want := `{"ok":false,"error_code":429,"description":"Too Many Requests: retry after 1","parameters":{"retry_after":1}}`; step.want == 429 && got.Body != want {
			t.Errorf("request %d: %s", i+1, got.Body)
		}
	}
}

func TestBadClients(t *testing.T) {
	t.Parallel()
	recorded := 0
	r := receiver.New(receiver.Options{Destination: catalog.ByName("generic"), MaxBody: 10, Record: func(receiver.Record) error { recorded++; return nil }})
	if got := post(r, "POST", "/", `"0123456789"`, nil); got.StatusCode != http.StatusRequestEntityTooLarge {
		t.Errorf("a large body: %s", got.Status)
	}
	url, end := serve(t, r)
	address := strings.TrimPrefix(url, "http://")
	for name, text := range map[string]string{
		"a body that ends early": "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{",
		"no HTTP":                "\x16\x03\x01 nonsense\r\n\r\n",
		"no more than a word":    "POST",
		"huge headers":           "POST / HTTP/1.1\r\nHost: x\r\nX: " + strings.Repeat("x", 1<<18) + "\r\n\r\n",
	} {
		conn, err := net.Dial("tcp", address)
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(conn, text)       //nolint:errcheck // it may already have hung up
		conn.(*net.TCPConn).CloseWrite() //nolint:errcheck,forcetypeassert // as above
		io.Copy(io.Discard, conn)        //nolint:errcheck // as above
		if err := conn.Close(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	open, err := net.Dial("tcp", address) // one that never says anything
	if err != nil {
		t.Fatal(err)
	}
	defer open.Close()
	if got := post(r, "POST", "/", `{}`, nil); got.StatusCode != 200 {
		t.Errorf("a good request after them: %s", got.Status)
	}
	if err := end(); err != nil {
		t.Error(err)
	}
	if recorded != 1 {
		t.Errorf("%d requests were recorded", recorded)
	}
}

func TestCertificate(t *testing.T) {
	t.Parallel()
	certificate, text, err := receiver.NewCertificate(time.Now(), "stand-in.example", "192.0.2.1")
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewUnstartedServer(receiver.New(receiver.Options{Destination: catalog.Generic()}))
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.TLS = &tls.Config{Certificates: []tls.Certificate{certificate}}
	server.StartTLS()
	defer server.Close()
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(text) {
		t.Fatal("the PEM text holds no certificate")
	}
	for _, name := range []string{"", "localhost", "127.0.0.1", "::1", "stand-in.example", "192.0.2.1"} {
		client := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool, ServerName: name}}}
		answer, err := client.Post(server.URL, "application/json", strings.NewReader("{}"))
		if err != nil {
			t.Errorf("as %q: %v", name, err)
			continue
		}
		answer.Body.Close()
		client.CloseIdleConnections()
	}
	client := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool, ServerName: "other.example"}}}
	if _, err := client.Get(server.URL); err == nil {
		t.Error("it is valid for any name")
	}
}

func Example() {
	r := receiver.New(receiver.Options{
		Destination: catalog.ByName("slack"),
		Record: func(rec receiver.Record) error {
			fmt.Println(rec.Call.Method, rec.Texts[0].Value, rec.Response.Status)
			return nil
		},
	})
	server := httptest.NewServer(r)
	defer server.Close()
	answer, err := http.Post(server.URL+r.Endpoint(), "application/json", strings.NewReader(`{"text": "checkout is down"}`))
	if err != nil {
		fmt.Println(err)
		return
	}
	answer.Body.Close()
	// Output: POST checkout is down 200 OK
}

func BenchmarkReceive(b *testing.B) {
	for _, name := range []string{"telegram", "discord", "teams"} {
		d := catalog.ByName(name)
		b.Run(name, func(b *testing.B) {
			r := receiver.New(receiver.Options{Destination: d})
			for b.Loop() {
				post(r, "POST", r.Endpoint(), d.Example, nil)
			}
		})
	}
}

// TestManyUnknownMembers checks that unknown members after the first ones are only
// counted, so that such a request costs no more than others.
func TestManyUnknownMembers(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	b.WriteString(`{"chat_id": 1, "text": "x"`)
	for i := range 64_000 {
		fmt.Fprintf(&b, `,"k%d":1`, i)
	}
	b.WriteString("}")
	var got receiver.Record
	r := receiver.New(receiver.Options{Destination: catalog.ByName("telegram"), Record: func(rec receiver.Record) error { got = rec; return nil }})
	req := httptest.NewRequest(http.MethodPost, r.Endpoint(), strings.NewReader(b.String()))
	req.Header.Set("Content-Type", "application/json")
	r.ServeHTTP(httptest.NewRecorder(), req)
	problems := got.Call.Problems
	if len(problems) != 21 || !strings.HasPrefix(problems[20].Message, "63980 more of these: ") {
		t.Errorf("%d problems, the last: %v", len(problems), problems[len(problems)-1])
	}
}
