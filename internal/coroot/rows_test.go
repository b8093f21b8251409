package coroot_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/hooktool/hooktool/internal/coroot"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// recordedRow is a row of Coroot's tables and what its server posted for it with the
// template {{ json . }}.
type recordedRow struct {
	Table  string
	Row    json.RawMessage
	Posted string
}

func readRecordedRows(t *testing.T) []recordedRow {
	t.Helper()
	file, err := os.Open(filepath.Join("testdata", "coroot-rows.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var rows []recordedRow
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var r recordedRow
		if err := json.Unmarshal(lines.Bytes(), &r); err != nil {
			t.Fatal(err)
		}
		rows = append(rows, r)
	}
	if len(rows) != 36 {
		t.Fatalf("%d rows were read, want 36", len(rows))
	}
	return rows
}

// TestRowsAsPosted compares every row with the bytes that Coroot posted for it.
func TestRowsAsPosted(t *testing.T) {
	t.Parallel()
	for _, r := range readRecordedRows(t) {
		rows, err := coroot.ReadRows(bytes.NewReader(r.Row), "rows.json", "https://coroot.example.com")
		if err != nil || len(rows.Events) != 1 {
			t.Errorf("%s: %d events, %v", r.Row, len(rows.Events), err)
			continue
		}
		ev := rows.Events[0].Event
		tmpl, err := webhook.Parse(ev.Kind(), "t", "{{ json . }}")
		if err != nil {
			t.Fatal(err)
		}
		message, err := tmpl.Render(t.Context(), ev)
		if err != nil {
			t.Errorf("%s: %v", r.Row, err)
			continue
		}
		if string(message.Body) != r.Posted {
			t.Errorf("%s\ngives  %s\nposted %s", r.Row, message.Body, r.Posted)
		}
	}
}

// TestRowsFormats reads the same rows in the ways that databases print them.
func TestRowsFormats(t *testing.T) {
	t.Parallel()
	var array, lines []string
	for _, r := range readRecordedRows(t) {
		var row map[string]any
		if err := json.Unmarshal(r.Row, &row); err != nil {
			t.Fatal(err)
		}
		array = append(array, string(r.Row))
		row["timestamp"] = json.Number(string(mustMarshal(t, row["timestamp"]))).String() // as text
		if details, ok := row["details"].(string); ok {
			row["details"] = json.RawMessage(details) // as JSON
		}
		lines = append(lines, string(mustMarshal(t, row)))
	}
	first, err := coroot.ReadRows(strings.NewReader("["+strings.Join(array, ",\n")+"]"), "a.json", "https://c.example")
	if err != nil {
		t.Fatal(err)
	}
	second, err := coroot.ReadRows(strings.NewReader(strings.Join(lines, "\n")), "b.json", "https://c.example/")
	if err != nil {
		t.Fatal(err)
	}
	if a, b := mustMarshal(t, first.Events), mustMarshal(t, second.Events); !bytes.Equal(a, b) {
		t.Errorf("an array and lines differ:\n%s\n%s", a, b)
	}
	for i := 1; i < len(first.Events); i++ {
		if first.Events[i].Time.Before(first.Events[i-1].Time) {
			t.Fatalf("event %d is older than the one before it", i)
		}
	}
}

func mustMarshal(t *testing.T, v any) []byte {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestRowsLost(t *testing.T) {
	t.Parallel()
	const text = `{"project_id":"p","alert_id":"a","application_id":":::","status":3,"destination":"webhook","timestamp":1000,"sent_at":0,"details":"{}"}
{"project_id":"p","alert_id":"b","application_id":":::","status":3,"destination":"webhook","timestamp":1000,"sent_at":1010,"details":"{}"}
{"project_id":"p","alert_id":"c","application_id":":::","status":3,"destination":"webhook","timestamp":9000,"sent_at":0,"details":"{}"}
{"project_id":"p","alert_id":"d","application_id":":::","status":3,"destination":"slack","timestamp":1000,"sent_at":0,"details":"{}"}`
	rows, err := coroot.ReadRows(strings.NewReader(text), "rows.json", "https://c.example")
	if err != nil {
		t.Fatal(err)
	}
	lost, pending := rows.Lost(time.Unix(10_000, 0))
	if len(rows.Events) != 3 || rows.Others != 1 || len(lost) != 1 || pending != 1 || !strings.HasSuffix(lost[0].Alert.URL, "alert=a") {
		t.Errorf("%d events, %d others, lost %v, %d pending", len(rows.Events), rows.Others, lost, pending)
	}
}

// TestRowsNone reads what sqlite3 -json prints if there are no rows: nothing.
func TestRowsNone(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "\n", "[]"} {
		if rows, err := coroot.ReadRows(strings.NewReader(text), "rows.json", ""); err != nil || len(rows.Events) != 0 {
			t.Errorf("%q: %d events, %v", text, len(rows.Events), err)
		}
	}
}

func TestRowsBad(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		`{"a":1}`:       "not a row of incident_notification or alert_notification",
		`[1]`:           "",
		`{"status":"x"`: "",
		`{"project_id":"p","alert_id":"a","destination":"webhook","status":7}`:                           "there is no status 7",
		`{"project_id":"p","alert_id":"a","destination":"webhook","status":"high"}`:                      "another type",
		`{"project_id":"p","alert_id":"a","destination":"webhook","status":1,"details":"{"}`:             "details cannot be read",
		"\n\n" + `{"project_id":"p","incident_key":1,"destination":"webhook","status":1,"details":"{}"}`: "incident_key",
	} {
		_, err := coroot.ReadRows(strings.NewReader(text), "rows.json", "")
		if err == nil || !strings.Contains(err.Error(), want) || !strings.HasPrefix(err.Error(), "rows.json:") {
			t.Errorf("%s: %v, want %q with a place", text, err, want)
		}
	}
}

func FuzzRows(f *testing.F) {
	f.Add(`{"project_id":"p","alert_id":"a","application_id":":::","status":3,"destination":"webhook","timestamp":"1","sent_at":0,"details":{"details":[{}]}}`)
	f.Fuzz(func(t *testing.T, text string) {
		rows, err := coroot.ReadRows(strings.NewReader(text), "rows.json", "https://c.example")
		if err != nil {
			return
		}
		for _, e := range rows.Events {
			if e.Kind() == "" {
				t.Errorf("an event of no kind from %q", text)
			}
		}
	})
}
