// Package zulip describes Zulip's Slack-compatible webhook, which takes what
// Slack's incoming webhooks take.
//
// The facts stem from the source of zulip/zulip
// (zerver/webhooks/slack_incoming/view.py).
package zulip

import (
	"embed"
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
		Summary: "a message in a channel's topic, by the Slack-compatible webhook",
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
		Look:    slack.Look,
		Visible: visible(),
		Unknown: destination.UnknownIgnored,
		Rules: []string{
			"text is used only when blocks and attachments show nothing",
			"blocks are of the types actions, context, divider, header, image, input and section; others are refused",
			"*bold* and <url|label> are taken over from Slack",
			"channel becomes the topic",
			"an empty message is answered with success, and nothing is posted",
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
			Path: path, Label: label, Dialect: markup.SlackMrkdwn, Mentions: markup.ZulipMarkdown, Max: 10000, Unit: destination.CodePoints,
			Effect: destination.Unsaid, Soft: true, Note: "10000 characters are the limit of a whole message",
		}
	}
	return []destination.TextRule{
		row("$.text", "the text"),
		row("$.blocks[*].text.text", "the text of a block"),
		row("$.blocks[*].fields[*].text", "a field of a block"),
		row("$.blocks[*].elements[*].text", "an element of a block"),
		row("$.attachments[*].title", "the title of an attachment"),
		row("$.attachments[*].text", "the text of an attachment"),
		row("$.attachments[*].fields[*].value", "the value of a field"),
	}
}

// extra finds the message that is answered with success and not posted.
func extra(p *destination.Payload) []destination.Problem {
	if !p.Root.Is(destination.Object) || strings.TrimSpace(p.Get("text").Str()) != "" ||
		len(p.Get("blocks").Elems()) > 0 || len(p.Get("attachments").Elems()) > 0 {
		return nil
	}
	return []destination.Problem{destination.ProblemAt(p.Root, destination.Error, destination.Ignored,
		"the message is empty: Zulip answers with success, and posts nothing", "print a text for every event")}
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
		{Says: "malformed", Outcome: refused, Hint: "the body must be a message as Slack takes it"},
		{Says: "invalid API key", Outcome: refused, Hint: "copy the URL of the bot again, with its api_key"},
		{Says: "stream", Outcome: refused, Hint: "the parameter stream of the URL names no channel that the bot can see"},
		{Status: 400, Outcome: refused, Hint: "the body must be a message as Slack takes it: `hooktool destinations zulip`"},
		{Status: 401, Outcome: refused, Hint: "copy the URL of the bot again, with its api_key"},
		{Status: 429, Outcome: refused, Hint: "--retries waits as long as Zulip asks"},
	}
}
