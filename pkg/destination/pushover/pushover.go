// Package pushover describes Pushover's Message API.
//
// The facts come from pushover.net/api and from Alertmanager's sender.
package pushover

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
	row := func(path, label string, most int) destination.TextRule {
		return destination.TextRule{Path: path, Label: label, Dialect: markup.PlainText, Max: most, Unit: destination.CodePoints, Effect: destination.Refused}
	}
	text := row("$.message", "the message", 1024)
	text.By = dialect
	urlTitle := row("$.url_title", "the title of the URL", 100)
	urlTitle.Soft = true
	return &destination.Destination{
		Name:    "pushover",
		Title:   "Pushover",
		Summary: "a push notification to a user or a group, from an application",
		Docs:    "https://pushover.net/api",
		URLs: []destination.URLForm{
			{
				Pattern: `^api\.pushover\.net/1/messages\.json$`, SecretQuery: []string{"token", "user"},
				Example: "https://api.pushover.net/1/messages.json", Note: "the secrets are token and user in the body",
			},
			{
				Pattern: `/1/messages\.json$`, SecretQuery: []string{"token", "user"}, AnyHost: true,
				Example: "http://127.0.0.1:8080/1/messages.json", Note: "a proxy or a stand-in",
			},
		},
		Shapes:        []destination.Shape{{"$.token", "$.user", "$.message"}},
		SecretMembers: []string{"token", "user"},
		Files:         files,
		Limits: []destination.Limit{
			{Path: "$.url", Label: "the URL", Max: 512, Unit: destination.CodePoints, Effect: destination.Refused},
		},
		Look:    message.Flat{Title: []string{"title"}, Body: []string{"message"}, Link: []string{"url"}, Label: []string{"url_title"}}.Look,
		Visible: []destination.TextRule{row("$.title", "the title", 250), text, urlTitle},
		Unknown: destination.UnknownUnsaid,
		Rules: []string{
			"token, user and message are required",
			"priority is a number from -2 to 2; 2 needs retry of at least 30 and expire, in seconds",
			"html and monospace cannot be combined",
		},
		Extra:   extra,
		Example: `{"token": "aExampleExampleExampleExample0", "user": "uExampleExampleExampleExample0", "title": "checkout", "message": "checkout is down", "priority": 1}`,
		Read:    read,
		Answers: answers(),

		Endpoint: "/1/messages.json",
		Respond:  respond,
		Throttle: throttle,
	}
}

// dialect is HTML if the message says so.
func dialect(p *destination.Payload, _ *destination.Value) markup.Dialect {
	if on(p.Get("html")) {
		return markup.PushoverHTML
	}
	return markup.PlainText
}

func on(flag *destination.Value) bool { return flag != nil && flag.Text == "1" }

func extra(p *destination.Payload) []destination.Problem {
	if on(p.Get("html")) && on(p.Get("monospace")) {
		return []destination.Problem{destination.ProblemAt(p.Get("monospace"), destination.Error, destination.Refused,
			"html and monospace cannot be combined", "remove one of them")}
	}
	return nil
}

// read reads {"status":1,"request":"…"} and {"status":0,"errors":[…]}.
func read(r webhook.Response) destination.Reading {
	reply, ok := destination.ReadReply(r)
	status, has := reply.Number("status")
	switch {
	case ok && has && status == 1:
		return destination.Reading{}
	case ok && has:
		return destination.Reading{Outcome: webhook.Rejected, Reason: reply.Strings("errors")}
	case r.StatusCode < 300:
		return destination.Reading{Doubt: true}
	}
	return destination.Reading{}
}

func answers() []destination.Answer {
	const refused = webhook.Rejected
	return []destination.Answer{
		{Status: 200, Says: `"status":1`, Outcome: webhook.Delivered},
		{Says: "token is invalid", Outcome: refused, Hint: "token is the API token of an application"},
		{Says: "user identifier", Outcome: refused, Hint: "user is the key of a user or a group"},
		{Says: "user key", Outcome: refused, Hint: "user is the key of a user or a group"},
		{Says: "message cannot be blank", Outcome: refused, Hint: "print a message for every event"},
		{Status: 400, Outcome: refused, Hint: "the answer names the field; `hooktool destinations pushover` lists the rules"},
		{Status: 429, Outcome: refused, Hint: "the application has used up its messages for the month"},
	}
}
