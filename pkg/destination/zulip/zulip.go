// Package zulip describes Zulip's Slack-compatible webhook, which takes what
// Slack's incoming webhooks take.
//
// The facts come from the source of zulip/zulip
// (zerver/webhooks/slack_incoming/view.py).
package zulip

import (
	"embed"
	"slices"
	"strings"

	"github.com/hooktool/hooktool/pkg/destination"
	"github.com/hooktool/hooktool/pkg/destination/markup"
	"github.com/hooktool/hooktool/pkg/destination/slack"
	"github.com/hooktool/hooktool/pkg/webhook"
)

//go:embed schema.json webhook.yaml *.tmpl
var files embed.FS

// New returns the destination.
func New() *destination.Destination {
	return &destination.Destination{
		Name:    "zulip",
		Title:   "Zulip",
		Summary: "a message in a channel's topic, through the Slack-compatible webhook",
		Docs:    "https://zulip.com/integrations/slack_incoming",
		URLs: []destination.URLForm{
			{
				Pattern: `/api/v1/external/slack_incoming$`, SecretQuery: []string{"api_key"}, AnyHost: true,
				Example: "https://example.zulipchat.com/api/v1/external/slack_incoming?api_key=ExampleExampleExampleExample00&stream=alerts&topic=coroot",
			},
			{
				Pattern: `/api/v1/external/json/?$`, SecretQuery: []string{"api_key"}, AnyHost: true,
				Example: "https://example.zulipchat.com/api/v1/external/json?api_key=ExampleExampleExampleExample00&stream=alerts",
				Note:    "shows JSON of any shape as code", Takes: anyJSON(),
			},
			{
				Pattern: `/api/v1/external/[a-z0-9_]+/?$`, SecretQuery: []string{"api_key"}, AnyHost: true,
				Example: "https://example.zulipchat.com/api/v1/external/grafana?api_key=ExampleExampleExampleExample00&stream=alerts",
				Note:    "the webhook of another integration: use slack_incoming", Takes: other(),
			},
		},
		SelfHosted: true,
		Files:      files,
		Limits: []destination.Limit{
			{
				Path: "$.channel", Label: "channel, which becomes the topic,", Max: 60, Unit: destination.CodePoints, Effect: destination.Unsaid, Soft: true,
			},
		},
		Look:    slack.LookEither,
		Visible: visible(),
		Unknown: destination.UnknownIgnored,
		Null:    destination.NullTaken,
		Rules: []string{
			"text is dropped when blocks or attachments print something; icon_emoji is printed before the text",
			"blocks have the types actions, context, divider, header, image, input, rich_text and section; others are refused; actions and input print nothing",
			"*bold* and <url|label> work as in Slack",
			"channel becomes the topic",
			"the value of a field is a string; an image needs alt_text; a header is plain_text",
			"title_link and image_url need a host with a dot: http://coroot:8080 is refused",
			"an empty message is answered with success, but nothing is posted",
		},
		Extra:   extra,
		NoPings: "keep @** out of the text",
		Example: `{"channel": "coroot", "text": "*checkout* is down"}`,
		Read:    read,
		Answers: answers(),

		Endpoint: "/api/v1/external/slack_incoming?api_key=StandInStandInStandInStandIn0000&stream=alerts&topic=coroot",
		Respond:  respond,
		Throttle: throttle,
	}
}

func visible() []destination.TextRule {
	row := func(path, label string) destination.TextRule {
		return destination.TextRule{
			Path: path, Label: label, Dialect: markup.ZulipSlack, Max: 10000, Unit: destination.CodePoints,
			Effect: destination.Unsaid, Soft: true, Note: "a whole message can have 10000 characters",
		}
	}
	return []destination.TextRule{
		row("$.text", "the text"),
		row("$.blocks[*].text.text", "the text of a block"),
		row("$.blocks[*].fields[*].text", "a field of a block"),
		row("$.blocks[*].elements[*].text", "an element of a block"),
		row("$.attachments[*].title", "the title of an attachment"),
		row("$.attachments[*].pretext", "the text before an attachment"),
		row("$.attachments[*].footer", "the footer of an attachment"),
		row("$.attachments[*].fields[*].title", "the title of a field"),
		row("$.attachments[*].blocks[*].text.text", "the text of a block in an attachment"),
		row("$.attachments[*].text", "the text of an attachment"),
		row("$.attachments[*].fields[*].value", "the value of a field"),
	}
}

// extra finds messages that are answered with success but not posted, and text that is
// dropped.
func extra(p *destination.Payload) []destination.Problem {
	if !p.Root.Is(destination.Object) {
		return nil
	}
	text := p.Get("text")
	prints := slices.ContainsFunc(p.Get("blocks").Elems(), blockPrints) || slices.ContainsFunc(p.Get("attachments").Elems(), attachmentPrints)
	switch {
	case prints && !blank(text):
		return []destination.Problem{destination.ProblemAt(text, destination.Info, destination.Ignored,
			"Zulip drops text when blocks or attachments print something", "put what people must read into them")}
	case !prints && blank(text):
		return []destination.Problem{destination.ProblemAt(p.Root, destination.Error, destination.Ignored,
			"the message is empty: Zulip answers with success, but posts nothing", "print a text for every event; buttons print nothing")}
	}
	return nil
}

func blank(v *destination.Value) bool { return strings.TrimSpace(v.Str()) == "" }

// blockPrints reports whether a block becomes a part of the message: buttons and
// inputs do not.
func blockPrints(block *destination.Value) bool {
	switch block.Get("type").Str() {
	case "divider", "header", "image", "rich_text":
		return true
	case "context":
		return slices.ContainsFunc(block.Get("elements").Elems(), func(piece *destination.Value) bool {
			return piece.Get("type").Str() == "image" || !blank(piece.Get("text"))
		})
	case "section":
		return !blank(block.Get("text", "text")) || block.Get("accessory", "type").Str() == "image" || len(block.Get("fields").Elems()) > 0
	}
	return false
}

func attachmentPrints(attachment *destination.Value) bool {
	for _, name := range []string{"title", "pretext", "text", "image_url", "footer"} {
		if !blank(attachment.Get(name)) {
			return true
		}
	}
	for _, field := range attachment.Get("fields").Elems() {
		if !blank(field.Get("title")) || !blank(field.Get("value")) {
			return true
		}
	}
	return attachment.Get("ts").Is(destination.Number) || slices.ContainsFunc(attachment.Get("blocks").Elems(), blockPrints)
}

// read reads {"result":"success"} and {"result":"error","msg":"…"}.
func read(r webhook.Response) destination.Reading {
	reply, ok := destination.ReadReply(r)
	switch {
	case ok && reply.Str("result") == "error":
		return destination.Reading{Outcome: webhook.Rejected, Reason: reply.Str("msg")}
	case r.StatusCode < 300 && !(ok && reply.Str("result") == "success"):
		return destination.Reading{Doubt: true}
	}
	return destination.Reading{}
}

func answers() []destination.Answer {
	const refused = webhook.Rejected
	return []destination.Answer{
		{Status: 200, Says: `"success"`, Outcome: webhook.Delivered},
		{Says: "malformed", Outcome: refused, Hint: "the body must be a message in Slack's format"},
		{Says: "invalid API key", Outcome: refused, Hint: "copy the bot's URL again, with its api_key"},
		{Says: "stream", Outcome: refused, Hint: "the URL's parameter stream is not a channel that the bot can see"},
		{Status: 400, Outcome: refused, Hint: "the body must be a message in Slack's format: `hooktool destinations zulip`"},
		{Status: 401, Outcome: refused, Hint: "copy the bot's URL again, with its api_key"},
		{Status: 429, Outcome: refused, Hint: "--retries waits as long as Zulip asks"},
	}
}
