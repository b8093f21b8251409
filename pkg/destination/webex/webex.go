// Package webex describes Webex's incoming webhooks.
//
// The facts come from Apprise of 2026-08-20 and Alertmanager's sender; Webex documents
// little of this.
package webex

import (
	"embed"
	"strings"

	"github.com/hooktool/hooktool/pkg/destination"
	"github.com/hooktool/hooktool/pkg/destination/markup"
	"github.com/hooktool/hooktool/pkg/destination/message"
	"github.com/hooktool/hooktool/pkg/destination/teams"
	"github.com/hooktool/hooktool/pkg/webhook"
)

//go:embed schema.json webhook.yaml *.tmpl
var files embed.FS

// New returns the destination.
func New() *destination.Destination {
	return &destination.Destination{
		Name:    "webex",
		Title:   "Webex",
		Aliases: []string{"cisco-webex", "webexteams"},
		Summary: "a message in a space, through an incoming webhook",
		Docs:    "https://apphub.webex.com/applications/incoming-webhooks-cisco-systems-38054-23307-75252",
		URLs: []destination.URLForm{
			{
				Pattern: `^(?:webexapis\.com|api\.ciscospark\.com)/v1/webhooks/incoming/(?P<secret>[a-z0-9_-]+)$`,
				Example: "https://webexapis.com/v1/webhooks/incoming/ExampleExampleExampleExampleExampleExample0000",
			},
			{
				Pattern: `^(?:webexapis\.com|api\.ciscospark\.com)/v1/messages$`,
				Example: "https://webexapis.com/v1/messages",
				Note:    "the bot API needs roomId in the body and the header Authorization: Bearer …",
			},
			{
				Pattern: `/v1/webhooks/incoming/(?P<secret>[a-z0-9_-]+)$`, AnyHost: true, Distinct: true,
				Example: "http://127.0.0.1:8080/v1/webhooks/incoming/ExampleExampleExampleExampleExampleExample0000", Note: "a proxy or a stand-in",
			},
		},
		Shapes:        []destination.Shape{destination.Thin("$.markdown")},
		SecretHeaders: []string{"Authorization"},
		Files:         files,
		Look:          message.Flat{Body: []string{"markdown", "text"}, Extras: cards}.Look,
		Visible: []destination.TextRule{
			text("$.markdown", "the message", markup.WebexMarkdown),
			text("$.text", "the text", markup.PlainText),
		},
		Unknown: destination.UnknownUnsaid,
		Rules:   []string{"markdown or text is required"},
		NoPings: "keep <@ out of the text",
		Example: `{"markdown": "**checkout** is down"}`,
		Read:    read,
		Answers: answers(),

		Endpoint: "/v1/webhooks/incoming/StandInStandInStandInStandInStandIn000000",
		Respond:  respond,
		Throttle: throttle,
	}
}

func text(path, label string, dialect markup.Dialect) destination.TextRule {
	return destination.TextRule{
		Path: path, Label: label, Dialect: dialect, Max: 7439, Unit: destination.Bytes, Effect: destination.Refused, Soft: true,
		Note: "this is the bot API's limit; that of incoming webhooks may be lower",
	}
}

// read reads the errors of the API: {"message":"…","errors":[…]}.
func read(r webhook.Response) destination.Reading {
	if reply, ok := destination.ReadReply(r); ok && r.StatusCode >= 300 {
		return destination.Reading{Outcome: webhook.Rejected, Reason: reply.Str("message")}
	}
	return destination.Reading{}
}

func answers() []destination.Answer {
	const refused = webhook.Rejected
	return []destination.Answer{
		{Status: 204, Outcome: webhook.Delivered},
		{Status: 200, Outcome: webhook.Delivered},
		{Status: 400, Outcome: refused, Hint: "the body must have markdown or text, not too long, for every event"},
		{Status: 401, Outcome: refused, Hint: "the token is wrong or has expired"},
		{Status: 404, Outcome: refused, Hint: "the webhook was removed, or the URL is wrong: copy it again"},
		{Status: 429, Outcome: refused, Hint: "--retries waits as long as Webex asks"},
	}
}

// cards are the Adaptive Cards of a message.
func cards(r *message.Reader) message.Blocks {
	var bs message.Blocks
	for _, attachment := range r.Root.Get("attachments").Elems() {
		if strings.HasSuffix(attachment.Get("contentType").Str(), "card.adaptive") {
			bs.Card("", teams.Card(r, attachment.Get("content")))
		}
	}
	return bs
}
