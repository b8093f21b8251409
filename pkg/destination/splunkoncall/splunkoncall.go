// Package splunkoncall describes the REST endpoint of Splunk On-Call, formerly
// VictorOps.
//
// The facts come from Splunk's guide to the REST endpoint, from Apprise and from
// Alertmanager's sender of 2026-08.
package splunkoncall

import (
	"embed"
	"strings"

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
		Name:    "splunkoncall",
		Title:   "Splunk On-Call",
		Aliases: []string{"victorops", "splunk-on-call", "splunk-oncall"},
		Summary: "an alert for a routing key, through the REST endpoint of the former VictorOps",
		Docs:    "https://help.splunk.com/en/splunk-on-call",
		URLs: []destination.URLForm{
			{
				Pattern: `^alert\.victorops\.com/integrations/generic/[0-9]+/alert/(?P<secret>[a-z0-9-]+)(?:/.*)?$`,
				Example: "https://alert.victorops.com/integrations/generic/20131114/alert/00000000-0000-0000-0000-000000000000/shop",
			},
			{
				Pattern: `/integrations/generic/[0-9]+/alert/(?P<secret>[a-z0-9-]+)(?:/.*)?$`, AnyHost: true,
				Example: "http://127.0.0.1:8080/integrations/generic/20131114/alert/00000000-0000-0000-0000-000000000000/shop", Note: "a proxy or a stand-in",
			},
		},
		Shapes: []destination.Shape{destination.Thin("$.message_type"), {"$.message_type", "$.entity_id"}},
		Files:  files,
		Look:   look().Look,
		Visible: []destination.TextRule{
			{Path: "$.entity_display_name", Label: "the name of the alert", Dialect: markup.PlainText},
			{
				Path: "$.state_message", Label: "the message", Dialect: markup.PlainText, Max: 20480, Unit: destination.CodePoints,
				Effect: destination.Unsaid, Soft: true, Note: "Alertmanager uses this limit",
			},
		},
		Unknown: destination.UnknownKept,
		Rules: []string{
			"message_type is CRITICAL, WARNING, ACKNOWLEDGEMENT, INFO or RECOVERY, in upper or lower case; anything else counts as INFO",
			"the same entity_id means the same incident, and RECOVERY ends it",
			"additional fields are shown with the alert",
			"the last part of the URL is the routing key; a wrong one goes to the default route",
		},
		Example: `{"message_type": "CRITICAL", "entity_id": "default/checkout", "entity_display_name": "checkout", "state_message": "checkout is down"}`,
		Read:    read,
		Answers: answers(),

		Endpoint: "/integrations/generic/20131114/alert/00000000-0000-0000-0000-000000000000/standin",
		Respond:  respond,
	}
}

// read reads {"result":"success"|…}.
func read(r webhook.Response) destination.Reading {
	reply, ok := destination.ReadReply(r)
	result := reply.Str("result")
	switch {
	case ok && strings.EqualFold(result, "success"):
		return destination.Reading{}
	case ok && result != "":
		reason := result
		if messages := reply.Str("message"); messages != "" {
			reason += ": " + messages
		}
		return destination.Reading{Outcome: webhook.Rejected, Reason: reason}
	case r.StatusCode < 300:
		return destination.Reading{Doubt: true}
	}
	return destination.Reading{}
}

func answers() []destination.Answer {
	const refused = webhook.Rejected
	return []destination.Answer{
		{Status: 200, Says: `"success"`, Outcome: webhook.Delivered, Hint: "a wrong routing key does not fail: the alert goes to the default route"},
		{Says: "message_type", Outcome: refused, Hint: "message_type is CRITICAL, WARNING, ACKNOWLEDGEMENT, INFO or RECOVERY"},
		{Says: "failure", Outcome: refused, Hint: "check the API key in the URL, and that the REST integration is enabled"},
		{Status: 404, Outcome: refused, Hint: "the URL is https://alert.victorops.com/integrations/generic/20131114/alert/<key>/<routing key>"},
	}
}

func look() message.Flat {
	return message.Flat{
		Badges: []string{"message_type"}, Title: []string{"entity_display_name", "entity_id"}, Body: []string{"state_message"}, Facts: true,
	}
}
