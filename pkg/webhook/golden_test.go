package webhook_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"os"
	"strings"
	"testing"

	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// recorded is one case that was recorded from Coroot's own notification code.
type recorded struct {
	Name          string
	Type          event.Kind
	Template      string
	Event         string
	CustomFields  map[string]string                `json:"custom_fields"`
	CustomHeaders []webhook.Header                 `json:"custom_headers"`
	BasicAuth     *struct{ User, Password string } `json:"basic_auth"`
	SentHeader    http.Header                      `json:"sent_header"`
	Body          *string
	Error         string
	Panics        string
	NotSent       bool `json:"not_sent"`
}

func readRecorded(tb testing.TB) []recorded {
	tb.Helper()
	file, err := os.ReadFile("../../testdata/golden/render.jsonl")
	if err != nil {
		tb.Fatal(err)
	}
	var cases []recorded
	for line := range bytes.Lines(file) {
		var r recorded
		if err := json.Unmarshal(line, &r); err != nil {
			tb.Fatal(err)
		}
		cases = append(cases, r)
	}
	if len(cases) != recordedCases {
		tb.Fatalf("%d cases were read, but %d were recorded", len(cases), recordedCases)
	}
	return cases
}

// recordedCases is the number of cases. Every one is compared: those that fail in
// net/http by TestRecordedHeaders, all others by TestRecorded.
const recordedCases = 519

// TestRecorded compares the renderer with what Coroot did, byte for byte.
func TestRecorded(t *testing.T) {
	t.Parallel()
	for _, r := range readRecorded(t) {
		t.Run(r.Name, func(t *testing.T) {
			t.Parallel()
			if strings.Contains(r.Error, "net/http") {
				return // a failure to send, which TestRecordedHeaders compares
			}
			body, err := renderRecorded(t, r)
			switch {
			case r.Body != nil:
				if err != nil {
					t.Fatalf("Render: %v", err)
				}
				if string(body) != *r.Body {
					t.Errorf("Render gives\n%q, Coroot sent\n%q", body, *r.Body)
				}
			case r.NotSent:
				if !errors.Is(err, webhook.ErrNotSent) {
					t.Errorf("Render: %v, want ErrNotSent", err)
				}
			case r.Panics != "":
				var custom *webhook.CustomFieldError
				if !errors.As(err, &custom) {
					t.Errorf("Render: %v, want a CustomFieldError, as Coroot panics: %s", err, r.Panics)
				}
			default:
				var failed *webhook.TemplateError
				if !errors.As(err, &failed) {
					t.Fatalf("Render: %v, want a TemplateError, as Coroot says: %s", err, r.Error)
				}
				if !failed.Pos.IsValid() || failed.Pos.Column == 0 {
					t.Errorf("%v: no position", failed)
				}
			}
		})
	}
}

func renderRecorded(t *testing.T, r recorded) ([]byte, error) {
	t.Helper()
	doc, err := event.NewDecoder(strings.NewReader(r.Event), "event.json").Next()
	if err != nil {
		t.Fatal(err)
	}
	ev, warnings, err := doc.Decode(r.Type)
	if err != nil || len(warnings) > 0 {
		t.Fatalf("Decode: %v, warnings %v", err, warnings)
	}
	ev.CustomFields = r.CustomFields
	tmpl, err := webhook.Parse(r.Type, "t.tmpl", r.Template)
	if err != nil {
		return nil, err
	}
	message, err := tmpl.Render(context.Background(), ev)
	return message.Body, err
}
