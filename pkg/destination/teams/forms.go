package teams

import (
	"net/http"

	"github.com/hooktool/hooktool/pkg/destination"
	"github.com/hooktool/hooktool/pkg/destination/message"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// flow is a workflow that somebody made: its URL looks like that of Teams' own
// workflow, but only its maker knows what it accepts.
func flow() *destination.Destination {
	return &destination.Destination{
		FormName: "flow",
		Title:    "your own workflow",
		Summary:  "JSON of the shape that your own workflow reads, such as an Adaptive Card at the root",
		Docs:     "https://learn.microsoft.com/en-us/power-automate/",
		Limits: []destination.Limit{
			{
				Path: destination.WholeBody, Label: "the body", Max: 28 * 1024, Unit: destination.Bytes, Effect: destination.Refused, Soft: true,
				Note: "if the workflow posts everything to Teams",
			},
		},
		Look: func(r *message.Reader) *message.Message {
			if m := show(r); !m.Empty() {
				return m
			}
			return message.UsualNames().Look(r)
		},
		Visible: visible(),
		Unknown: destination.UnknownKept,
		Rules:   []string{"JSON in the format that the workflow's trigger declares; the workflow decides what to do with it"},
		Example: `{"status": "CRITICAL", "text": "checkout is down"}`,
		Respond: func(c *destination.Call) webhook.Response {
			if c.Method != http.MethodPost || !c.IsJSON() {
				return refuse(http.StatusBadRequest, "InvalidRequestContent", "The request content is not valid and could not be deserialized.")
			}
			return destination.TextAnswer(http.StatusAccepted, "")
		},
	}
}
