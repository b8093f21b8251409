// Package pagerduty describes PagerDuty's Events API v2.
//
// The facts come from PagerDuty/developer-docs of 2026-08-19 (docs/events-API-v2),
// PagerDuty/go-pagerduty and Alertmanager's sender.
package pagerduty

import (
	"embed"
	"strings"

	"github.com/hooktool/hooktool/pkg/destination"
	"github.com/hooktool/hooktool/pkg/destination/markup"
	"github.com/hooktool/hooktool/pkg/webhook"
)

//go:embed schema.json change.schema.json v1.schema.json webhook.yaml *.tmpl
var files embed.FS

// New returns the destination.
func New() *destination.Destination {
	return &destination.Destination{
		Name:    "pagerduty",
		Title:   "PagerDuty",
		Aliases: []string{"pd"},
		Summary: "an event that triggers, acknowledges or resolves an incident, through the Events API v2",
		Docs:    "https://developer.pagerduty.com/docs/events-api-v2-overview",
		URLs: []destination.URLForm{
			{
				Pattern: `^events(?:\.eu)?\.pagerduty\.com/v2/enqueue/?$`,
				Example: "https://events.pagerduty.com/v2/enqueue", Note: "the secret is routing_key in the body",
			},
			{
				Pattern: `^events(?:\.eu)?\.pagerduty\.com/v2/change/enqueue/?$`,
				Example: "https://events.pagerduty.com/v2/change/enqueue", Note: "change events, which are not alerts", Takes: change(),
			},
			{
				Pattern: `^events(?:\.eu)?\.pagerduty\.com/integration/(?P<secret>[a-z0-9]+)/enqueue/?$`,
				Example: "https://events.pagerduty.com/integration/00000000000000000000000000000000/enqueue",
				Note:    "one integration, which takes its own JSON format", Takes: integration(),
			},
			{
				Pattern: `^events(?:\.eu)?\.pagerduty\.com/generic/2010-04-15/create_event\.json$`,
				Example: "https://events.pagerduty.com/generic/2010-04-15/create_event.json",
				Note:    "the older Events API v1; the secret is service_key in the body", Takes: v1(),
			},
			{
				Pattern: `/v2/change/enqueue/?$`, AnyHost: true,
				Example: "http://127.0.0.1:8080/v2/change/enqueue", Note: "a proxy or a stand-in", Takes: change(),
			},
			{
				Pattern: `/v2/enqueue/?$`, AnyHost: true,
				Example: "http://127.0.0.1:8080/v2/enqueue", Note: "a proxy or a stand-in",
			},
		},
		Shapes:        []destination.Shape{{"$.routing_key"}, {"$.event_action", "$.payload"}},
		SecretMembers: []string{"routing_key"},
		Files:         files,
		Limits: []destination.Limit{
			{Path: "$.dedup_key", Label: "dedup_key", Max: 255, Unit: destination.CodePoints, Effect: destination.Refused, Soft: true},
			{Path: destination.WholeBody, Label: "the body", Max: 512000, Unit: destination.Bytes, Effect: destination.Refused},
		},
		Look: show,
		Visible: []destination.TextRule{
			{
				Path: "$.payload.summary", Label: "the summary", Dialect: markup.PlainText, Max: 1024, Unit: destination.CodePoints,
				Effect: destination.Unsaid, Note: "it may be refused or cut",
			},
			{Path: "$.payload.source", Label: "the source", Dialect: markup.PlainText},
			{Path: "$.links[*].text", Label: "the text of a link", Dialect: markup.PlainText},
			{Path: "$.payload.custom_details.*", Label: "a custom detail", Dialect: markup.PlainText},
		},
		Unknown: destination.UnknownUnsaid,
		Rules: []string{
			"event_action trigger needs payload with summary, source and severity",
			"severity is critical, error, warning or info in lower case; Coroot's .Status is OK, WARNING or CRITICAL, and .Severity of an alert is warning or critical",
			"event_action resolve and acknowledge need the dedup_key of the trigger",
			"there is no markup",
		},
		Extra:   extra,
		Example: `{"routing_key": "R0000000000000000000000000000000", "event_action": "trigger", "dedup_key": "default/checkout", "payload": {"summary": "checkout is down", "source": "coroot", "severity": "critical"}}`,
		Read:    read,
		Answers: answers(),

		Endpoint: "/v2/enqueue",
		Respond:  respond,
		Throttle: throttle,
	}
}

// extra finds invalid routing keys: the placeholder of an example, or an unset
// variable.
func extra(p *destination.Payload) []destination.Problem {
	key := p.Get("routing_key")
	if !key.Is(destination.String) || len(key.Text) == keyLength {
		return nil
	}
	return []destination.Problem{destination.ProblemAt(key, destination.Error, destination.Refused,
		"routing_key must have 32 characters: PagerDuty answers \"Length of 'routing_key' is incorrect\"",
		"copy the integration key of the service's Events API v2 integration")}
}

const keyLength = 32

// read reads {"status":"success"|…,"message":"…","errors":[…]}.
func read(r webhook.Response) destination.Reading {
	reply, ok := destination.ReadReply(r)
	if !ok || reply.Str("status") == "" {
		if r.StatusCode < 300 {
			return destination.Reading{Doubt: true}
		}
		return destination.Reading{}
	}
	if strings.EqualFold(reply.Str("status"), "success") {
		return destination.Reading{Outcome: webhook.Accepted}
	}
	reason := strings.TrimRight(reply.Str("message"), ".")
	if errors := reply.Strings("errors"); errors != "" {
		reason += ": " + errors
	}
	return destination.Reading{Outcome: webhook.Rejected, Reason: reason}
}

func answers() []destination.Answer {
	const refused = webhook.Rejected
	return []destination.Answer{
		{
			Status: 202, Says: "success", Outcome: webhook.Accepted, Meaning: "PagerDuty queued the event; whether it becomes an incident is not reported",
			Hint: "look at the service's incidents; resolve the test with event_action resolve and the same dedup_key",
		},
		{Says: "routing_key", Outcome: refused, Hint: "copy the integration key of the service's Events API v2 integration"},
		{Says: "severity", Outcome: refused, Hint: "severity is critical, error, warning or info in lower case: {{ if eq .Status \"CRITICAL\" }}critical{{ else }}warning{{ end }}"},
		{Says: "event_action", Outcome: refused, Hint: "event_action is trigger, acknowledge or resolve: {{ if eq .Status \"OK\" }}resolve{{ else }}trigger{{ end }}"},
		{Says: "event object is invalid", Outcome: refused, Hint: "the answer names the field; `hooktool destinations pagerduty` lists the rules"},
		{Status: 400, Outcome: refused, Hint: "check that the body is valid JSON: `hooktool validate` shows where it is not"},
		{Status: 429, Outcome: refused, Hint: "PagerDuty takes about 120 events per minute for each key: try again after 30 seconds"},
	}
}
