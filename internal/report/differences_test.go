package report_test

import (
	"strings"
	"testing"

	"github.com/hooktool/hooktool/internal/report"
	"github.com/hooktool/hooktool/pkg/event"
)

// TestDifferences names the value that breaks a body, however much else is left out.
func TestDifferences(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name   string
		change func(ev *event.Alert)
		want   string
	}{
		{"same", func(*event.Alert) {}, "X"},
		{"shorter", func(ev *event.Alert) { ev.Details = ev.Details[:1] }, "X with 1 of details"},
		{"shorter and different", func(ev *event.Alert) {
			ev.Details = ev.Details[:1]
			ev.Details[0].Name = `my "app"`
			ev.Summary = "down"
		}, `X with 1 of details, details[0].name="my \"app\"" summary="down"`},
		{"three fields of a shorter list", func(ev *event.Alert) {
			ev.Details = ev.Details[:1]
			ev.Details[0] = event.Detail{Name: "a", Value: "b"}
			ev.Summary = "c"
		}, `X with 1 of details, details[0].name="a" details[0].value="b" summary="c"`},
		{"too many", func(ev *event.Alert) {
			ev.Details = ev.Details[:1]
			ev.Details[0] = event.Detail{Name: "a", Value: "b"}
			ev.Summary, ev.RuleName = "c", "d"
		}, ""},
		{"end", func(ev *event.Alert) {
			ev.Summary = "https://coroot.example.com/p/9kq2v7xw/alerts?alert=3m4v1x2z3m4v1x2z\""
		}, `X with summary="https://cor….com/p/9kq2v7xw/alerts?alert=3m4v1x2z3m4v1x2z\""`},
		{"other text", func(ev *event.Alert) {
			ev.Summary = strings.Repeat("x", 90) + `"` + strings.Repeat("y", 90)
		}, `X with summary="xxxxxxxxxxx…xxxxxxxx\"yyyyyyyyyyyyyyyyyyyyyy…yyyyyyyyyyyyyyy"`},
		{"one character", func(ev *event.Alert) {
			ev.Details[1].Value = strings.Replace(ev.Details[1].Value, "-1:", "-2:", 1)
		}, `X with details[1].value="orders_db-0…esql/data\norders_db-2:/var/lib/postgresql/data"`},
		{"escapes", func(ev *event.Alert) {
			ev.Summary = strings.Repeat(`"`, 60)
		}, `X with summary="\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"…\"\"\"\"\"\"\"\""`},
	} {
		sample := event.DefaultSample(event.KindAlert)
		ev := sample.Event.Clone()
		tt.change(ev.Alert)
		want := strings.Replace(tt.want, "X", sample.Name, 1)
		if got := report.Differences(ev); got != want {
			t.Errorf("%s: %s\nwant: %s", tt.name, got, want)
		}
	}
}
