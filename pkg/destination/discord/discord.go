// Package discord describes Discord's webhooks.
//
// The facts come from discord/discord-api-docs of 2026-08-06: webhook.mdx, message.mdx,
// user.mdx, rate-limits.mdx, opcodes-and-status-codes.mdx, and from public threads: the
// URL of an embed needs a host with a dot (alertmanager-discord#19), and other ways to
// write a time are taken (discord.py#633). The unit of its lengths is not documented;
// Alertmanager and Grafana count code points.
package discord

import (
	"embed"
	"fmt"
	"strings"

	"github.com/hooktool/hooktool/pkg/destination"
	"github.com/hooktool/hooktool/pkg/destination/markup"
	"github.com/hooktool/hooktool/pkg/webhook"
)

//go:embed schema.json slack.schema.json webhook.yaml *.tmpl
var files embed.FS

// New returns the destination.
func New() *destination.Destination {
	return &destination.Destination{
		Name:    "discord",
		Title:   "Discord",
		Summary: "a message in a channel, through the channel's webhook",
		Docs:    "https://discord.com/developers/docs/resources/webhook#execute-webhook",
		URLs: []destination.URLForm{
			{
				Pattern: `^(?:(?:ptb|canary)\.)?discord(?:app)?\.com/api/(?:v[0-9]+/)?webhooks/[0-9]+/(?P<secret>[a-z0-9_-]+)/?$`,
				Query:   []string{"with_components=true"},
				Example: "https://discord.com/api/webhooks/1234567890123456789/ExampleExample_token-Example?with_components=true",
				Note:    "shows components too: for a webhook created by a person, only links and texts",
				Takes:   withComponents(),
			},
			{
				Pattern: `^(?:(?:ptb|canary)\.)?discord(?:app)?\.com/api/(?:v[0-9]+/)?webhooks/[0-9]+/(?P<secret>[a-z0-9_-]+)/?$`,
				Example: "https://discord.com/api/webhooks/1234567890123456789/ExampleExample_token-Example",
			},
			{
				Pattern: `^(?:(?:ptb|canary)\.)?discord(?:app)?\.com/api/(?:v[0-9]+/)?webhooks/[0-9]+/(?P<secret>[a-z0-9_-]+)/slack/?$`,
				Example: "https://discord.com/api/webhooks/1234567890123456789/ExampleExample_token-Example/slack",
				Note:    "takes Slack's messages: leave out the last part to send Discord's own",
				Takes:   asSlack(),
			},
			{
				Pattern: `^(?:(?:ptb|canary)\.)?discord(?:app)?\.com/api/(?:v[0-9]+/)?webhooks/[0-9]+/(?P<secret>[a-z0-9_-]+)/github/?$`,
				Example: "https://discord.com/api/webhooks/1234567890123456789/ExampleExample_token-Example/github",
				Note:    "takes GitHub's events, which Coroot does not send: leave out the last part",
				Takes:   asGitHub(),
			},
			{
				Pattern: `/api/(?:v[0-9]+/)?webhooks/[0-9]+/(?P<secret>[a-z0-9_-]+)/?$`, AnyHost: true,
				Example: "http://127.0.0.1:8080/api/webhooks/1234567890123456789/ExampleExample_token-Example",
				Note:    "a proxy or a stand-in",
			},
		},
		Shapes:  []destination.Shape{destination.Thin("$.content"), {"$.embeds"}, {"$.allowed_mentions"}, {"$.embeds", "$.content"}},
		Files:   files,
		Limits:  limits(),
		Look:    showWithout,
		Visible: visible(),
		Unknown: destination.UnknownUnsaid,
		Null:    destination.NullTaken,
		Rules: []string{
			"at least one of content, embeds, components and poll is required and must not be empty",
			"an embed must not be empty, and a field needs a name and a value that are not blank",
			"the url of an embed or of its author needs a host with a dot: http://coroot:8080 is refused",
			"username may not contain discord or clyde, nor be everyone or here",
			"components are ignored without ?with_components=true in the URL, and a webhook created by a person shows only links and texts",
			"a URL without a version means API v6, whose errors hardly say what is wrong: put /v10 into it",
			"embeds with the same url are merged: only the first is shown as one",
			"a webhook to a forum or media channel needs thread_name in the body, or thread_id in the URL",
			"mentions in embeds do not ping; for those in content, allowed_mentions decides",
		},
		Extra:   ignoresComponents,
		Silent:  silent,
		NoPings: "add \"allowed_mentions\": {\"parse\": []}", OneSetting: true,
		Example: `{"content": "**checkout** is down", "allowed_mentions": {"parse": []}}`,
		Read:    read,
		Answers: answers(),

		Endpoint: "/api/v10/webhooks/123456789012345678/StandIn_StandIn-StandIn?wait=true",
		Respond:  respond,
		Throttle: throttle,
	}
}

func limits() []destination.Limit {
	const refused = destination.Refused
	sum := []string{
		"$.embeds[*].title", "$.embeds[*].description", "$.embeds[*].fields[*].name", "$.embeds[*].fields[*].value",
		"$.embeds[*].footer.text", "$.embeds[*].author.name",
	}
	return []destination.Limit{
		{Path: "$.embeds", Label: "the list of embeds", Max: 10, Unit: destination.Items, Effect: refused},
		{Path: "$.embeds[*].fields", Label: "the list of an embed's fields", Max: 25, Unit: destination.Items, Effect: refused},
		{Path: "$.embeds", Label: "the text of all embeds together", Max: 6000, Unit: destination.CodePoints, Effect: refused, Trim: true, SumOf: sum},
		{Path: "$.avatar_url", Label: "avatar_url", Max: 2048, Unit: destination.CodePoints, Effect: refused},
		{Path: "$.applied_tags", Label: "the list of tags", Max: 5, Unit: destination.Items, Effect: refused},
	}
}

func visible() []destination.TextRule {
	row := func(path, label string, most int, dialect markup.Dialect) destination.TextRule {
		return destination.TextRule{
			Path: path, Label: label, Dialect: dialect, Max: most,
			Unit: destination.CodePoints, Effect: destination.Refused, Trim: true, Silent: strings.HasPrefix(path, "$.embeds"),
		}
	}
	const rich, plain = markup.DiscordMarkdown, markup.PlainText
	return []destination.TextRule{
		row("$.username", "the name of the sender", 80, plain),
		row("$.thread_name", "the name of the thread", 100, plain),
		row("$.content", "the content", 2000, rich),
		row("$.embeds[*].author.name", "the author of an embed", 256, plain),
		row("$.embeds[*].title", "the title of an embed", 256, rich),
		row("$.embeds[*].description", "the description of an embed", 4096, rich),
		row("$.embeds[*].fields[*].name", "the name of a field", 256, rich),
		row("$.embeds[*].fields[*].value", "the value of a field", 1024, rich),
		row("$.embeds[*].footer.text", "the footer of an embed", 2048, plain),
		row("$.components..content", "the text of a component", 0, rich),
		row("$.components..label", "the label of a button", 0, plain),
		row("$.poll.question.text", "the question of a poll", 0, plain),
		row("$.poll.answers[*].poll_media.text", "an answer of a poll", 0, plain),
	}
}

// isComponentsV2 is the message flag IS_COMPONENTS_V2.
const isComponentsV2 = 1 << 15

// ignoresComponents is extra where components are not shown.
func ignoresComponents(p *destination.Payload) []destination.Problem {
	problems := extra(p)
	if components := p.Get("components"); !empty(components) {
		problems = append(problems, destination.ProblemAt(components, destination.Warning, destination.Ignored,
			"Discord ignores components without ?with_components=true in the URL, and shows only links and texts from a webhook created by a person",
			"add ?with_components=true to the URL, or write the link into the text"))
	}
	return problems
}

// extra finds messages and embeds without content, and members that exclude each other.
func extra(p *destination.Payload) []destination.Problem {
	if !p.Root.Is(destination.Object) {
		return nil
	}
	var problems []destination.Problem
	if content := p.Get("content"); empty(content) && empty(p.Get("embeds")) && empty(p.Get("components")) && empty(p.Get("poll")) {
		if content != nil || p.Get("embeds") != nil { // otherwise the schema reports it
			problems = append(problems, destination.ProblemAt(p.Root, destination.Error, destination.Refused,
				"the message is empty: Discord answers \"Cannot send an empty message\"", "print a content or an embed for every event"))
		}
	}
	p.Each("$.embeds[*]", func(embed *destination.Value) {
		if embed.Is(destination.Object) && !holds(embed) {
			problems = append(problems, destination.ProblemAt(embed, destination.Error, destination.Refused,
				"the embed contains nothing to show", "print a title or a description for every event"))
		}
	})
	problems = append(problems, exclusive(p)...)
	return problems
}

// holds reports whether an embed has anything that is shown.
func holds(embed *destination.Value) bool {
	for _, name := range []string{"title", "description", "fields", "image", "thumbnail", "video", "author", "footer", "timestamp"} {
		value := embed.Get(name)
		if !empty(value) && !(value.Is(destination.Object) && len(value.Members) == 0) {
			return true
		}
	}
	return false
}

// exclusive finds members that exclude each other.
func exclusive(p *destination.Payload) []destination.Problem {
	var problems []destination.Problem
	var flags int
	if v := p.Get("flags"); v.Is(destination.Number) {
		if _, err := fmt.Sscan(v.Text, &flags); err == nil && flags&isComponentsV2 != 0 && (!empty(p.Get("content")) || !empty(p.Get("embeds")) || !empty(p.Get("poll"))) {
			problems = append(problems, destination.ProblemAt(v, destination.Error, destination.Refused,
				"with the flag IS_COMPONENTS_V2 there must be neither content nor embeds", "leave out flags"))
		}
	}
	if flags&isComponentsV2 == 0 {
		p.Each("$.components[*]", func(component *destination.Value) {
			if kind := component.Get("type"); kind.Is(destination.Number) && kind.Text != "1" {
				problems = append(problems, destination.ProblemAt(kind, destination.Error, destination.Refused,
					"without the flag IS_COMPONENTS_V2, the components of a message must be rows (type 1)", "add \"flags\": 32768, or put buttons into a row"))
			}
		})
	}
	allowed := p.Get("allowed_mentions")
	for _, kind := range []string{"users", "roles"} {
		if parses(allowed, kind) && len(allowed.Get(kind).Elems()) > 0 {
			problems = append(problems, destination.ProblemAt(allowed, destination.Error, destination.Refused,
				fmt.Sprintf("allowed_mentions parses %q and also lists some, but only one of the two is allowed", kind), "remove one of them"))
		}
	}
	return problems
}

// empty reports whether a value has no content.
func empty(v *destination.Value) bool {
	return v == nil || v.Kind == destination.Null || v.Kind == destination.String && strings.TrimSpace(v.Text) == "" ||
		v.Kind == destination.Array && len(v.Elements) == 0
}

// suppressNotifications is the message flag SUPPRESS_NOTIFICATIONS.
const suppressNotifications = 1 << 12

// silent reports whether allowed_mentions keeps a mention from pinging. Since June 2025
// webhooks without it only ping users; roles and everyone are still reported, because
// older sources say otherwise.
func silent(p *destination.Payload, ping destination.Ping) bool {
	var flags int
	if v := p.Get("flags"); v.Is(destination.Number) {
		if _, err := fmt.Sscan(v.Text, &flags); err == nil && flags&suppressNotifications != 0 {
			return true
		}
	}
	allowed := p.Get("allowed_mentions")
	if !allowed.Is(destination.Object) {
		return false
	}
	kind, id := "everyone", ""
	if rest, ok := strings.CutPrefix(ping.Name, "<@&"); ok {
		kind, id = "roles", strings.TrimSuffix(rest, ">")
	} else if rest, ok := strings.CutPrefix(ping.Name, "<@"); ok {
		kind, id = "users", strings.TrimSuffix(strings.TrimPrefix(rest, "!"), ">")
	}
	if parses(allowed, kind) {
		return false
	}
	for _, listed := range allowed.Get(kind).Elems() {
		if listed.Str() == id {
			return false
		}
	}
	return true
}

func parses(allowed *destination.Value, kind string) bool {
	for _, element := range allowed.Get("parse").Elems() {
		if element.Str() == kind {
			return true
		}
	}
	return false
}

// read reads {"message":"…","code":N,"errors":{…}}.
func read(r webhook.Response) destination.Reading {
	reply, ok := destination.ReadReply(r)
	code, hasCode := reply.Number("code")
	if faults := oldFaults(reply); ok && r.StatusCode == 400 && !hasCode && faults != "" {
		return destination.Reading{Outcome: webhook.Rejected, Reason: faults}
	}
	switch {
	case r.StatusCode == 204, ok && r.StatusCode < 300 && reply.Str("id") != "":
		return destination.Reading{}
	case r.StatusCode < 300 && !(ok && hasCode):
		return destination.Reading{Doubt: true}
	case !ok || reply.Str("message") == "":
		return destination.Reading{}
	}
	reason := reply.Str("message")
	if hasCode && code != 0 {
		reason += fmt.Sprintf(" (%.0f)", code)
	}
	if faults := formFaults(reply["errors"], "", 0); len(faults) > 0 {
		reason += ": " + strings.Join(faults, "; ")
	}
	return destination.Reading{Outcome: webhook.Rejected, Reason: reason}
}
