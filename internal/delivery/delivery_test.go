package delivery_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/hooktool/hooktool/internal/delivery"
	"github.com/hooktool/hooktool/internal/typeset"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// batch returns two messages to a receiver that refuses the second.
func batch(t *testing.T) delivery.Batch {
	t.Helper()
	taken := 0
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		if taken++; taken > 1 {
			http.Error(w, "no\x1b[31m more", http.StatusBadRequest)
		}
	}))
	t.Cleanup(server.Close)
	b := delivery.Batch{Target: webhook.Webhook{URL: server.URL + "/hook?token=s3cr3t-0123456789"}}
	for _, body := range []string{`{"text":"one"}`, `{"text":"two"}`} {
		b.Sendings = append(b.Sendings, delivery.Sending{Message: webhook.Message{Kind: "alert", Body: []byte(body)}, Sample: "sample"})
	}
	if err := b.Detect(); err != nil {
		t.Fatal(err)
	}
	return b
}

func TestSend(t *testing.T) {
	t.Parallel()
	var said strings.Builder
	deliveries, err := delivery.Send(t.Context(), &webhook.Sender{}, []delivery.Batch{batch(t)}, func(d delivery.Delivery) error {
		said.WriteString(d.Text(typeset.Plain{}, false))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := delivery.Count(deliveries), "2 messages: 1 delivered, 1 rejected\n"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if worst := delivery.Worst(deliveries); worst != webhook.Rejected {
		t.Errorf("the worst is %s", worst)
	}
	for _, part := range []string{"✓ delivered sample: 200 OK in ", "✗ rejected sample: 400 Bad Request in ", "answer: no"} {
		if !strings.Contains(said.String(), part) {
			t.Errorf("%q is not in\n%s", part, said.String())
		}
	}
	for _, part := range []string{"s3cr3t", "\x1b"} {
		if strings.Contains(said.String(), part) {
			t.Errorf("%q is in\n%s", part, said.String())
		}
	}
}

func TestSendEnds(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	b := batch(t)
	deliveries, err := delivery.Send(ctx, &webhook.Sender{}, []delivery.Batch{b}, func(delivery.Delivery) error {
		cancel()
		return nil
	})
	if err == nil || deliveries != nil {
		t.Errorf("%d deliveries, %v", len(deliveries), err)
	}
}

func TestRequests(t *testing.T) {
	t.Parallel()
	b := batch(t)
	var out strings.Builder
	print := func(text string) error { out.WriteString(text); return nil }
	unset := 0
	if err := delivery.Requests([]delivery.Batch{b}, false, print); err != nil {
		t.Fatal(err)
	}
	if err := delivery.Curl([]delivery.Batch{b}, false, print, func(string) { unset++ }); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(out.String(), "s3cr3t") || strings.Count(out.String(), `{"text":"two"}`) != 2 || unset != 1 {
		t.Errorf("%d times not set:\n%s", unset, out.String())
	}
}
