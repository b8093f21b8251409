package lint

import (
	"context"
	"strings"
	"time"

	"github.com/hooktool/hooktool/pkg/config"
	"github.com/hooktool/hooktool/pkg/workspace"
)

// Check returns what all rules find in an example.
func (e Example) Check(ctx context.Context) []Finding {
	options := Options{Now: time.Date(2026, time.November, 1, 0, 0, 0, 0, time.UTC)}
	if e.CorootVersion != "" {
		options.CorootVersion, _ = ParseVersion(e.CorootVersion) // a test checks it
	}
	if e.Webhook {
		return e.checkWebhook(ctx, options)
	}
	if e.Events != "" {
		options.Events, _ = ReadPast(strings.NewReader(e.Events), "events.ndjson", "") // a test checks them
	}
	t := workspace.Template{Path: "example.tmpl", Name: e.Kind.TemplateName(), Kind: e.Kind, Destination: e.Destination, Text: e.Text}
	for _, key := range e.CustomFields {
		if t.CustomFields == nil {
			t.CustomFields = map[string]string{}
		}
		t.CustomFields[key] = "x"
	}
	return Check(ctx, t, options).Findings
}

func (e Example) checkWebhook(ctx context.Context, options Options) []Finding {
	file, err := config.ParseDocuments("example.yaml", []byte(e.Text), nil)
	if err != nil && len(file.Webhooks) == 0 && len(file.Projects) == 0 {
		return []Finding{{Rule: "unreadable", Severity: Error, Message: err.Error()}}
	}
	var all []Finding
	for _, hook := range file.Webhooks {
		all = append(all, CheckWebhook(ctx, workspace.Webhook{Webhook: hook, Problems: err}, options).Findings...)
	}
	for i := range file.Projects {
		all = append(all, CheckProject(ctx, &file.Projects[i], options).Findings...)
	}
	return all
}
