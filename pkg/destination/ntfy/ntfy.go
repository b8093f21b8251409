// Package ntfy describes publishing as JSON to ntfy.
//
// The facts come from the source of binwiederhier/ntfy (server/server.go,
// server/types.go, server/errors.go, server/config.go, docs/publish.md).
package ntfy

import (
	"embed"
	"fmt"
	"strings"

	"github.com/hooktool/hooktool/pkg/destination"
	"github.com/hooktool/hooktool/pkg/destination/markup"
	"github.com/hooktool/hooktool/pkg/destination/message"
	"github.com/hooktool/hooktool/pkg/webhook"
)

//go:embed schema.json webhook.yaml *.tmpl
var files embed.FS

// New returns the destination.
func New() *destination.Destination {
	return &destination.Destination{
		Name:    "ntfy",
		Title:   "ntfy",
		Summary: "a push notification to a topic's subscribers, through ntfy.sh or your own server",
		Docs:    "https://docs.ntfy.sh/publish/#publish-as-json",
		URLs: []destination.URLForm{
			{
				Pattern: `^ntfy\.sh/?$`, SecretQuery: []string{"auth"},
				Example: "https://ntfy.sh/",
			},
			templated("template"), templated("tpl"),
			{
				Pattern: topicURL, Chosen: true, SecretQuery: []string{"auth"},
				Example: "https://ntfy.sh/mytopic", Takes: topic(),
				Note: "a topic takes text: JSON posted to it is shown as it is",
			},
			{
				Pattern: `^ntfy\.[^/]+/?$`, SecretQuery: []string{"auth"},
				Example: "https://ntfy.example.com/", Note: "your own server",
			},
		},
		SelfHosted:    true,
		Shapes:        []destination.Shape{destination.Thin("$.topic", "$.message"), destination.Thin("$.topic", "$.title")},
		SecretMembers: []string{"topic"},
		SecretHeaders: []string{"Authorization"},
		Files:         files,
		Limits: []destination.Limit{
			{Path: destination.WholeBody, Label: "the body", Max: 8192, Unit: destination.Bytes, Effect: destination.Refused, Note: "a server can have a different limit"},
		},
		Look: look().Look,
		Visible: []destination.TextRule{
			{Path: "$.title", Label: "the title", Dialect: markup.PlainText},
			{
				Path: "$.message", Label: "the message", By: dialect, Dialect: markup.PlainText, Max: 4096, Unit: destination.Bytes,
				Effect: destination.Refused, Note: "if a server keeps attachments, as ntfy.sh does, a longer message becomes a file",
			},
		},
		Unknown: destination.UnknownIgnored,
		Null:    destination.NullTaken,
		Rules: []string{
			"the URL is the root of the server; the topic is in the body",
			"priority is a whole number from 1 to 5, written without a point",
			"there can be at most three actions: view and http with a url, broadcast, copy with a value",
			"attach and icon are URLs; delay is a time or a duration",
			"null means the same as leaving out the field",
			"an empty message is shown as \"triggered\"",
		},
		Example: `{"topic": "coroot-example", "title": "checkout", "message": "checkout is down", "priority": 5, "tags": ["rotating_light"]}`,
		Extra:   extra,
		Read:    read,
		Answers: answers(),

		Endpoint: "/",
		Respond:  respond,
		Throttle: throttle,
	}
}

// topicURL is the URL of a topic.
const topicURL = `^(?:ntfy\.sh|ntfy\.[^/]+)/(?P<secret>[a-z0-9_-]{1,64})/?$`

// templated is the URL of a topic with the parameter that names a template.
func templated(parameter string) destination.URLForm {
	return destination.URLForm{
		Pattern: topicURL, Query: []string{parameter}, SecretQuery: []string{"auth"},
		Example: "https://ntfy.sh/mytopic?" + parameter + "=yes", Takes: template(),
		Note: "a template on the server makes the message from JSON of any shape",
	}
}

// dialect is Markdown if the message says so.
func dialect(p *destination.Payload, _ *destination.Value) markup.Dialect {
	if p.Get("markdown").Is(destination.Boolean) && p.Get("markdown").Text == "true" {
		return markup.CommonMarkdown
	}
	return markup.PlainText
}

// extra finds a priority with a decimal point or an exponent, which the server cannot
// read as an integer.
func extra(p *destination.Payload) []destination.Problem {
	priority := p.Get("priority")
	if !priority.Is(destination.Number) || !strings.ContainsAny(priority.Text, ".eE") {
		return nil
	}
	return []destination.Problem{destination.ProblemAt(priority, destination.Error, destination.Refused,
		"priority must be a whole number without a point: ntfy answers 40024", "write it as 4")}
}

// read reads the message as it was published, and {"code":N,"error":"…"}.
func read(r webhook.Response) destination.Reading {
	reply, ok := destination.ReadReply(r)
	code, hasCode := reply.Number("code")
	switch {
	case ok && hasCode && reply.Str("error") != "":
		return destination.Reading{Outcome: webhook.Rejected, Reason: fmt.Sprintf("%s (%.0f)", reply.Str("error"), code)}
	case r.StatusCode < 300 && !(ok && reply.Str("event") == "message"):
		return destination.Reading{Doubt: true}
	}
	return destination.Reading{}
}

func answers() []destination.Answer {
	const refused = webhook.Rejected
	return []destination.Answer{
		{Status: 200, Says: `"event":"message"`, Outcome: webhook.Delivered},
		{Says: "(40024)", Outcome: refused, Hint: "the body is not valid JSON: `hooktool validate` shows where"},
		{Says: "(40018)", Outcome: refused, Hint: "there can be at most three actions, each with an action (view, http, broadcast, copy) and a label; view and http also need a url"},
		{Says: "(40013)", Outcome: refused, Hint: "attach must be a URL with https://"},
		{Says: "(40021)", Outcome: refused, Hint: "icon must be a URL with https://"},
		{Says: "(40004)", Outcome: refused, Hint: "delay is a time or a duration such as 30m; leave it out, because an alert should arrive now"},
		{Says: "(40005)", Outcome: refused, Hint: "delay is too short; leave it out, because an alert should arrive now"},
		{Says: "(40006)", Outcome: refused, Hint: "delay is too long; leave it out, because an alert should arrive now"},
		{Says: "(40010)", Outcome: refused, Hint: "this topic is one of the server's own pages: use another name"},
		{Says: "(40014)", Outcome: refused, Hint: "the message has more than 4096 bytes, and the server keeps no attachments: cut what can grow with printf \"%.300s\""},
		{Says: "(40009)", Outcome: refused, Hint: "topic consists of at most 64 letters, digits, _ and -"},
		{Says: "(40007)", Outcome: refused, Hint: "priority is a number from 1 to 5"},
		{Says: "(41303)", Outcome: refused, Hint: "cut what can grow with printf \"%.300s\""},
		{Says: "(42908)", Outcome: refused, Hint: "the daily message quota is used up"},
		{Status: 401, Outcome: refused, Hint: "add the header Authorization: Bearer tk_… of an access token"},
		{Status: 403, Outcome: refused, Hint: "the user is not allowed to write to this topic"},
		{Status: 429, Outcome: refused, Hint: "after the first sixty messages, the server takes about one every five seconds"},
	}
}

func look() message.Flat {
	return message.Flat{
		Badges: []string{"priority"}, Title: []string{"title"}, Body: []string{"message"}, Link: []string{"click"}, Extras: extras,
	}
}

// extras are the tags, the attachment and the buttons.
func extras(r *message.Reader) message.Blocks {
	bs := r.Labels(r.Root.Get("tags"))
	var buttons []message.Button
	if attached := r.Root.Get("attach").Scalar(); attached != "" {
		label := "Attachment"
		if name := r.Root.Get("filename").Scalar(); name != "" {
			label += ": " + name
		}
		buttons = append(buttons, message.Button{Label: label, URL: attached})
	}
	for _, action := range r.Root.Get("actions").Elems() {
		if label := action.Get("label").Scalar(); label != "" {
			buttons = append(buttons, message.Button{Label: label, URL: action.Get("url").Scalar()})
		}
	}
	bs.Buttons(buttons)
	return bs
}
