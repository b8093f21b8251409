package event_test

import (
	"bytes"
	"encoding/json"
	"os"
	"testing"

	"github.com/hooktool/hooktool/pkg/event"
)

// TestRecordedEvents checks that events of the real server decode without a warning,
// and that each counts as one that Coroot sends.
func TestRecordedEvents(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../../testdata/golden/coroot-events.ndjson")
	if err != nil {
		t.Fatal(err)
	}
	events, warnings, err := decodeAll("", string(text))
	if err != nil || len(warnings) > 0 || len(events) != bytes.Count(text, []byte("\n")) {
		t.Fatalf("%d events, %v, warnings %q", len(events), err, warnings)
	}
	for i, ev := range events {
		if why := ev.Unsent(event.Version{}); why != "" {
			t.Errorf("event %d: %s", i, why)
		}
	}
}

// TestRecordedRows checks that what the real server posted for rows of its notification
// tables is what Marshal writes: {{ json . }} is json.Marshal of the values.
func TestRecordedRows(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../../testdata/golden/coroot-rows.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	for line := range bytes.Lines(text) {
		var row struct{ Table, Posted string }
		if err := json.Unmarshal(line, &row); err != nil {
			t.Fatal(err)
		}
		kind := event.KindIncident
		if row.Table == "alert_notification" {
			kind = event.KindAlert
		}
		events, warnings, err := decodeAll(kind, row.Posted)
		if err != nil || len(warnings) > 0 || len(events) != 1 {
			t.Errorf("%s: %v, warnings %q", row.Posted, err, warnings)
			continue
		}
		if got, err := json.Marshal(events[0].Values()); err != nil || string(got) != row.Posted {
			t.Errorf("got  %s, %v\nwant %s", got, err, row.Posted)
		}
	}
}
