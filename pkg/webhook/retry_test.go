package webhook

import (
	"context"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"
)

func TestRetries(t *testing.T) {
	t.Parallel()
	answers := []func(http.ResponseWriter){
		func(w http.ResponseWriter) { w.Header().Set("Retry-After", "9"); w.WriteHeader(429) },
		func(w http.ResponseWriter) { w.WriteHeader(503) },
		func(w http.ResponseWriter) { panic(http.ErrAbortHandler) },
		func(w http.ResponseWriter) { w.WriteHeader(200) },
	}
	count := 0
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		count++
		answers[count-1](w)
	}))
	defer server.Close()
	var waits []time.Duration
	told := 0
	sender := &Sender{
		Retries:   5,
		OnAttempt: func(Attempt) { told++ },
		sleep: func(_ context.Context, wait time.Duration) error {
			waits = append(waits, wait)
			return nil
		},
	}
	d := sender.Send(t.Context(), Webhook{URL: server.URL}, Message{Body: []byte("{}")})
	if d.Outcome != Delivered || len(d.Attempts) != 4 || told != 3 {
		t.Fatalf("%s after %d attempts, told of %d", d.Outcome, len(d.Attempts), told)
	}
	for i, want := range []struct{ from, to time.Duration }{{9 * time.Second, 9 * time.Second}, {2 * time.Second, 2500 * time.Millisecond}, {4 * time.Second, 5 * time.Second}} {
		if waits[i] < want.from || waits[i] > want.to {
			t.Errorf("wait %d is %s, want %s to %s", i, waits[i], want.from, want.to)
		}
	}
}

// TestNoRetry checks what trying again cannot fix.
func TestNoRetry(t *testing.T) {
	t.Parallel()
	for name, answer := range map[string]http.HandlerFunc{
		"not found": func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(404) },
		"too long a wait": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Retry-After", "86400")
			w.WriteHeader(429)
		},
	} {
		server := httptest.NewServer(answer)
		sender := &Sender{Retries: 3, sleep: func(context.Context, time.Duration) error { return nil }}
		if d := sender.Send(t.Context(), Webhook{URL: server.URL}, Message{}); len(d.Attempts) != 1 {
			t.Errorf("%s: %d attempts", name, len(d.Attempts))
		}
		server.Close()
	}
}

func TestRetryAfter(t *testing.T) {
	t.Parallel()
	for value, want := range map[string]time.Duration{
		"": -1, "5": 5 * time.Second, "0.25": 250 * time.Millisecond, "-1": -1, "soon": -1,
		"Thu, 01 Jan 1970 00:00:00 GMT": 0,
	} {
		got, ok := retryAfter(http.Header{"Retry-After": {value}})
		if !ok {
			got = -1
		}
		if got != want {
			t.Errorf("Retry-After %q is %s, want %s", value, got, want)
		}
	}
}
