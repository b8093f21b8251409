// Package teams describes Microsoft Teams: the workflows that post to a channel,
// and the Office 365 connectors that they replace.
//
// The facts come from MicrosoftDocs/msteams-docs (cards-format.md, connectors-using.md,
// add-incoming-webhook.md), from Alertmanager's and Grafana's senders of 2026-08, and
// from atc0005/go-teams-notify.
package teams

import (
	"embed"
	"strings"

	"github.com/hooktool/hooktool/pkg/destination"
	"github.com/hooktool/hooktool/pkg/webhook"
)

//go:embed schema.json webhook.yaml *.tmpl
var files embed.FS

const retired = "the Office 365 connectors are retired: make a workflow in Teams (Workflows → \"Send webhook alerts to a channel\"), and post an Adaptive Card to its URL"

// New returns the destination.
func New() *destination.Destination {
	return &destination.Destination{
		Name:    "teams",
		Title:   "Microsoft Teams",
		Aliases: []string{"msteams", "microsoft-teams", "microsoftteams"},
		Summary: "an Adaptive Card in a channel or chat, through a workflow that starts when a webhook request is received",
		Docs:    "https://learn.microsoft.com/en-us/microsoftteams/platform/webhooks-and-connectors/how-to/connectors-using",
		Notice:  "the older Office 365 connectors (webhook.office.com, MessageCard) are retired; use Workflows",
		URLs:    urls(),
		Chosen:  []*destination.Destination{flow()},
		Shapes: []destination.Shape{
			{"$.attachments[*].content", "$.attachments[*].contentType=application/vnd.microsoft.card.adaptive"},
			{"$.@type=MessageCard"},
			{"$.type=AdaptiveCard"},
		},
		Files: files,
		Limits: []destination.Limit{
			{
				Path: destination.WholeBody, Label: "the body", Max: 28 * 1024, Unit: destination.Bytes, Effect: destination.Refused,
				Note: "the limit of about 28 KB can strike earlier, because Teams counts in UTF-16",
			},
			{
				Path: "$.attachments[*].content..actions", Label: "the list of buttons", Max: 6, Unit: destination.Items, Effect: destination.Cut,
			},
		},
		Look:    show,
		Visible: visible(),
		Unknown: destination.UnknownUnsaid,
		Rules: []string{
			"the body is {\"type\": \"message\", \"attachments\": […]} with an Adaptive Card as content",
			"a workflow can require contentUrl next to each content: null is enough",
			"an element of an unknown or misspelt type is not shown, unless it has a fallback; so is one with \"isVisible\": false",
			"the rules apply at every depth: in columns, tables, carousels, fallbacks, and cards that a button shows",
			"Teams shows cards up to version 1.5; parts of a newer card, or an element newer than the card's version, may be missing",
			"the url of an Action.OpenUrl must be absolute, with https://: a relative one breaks the card",
			"a TextBlock needs \"wrap\": true, or its text is clipped",
			"in text, only **bold**, _italic_, lists and links are markup: no headings, code or HTML",
			"a line break needs two: \\n\\n",
			"the answer 202 means that the workflow was started; only the workflow's run history shows what happened then",
		},
		Extra:   extra,
		Example: `{"type": "message", "attachments": [{"contentType": "application/vnd.microsoft.card.adaptive", "contentUrl": null, "content": {"$schema": "http://adaptivecards.io/schemas/adaptive-card.json", "type": "AdaptiveCard", "version": "1.4", "body": [{"type": "TextBlock", "text": "**checkout** is down", "wrap": true}]}}]}`,
		Read:    read,
		Answers: answers(),

		Endpoint: "/workflows/00000000000000000000000000000000/triggers/manual/paths/invoke?api-version=2016-06-01&sig=StandIn",
		Respond:  respond,
		Throttle: throttle,
	}
}

func urls() []destination.URLForm {
	secretQuery := []string{"sig"}
	return []destination.URLForm{
		{
			Pattern: `^[a-z0-9-]+\.[a-z0-9-]+\.logic\.azure\.(?:com|us|cn)/workflows/(?P<secret>[a-z0-9_-]+)/triggers/[a-z0-9_-]+/paths/invoke`, SecretQuery: secretQuery,
			Example: "https://prod-12.westeurope.logic.azure.com:443/workflows/00000000000000000000000000000000/triggers/manual/paths/invoke?api-version=2016-06-01&sig=ExampleExampleExampleExample0000",
			Note:    "Workflows",
		},
		{
			Pattern: `\.api\.powerplatform\.(?:com|us|cn)/(?:powerautomate/automations/direct/)?(?:cu/[0-9]+/)?workflows/(?P<secret>[a-z0-9_-]+)/triggers/[a-z0-9_-]+/paths/invoke`, SecretQuery: secretQuery,
			Example: "https://default00000000000000000000000000.00.environment.api.powerplatform.com:443/powerautomate/automations/direct/workflows/00000000000000000000000000000000/triggers/manual/paths/invoke?api-version=1&sig=ExampleExampleExampleExample0000",
			Note:    "Workflows, newer form",
		},
		{
			Pattern: `^(?:[a-z0-9-]+\.webhook|outlook)\.office(?:365)?\.com/webhook(?:b2)?/(?P<secret>.+)$`,
			Example: "https://example.webhook.office.com/webhookb2/00000000-0000-0000-0000-000000000000@00000000-0000-0000-0000-000000000000/IncomingWebhook/00000000000000000000000000000000/00000000-0000-0000-0000-000000000000",
			Note:    retired, Retired: true,
		},
		{
			Pattern: `/workflows/(?P<secret>[a-z0-9_-]+)/triggers/[a-z0-9_-]+/paths/invoke`, SecretQuery: secretQuery, AnyHost: true,
			Example: "http://127.0.0.1:8080/workflows/00000000000000000000000000000000/triggers/manual/paths/invoke?sig=ExampleExampleExampleExample0000",
			Note:    "a gateway or a stand-in",
		},
	}
}

// read reads the answers of Workflows, and the text of the retired connectors: 1, or an
// error message with the status 200.
func read(r webhook.Response) destination.Reading {
	text := strings.TrimSpace(r.Body)
	if reply, ok := destination.ReadReply(r); ok {
		if message := reply.Str("error", "message"); message != "" {
			return destination.Reading{Outcome: webhook.Rejected, Reason: message}
		}
	}
	switch {
	case r.StatusCode == 202 || text == "1":
		return destination.Reading{}
	case r.StatusCode < 300 && text == "":
		return destination.Reading{Outcome: webhook.Accepted}
	case r.StatusCode < 300:
		return destination.Reading{Outcome: webhook.Rejected, Reason: text}
	case strings.ContainsAny(text, "<>{"):
		return destination.Reading{}
	}
	return destination.Reading{Reason: text}
}

func answers() []destination.Answer {
	const refused = webhook.Rejected
	return []destination.Answer{
		{
			Status: 202, Outcome: webhook.Accepted, Meaning: "the workflow was started; it does not say whether it posts the card",
			Hint: "look in the channel; if the card is missing, look at the workflow's run history in Power Automate",
		},
		{Status: 200, Says: "1", Outcome: webhook.Delivered, Hint: retired},
		{Says: "HTTP error 429", Outcome: refused, Hint: "the retired connectors take 4 requests per second and 60 in 30 seconds, and report the excess with the status 200"},
		{Says: "HTTP error 413", Outcome: refused, Hint: "the card is larger than about 28 KB: cut what can grow with printf \"%.300s\""},
		{Says: "Summary or Text is required", Outcome: refused, Hint: "a MessageCard needs summary or text; " + retired},
		{Says: "contentUrl", Outcome: refused, Hint: "add \"contentUrl\": null beside contentType and content"},
		{Says: "did not match its schema", Outcome: refused, Hint: "the body is {\"type\": \"message\", \"attachments\": […]} with an Adaptive Card"},
		{Says: "webhook message delivery failed", Outcome: refused, Hint: retired},
		{Status: 401, Outcome: refused, Hint: "the signature in the URL (sig) is wrong: copy the URL of the workflow again"},
		{Status: 404, Outcome: refused, Hint: "the workflow was deleted or turned off: copy its URL again"},
		{Status: 410, Outcome: refused, Hint: retired},
		{Status: 413, Outcome: refused, Hint: "the card is larger than about 28 KB: cut what can grow with printf \"%.300s\""},
	}
}
