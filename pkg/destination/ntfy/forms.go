package ntfy

import (
	"strings"

	"github.com/hooktool/hooktool/pkg/destination"
	"github.com/hooktool/hooktool/pkg/destination/markup"
	"github.com/hooktool/hooktool/pkg/destination/message"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// topic is ntfy at the URL of a topic: the body is the message, whatever it is.
func topic() *destination.Destination {
	return &destination.Destination{
		FormName: "topic",
		Title:    "ntfy",
		Summary:  "a push notification to subscribers of the topic in the URL; the body is its text",
		Docs:     "https://docs.ntfy.sh/publish/",
		Plain:    true,
		Visible: []destination.TextRule{{
			Path: "$", Label: "the message", Dialect: markup.PlainText, Max: maxText, Unit: destination.Bytes,
			Effect: destination.Altered, Note: "a longer message becomes an attachment, or is refused if the server takes none",
		}},
		Unknown: destination.UnknownKept,
		Rules: []string{
			"the body is the text of the message, even if it is JSON",
			"title, priority and tags are headers: Title, Priority, Tags",
			"an empty message is shown as \"triggered\"",
		},
		Extra:    misread,
		Example:  "checkout is down",
		Endpoint: "/coroot",
	}
}

// maxText is the longest message that is not turned into an attachment.
const maxText = 4096

// misread finds JSON, which people will then see as it is.
func misread(p *destination.Payload) []destination.Problem {
	if !p.IsJSON() {
		return nil
	}
	return []destination.Problem{destination.ProblemAt(p.Root, destination.Error, destination.Altered,
		"ntfy reads JSON only at the root of the server: at a topic, people see the JSON itself",
		"move the topic from the URL to the body, or print only text")}
}

// template is ntfy at the URL of a topic with ?template=…: it accepts JSON of any
// shape, which a template on the server turns into a message.
func template() *destination.Destination {
	return &destination.Destination{
		FormName: "template",
		Summary:  "a push notification that a template on the server makes from any JSON",
		Docs:     "https://docs.ntfy.sh/publish/#message-templating",
		Unknown:  destination.UnknownKept,
		Rules:    []string{"the body is JSON of any shape; the URL's parameter template names the template that turns it into a message"},
		Example:  `{"rule_name": "Latency", "status": "CRITICAL"}`,
		Endpoint: "/coroot?template=yes",
		Look: func(r *message.Reader) *message.Message {
			return &message.Message{Blocks: message.Blocks{{Kind: message.Facts, Fields: r.Facts(r.Root)}}}
		},
		Respond: func(c *destination.Call) webhook.Response {
			if !c.IsJSON() {
				return refuse(40042, "invalid request: message body must be JSON if templating is enabled")
			}
			return published(c, posted{Topic: strings.TrimPrefix(c.Path, "/"), Message: "what the server's template makes of the body"})
		},
	}
}
