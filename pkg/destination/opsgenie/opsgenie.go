// Package opsgenie describes Opsgenie's Alert API.
//
// The facts come from docs.opsgenie.com (alerts-and-alert-fields, response),
// opsgenie/opsgenie-go-sdk-v2, and Atlassian's pages about its end of life.
package opsgenie

import (
	"embed"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/hooktool/hooktool/pkg/destination"
	"github.com/hooktool/hooktool/pkg/destination/markup"
	"github.com/hooktool/hooktool/pkg/webhook"
)

//go:embed schema.json webhook.yaml *.tmpl
var files embed.FS

// New returns the destination.
func New() *destination.Destination {
	d := AlertAPI("opsgenie", "Opsgenie")
	d.Summary = "an alert, through the Alert API with an integration's key"
	d.Docs = "https://docs.opsgenie.com/docs/alert-api"
	d.EndOfLife = "Opsgenie shuts down on 5 April 2027: its API works until then, and an account is closed 120 days after its migration; the successor is Jira Service Management (jsm), which takes the same body at another URL"
	d.URLs = []destination.URLForm{
		{
			Pattern: `^api(?:\.eu|\.sandbox)?\.opsgenie\.com/v2/alerts/?$`,
			Example: "https://api.opsgenie.com/v2/alerts", Note: "the secret is the header Authorization: GenieKey …",
		},
		{
			Pattern: `^api(?:\.eu|\.sandbox)?\.opsgenie\.com/v2/alerts/[^/]+/(?:close|acknowledge|notes)$`,
			Example: "https://api.opsgenie.com/v2/alerts/default-checkout/close?identifierType=alias",
			Note:    "closes or changes one alert, so it cannot serve all events",
		},
		{
			Pattern: `^[^/]+/v2/alerts/?$`, AnyHost: true,
			Example: "http://127.0.0.1:8080/v2/alerts", Note: "a proxy or a stand-in",
		},
	}
	d.Shapes = []destination.Shape{
		{"$.message", "$.alias"},
		{"$.message", "$.responders"},
		destination.Thin("$.message", "$.description", "$.priority"),
		{"$.message", "$.alias", "$.priority"},
	}
	return d
}

// AlertAPI returns what Opsgenie and its successor have in common.
func AlertAPI(name, title string) *destination.Destination {
	return &destination.Destination{
		Name:          name,
		Title:         title,
		SecretHeaders: []string{"Authorization"},
		Files:         files,
		Limits:        limits(),
		Look:          Look,
		Visible:       visible(),
		Unknown:       destination.UnknownUnsaid,
		Rules: []string{
			"message is required",
			"priority is P1 to P5",
			"the values of details are strings",
			"the same alias means the same alert; closing an alert takes another URL, so a template cannot do it",
			"the answer 202 means that the request was queued",
		},
		Example: `{"message": "checkout is down", "alias": "default/checkout", "priority": "P1", "source": "coroot"}`,
		Read:    read,
		Answers: answers(name),

		Endpoint: "/v2/alerts",
		Respond:  respond,
		Throttle: throttle,
	}
}

func limits() []destination.Limit {
	row := func(path, label string, most int, unit destination.Unit, effect destination.Effect) destination.Limit {
		return destination.Limit{Path: path, Label: label, Max: most, Unit: unit, Effect: effect}
	}
	const chars, items = destination.CodePoints, destination.Items
	details := row("$.details", "the text of all details together", 8000, chars, destination.Unsaid)
	details.SumOf = []string{"$.details.*"}
	return []destination.Limit{
		row("$.alias", "alias", 512, chars, destination.Unsaid),
		row("$.responders", "the list of responders", 50, items, destination.Ignored),
		row("$.visibleTo", "the list in visibleTo", 50, items, destination.Ignored),
		row("$.actions", "the list of actions", 10, items, destination.Unsaid),
		row("$.tags", "the list of tags", 20, items, destination.Unsaid),
		row("$.tags[*]", "a tag", 50, chars, destination.Unsaid),
		row("$.entity", "entity", 512, chars, destination.Unsaid),
		row("$.source", "source", 100, chars, destination.Unsaid),
		row("$.user", "user", 100, chars, destination.Unsaid),
		details,
	}
}

func visible() []destination.TextRule {
	row := func(path, label string, most int) destination.TextRule {
		return destination.TextRule{Path: path, Label: label, Dialect: markup.PlainText, Max: most, Unit: destination.CodePoints, Effect: destination.Unsaid}
	}
	message := row("$.message", "the message", 130)
	message.Note = "put the rest into description"
	return []destination.TextRule{
		message,
		row("$.description", "the description", 15000),
		row("$.note", "the note", 25000),
		row("$.details.*", "a detail", 0),
	}
}

// read reads {"result":"…","requestId":"…"} and {"message":"…","errors":{…}}.
func read(r webhook.Response) destination.Reading {
	reply, ok := destination.ReadReply(r)
	switch {
	case ok && reply.Str("result") != "":
		return destination.Reading{Outcome: webhook.Accepted}
	case ok && reply.Str("message") != "":
		return destination.Reading{Outcome: webhook.Rejected, Reason: reason(reply)}
	case r.StatusCode < 300:
		return destination.Reading{Doubt: true}
	}
	return destination.Reading{}
}

func reason(reply destination.Reply) string {
	text := reply.Str("message")
	errors, _ := reply["errors"].(map[string]any)
	var faults []string
	for _, field := range slices.Sorted(maps.Keys(errors)) {
		faults = append(faults, fmt.Sprintf("%s: %v", field, errors[field]))
	}
	if len(faults) > 0 {
		text += " " + strings.Join(faults, "; ")
	}
	return text
}

func answers(name string) []destination.Answer {
	const refused = webhook.Rejected
	return []destination.Answer{
		{
			Status: 202, Outcome: webhook.Accepted, Meaning: "the request was queued; whether it becomes an alert is not reported",
			Hint: "look at the list of alerts, or query the request by its requestId",
		},
		{Status: 401, Outcome: refused, Hint: "add the header Authorization: GenieKey <key> with the key of an API integration that is turned on"},
		{Status: 402, Outcome: refused, Hint: "the plan does not allow it"},
		{Status: 403, Outcome: refused, Hint: "the key may not create alerts: check the integration's permissions, and whether the host is the one for your region"},
		{Status: 415, Outcome: refused, Hint: "leave out the custom header Content-Type"},
		{Status: 422, Outcome: refused, Hint: "the answer names the field; `hooktool destinations " + name + "` lists the rules"},
		{Status: 400, Outcome: refused, Hint: "the body is not valid JSON: `hooktool validate` shows where"},
		{Status: 429, Outcome: refused, Hint: "there are too many requests per minute for the plan"},
	}
}
