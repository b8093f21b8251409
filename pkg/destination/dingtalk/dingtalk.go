// Package dingtalk describes the custom robots of DingTalk.
//
// The facts come from DingTalk's documentation of custom robots, as senders of other
// systems quote it, and from public threads. The meaning of its codes is uncertain,
// except for those named here.
package dingtalk

import (
	"embed"

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
		Name:    "dingtalk",
		Title:   "DingTalk",
		Aliases: []string{"dingding", "ding"},
		Summary: "a message in a group, through a custom DingTalk robot",
		Docs:    "https://open.dingtalk.com/document/robots/custom-robot-access",
		URLs: []destination.URLForm{
			{
				Pattern: `^oapi\.dingtalk\.(?:com|io)/robot/send$`, SecretQuery: []string{"access_token", "sign"},
				Example: "https://oapi.dingtalk.com/robot/send?access_token=ExampleExampleExampleExampleExample00",
			},
			{
				Pattern: `/robot/send$`, Query: []string{"access_token"}, SecretQuery: []string{"access_token", "sign"}, AnyHost: true,
				Example: "http://127.0.0.1:8080/robot/send?access_token=ExampleExampleExampleExampleExample00", Note: "a proxy or a stand-in",
			},
		},
		Shapes: []destination.Shape{
			{"$.msgtype=markdown", "$.markdown.title", "$.markdown.text"},
			{"$.msgtype=actionCard", "$.actionCard"},
			{"$.msgtype=feedCard", "$.feedCard"},
			{"$.msgtype=link", "$.link.messageUrl"},
			{"$.msgtype", "$.at.isAtAll"},
			{"$.msgtype", "$.at.atMobiles"},
		},
		Files: files,
		Look:  look,
		Limits: []destination.Limit{
			{
				Path: destination.WholeBody, Label: "the body", Max: 20000, Unit: destination.Bytes, Effect: destination.Refused, Soft: true,
				Note: "DingTalk documents this limit",
			},
		},
		Visible: []destination.TextRule{
			{Path: "$.text.content", Label: "the text", Dialect: markup.PlainText},
			{Path: "$.markdown.title", Label: "the title", Dialect: markup.PlainText},
			{Path: "$.markdown.text", Label: "the text", Dialect: markup.CommonMarkdown},
			{Path: "$.link.title", Label: "the title", Dialect: markup.PlainText},
			{Path: "$.link.text", Label: "the text", Dialect: markup.PlainText},
			{Path: "$.actionCard.title", Label: "the title", Dialect: markup.PlainText},
			{Path: "$.actionCard.text", Label: "the text", Dialect: markup.CommonMarkdown},
			{Path: "$.feedCard.links[*].title", Label: "the title of a link", Dialect: markup.PlainText},
		},
		Unknown: destination.UnknownUnsaid,
		Rules: []string{
			"msgtype names the member that is required: text, link, markdown, actionCard or feedCard",
			"markdown needs a title as well as a text: notifications and the list of chats show it",
			"a line break needs two: \\n\\n",
			"every answer has the status 200; only errcode 0 is a success",
			"a robot requires a keyword in the text, a signature, or a sender address; a signature depends on the time, so a template cannot produce it",
			"only people in at are notified, and in text and markdown only if @ and the number are also in the text",
			"a robot takes 20 messages per minute",
		},
		Example: `{"msgtype": "markdown", "markdown": {"title": "checkout", "text": "**checkout** is down (Coroot)"}}`,
		Read:    read,
		Answers: answers(),

		Endpoint: "/robot/send?access_token=StandInStandInStandInStandIn00000000",
		Respond:  respond,
		Throttle: throttle,
	}
}

// look shows the text, or the cards.
func look(r *message.Reader) *message.Message {
	var bs message.Blocks
	bs.Add(message.Paragraph, r.Text(r.Root.Get("text", "content")))
	bs.Add(message.Paragraph, r.Text(r.Root.Get("markdown", "text")))
	for _, card := range []string{"link", "actionCard"} {
		var inner message.Blocks
		at := r.Root.Get(card)
		if card == "link" {
			inner.Title(r.Text(at.Get("title")), at.Get("messageUrl").Scalar())
		}
		inner.Add(message.Paragraph, r.Text(at.Get("text")))
		var buttons []message.Button
		if label := at.Get("singleTitle").Scalar(); label != "" {
			buttons = append(buttons, message.Button{Label: label, URL: at.Get("singleURL").Scalar()})
		}
		for _, button := range at.Get("btns").Elems() {
			buttons = append(buttons, message.Button{Label: button.Get("title").Scalar(), URL: button.Get("actionURL").Scalar()})
		}
		inner.Buttons(buttons)
		bs.Card("", inner)
	}
	for _, link := range r.Root.Get("feedCard", "links").Elems() {
		bs.Title(r.Text(link.Get("title")), link.Get("messageURL").Scalar())
	}
	return &message.Message{Blocks: bs}
}

// read reads {"errcode":0,"errmsg":"ok"}.
func read(r webhook.Response) destination.Reading {
	return destination.ReadCode(r, destination.CodeMember{Code: "errcode", Message: "errmsg"})
}

func answers() []destination.Answer {
	const refused = webhook.Rejected
	return []destination.Answer{
		{Status: 200, Says: `"errcode":0`, Outcome: webhook.Delivered},
		{Says: "sign not match", Outcome: refused, Hint: "the robot requires a signature, which a template cannot produce: turn it off and use a keyword"},
		{Says: "not in whitelist", Outcome: refused, Hint: "the robot takes messages only from some addresses: add Coroot's, or use a keyword"},
		{Says: "(310000)", Outcome: refused, Hint: "the robot requires a keyword in the text, such as Coroot, or a signature or sender address, which a template cannot supply"},
		{Says: "(300001)", Outcome: refused, Hint: "the access_token in the URL is wrong, or the robot was removed: copy its URL again"},
		{Says: "(130101)", Outcome: refused, Hint: "the robot takes 20 messages per minute: try again later"},
		{Says: "(90030)", Outcome: refused, Hint: "the robot gets too many messages: try again later"},
		{Says: "keyword", Outcome: refused, Hint: "the robot requires a keyword: print it in every message"},
	}
}
