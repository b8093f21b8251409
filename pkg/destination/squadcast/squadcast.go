// Package squadcast describes the incident webhooks of Squadcast.
//
// The facts come from developers.squadcast.com (incoming webhooks: payload format) and
// from Kestra's sender. What it answers on success is not documented.
package squadcast

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
		Name:    "squadcast",
		Title:   "Squadcast",
		Summary: "an incident of a service, through the alert source Incident Webhook",
		Docs:    "https://developers.squadcast.com/incoming-webhooks/payload-format/",
		URLs: []destination.URLForm{
			{
				Pattern: `^api\.(?:eu\.)?squadcast\.com/v[0-9]+/incidents/[a-z0-9_-]+/(?P<secret>[a-z0-9_-]+)/?$`,
				Example: "https://api.squadcast.com/v2/incidents/api/0000000000000000000000000000000000000000",
			},
			{
				Pattern: `/v[0-9]+/incidents/api/(?P<secret>[a-z0-9_-]+)/?$`, AnyHost: true,
				Example: "http://127.0.0.1:8080/v2/incidents/api/0000000000000000000000000000000000000000", Note: "a proxy or a stand-in",
			},
		},
		Shapes: []destination.Shape{{"$.message", "$.description", "$.event_id", "$.status=trigger"}, {"$.message", "$.description", "$.event_id", "$.status=resolve"}},
		Files:  files,
		Look: message.Flat{
			Badges: []string{"status", "priority"}, Title: []string{"message"}, Body: []string{"description"}, Facts: true,
		}.Look,
		Limits: []destination.Limit{
			{Path: destination.WholeBody, Label: "the body", Max: 30 * 1024, Unit: destination.Bytes, Effect: destination.Refused},
		},
		Visible: []destination.TextRule{
			{Path: "$.message", Label: "the message", Dialect: markup.PlainText},
			{Path: "$.description", Label: "the description", Dialect: markup.CommonMarkdown},
			{Path: "$.tags.*", Label: "a tag", Dialect: markup.PlainText},
			{Path: "$.tags.*.value", Label: "a tag", Dialect: markup.PlainText},
		},
		Unknown: destination.UnknownUnsaid,
		Rules: []string{
			"message and description are required, except to resolve",
			"the same event_id means the same incident; the status resolve ends it",
			"the body takes 30 KB; a larger one is answered with 413",
		},
		Example: `{"message": "checkout is down", "description": "5xx responses", "status": "trigger", "event_id": "default/checkout", "priority": "P1", "tags": {"application": "checkout"}}`,
		Read:    read,
		Answers: answers(),

		Endpoint: "/v2/incidents/api/StandInStandInStandInStandIn000000000000",
		Respond:  respond,
	}
}

// read reads the error message, if there is one. Success is only visible in the status.
func read(r webhook.Response) destination.Reading {
	reply, ok := destination.ReadReply(r)
	if !ok || r.StatusCode < 300 {
		return destination.Reading{}
	}
	for _, reason := range []string{reply.Str("meta", "error_message"), reply.Str("message"), reply.Str("error")} {
		if reason != "" {
			return destination.Reading{Outcome: webhook.Rejected, Reason: reason}
		}
	}
	return destination.Reading{}
}

func answers() []destination.Answer {
	const refused = webhook.Rejected
	return []destination.Answer{
		{Status: 200, Outcome: webhook.Accepted, Meaning: "Squadcast took the event; whether it becomes an incident is not reported", Hint: "look at the service's incidents"},
		{Status: 201, Outcome: webhook.Accepted, Meaning: "Squadcast took the event; whether it becomes an incident is not reported", Hint: "look at the service's incidents"},
		{Status: 202, Outcome: webhook.Accepted, Meaning: "Squadcast took the event; whether it becomes an incident is not reported", Hint: "look at the service's incidents"},
		{Status: 400, Outcome: refused, Hint: "message and description are required"},
		{Status: 404, Outcome: refused, Hint: "the service or its webhook was removed, or the URL is wrong: copy it again"},
		{Status: 413, Outcome: refused, Hint: "the body is larger than 30 KB: cut what can grow with printf \"%.300s\""},
		{Status: 429, Outcome: refused, Hint: "--retries waits as long as Squadcast asks"},
	}
}
