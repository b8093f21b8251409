// Package rocketchat describes Rocket.Chat's incoming integrations.
//
// The facts come from the source of RocketChat/Rocket.Chat
// (apps/meteor/app/integrations/server/api/api.ts).
package rocketchat

import (
	"embed"

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
		Name:    "rocketchat",
		Title:   "Rocket.Chat",
		Aliases: []string{"rocket-chat", "rocket.chat"},
		Summary: "a message in a channel, through an incoming integration",
		Docs:    "https://docs.rocket.chat/docs/integrations",
		URLs: []destination.URLForm{
			{
				Pattern: `/hooks/[a-z0-9]{17,}/(?:[a-z0-9]+/)?(?P<secret>[a-z0-9]{20,})/?$`, AnyHost: true,
				Example: "https://rocketchat.example.com/hooks/000000000000000000000000/ExampleExampleExampleExampleExampleExample",
			},
		},
		Shapes:     []destination.Shape{{"$.alias", "$.text"}, {"$.avatar", "$.text"}, {"$.roomId", "$.text"}, {"$.emoji", "$.text"}},
		SelfHosted: true,
		Files:      files,
		Look:       slack.Look,
		Visible: []destination.TextRule{
			{Path: "$.alias", Label: "the name of the sender", Dialect: markup.PlainText},
			{Path: "$.text", Label: "the text", Dialect: markup.RocketChatMarkdown},
			{Path: "$.msg", Label: "the text", Dialect: markup.RocketChatMarkdown},
			{Path: "$.attachments[*].title", Label: "the title of an attachment", Dialect: markup.PlainText},
			{Path: "$.attachments[*].text", Label: "the text of an attachment", Dialect: markup.RocketChatMarkdown, Silent: true},
			{Path: "$.attachments[*].fields[*].title", Label: "the title of a field", Dialect: markup.PlainText},
			{Path: "$.attachments[*].fields[*].value", Label: "the value of a field", Dialect: markup.RocketChatMarkdown, Silent: true},
		},
		Unknown: destination.UnknownUnsaid,
		Null:    destination.NullTaken,
		Rules: []string{
			"mentions work in text, not in attachments",
			"a field needs a title and a value that are not empty; numbers and true are accepted as values",
			"the URLs in attachments begin with http:// or https://",
			"an empty object is answered with success, but nothing is posted",
		},
		Extra:   extra,
		NoPings: "write the name without its @",
		Example: `{"alias": "Coroot", "emoji": ":rotating_light:", "text": "*checkout* is down"}`,
		Read:    read,
		Answers: answers(),

		Endpoint: "/hooks/000000000000000000000000/StandInStandInStandInStandInStandInStandIn",
		Respond:  respond,
		Throttle: throttle,
	}
}

// extra finds messages that are answered with success but not posted.
func extra(p *destination.Payload) []destination.Problem {
	if p.Root.Is(destination.Object) && len(p.Root.Members) == 0 {
		return []destination.Problem{destination.ProblemAt(p.Root, destination.Error, destination.Ignored,
			"Rocket.Chat answers an empty object with success, but posts nothing", "print a text for every event")}
	}
	return nil
}

// read reads {"success":true} and {"success":false,"error":"…"}.
func read(r webhook.Response) destination.Reading {
	reply, ok := destination.ReadReply(r)
	success, has := reply.Bool("success")
	switch {
	case ok && has && !success:
		return destination.Reading{Outcome: webhook.Rejected, Reason: reply.Str("error")}
	case r.StatusCode < 300 && !(ok && has):
		return destination.Reading{Doubt: true}
	}
	return destination.Reading{}
}

func answers() []destination.Answer {
	const refused = webhook.Rejected
	return []destination.Answer{
		{Status: 200, Says: `"success":true`, Outcome: webhook.Delivered},
		{Says: "invalid href value", Outcome: refused, Hint: "a URL in an attachment is empty, or does not begin with http:// or https://: leave out the field in this case"},
		{Says: "title and value is required", Outcome: refused, Hint: "a field of an attachment is empty: print a dash when there is nothing to say"},
		{Says: "not enough permission", Outcome: refused, Hint: "the integration's user may not use another name or picture: leave out alias and avatar"},
		{Says: "match error", Outcome: refused, Hint: "a field has the wrong type; `hooktool validate` shows which"},
		{Says: "invalid-channel", Outcome: refused, Hint: "the channel does not exist, or the integration's user is not in it"},
		{Says: "overriding destination channel is disabled", Outcome: refused, Hint: "leave out channel and roomId, or allow the integration to override its channel"},
		{Says: "invalid integration id or token", Outcome: refused, Hint: "copy the integration's URL again"},
		{Says: "error-running-script", Outcome: refused, Hint: "the integration's own script fails: check it in the administration"},
		{Says: "service unavailable", Outcome: refused, Hint: "the integration is disabled: enable it in the administration"},
		{Status: 400, Outcome: refused, Hint: "is the channel right, and is the text within the server's limit?"},
		{Status: 404, Outcome: refused, Hint: "the URL is https://<server>/hooks/<id>/<token>: copy it again"},
	}
}
