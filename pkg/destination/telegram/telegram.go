// Package telegram describes sendMessage of Telegram's Bot API.
//
// The facts come from the source of the Bot API server (tdlib/telegram-bot-api of
// 2026-05-07) and of TDLib (tdlib/td of 2026-07-17).
package telegram

import (
	"embed"
	"fmt"
	"strings"

	"github.com/hooktool/hooktool/pkg/destination"
	"github.com/hooktool/hooktool/pkg/destination/markup"
	"github.com/hooktool/hooktool/pkg/webhook"
)

//go:embed schema.json webhook.yaml *.tmpl
var files embed.FS

// New returns the destination.
func New() *destination.Destination {
	return &destination.Destination{
		Name:    "telegram",
		Title:   "Telegram",
		Aliases: []string{"tg", "telegram-bot"},
		Summary: "a bot's message to a chat, through the method sendMessage of the Bot API or of your own Bot API server",
		Docs:    "https://core.telegram.org/bots/api#sendmessage",
		URLs: []destination.URLForm{
			{
				Pattern: `^api\.telegram\.org/bot(?P<secret>[0-9]+:[a-z0-9_-]+)/(?:test/)?sendMessage$`,
				Example: "https://api.telegram.org/bot123456789:AAExampleExampleExampleExample-token/sendMessage",
			},
			{
				Pattern: `/bot(?P<secret>[0-9]+:[a-z0-9_-]+)/(?:test/)?sendMessage$`, AnyHost: true, Distinct: true,
				Example: "http://telegram-bot-api.internal:8081/bot123456789:AAExampleExampleExampleExample-token/sendMessage",
				Note:    "your own Bot API server",
			},
			{
				Pattern: `^api\.telegram\.org/bot(?P<secret>[0-9]+:[a-z0-9_-]+)/(?:test/)?send(?:Photo|Document|Video|Animation|Audio|Voice)$`,
				Example: "https://api.telegram.org/bot123456789:AAExampleExampleExampleExample-token/sendPhoto",
				Note:    "a file with a caption", Takes: media(),
			},
			{
				Pattern: `^api\.telegram\.org/bot(?P<secret>[0-9]+:[a-z0-9_-]+)(?:/|$)`,
				Example: "https://api.telegram.org/bot123456789:AAExampleExampleExampleExample-token/getMe",
				Note:    "the URL of a webhook must end in /sendMessage", Takes: method(),
			},
			{
				Pattern: `/bot(?P<secret>[0-9]+:[a-z0-9_-]+)/(?:test/)?send(?:Photo|Document|Video|Animation|Audio|Voice)$`, AnyHost: true, Distinct: true,
				Example: "http://telegram-bot-api.internal:8081/bot123456789:AAExampleExampleExampleExample-token/sendPhoto",
				Note:    "a file with a caption", Takes: media(),
			},
			{
				Pattern: `/bot(?P<secret>[0-9]+:[a-z0-9_-]+)(?:/|$)`, AnyHost: true,
				Example: "http://telegram-bot-api.internal:8081/bot123456789:AAExampleExampleExampleExample-token/getMe",
				Note:    "the URL of a webhook must end in /sendMessage", Takes: method(),
			},
		},
		Shapes: []destination.Shape{{"$.chat_id", "$.text"}, {"$.chat_id", "$.parse_mode"}},
		Files:  files,
		Limits: []destination.Limit{
			{Path: "$.text", Label: "the text with its markup", Max: 32768, Unit: destination.Bytes, Effect: destination.Refused},
			{Path: destination.WholeBody, Label: "the body", Max: 1 << 20, Unit: destination.Bytes, Effect: destination.Refused},
		},
		Look: show,
		Visible: []destination.TextRule{{
			Path: "$.text", Label: "the text", By: dialect, Dialect: markup.TelegramPlain,
			Max: 4096, Unit: destination.CodePoints, Effect: destination.Refused, Parsed: true, Trim: true,
		}},
		Unknown:  destination.UnknownIgnored,
		Controls: func(string, byte) bool { return true },
		BadJSON:  "Telegram does not report it: it uses the fields before the fault and drops the rest",
		Rules: []string{
			"white space at both ends of the text is dropped; a text with nothing else is refused",
			"with parse_mode, the field entities is ignored",
			"reply_markup, entities, link_preview_options and reply_parameters are JSON, or JSON in a string",
			"inline_keyboard is a list of rows, each a list of buttons; a button has a text and a url on a host with a dot",
			"the URL ends in /sendMessage: /getMe answers ok, but posts nothing",
			"in Markdown, a lone _, *, ` or [ is refused, and [text] without a link loses its brackets",
			"in MarkdownV2, each of _*[]()~`>#+-=|{}.! that is not markup must be escaped with \\",
			"in HTML, every < that is not part of a tag must be written as &lt;",
		},
		Extra:     extra,
		BadMarkup: "escape the text, preferably with parse_mode HTML and the function html: {{ json (html .Summary) }}",
		Silent:    silent,
		Readers:   true, // only members of the chat are notified
		NoPings:   "put it into <code> or <pre>, where an @name does not mention anyone",
		Example:   `{"chat_id": -1001234567890, "text": "<b>checkout</b> is down", "parse_mode": "HTML"}`,
		Read:      read,
		Answers:   answers(),

		Endpoint: "/bot123456789:AAStandIn-StandIn-StandIn-StandIn000/sendMessage",
		Respond:  respond,
		Throttle: throttle,
	}
}

// dialect returns the markup that parse_mode stands for.
func dialect(p *destination.Payload, _ *destination.Value) markup.Dialect {
	switch strings.ToLower(p.Get("parse_mode").Str()) {
	case "markdown":
		return markup.TelegramMarkdown
	case "markdownv2":
		return markup.TelegramMarkdownV2
	case "html":
		return markup.TelegramHTML
	}
	return markup.TelegramPlain
}

// extra finds texts that are only white space, and entities without effect.
func extra(p *destination.Payload) []destination.Problem {
	var problems []destination.Problem
	if text := p.Get("text"); text.Is(destination.String) && text.Text != "" && strings.Trim(text.Text, " \t\r\n\v\x00") == "" {
		problems = append(problems, destination.ProblemAt(text, destination.Error, destination.Refused,
			"the text is only white space: Telegram answers \"text must be non-empty\"", "print something for every event"))
	}
	if entities := p.Get("entities"); entities != nil && p.Get("parse_mode").Str() != "" {
		problems = append(problems, destination.ProblemAt(entities, destination.Warning, destination.Ignored,
			"entities have no effect with parse_mode", "remove one of them"))
	}
	problems = append(problems, entityProblems(p)...)
	return append(problems, keyboardProblems(p)...)
}

func silent(p *destination.Payload, _ destination.Ping) bool {
	flag := p.Get("disable_notification")
	return flag.Is(destination.Boolean) && flag.Text == "true"
}

// read reads {"ok":true,"result":…} and {"ok":false,"description":"…"}.
func read(r webhook.Response) destination.Reading {
	reply, isObject := destination.ReadReply(r)
	ok, hasOK := reply.Bool("ok")
	switch {
	case isObject && hasOK && ok:
		return destination.Reading{}
	case isObject && hasOK:
		reason := reply.Str("description")
		if chat, moved := reply.Number("parameters", "migrate_to_chat_id"); moved {
			reason += fmt.Sprintf("; the new chat_id is %.0f", chat)
		}
		return destination.Reading{Outcome: webhook.Rejected, Reason: reason}
	case r.StatusCode < 300:
		return destination.Reading{Doubt: true}
	}
	return destination.Reading{}
}
