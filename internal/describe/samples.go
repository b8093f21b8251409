package describe

import (
	"fmt"
	"strings"

	"github.com/hooktool/hooktool/internal/typeset"
	"github.com/hooktool/hooktool/pkg/event"
)

// Samples lists built-in events with a line about each.
func Samples(samples []event.Sample, style typeset.Style) string {
	width := 0
	for _, s := range samples {
		width = max(width, len(s.Name))
	}
	var b strings.Builder
	for _, s := range samples {
		fmt.Fprintf(&b, "%s  %s\n", style.Bold(fmt.Sprintf("%-*s", width, s.Name)), s.Doc)
	}
	return b.String()
}

// sampleRow is a built-in event in JSON.
type sampleRow struct {
	Name string     `json:"name"`
	Type event.Kind `json:"type"`
	Doc  string     `json:"doc"`
}

// SamplesJSON is what hooktool samples --format json prints.
func SamplesJSON(samples []event.Sample) any {
	rows := make([]sampleRow, 0, len(samples))
	for _, s := range samples {
		rows = append(rows, sampleRow{s.Name, s.Kind, s.Doc})
	}
	return map[string]any{"version": 1, "samples": rows}
}
