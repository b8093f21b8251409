package pagerduty

import (
	"fmt"
	"net/http"

	"github.com/hooktool/hooktool/pkg/destination"
	"github.com/hooktool/hooktool/pkg/destination/markup"
	"github.com/hooktool/hooktool/pkg/destination/message"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// change is the API for change events, which are not alerts: a deployment belongs
// there.
// https://developer.pagerduty.com/docs/send-change-event
func change() *destination.Destination {
	return &destination.Destination{
		FormName:   "change",
		Title:      "PagerDuty's API for change events",
		Summary:    "a change, such as a deployment, that is shown next to incidents and alerts nobody",
		Docs:       "https://developer.pagerduty.com/docs/send-change-event",
		Files:      files,
		SchemaFile: "change.schema.json",
		Limits: []destination.Limit{
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
			"routing_key and payload with a summary are required; there is no event_action, severity or dedup_key",
			"a change event alerts nobody: send deployments here, and alerts to /v2/enqueue",
		},
		Extra:    extra,
		Example:  `{"routing_key": "R0000000000000000000000000000000", "payload": {"summary": "checkout is being deployed", "source": "coroot"}}`,
		Endpoint: "/v2/change/enqueue",
		Respond: func(c *destination.Call) webhook.Response {
			if c.Method != http.MethodPost {
				return destination.TextAnswer(http.StatusMethodNotAllowed, "Method Not Allowed")
			}
			if _, refused := c.Refused(); refused {
				return destination.JSONAnswer(http.StatusBadRequest, result{Status: "invalid event", Message: "Event object is invalid", Errors: faults(c)})
			}
			return destination.JSONAnswer(http.StatusAccepted, result{Status: "success", Message: "Change event processed"})
		},
	}
}

// integration is the URL of a single integration, which accepts what its vendor sends,
// or what its transformer in JavaScript reads.
// https://www.pagerduty.com/docs/guides/custom-event-transformer
func integration() *destination.Destination {
	return &destination.Destination{
		FormName: "integration",
		Summary:  "JSON for one integration, such as a custom event transformer, which turns it into an event",
		Docs:     "https://www.pagerduty.com/docs/guides/custom-event-transformer",
		Look:     message.UsualNames().Look,
		Unknown:  destination.UnknownKept,
		Rules:    []string{"JSON in the format of this URL's integration, which hooktool does not know"},
		Example:  `{"status": "CRITICAL", "summary": "checkout is down"}`,
		Endpoint: "/integration/00000000000000000000000000000000/enqueue",
		Respond:  accept,
	}
}

// v1 is the Events API v1, the predecessor of v2.
// https://developer.pagerduty.com/docs/events-api-v1-overview
func v1() *destination.Destination {
	return &destination.Destination{
		FormName:      "v1",
		Title:         "PagerDuty's Events API v1",
		Summary:       "an event that triggers, acknowledges or resolves an incident, through the older Events API v1",
		Docs:          "https://developer.pagerduty.com/docs/events-api-v1-overview",
		Files:         files,
		SchemaFile:    "v1.schema.json",
		SecretMembers: []string{"service_key"},
		Look: message.Flat{
			Badges: []string{"event_type"}, Title: []string{"description"}, Link: []string{"client_url"}, Label: []string{"client"}, Facts: true,
			Extras: contexts,
		}.Look,
		Visible: []destination.TextRule{
			{
				Path: "$.description", Label: "the description", Dialect: markup.PlainText, Max: 1024, Unit: destination.CodePoints,
				Effect: destination.Unsaid, Soft: true, Note: "the limit of the current API",
			},
		},
		Unknown:  destination.UnknownUnsaid,
		Rules:    []string{"service_key and event_type (trigger, acknowledge, resolve) are required; trigger also needs a description"},
		Example:  `{"service_key": "00000000000000000000000000000000", "event_type": "trigger", "incident_key": "default/checkout", "description": "checkout is down"}`,
		Endpoint: "/generic/2010-04-15/create_event.json",
		Respond:  accept,
	}
}

// contexts shows the links and pictures of an event of version 1.
func contexts(r *message.Reader) message.Blocks {
	var bs message.Blocks
	var links []message.Button
	for _, context := range r.Root.Get("contexts").Elems() {
		switch context.Get("type").Str() {
		case "image":
			bs.Image(r.Text(context.Get("alt")), context.Get("src").Scalar())
		case "link":
			links = append(links, message.Button{Label: context.First("text", "href").Scalar(), URL: context.Get("href").Scalar()})
		}
	}
	bs.Buttons(links)
	return bs
}

// accept accepts any event that is not refused.
func accept(c *destination.Call) webhook.Response {
	if _, refused := c.Refused(); refused || c.Method != http.MethodPost {
		return destination.JSONAnswer(http.StatusBadRequest, result{Status: "invalid event", Message: "Event object is invalid", Errors: faults(c)})
	}
	key := c.Fields().Str("incident_key")
	if key == "" {
		key = fmt.Sprintf("standin%025d", c.Number)
	}
	return destination.JSONAnswer(http.StatusAccepted, result{Status: "success", Message: "Event processed", DedupKey: key})
}
