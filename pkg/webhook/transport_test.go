package webhook_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/hooktool/hooktool/pkg/webhook"
)

// TestSkipVerifyClient checks that the transport without certificate verification is
// the one that Coroot makes: it does not use HTTP/2. With verification it does.
func TestSkipVerifyClient(t *testing.T) {
	t.Parallel()
	protocols := make(chan int, 1)
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { protocols <- r.ProtoMajor }))
	server.EnableHTTP2 = true
	server.StartTLS()
	t.Cleanup(server.Close)
	var verified, unverified webhook.Sender
	transport, _ := server.Client().Transport.(*http.Transport)
	verified.RootCAs = transport.TLSClientConfig.RootCAs
	for _, tt := range []struct {
		sender *webhook.Sender
		skip   bool
		want   int
	}{{&verified, false, 2}, {&unverified, true, 1}} {
		d := tt.sender.Send(context.Background(), webhook.Webhook{URL: server.URL, TLSSkipVerify: tt.skip}, message("{}"))
		if d.Outcome != webhook.Delivered {
			t.Fatalf("skip %v: %+v", tt.skip, d)
		}
		if got := <-protocols; got != tt.want {
			t.Errorf("skip %v: HTTP/%d, want HTTP/%d", tt.skip, got, tt.want)
		}
	}
}
