// Package incidentio describes incident.io's HTTP alert sources.
//
// The facts come from docs.incident.io (custom HTTP sources) and from Alertmanager's
// sender.
package incidentio

import (
	"embed"

	"github.com/hooktool/hooktool/pkg/destination"
	"github.com/hooktool/hooktool/pkg/destination/markup"
	"github.com/hooktool/hooktool/pkg/destination/message"
	"github.com/hooktool/hooktool/pkg/webhook"
)

//go:embed schema.json webhook.yaml *.tmpl
var files embed.FS

// New returns the destination.
func New() *destination.Destination {
	return &destination.Destination{
		Name:    "incidentio",
		Title:   "incident.io",
		Aliases: []string{"incident.io", "incident-io"},
		Summary: "an alert, by an HTTP alert source",
		Docs:    "https://docs.incident.io/alerts/custom-http-sources",
		URLs: []destination.URLForm{
			{
				Pattern: `^api\.incident\.io/v2/alert_events/`, SecretQuery: []string{"token"},
				Example: "https://api.incident.io/v2/alert_events/http/01EXAMPLEEXAMPLEEXAMPLE00", Note: "the secret is the header Authorization: Bearer …",
			},
			{
				Pattern: `/v2/alert_events/http/`, SecretQuery: []string{"token"}, AnyHost: true,
				Example: "http://127.0.0.1:8080/v2/alert_events/http/01EXAMPLEEXAMPLEEXAMPLE00", Note: "a proxy or a stand-in",
			},
		},
		Shapes:        []destination.Shape{{"$.title", "$.status=firing"}, {"$.title", "$.status=resolved"}, {"$.title", "$.deduplication_key"}},
		SecretHeaders: []string{"Authorization"},
		Files:         files,
		Limits: []destination.Limit{
			{Path: destination.WholeBody, Label: "the body", Max: 512 * 1024, Unit: destination.Bytes, Effect: destination.Refused},
		},
		Look: look().Look,
		Visible: []destination.TextRule{
			{Path: "$.title", Label: "the title", Dialect: markup.PlainText},
			{Path: "$.description", Label: "the description", Dialect: markup.CommonMarkdown},
			{Path: "$.metadata.*", Label: "a value of metadata", Dialect: markup.PlainText},
		},
		Unknown: destination.UnknownUnsaid,
		Rules: []string{
			"title and status are required; status is firing or resolved",
			"the same deduplication_key makes the same alert",
		},
		Example: `{"title": "checkout is down", "status": "firing", "deduplication_key": "default/checkout", "metadata": {"application": "checkout"}}`,
		Read:    read,
		Answers: answers(),

		Endpoint: "/v2/alert_events/http/01STANDINSTANDINSTANDIN00?token=StandIn",
		Respond:  respond,
		Throttle: throttle,
	}
}

// read reads {"status":"success",…}, and errors as message, error or errors.
func read(r webhook.Response) destination.Reading {
	reply, ok := destination.ReadReply(r)
	if !ok || r.StatusCode < 300 {
		return destination.Reading{}
	}
	for _, reason := range []string{reply.Str("message"), reply.Str("error"), errorMessages(reply)} {
		if reason != "" {
			return destination.Reading{Outcome: webhook.Rejected, Reason: reason}
		}
	}
	return destination.Reading{}
}

// errorMessages joins the messages of a list of errors.
func errorMessages(reply destination.Reply) string {
	list, _ := reply["errors"].([]any)
	for _, each := range list {
		if fault, ok := each.(map[string]any); ok {
			return destination.Reply(fault).Str("message")
		}
	}
	return reply.Strings("errors")
}

func answers() []destination.Answer {
	const refused = webhook.Rejected
	return []destination.Answer{
		{Status: 202, Outcome: webhook.Accepted, Meaning: "the event was queued; what happens to it is not reported", Hint: "look at the list of alerts"},
		{Status: 401, Outcome: refused, Hint: "add the header Authorization: Bearer … with the token of the alert source"},
		{Status: 404, Outcome: refused, Hint: "the alert source was removed, or the URL is wrong: copy it again"},
		{Status: 413, Outcome: refused, Hint: "cut what can grow with printf \"%.300s\""},
		{Status: 422, Outcome: refused, Hint: "title and status are required; status is firing or resolved"},
		{Status: 400, Outcome: refused, Hint: "title and status are required; status is firing or resolved"},
		{Status: 429, Outcome: refused, Hint: "--retries waits as long as incident.io asks"},
	}
}

func look() message.Flat {
	return message.Flat{
		Badges: []string{"status"}, Title: []string{"title"}, Body: []string{"description"}, Link: []string{"source_url"}, Facts: true,
	}
}
