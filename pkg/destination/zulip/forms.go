package zulip

import (
	"net/http"

	"github.com/hooktool/hooktool/pkg/destination"
	"github.com/hooktool/hooktool/pkg/destination/markup"
	"github.com/hooktool/hooktool/pkg/destination/message"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// anyJSON is the integration that shows JSON of any shape as it is.
// https://zulip.com/integrations/json
func anyJSON() *destination.Destination {
	return &destination.Destination{
		FormName: "json",
		Summary:  "a message that shows JSON of any shape, as code",
		Docs:     "https://zulip.com/integrations/json",
		Look: func(r *message.Reader) *message.Message {
			text := message.PlainText("$", string(r.Root.AppendIndented(nil, "    ")))
			return &message.Message{Blocks: message.Blocks{{Kind: message.Code, Text: text}}}
		},
		Visible:  []destination.TextRule{{Path: "$..*", Label: "a value", Dialect: markup.PlainText}},
		Unknown:  destination.UnknownKept,
		Rules:    []string{"JSON of any shape, which is shown as code"},
		Example:  `{"status": "CRITICAL", "rule": "Latency"}`,
		Endpoint: "/api/v1/external/json?api_key=StandInStandInStandInStandIn0000&stream=alerts&topic=coroot",
		Respond:  take,
	}
}

// other is the webhook of an integration for another system.
func other() *destination.Destination {
	return &destination.Destination{
		FormName: "other",
		Summary:  "a message that an integration makes from another system's data",
		Docs:     "https://zulip.com/integrations/",
		Look:     message.UsualNames().Look,
		Unknown:  destination.UnknownKept,
		Rules:    []string{"JSON in the format of the integration's system, which hooktool does not know"},
		Example:  `{"status": "CRITICAL"}`,
		Endpoint: "/api/v1/external/grafana?api_key=StandInStandInStandInStandIn0000&stream=alerts&topic=coroot",
		Respond:  take,
	}
}

// take answers to any JSON.
func take(c *destination.Call) webhook.Response {
	switch {
	case c.Method != http.MethodPost:
		return destination.JSONAnswer(http.StatusMethodNotAllowed, result{Result: "error", Message: "Method Not Allowed", Code: "METHOD_NOT_ALLOWED"})
	case c.Query.Get("api_key") == "":
		return destination.JSONAnswer(http.StatusUnauthorized, result{Result: "error", Message: "Invalid API key", Code: "INVALID_API_KEY"})
	case !c.IsJSON():
		return destination.JSONAnswer(http.StatusBadRequest, result{Result: "error", Message: "Malformed JSON", Code: "BAD_REQUEST"})
	}
	return destination.JSONAnswer(http.StatusOK, result{Result: "success"})
}
