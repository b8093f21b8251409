package lint

import (
	"context"
	"time"
)

// Check returns what all rules find in an example.
func (e Example) Check(ctx context.Context) []Finding {
	options := Options{Now: time.Date(2026, time.November, 1, 0, 0, 0, 0, time.UTC)}
	t := Template{Path: "example.tmpl", Name: e.Kind.TemplateName(), Kind: e.Kind, Destination: e.Destination, Text: e.Text}
	return Check(ctx, t, options).Findings
}
