// Package lark describes the custom bots of Lark and Feishu.
//
// The facts come from Apprise of 2026-08-20 and from senders of other alerting systems;
// open.larksuite.com documents the rest. What makes it refuse a card is known from
// public threads: code 11246 for HTML (feiyu563/PrometheusAlert#301), 200861 for a
// note in the schema 2.0 (deepcoldy/botmux#139), "unknown card value" for a card in
// content (sansan0/TrendRadar#999).
package lark

import (
	"embed"

	"github.com/hooktool/hooktool/pkg/destination"
	"github.com/hooktool/hooktool/pkg/destination/markup"
	"github.com/hooktool/hooktool/pkg/webhook"
)

//go:embed schema.json webhook.yaml *.tmpl
var files embed.FS

// New returns the destination.
func New() *destination.Destination {
	return &destination.Destination{
		Name:    "lark",
		Title:   "Lark",
		Aliases: []string{"feishu", "larksuite"},
		Summary: "a message in a group, through a custom bot of Lark or Feishu",
		Docs:    "https://open.larksuite.com/document/client-docs/bot-v3/add-custom-bot",
		URLs: []destination.URLForm{
			{
				Pattern: `^open\.(?:feishu\.cn|larksuite\.com)/open-apis/bot/v2/hook/(?P<secret>[a-z0-9-]+)$`,
				Example: "https://open.larksuite.com/open-apis/bot/v2/hook/00000000-0000-0000-0000-000000000000",
			},
			{
				Pattern: `/open-apis/bot/v2/hook/(?P<secret>[a-z0-9-]+)$`, AnyHost: true, Distinct: true,
				Example: "http://127.0.0.1:8080/open-apis/bot/v2/hook/00000000-0000-0000-0000-000000000000", Note: "a proxy or a stand-in",
			},
		},
		Shapes:        []destination.Shape{{"$.msg_type"}, {"$.msg_type", "$.content"}, {"$.msg_type", "$.card"}},
		SecretMembers: []string{"sign"},
		Files:         files,
		Limits: []destination.Limit{
			{
				Path: destination.WholeBody, Label: "the body", Max: 20 * 1024, Unit: destination.Bytes, Effect: destination.Refused, Soft: true,
				Note: "20 KB is documented; larger ones have been accepted",
			},
		},
		Look: show,
		Visible: []destination.TextRule{
			{Path: "$.content.text", Label: "the text", Dialect: markup.LarkText},
			{Path: "$.content.post..title", Label: "the title of a post", Dialect: markup.PlainText},
			{Path: "$.content.post..[tag=text].text", Label: "a text of a post", Dialect: markup.PlainText, Silent: true},
			{Path: "$.content.post..[tag=a].text", Label: "a link of a post", Dialect: markup.PlainText, Silent: true},
			{Path: "$.card.header.title.content", Label: "the title of a card", Dialect: markup.PlainText},
			{Path: "$.card.elements..[tag=markdown].content", Label: "a text of a card", Dialect: markup.LarkMarkdown},
			{Path: "$.card.elements..[tag=lark_md].content", Label: "a text of a card", Dialect: markup.LarkMarkdown},
			{Path: "$.card.elements..[tag=plain_text].content", Label: "a text of a card", Dialect: markup.PlainText},
			{Path: "$.card.body.elements..[tag=lark_md].content", Label: "a text of a card", Dialect: markup.LarkMarkdown},
			{Path: "$.card.body.elements..[tag=plain_text].content", Label: "a text of a card", Dialect: markup.PlainText},
			{Path: "$.card.header.subtitle.content", Label: "the subtitle of a card", Dialect: markup.PlainText},
			{Path: "$.card.body.elements..[tag=markdown].content", Label: "a text of a card", Dialect: markup.LarkMarkdown},
		},
		Unknown: destination.UnknownUnsaid,
		Rules: []string{
			"msg_type text needs content.text, post needs content.post, interactive needs card",
			"a card has elements, each with a tag; with \"schema\": \"2.0\" they are in body, and note and action are refused",
			"Lark refuses a card with an HTML tag that it does not know: in lark_md and markdown, write < as &lt;",
			"every answer has the status 200; only code 0 is a success",
			"a bot can require a keyword in the text, a signature, or a sender address",
			"a signature depends on the time, so a template cannot produce it: leave it off",
		},
		Extra:   extra,
		NoPings: "keep <at out of the text",
		Example: `{"msg_type": "text", "content": {"text": "checkout is down"}}`,
		Read:    read,
		Answers: answers(),

		Endpoint: "/open-apis/bot/v2/hook/00000000-0000-0000-0000-000000000000",
		Respond:  respond,
		Throttle: throttle,
	}
}

// read reads {"code":0,"msg":"success"}, and the older {"StatusCode":0}.
func read(r webhook.Response) destination.Reading {
	return destination.ReadCode(r,
		destination.CodeMember{Code: "code", Message: "msg"}, destination.CodeMember{Code: "StatusCode", Message: "StatusMessage"},
	)
}

func answers() []destination.Answer {
	const refused = webhook.Rejected
	return []destination.Answer{
		{Status: 200, Says: `"code":0`, Outcome: webhook.Delivered},
		{Says: "(19001)", Outcome: refused, Hint: "the URL is wrong, or the bot was removed: copy its URL again"},
		{Says: "(19021)", Outcome: refused, Hint: "the bot requires a signature, which a template cannot produce: turn it off and use a keyword"},
		{Says: "(19024)", Outcome: refused, Hint: "the bot requires a keyword: print it in every message"},
		{Says: "(19036)", Outcome: refused, Hint: "cut what can grow with printf \"%.300s\""},
		{Says: "(9499)", Outcome: refused, Hint: "the body has the wrong shape: `hooktool destinations lark`"},
		{Says: "(11246)", Outcome: refused, Hint: "Lark does not accept something in the card, at the path that it names: lark_md may contain only Lark's own HTML, so escape text with the function html"},
		{Says: "(200861)", Outcome: refused, Hint: "cards of schema 2.0 have no note and no action: write buttons and markdown directly"},
		{Says: "unknown card value", Outcome: refused, Hint: "with msg_type interactive, the message belongs in card, not in content"},
		{Says: "(11232)", Outcome: refused, Hint: "there are too many messages: try again later"},
		{Says: "keyword", Outcome: refused, Hint: "the bot requires a keyword: print it in every message"},
		{Says: "sign", Outcome: refused, Hint: "the bot requires a signature, which a template cannot produce: turn it off and use a keyword"},
		{Status: 429, Outcome: refused, Hint: "there are too many messages: try again later"},
	}
}
