package event_test

import (
	"encoding/json"
	"errors"
	"os"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/hooktool/hooktool/pkg/event"
)

// FuzzDecode checks the decoder against encoding/json: what it accepts is valid JSON
// with the same values, and what it rejects for its syntax is not valid JSON.
func FuzzDecode(f *testing.F) {
	for _, seed := range []string{
		incidentJSON, "[" + incidentJSON + "]", `{"application":{"name":"x"}}`, `{"reports":[{"name":"\u00e9\ud800","x":"y"}]}`,
		`{"status":"a\q"}`, `{"status":"OK"`, "{\"a\x00\":\"\x01\"}", `{"url":"\\","team":"\/"}`,
	} {
		f.Add(seed)
	}
	if file, err := os.ReadFile("../../testdata/golden/render.jsonl"); err == nil {
		for line := range strings.Lines(string(file)) {
			var recorded struct{ Event string }
			if json.Unmarshal([]byte(line), &recorded) == nil && len(line) < 2000 {
				f.Add(recorded.Event)
			}
		}
	}
	f.Fuzz(func(t *testing.T, text string) {
		doc, err := event.NewDecoder(strings.NewReader(text), "e.json").Next()
		if err != nil {
			return
		}
		for _, kind := range event.Kinds() {
			ev, _, err := doc.Decode(kind)
			if err == nil {
				checkDecoded(t, doc.Text, ev)
				continue
			}
			var problem *event.Problem
			if !errors.As(err, &problem) || !problem.Pos.IsValid() || problem.Pos.Column < 1 {
				t.Errorf("%q: %v is not a Problem with a position", text, err)
			}
		}
	})
}

// checkDecoded compares an event with what encoding/json reads.
func checkDecoded(t *testing.T, text string, ev event.Event) {
	t.Helper()
	var want map[string]any
	if err := json.Unmarshal([]byte(text), &want); err != nil || !utf8.ValidString(text) {
		t.Fatalf("%q was decoded, but it is not JSON: %v", text, err)
	}
	if status, ok := want["status"]; ok && status != ev.Status() {
		t.Errorf("%q: status %q, want %q", text, ev.Status(), status)
	}
	for key, value := range ev.CustomFields {
		if want[key] != value {
			t.Errorf("%q: custom field %q is %q, want %q", text, key, value, want[key])
		}
	}
}
