// Package mattermost describes Mattermost's incoming webhooks.
//
// The facts come from the source of mattermost/mattermost (incoming_webhook.go,
// webhook.go, slack.go, post.go, en.json) and its developer documentation of
// 2026-08-19.
package mattermost

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
		Name:    "mattermost",
		Title:   "Mattermost",
		Summary: "a post in a channel, through an incoming webhook",
		Docs:    "https://developers.mattermost.com/integrate/webhooks/incoming/",
		URLs: []destination.URLForm{{
			Pattern: `/hooks/(?P<secret>[a-z0-9]{26})/?$`, AnyHost: true,
			Example: "https://mattermost.example.com/hooks/exampleexampleexampleexamp",
		}},
		Shapes: []destination.Shape{
			{"$.priority.priority"},
			{"$.props", "$.text"},
			{"$.icon_url", "$.username", "$.attachments"},
			{"$.icon_emoji", "$.username", "$.text"},
			{"$.icon_url", "$.username", "$.text"},
		},
		SelfHosted: true,
		Files:      files,
		Limits:     limits(),
		Look:       slack.Look,
		Visible:    visible(),
		Unknown:    destination.UnknownIgnored,
		Null:       destination.NullTaken,
		Controls:   mended,
		Rules: []string{
			"text is required unless there are attachments",
			"type begins with custom_",
			"priority needs a member priority",
			"<!channel>, <!here> and <url|label> work as in Slack; Slack's *bold* does not",
		},
		Extra:   extra,
		Silent:  silent,
		NoPings: "write the name without its @, or print the text as code: Mattermost has no way to escape it",
		Example: `{"username": "Coroot", "icon_url": "https://coroot.com/logo.png", "text": "**checkout** is down"}`,
		Read:    read,
		Answers: answers(),

		Endpoint: "/hooks/standinstandinstandinstand",
		Respond:  respond,
	}
}

func limits() []destination.Limit {
	return []destination.Limit{
		{
			Path: "$.attachments", Label: "the JSON of the attachments", Max: 760000, Unit: destination.CodePoints, Effect: destination.Split,
			Encoded: true, Note: "what does not fit into one post goes into more posts",
		},
	}
}

func visible() []destination.TextRule {
	row := func(path, label string, most int, effect destination.Effect, dialect markup.Dialect) destination.TextRule {
		return destination.TextRule{Path: path, Label: label, Dialect: dialect, Max: most, Unit: destination.CodePoints, Effect: effect}
	}
	const rich, plain = markup.MattermostMarkdown, markup.PlainText
	text := row("$.text", "the text", 16383, destination.Split, rich)
	text.Note = "each post is cut after exactly that many characters, even in the middle of a word"
	return []destination.TextRule{
		row("$.username", "the name of the sender", 0, "", plain),
		text,
		row("$.attachments[*].pretext", "the text before an attachment", 0, "", rich),
		row("$.attachments[*].author_name", "the author of an attachment", 0, "", plain),
		row("$.attachments[*].title", "the title of an attachment", 0, "", plain),
		row("$.attachments[*].text", "the text of an attachment", 0, "", rich),
		row("$.attachments[*].fields[*].title", "the title of a field", 0, "", plain),
		row("$.attachments[*].fields[*].value", "the value of a field", 0, "", rich),
		row("$.attachments[*].footer", "the footer of an attachment", 300, destination.Cut, plain),
	}
}

// fixed reports which raw control characters Mattermost repairs: line feeds and tabs in
// these members, at any depth.
func mended(key string, c byte) bool {
	switch key {
	case "text", "fallback", "pretext", "author_name", "title", "value":
		return c == '\n' || c == '\t'
	}
	return false
}

// extra finds messages without content.
func extra(p *destination.Payload) []destination.Problem {
	attachments := p.Get("attachments")
	if !p.Root.Is(destination.Object) || attachments == nil && p.Get("text") == nil {
		return nil // the schema reports it
	}
	for _, attachment := range attachments.Elems() {
		if !attachment.Is(destination.Null) {
			return nil
		}
	}
	if text := p.Get("text"); text == nil || text.Is(destination.String) && text.Text == "" {
		return []destination.Problem{destination.ProblemAt(p.Root, destination.Error, destination.Refused,
			"there is no text and no attachment: Mattermost answers \"No text specified.\"", "print something for every event")}
	}
	return nil
}

// silent reports whether the post is a silent one.
func silent(p *destination.Payload, _ destination.Ping) bool {
	flag := p.Get("silent")
	return flag.Is(destination.Boolean) && flag.Text == "true"
}

// read reads the text ok, or an error object.
func read(r webhook.Response) destination.Reading {
	if strings.TrimSpace(r.Body) == "ok" {
		return destination.Reading{}
	}
	reply, isObject := destination.ReadReply(r)
	id := reply.Str("id")
	switch {
	case isObject && strings.HasSuffix(id, ".app_error"):
		return destination.Reading{Outcome: webhook.Rejected, Reason: reply.Str("message")}
	case r.StatusCode < 300:
		return destination.Reading{Doubt: true}
	case isObject:
		return destination.Reading{Reason: reply.Str("message")}
	}
	return destination.Reading{}
}

func answers() []destination.Answer {
	const refused = webhook.Rejected
	return []destination.Answer{
		{Status: 200, Says: "ok", Outcome: webhook.Delivered},
		{Says: "incoming_webhook.disabled", Outcome: refused, Hint: "an administrator must enable incoming webhooks in the System Console"},
		{Says: "incoming_webhook.invalid", Outcome: refused, Hint: "the webhook was deleted, or the URL is wrong: copy it again"},
		{Says: "incoming_webhook.text.", Outcome: refused, Hint: "print a text or an attachment for every event"},
		{Says: "incoming_webhook.decode", Outcome: refused, Hint: "the body is not valid JSON, or a field has the wrong type; `hooktool validate` shows where"},
		{Says: "parse_data", Outcome: refused, Hint: "the body is not valid JSON, or a field has the wrong type; `hooktool validate` shows where"},
		{Says: "incoming_webhook.parse", Outcome: refused, Hint: "the body is not valid JSON, or a field has the wrong type; `hooktool validate` shows where"},
		{Says: "incoming_webhook.channel_locked", Outcome: refused, Hint: "leave out channel: this webhook posts only to its own channel"},
		{Says: "incoming_webhook.channel.", Outcome: refused, Hint: "channel is the name in the channel's URL, without #, or @ followed by a user name"},
		{Says: "incoming_webhook.permissions", Outcome: refused, Hint: "the creator of the webhook may not post to this channel"},
		{Says: "incoming_webhook.user", Outcome: refused, Hint: "the creator of the webhook no longer exists"},
		{Says: "split_props_length", Outcome: refused, Hint: "the attachments are too long: cut what can grow with printf \"%.300s\""},
		{Says: "request_body_too_large", Outcome: refused, Hint: "cut what can grow with printf \"%.300s\""},
		{Says: "incoming_webhook.general", Outcome: refused, Hint: "newer servers report only the status: is the URL still right, is the body valid JSON with a text, and does the channel exist?"},
		{Status: 404, Outcome: refused, Hint: "the URL is https://<server>/hooks/<id>: check the server's address and sub-path, and the channel if the payload names one"},
		{Status: 413, Outcome: refused, Hint: "cut what can grow with printf \"%.300s\""},
	}
}
