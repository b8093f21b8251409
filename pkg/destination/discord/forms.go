package discord

import (
	"net/http"
	"strings"

	"github.com/hooktool/hooktool/pkg/destination"
	"github.com/hooktool/hooktool/pkg/destination/markup"
	"github.com/hooktool/hooktool/pkg/destination/slack"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// withComponents is Discord where the URL asks for the components of a message.
// https://discord.com/developers/docs/resources/webhook#execute-webhook-query-string-params
func withComponents() *destination.Destination {
	return &destination.Destination{
		FormName: "components",
		Summary:  "a message in a channel, with components",
		Files:    files,
		Limits:   limits(),
		Look:     show,
		Visible:  visible(),
		Unknown:  destination.UnknownUnsaid,
		Null:     destination.NullTaken,
		Rules:    []string{"as for a URL without ?with_components=true, but components are shown: for a webhook created by a person, only links and texts"},
		Extra:    extra,
		Silent:   silent,
		NoPings:  "add \"allowed_mentions\": {\"parse\": []}", OneSetting: true,
		Example:  `{"content": "**checkout** is down", "components": [{"type": 1, "components": [{"type": 2, "style": 5, "label": "Open", "url": "https://coroot.example.com"}]}], "allowed_mentions": {"parse": []}}`,
		Endpoint: "/api/v10/webhooks/123456789012345678/StandIn_StandIn-StandIn?wait=true&with_components=true",
	}
}

// asSlack is Discord where it accepts Slack's messages.
// https://discord.com/developers/docs/resources/webhook#execute-slackcompatible-webhook
func asSlack() *destination.Destination {
	row := func(path, label string) destination.TextRule {
		return destination.TextRule{Path: path, Label: label, Dialect: markup.SlackMrkdwn, Mentions: markup.DiscordMarkdown, Silent: path != "$.text"}
	}
	return &destination.Destination{
		FormName:   "slack",
		Title:      "Discord",
		Summary:    "a message in a channel, written as for Slack",
		Docs:       "https://discord.com/developers/docs/resources/webhook#execute-slackcompatible-webhook",
		Files:      files,
		SchemaFile: "slack.schema.json",
		Look:       slack.Look,
		Visible: []destination.TextRule{
			row("$.text", "the text"),
			row("$.attachments[*].pretext", "the text before an attachment"),
			row("$.attachments[*].title", "the title of an attachment"),
			row("$.attachments[*].text", "the text of an attachment"),
			row("$.attachments[*].fields[*].value", "the value of a field"),
		},
		Unknown:  destination.UnknownUnsaid,
		NoPings:  "leave /slack out of the URL, and send Discord's own format with allowed_mentions",
		Rules:    []string{"text or attachments as for Slack; channel, icon_emoji, mrkdwn and mrkdwn_in have no effect"},
		Example:  `{"text": "*checkout* is down"}`,
		Read:     readSlack,
		Endpoint: "/api/webhooks/123456789012345678/StandIn_StandIn-StandIn/slack",
		Respond:  respondTo("slack"),
	}
}

// asGitHub is Discord where it accepts the events of GitHub.
func asGitHub() *destination.Destination {
	return &destination.Destination{
		FormName: "github",
		Title:    "Discord",
		Summary:  "an event of GitHub, which Coroot does not send",
		Docs:     "https://discord.com/developers/docs/resources/webhook#execute-githubcompatible-webhook",
		Unknown:  destination.UnknownKept,
		Rules:    []string{"only events of GitHub, recognised by the header X-GitHub-Event"},
		Extra: destination.PostsNothing("Discord takes the events of GitHub at a URL that ends in /github, and shows nothing of any other",
			"leave /github out of the URL"),
		Example:  `{"action": "opened"}`,
		Endpoint: "/api/webhooks/123456789012345678/StandIn_StandIn-StandIn/github",
		Respond:  respondTo("github"),
	}
}

// respondTo answers at a URL that ends in a word after the token.
func respondTo(word string) func(*destination.Call) webhook.Response {
	return func(c *destination.Call) webhook.Response {
		own := *c
		own.Path = strings.TrimSuffix(strings.TrimSuffix(c.Path, "/"), "/"+word)
		answer := respond(&own)
		if answer.StatusCode == http.StatusNoContent && word == "slack" {
			return destination.TextAnswer(http.StatusOK, "ok")
		}
		return answer
	}
}

// readSlack reads the answer to a message in Slack's form: the word ok.
func readSlack(r webhook.Response) destination.Reading {
	if r.StatusCode == http.StatusOK && strings.TrimSpace(r.Body) == "ok" {
		return destination.Reading{}
	}
	return read(r)
}
