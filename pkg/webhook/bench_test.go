package webhook_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"strings"
	"testing"
	"text/template"

	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// telegramCases returns the template for Telegram from Coroot's documentation, and
// recorded incidents, one per line.
func telegramCases(b *testing.B) (text, events string) {
	b.Helper()
	var lines strings.Builder
	for _, r := range readRecorded(b) {
		if strings.Contains(r.Name, "doc-telegram") && r.Type == event.KindIncident {
			text = r.Template
			lines.WriteString(r.Event + "\n")
		}
	}
	return text, lines.String()
}

const streamLength = 2000

func repeated(events string) string {
	lines := strings.SplitAfter(strings.TrimSuffix(events, "\n"), "\n")
	lines[len(lines)-1] += "\n"
	var b strings.Builder
	for i := range streamLength {
		b.WriteString(lines[i%len(lines)])
	}
	return b.String()
}

// BenchmarkStream renders 2,000 incidents per iteration; bytes are those of the event
// file.
func BenchmarkStream(b *testing.B) {
	text, events := telegramCases(b)
	events = repeated(events)
	tmpl, err := webhook.Parse(event.KindIncident, "t.tmpl", text)
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(events)))
	b.ReportAllocs()
	for b.Loop() {
		decoder := event.NewDecoder(strings.NewReader(events), "events.ndjson")
		err := webhook.Stream{
			Template: tmpl,
			Next:     decoder.Next,
			Decode: func(doc event.Document) (event.Event, error) {
				ev, _, err := doc.Decode(event.KindIncident)
				return ev, err
			},
			Emit: func(int, webhook.Message) error { return nil },
		}.Run(context.Background())
		if err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkPlainLoop is the minimal program that Stream is compared with:
// encoding/json, text/template and newline repair, one after another.
func BenchmarkPlainLoop(b *testing.B) {
	text, events := telegramCases(b)
	events = repeated(events)
	tmpl := template.Must(template.New("t").Funcs(webhook.Functions()).Parse(text))
	b.SetBytes(int64(len(events)))
	b.ReportAllocs()
	for b.Loop() {
		decoder := json.NewDecoder(strings.NewReader(events))
		for {
			var ev plainIncident
			if err := decoder.Decode(&ev); err == io.EOF {
				break
			} else if err != nil {
				b.Fatal(err)
			}
			var out bytes.Buffer
			if err := tmpl.Execute(&out, ev); err != nil {
				b.Fatal(err)
			}
			_ = webhook.RepairNewlines(out.Bytes())
		}
	}
}

// plainIncident is an incident whose application encoding/json decodes by itself.
type plainIncident struct {
	Status      string           `json:"status"`
	Application plainApplication `json:"application"`
	Reports     []event.Report   `json:"reports"`
	URL         string           `json:"url"`
}

type plainApplication struct{ event.ApplicationID }

func (a *plainApplication) UnmarshalText(text []byte) (err error) {
	a.ApplicationID, err = event.ParseApplicationID(string(text))
	return err
}
