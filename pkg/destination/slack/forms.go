package slack

import (
	"net/http"

	"github.com/hooktool/hooktool/pkg/destination"
	"github.com/hooktool/hooktool/pkg/destination/markup"
	"github.com/hooktool/hooktool/pkg/destination/message"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// trigger is a webhook that starts a workflow. The payload holds the variables that the
// workflow declares, whose names only its maker knows.
// https://docs.slack.dev/tools/slack-github-action/sending-techniques/sending-data-webhook-slack-workflow
func trigger() *destination.Destination {
	return &destination.Destination{
		FormName:   "trigger",
		Title:      "Slack's workflow",
		Summary:    "the start of a workflow, with the variables that it declares",
		Docs:       "https://docs.slack.dev/tools/slack-github-action/sending-techniques/sending-data-webhook-slack-workflow",
		Files:      files,
		SchemaFile: "trigger.schema.json",
		Look: func(r *message.Reader) *message.Message {
			return &message.Message{Blocks: message.Blocks{{Kind: message.Facts, Fields: r.Facts(r.Root)}}}
		},
		Visible: []destination.TextRule{{Path: "$.*", Label: "a variable of the workflow", Dialect: markup.PlainText}},
		Unknown: destination.UnknownKept,
		Rules: []string{
			"the members are the variables that the workflow declares: strings, not nested",
			"the workflow's steps decide what is shown",
		},
		Example: `{"status": "CRITICAL", "rule": "Latency"}`,
		Read: func(r webhook.Response) destination.Reading {
			reply, ok := destination.ReadReply(r)
			if done, said := reply.Bool("ok"); ok && said && !done {
				return destination.Reading{Outcome: webhook.Rejected, Reason: reply.Str("error")}
			}
			return destination.Reading{}
		},
		Endpoint: "/triggers/T00000000/0000000000000/standinstandinstandinstandin0000",
		Respond: func(c *destination.Call) webhook.Response {
			_, refused := c.Refused()
			if c.Method != http.MethodPost || !c.IsJSON() || refused {
				return destination.JSONAnswer(http.StatusBadRequest, map[string]any{"ok": false, "error": "invalid_payload"})
			}
			return destination.JSONAnswer(http.StatusOK, map[string]any{"ok": true})
		},
	}
}
