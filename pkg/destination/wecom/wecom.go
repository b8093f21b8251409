// Package wecom describes the group robots of WeCom, also called WeChat Work.
//
// The facts come from the documentation of WeCom (developer.work.weixin.qq.com, path
// 91770) as senders of other systems quote it: limits in bytes, 20 messages a minute,
// answers with errcode. The meaning of its other codes is uncertain.
package wecom

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
		Name:    "wecom",
		Title:   "WeCom",
		Aliases: []string{"wechatwork", "wechat-work", "qywx"},
		Summary: "a message in a group of WeCom (WeChat Work), through a group robot",
		Docs:    "https://developer.work.weixin.qq.com/document/path/91770",
		URLs: []destination.URLForm{
			{
				Pattern: `^qyapi\.weixin\.qq\.com/cgi-bin/webhook/send$`, SecretQuery: []string{"key"},
				Example: "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=00000000-0000-0000-0000-000000000000",
			},
			{
				Pattern: `/cgi-bin/webhook/send$`, Query: []string{"key"}, SecretQuery: []string{"key"}, AnyHost: true,
				Example: "http://127.0.0.1:8080/cgi-bin/webhook/send?key=00000000-0000-0000-0000-000000000000", Note: "a proxy or a stand-in",
			},
		},
		Shapes: []destination.Shape{
			{"$.msgtype=markdown", "$.markdown.content"},
			{"$.msgtype=markdown_v2", "$.markdown_v2.content"},
			{"$.msgtype=text", "$.text.mentioned_list"},
			{"$.msgtype=template_card", "$.template_card"},
			{"$.msgtype=news", "$.news.articles"},
		},
		Files: files,
		Look:  look,
		Visible: []destination.TextRule{
			text("$.text.content", "the text", markup.PlainText, 2048),
			text("$.markdown.content", "the Markdown", markup.WeComMarkdown, 4096),
			text("$.markdown_v2.content", "the Markdown (markdown_v2)", markup.CommonMarkdown, 4096),
			{Path: "$.news.articles[*].title", Label: "the title of an article", Dialect: markup.PlainText},
			{Path: "$.news.articles[*].description", Label: "the description of an article", Dialect: markup.PlainText},
			{Path: "$.template_card.source.desc", Label: "the source of a card", Dialect: markup.PlainText},
			{Path: "$.template_card.main_title.*", Label: "the title of a card", Dialect: markup.PlainText},
			{Path: "$.template_card.emphasis_content.*", Label: "the emphasis of a card", Dialect: markup.PlainText},
			{Path: "$.template_card.quote_area.title", Label: "the title of a quote", Dialect: markup.PlainText},
			{Path: "$.template_card.quote_area.quote_text", Label: "a quote", Dialect: markup.PlainText},
			{Path: "$.template_card.image_text_area.title", Label: "a title of a card", Dialect: markup.PlainText},
			{Path: "$.template_card.image_text_area.desc", Label: "a text of a card", Dialect: markup.PlainText},
			{Path: "$.template_card.sub_title_text", Label: "the text of a card", Dialect: markup.PlainText},
			{Path: "$.template_card.horizontal_content_list[*].keyname", Label: "a name in a card", Dialect: markup.PlainText},
			{Path: "$.template_card.horizontal_content_list[*].value", Label: "a value in a card", Dialect: markup.PlainText},
			{Path: "$.template_card.vertical_content_list[*].title", Label: "a title in a card", Dialect: markup.PlainText},
			{Path: "$.template_card.vertical_content_list[*].desc", Label: "a text in a card", Dialect: markup.PlainText},
			{Path: "$.template_card.jump_list[*].title", Label: "a link of a card", Dialect: markup.PlainText},
		},
		Unknown: destination.UnknownUnsaid,
		Rules: []string{
			"msgtype names the member that is required: text, markdown, markdown_v2, image, news, file, voice or template_card",
			"lengths are counted in bytes: a Chinese character has three",
			"markdown supports headings, **bold**, links, `code`, > quotes and <font color=\"info\">, but not lists and tables",
			"every answer has the status 200; only errcode 0 is a success",
			"a card is a text_notice, with a title or a text, or a news_notice, with a title and a picture; both need card_action; its lists have at most 6, 4 and 3 entries",
			"a robot takes 20 messages per minute",
		},
		NoPings: "pass text through the function html, so that it cannot contain <@name>",
		Example: `{"msgtype": "markdown", "markdown": {"content": "**checkout** is down"}}`,
		Read:    read,
		Answers: answers(),

		Endpoint: "/cgi-bin/webhook/send?key=00000000-0000-0000-0000-000000000000",
		Respond:  respond,
		Throttle: throttle,
	}
}

func text(path, label string, dialect markup.Dialect, most int) destination.TextRule {
	return destination.TextRule{
		Path: path, Label: label, Dialect: dialect, Max: most, Unit: destination.Bytes, Effect: destination.Refused,
	}
}

// read reads {"errcode":0,"errmsg":"ok"}.
func read(r webhook.Response) destination.Reading {
	return destination.ReadCode(r, destination.CodeMember{Code: "errcode", Message: "errmsg"})
}

func answers() []destination.Answer {
	const refused = webhook.Rejected
	return []destination.Answer{
		{Status: 200, Says: `"errcode":0`, Outcome: webhook.Delivered},
		{Says: "(93000)", Outcome: refused, Hint: "the key in the URL is wrong, or the robot was removed: copy its webhook URL again"},
		{Says: "(45009)", Outcome: refused, Hint: "the robot takes 20 messages per minute: try again later"},
		{Says: "(40008)", Outcome: refused, Hint: "msgtype is text, markdown, markdown_v2, image, news, file, voice or template_card"},
		{Says: "exceed", Outcome: refused, Hint: "text takes 2048 bytes, markdown 4096: cut what can grow with printf \"%.100s\""},
		{Says: "(40058)", Outcome: refused, Hint: "the answer names what is wrong; `hooktool destinations wecom` lists the rules"},
	}
}
