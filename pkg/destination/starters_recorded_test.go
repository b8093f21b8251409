package destination_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/hooktool/hooktool/pkg/destination/catalog"
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// recordedEvents reads the events that were recorded from the real server, and
// adds the built-in ones.
func recordedEvents(t *testing.T) []event.Event {
	t.Helper()
	text, err := os.ReadFile("../../testdata/golden/coroot-events.ndjson")
	if err != nil {
		t.Fatal(err)
	}
	rows, err := os.ReadFile("../../testdata/golden/coroot-rows.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	for line := range bytes.Lines(rows) {
		var row struct{ Posted string }
		if err := json.Unmarshal(line, &row); err != nil {
			t.Fatal(err)
		}
		text = append(text, row.Posted+"\n"...)
	}
	var events []event.Event
	for decoder := event.NewDecoder(bytes.NewReader(text), "events.ndjson"); ; {
		doc, err := decoder.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		ev, _, err := doc.Decode("")
		if err != nil {
			t.Fatal(err)
		}
		events = append(events, ev)
	}
	for _, sample := range event.Samples() {
		events = append(events, sample.Event)
	}
	return events
}

// TestStartersRecorded checks what each starter makes of real events: no query of
// Coroot's own appears, and no leftovers around a missing application.
func TestStartersRecorded(t *testing.T) {
	t.Parallel()
	events := recordedEvents(t)
	forEachStarter(t, func(t *testing.T, name string, kind event.Kind, tmpl *webhook.Template) {
		t.Helper()
		for _, ev := range events {
			if ev.Kind() != kind {
				continue
			}
			body := string(render(t, tmpl, ev))
			check(t, catalog.ByName(name), []byte(body))
			bad := []string{"%!", `"@`, "\\n in "}
			if name != "generic" {
				bad = append(bad, "KubernetesEventsQuery")
			}
			for _, part := range bad {
				if strings.Contains(body, part) {
					t.Errorf("%q is in %s", part, body)
				}
			}
		}
	})
}

// TestStartersExpand checks that the expansion of Coroot's configuration file leaves
// the starters as they are: none has variables.
func TestStartersExpand(t *testing.T) {
	t.Parallel()
	forEachStarter(t, func(t *testing.T, _ string, _ event.Kind, tmpl *webhook.Template) {
		t.Helper()
		expanded := os.Expand(tmpl.Text(), func(string) string { return "" })
		if expanded != tmpl.Text() {
			t.Errorf("expanded it is %s", expanded)
		}
	})
}
