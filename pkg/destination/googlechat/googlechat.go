// Package googlechat describes Google Chat's incoming webhooks.
//
// The facts come from developers.google.com/workspace/chat (spaces.messages, limits)
// and from Apprise of 2026-08-20.
package googlechat

import (
	"embed"

	"github.com/hooktool/hooktool/pkg/destination"
	"github.com/hooktool/hooktool/pkg/webhook"
)

//go:embed schema.json webhook.yaml *.tmpl
var files embed.FS

// New returns the destination.
func New() *destination.Destination {
	return &destination.Destination{
		Name:    "googlechat",
		Title:   "Google Chat",
		Aliases: []string{"google-chat", "gchat"},
		Summary: "a message in a space, by the webhook of that space",
		Docs:    "https://developers.google.com/workspace/chat/quickstart/webhooks",
		URLs: []destination.URLForm{
			{
				Pattern: `^chat\.googleapis\.com/v1/spaces/[a-z0-9_-]+/messages$`, SecretQuery: []string{"key", "token"},
				Example: "https://chat.googleapis.com/v1/spaces/AAAAexample/messages?key=ExampleExampleExample00&token=ExampleExampleExample01",
			},
			{
				Pattern: `/v1/spaces/[a-z0-9_-]+/messages$`, SecretQuery: []string{"key", "token"}, AnyHost: true,
				Example: "http://127.0.0.1:8080/v1/spaces/AAAAexample/messages?key=ExampleExampleExample00&token=ExampleExampleExample01",
				Note:    "a proxy or a stand-in",
			},
		},
		Shapes: []destination.Shape{{"$.cardsV2"}, {"$.cardsV2", "$.text"}},
		Files:  files,
		Limits: []destination.Limit{
			{Path: destination.WholeBody, Label: "the message with its cards", Max: 32000, Unit: destination.Bytes, Effect: destination.Refused},
		},
		Look:    show,
		Visible: visible(),
		Unknown: destination.UnknownRefused,
		Null:    destination.NullTaken,
		Extra:   extra,
		Rules: []string{
			"text or cardsV2 is required; cards of version 1 are taken too",
			"an unknown name is refused anywhere; the names of the protocol buffer, such as cards_v2, are accepted too",
			"a widget contains one thing: a textParagraph or a decoratedText, not both",
			"in text *bold*, _italic_, ~strike~, `code` and <url|label> are markup",
			"the texts of widgets are HTML: <b>, <i>, <u>, <s>, <font color>, <a href>, <br>, and < as &lt;; other tags vanish",
		},
		NoPings: "keep < out of the text, so it cannot contain <users/all>",
		Example: `{"text": "*checkout* is down", "cardsV2": [{"cardId": "alert", "card": {"header": {"title": "checkout"}, "sections": [{"widgets": [{"textParagraph": {"text": "down"}}]}]}}]}`,
		Read:    read,
		Answers: answers(),

		Endpoint: "/v1/spaces/AAAAStandIn/messages?key=StandInStandIn000000&token=StandInStandIn000000",
		Respond:  respond,
		Throttle: throttle,
	}
}

// read reads {"name":"spaces/…"} and {"error":{"code":…,"message":"…"}}.
func read(r webhook.Response) destination.Reading {
	reply, ok := destination.ReadReply(r)
	switch {
	case ok && reply.Str("error", "message") != "":
		return destination.Reading{Outcome: webhook.Rejected, Reason: reply.Str("error", "message")}
	case r.StatusCode < 300 && !(ok && reply.Str("name") != ""):
		return destination.Reading{Doubt: true}
	}
	return destination.Reading{}
}

func answers() []destination.Answer {
	const refused = webhook.Rejected
	return []destination.Answer{
		{Status: 200, Says: `"name"`, Outcome: webhook.Delivered},
		{Says: "unknown name", Outcome: refused, Hint: "the answer names a field that a message does not have"},
		{Says: "invalid JSON payload", Outcome: refused, Hint: "the answer says where; `hooktool validate` shows it too"},
		{Status: 400, Outcome: refused, Hint: "the body must have text or cardsV2 for every event"},
		{Status: 401, Outcome: refused, Hint: "copy the URL again, with its key and token"},
		{Status: 403, Outcome: refused, Hint: "copy the URL again, with its key and token; the space may forbid webhooks"},
		{Status: 404, Outcome: refused, Hint: "the space or the webhook was removed: copy the URL again"},
		{Status: 429, Outcome: refused, Hint: "the space gets too many messages: try again later"},
	}
}
