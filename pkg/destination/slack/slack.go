// Package slack describes Slack's incoming webhooks.
//
// The facts come from Slack's API documentation and changelog, and from its SDKs for
// Python and Node, which define the blocks, their elements and their limits. That an
// unknown member of a block is refused, and that an attachment with blocks may contain
// little else, is known from public threads: slack-go#588, slack-go#1414,
// node-slack-sdk#1112.
package slack

import (
	"embed"
	"strings"

	"github.com/hooktool/hooktool/pkg/destination"
	"github.com/hooktool/hooktool/pkg/destination/markup"
	"github.com/hooktool/hooktool/pkg/webhook"
)

//go:embed schema.json trigger.schema.json webhook.yaml *.tmpl
var files embed.FS

// New returns the destination.
func New() *destination.Destination {
	return &destination.Destination{
		Name:    "slack",
		Title:   "Slack",
		Summary: "a message in a channel, through an incoming webhook",
		Docs:    "https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks",
		URLs: []destination.URLForm{
			{
				Pattern: `^hooks\.slack(?:-gov)?\.com/services/(?P<secret1>[a-z0-9]+)/(?P<secret2>[a-z0-9]+)/(?P<secret3>[a-z0-9]+)/?$`,
				Example: "https://hooks.slack.com/services/T00000000/B00000000/ExampleExampleExample000",
			},
			{
				Pattern: `^hooks\.slack(?:-gov)?\.com/(?:workflows|triggers)/(?P<secret>.+)$`,
				Example: "https://hooks.slack.com/triggers/T00000000/0000000000000/00000000000000000000000000000000",
				Takes:   trigger(),
				Note:    "a workflow trigger takes the workflow's flat variables, not a message",
			},
			{
				Pattern: `^(?:[a-z0-9-]+\.)?slack\.com/api/chat\.postMessage$`,
				Example: "https://slack.com/api/chat.postMessage",
				Note:    "the Web API needs a channel in the body and an Authorization header with a bot token",
			},
			{
				Pattern: `/services/(?P<secret1>T[a-z0-9]+)/(?P<secret2>B[a-z0-9]+)/(?P<secret3>[a-z0-9]+)/?$`, AnyHost: true,
				Example: "http://127.0.0.1:8080/services/T00000000/B00000000/ExampleExampleExample000",
				Note:    "a proxy or a stand-in",
			},
		},
		Shapes:        []destination.Shape{{"$.blocks"}, {"$.attachments[*].blocks"}, {"$.unfurl_links"}},
		SecretHeaders: []string{"Authorization"},
		Files:         files,
		Limits:        limits(),
		Look:          Look,
		Visible:       visible(),
		Unknown:       destination.UnknownUnsaid,
		Rules: []string{
			"text, blocks or attachments are required; if there are blocks, notifications show text",
			"in text, write &, < and > as &amp;, &lt; and &gt;; nothing else is escaped",
			"in blocks and everything inside them an unknown field is refused: invalid_blocks",
			"an attachment with blocks may otherwise have only color and fallback: invalid_attachments",
			"the URLs of buttons and images begin with https:// or http://",
			"the webhook of a Slack app ignores channel, username, icon_url and icon_emoji",
		},
		Silent:  silent,
		NoPings: "write < in text as &lt;, or use a plain_text object",
		Example: `{"text": "*checkout* is down", "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "*checkout* is down"}}]}`,
		Read:    read,
		Answers: answers(),

		Endpoint: "/services/T00000000/B00000000/StandInStandInStandIn000",
		Respond:  respond,
		Throttle: throttle,
	}
}

func limits() []destination.Limit {
	row := func(path, label string, most int, unit destination.Unit) destination.Limit {
		return destination.Limit{Path: path, Label: label, Max: most, Unit: unit, Effect: destination.Refused}
	}
	const chars, items = destination.CodePoints, destination.Items
	return []destination.Limit{
		row("$.blocks", "the list of blocks", 50, items),
		row("$.attachments", "the list of attachments", 100, items),
		row("$.attachments[*].blocks", "the list of an attachment's blocks", 50, items),
		row("$..[type=section].fields", "the list of a section's fields", 10, items),
		row("$..[type=context].elements", "the list of a context's elements", 10, items),
		row("$..[type=actions].elements", "the list of elements in an actions block", 25, items),
		row("$..[type=button].value", "the value of a button", 2000, chars),
		row("$..[type=button].url", "the URL of a button", 3000, chars),
		row("$..[type=image].image_url", "the URL of an image", 3000, chars),
		row("$..[type=image].alt_text", "the alternative text of an image", 2000, chars),
		row("$..block_id", "block_id", 255, chars),
		row("$..action_id", "action_id", 255, chars),
		row("$.attachments[*].actions", "the list of an attachment's actions", 5, items),
	}
}

func visible() []destination.TextRule {
	row := func(path, label string, most int) destination.TextRule {
		return destination.TextRule{
			Path: path, Label: label, By: textObject, Dialect: markup.SlackMrkdwn,
			Max: most, Unit: destination.CodePoints, Effect: destination.Refused,
		}
	}
	text := row("$.text", "the text", 40000)
	text.Effect, text.Note = destination.Cut, "texts of more than about 4000 characters can be split"
	footer := row("$.attachments[*].footer", "the footer of an attachment", 300)
	footer.Effect = destination.Unsaid
	return []destination.TextRule{
		text,
		row("$..[type=header].text.text", "the text of a header", 150),
		row("$..[type=section].text.text", "the text of a section", 3000),
		row("$..[type=section].fields[*].text", "a field of a section", 2000),
		row("$..[type=context].elements[*].text", "the text of a context", 3000),
		row("$..[type=button].text.text", "the text of a button", 75),
		row("$..[type=markdown].text", "the text of a markdown block", 12000),
		row("$..[type=alert].text.text", "the text of an alert", 3000),
		row("$..[type=card].title.text", "the title of a card", 0),
		row("$..[type=card].subtitle.text", "the subtitle of a card", 0),
		row("$..[type=card].body.text", "the body of a card", 0),
		row("$..[type=container].title.text", "the title of a container", 0),
		row("$..[type=container].subtitle.text", "the subtitle of a container", 0),
		row("$..[type=video].title.text", "the title of a video", 0),
		row("$..[type=video].description.text", "the description of a video", 0),
		row("$..[type=image].title.text", "the title of an image", 0),
		row("$.attachments[*].pretext", "the text before an attachment", 0),
		row("$.attachments[*].author_name", "the author of an attachment", 0),
		row("$.attachments[*].title", "the title of an attachment", 0),
		row("$.attachments[*].text", "the text of an attachment", 0),
		row("$.attachments[*].fields[*].title", "the title of a field", 0),
		row("$.attachments[*].fields[*].value", "the value of a field", 0),
		footer,
	}
}

// textObject returns the dialect that the object around a text sets.
func textObject(p *destination.Payload, v *destination.Value) markup.Dialect {
	switch v.Parent().Get("type").Str() {
	case "plain_text":
		return markup.PlainText
	case "markdown":
		return markup.CommonMarkdown
	}
	if mrkdwn := p.Get("mrkdwn"); v.Parent() == p.Root && mrkdwn.Is(destination.Boolean) && mrkdwn.Text == "false" {
		return markup.PlainText
	}
	return markup.SlackMrkdwn
}

// silent reports that a bare @channel does not ping unless link_names or parse ask for
// it; <!channel> always does.
func silent(p *destination.Payload, ping destination.Ping) bool {
	if strings.HasPrefix(ping.Name, "<") {
		return false
	}
	links := p.Get("link_names")
	return !(links != nil && (links.Text == "1" || links.Text == "true") || p.Get("parse").Str() == "full")
}

// read reads the plain text of a webhook's answer, or the object of the Web
// API's.
func read(r webhook.Response) destination.Reading {
	if reply, ok := destination.ReadReply(r); ok {
		success, has := reply.Bool("ok")
		switch {
		case has && !success:
			return destination.Reading{Outcome: webhook.Rejected, Reason: reply.Str("error")}
		case has:
			return destination.Reading{}
		}
	}
	text := strings.TrimSpace(r.Body)
	switch {
	case text == "ok":
		return destination.Reading{}
	case text == "" && r.StatusCode < 300:
		return destination.Reading{Doubt: true}
	case r.StatusCode < 300: // everything except "ok" is a failure
		return destination.Reading{Outcome: webhook.Rejected, Reason: "Slack answers " + text + ", not ok"}
	case strings.ContainsAny(text, "<>"): // a page for people
		return destination.Reading{}
	}
	return destination.Reading{Reason: text}
}

func answers() []destination.Answer {
	const refused = webhook.Rejected
	return []destination.Answer{
		{Status: 200, Says: "ok", Outcome: webhook.Delivered},
		{Says: "invalid_payload", Outcome: refused, Meaning: "the body is not JSON, or not a message", Hint: "`hooktool validate` shows where"},
		{Says: "invalid_blocks", Outcome: refused, Meaning: "a block has the wrong shape or is too long", Hint: "`hooktool destinations slack` lists the limits"},
		{Says: "invalid_attachments", Outcome: refused, Meaning: "an attachment has the wrong shape", Hint: "an attachment with blocks may otherwise have only color and fallback; `hooktool validate` shows where"},
		{Says: "msg_blocks_too_long", Outcome: refused, Meaning: "the texts of all blocks together are too long", Hint: "cut what can grow with printf \"%.300s\""},
		{Says: "no_text", Outcome: refused, Meaning: "the message is empty", Hint: "print text, blocks or attachments for every event"},
		{Says: "missing_text_or_fallback_or_attachments", Outcome: refused, Meaning: "the message is empty", Hint: "print text, blocks or attachments for every event"},
		{Says: "too_many_attachments", Outcome: refused, Meaning: "there are more than 100 attachments"},
		{Says: "no_service", Outcome: refused, Meaning: "the webhook was disabled or removed, or the URL is wrong", Hint: "create a new webhook in the settings of the Slack app"},
		{Says: "no_active_hooks", Outcome: refused, Meaning: "the webhook was disabled", Hint: "create a new webhook in the settings of the Slack app"},
		{Says: "invalid_token", Outcome: refused, Meaning: "the URL is wrong", Hint: "copy the URL again"},
		{Says: "not_authed", Outcome: refused, Meaning: "there is no token", Hint: "add the header Authorization: Bearer xoxb-…"},
		{Says: "invalid_auth", Outcome: refused, Meaning: "the token is wrong", Hint: "check the header Authorization: Bearer xoxb-…"},
		{Says: "no_team", Outcome: refused, Meaning: "the workspace of the URL does not exist", Hint: "copy the URL again"},
		{Says: "team_disabled", Outcome: refused, Meaning: "the workspace was disabled"},
		{Says: "user_not_found", Outcome: refused, Meaning: "the user does not exist"},
		{Says: "channel_not_found", Outcome: refused, Meaning: "the channel does not exist, or the app is not in it"},
		{Says: "channel_is_archived", Outcome: refused, Meaning: "the channel was archived", Hint: "create a webhook for another channel"},
		{Says: "action_prohibited", Outcome: refused, Meaning: "an administrator has forbidden it"},
		{Says: "posting_to_general_channel_denied", Outcome: refused, Meaning: "an administrator has forbidden posts to the general channel"},
		{Says: "rollup_error", Outcome: refused, Meaning: "Slack has an internal error", Hint: "try again later"},
		{Status: 429, Outcome: refused, Meaning: "Slack takes about one message per second", Hint: "--retries waits as long as Slack asks"},
		{Status: 404, Outcome: refused, Hint: "the webhook was removed, or the URL is wrong: copy it again"},
		{Status: 410, Outcome: refused, Hint: "create a webhook for another channel"},
	}
}
