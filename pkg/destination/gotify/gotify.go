// Package gotify describes messages to a Gotify server.
//
// The facts come from the source of gotify/server (api/message.go,
// auth/authentication.go, model/message.go, error/handler.go).
package gotify

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
		Name:    "gotify",
		Title:   "Gotify",
		Summary: "a push notification from an application of a Gotify server",
		Docs:    "https://gotify.net/docs/pushmsg",
		URLs: []destination.URLForm{
			{
				Pattern: `/message$`, Query: []string{"token"}, SecretQuery: []string{"token"}, AnyHost: true,
				Example: "https://gotify.example.com/message?token=AExampleExample0",
			},
			{
				Pattern: `^gotify\.[^/]+/message$`,
				Example: "https://gotify.example.com/message", Note: "with the token in the header X-Gotify-Key",
			},
		},
		Shapes:        []destination.Shape{{"$.extras.client::display"}, {"$.message", "$.extras"}},
		SecretHeaders: []string{"X-Gotify-Key", "Authorization"},
		SelfHosted:    true,
		Files:         files,
		Look:          message.Flat{Badges: []string{"priority"}, Title: []string{"title"}, Body: []string{"message"}}.Look,
		Visible: []destination.TextRule{
			{Path: "$.title", Label: "the title", Dialect: markup.PlainText},
			{Path: "$.message", Label: "the message", By: dialect, Dialect: markup.PlainText},
		},
		Unknown: destination.UnknownIgnored,
		Null:    destination.NullTaken,
		Rules: []string{
			"message is required; title is the application's name without one",
			"extras → client::display → contentType text/markdown makes the message Markdown",
			"priority is a whole number, written without a point; extras can contain anything",
			"null means the same as leaving out the field",
			"no limit of the length is known",
		},
		Example: `{"title": "checkout", "message": "**checkout** is down", "priority": 8, "extras": {"client::display": {"contentType": "text/markdown"}}}`,
		Extra:   extra,
		Read:    read,
		Answers: answers(),

		Endpoint: "/message?token=AStandInStandIn",
		Respond:  respond,
	}
}

// extra finds a priority with a decimal point or an exponent, which the server cannot
// read as an integer.
func extra(p *destination.Payload) []destination.Problem {
	priority := p.Get("priority")
	if !priority.Is(destination.Number) || !strings.ContainsAny(priority.Text, ".eE") {
		return nil
	}
	return []destination.Problem{destination.ProblemAt(priority, destination.Error, destination.Refused,
		"priority must be a whole number without a point", "write it as 8")}
}

// dialect is Markdown if the message's extras say so.
func dialect(p *destination.Payload, _ *destination.Value) markup.Dialect {
	if p.Get("extras", "client::display", "contentType").Str() == "text/markdown" {
		return markup.CommonMarkdown
	}
	return markup.PlainText
}

// read reads the message as it was stored, and {"error":"…","errorCode":N,
// "errorDescription":"…"}.
func read(r webhook.Response) destination.Reading {
	reply, ok := destination.ReadReply(r)
	_, hasID := reply.Number("id")
	switch {
	case ok && reply.Str("errorDescription") != "":
		return destination.Reading{Outcome: webhook.Rejected, Reason: reply.Str("errorDescription")}
	case r.StatusCode < 300 && !(ok && hasID):
		return destination.Reading{Doubt: true}
	}
	return destination.Reading{}
}

func answers() []destination.Answer {
	const refused = webhook.Rejected
	return []destination.Answer{
		{Status: 200, Says: `"id"`, Outcome: webhook.Delivered},
		{Says: "'message' is required", Outcome: refused, Hint: "print a message for every event"},
		{Status: 400, Outcome: refused, Hint: "is the body valid JSON, message a text, and priority a number?"},
		{Status: 401, Outcome: refused, Hint: "the token is that of an application, not of a client: give ?token=… or the header X-Gotify-Key"},
		{Status: 403, Outcome: refused, Hint: "the token is that of an application, not of a client"},
		{Status: 404, Outcome: refused, Hint: "the URL ends in /message"},
	}
}
