package markup

import "fmt"

// Dialect names a way to write rich text.
type Dialect string

// The dialects.
const (
	// PlainText has no markup at all, as in PagerDuty, Opsgenie and Splunk On-Call.
	PlainText Dialect = "plain"
	// TelegramMarkdown is Telegram's parse_mode Markdown.
	TelegramMarkdown Dialect = "telegram-markdown"
	// TelegramMarkdownV2 is Telegram's parse_mode MarkdownV2.
	TelegramMarkdownV2 Dialect = "telegram-markdownv2"
	// TelegramHTML is Telegram's parse_mode HTML.
	TelegramHTML Dialect = "telegram-html"
	// TelegramPlain is Telegram without parse_mode: no markup, but @names notify.
	TelegramPlain Dialect = "telegram-plain"
	// DiscordMarkdown is the text of Discord's messages and embeds.
	DiscordMarkdown Dialect = "discord-markdown"
	// MattermostMarkdown is the text of Mattermost's messages and attachments.
	MattermostMarkdown Dialect = "mattermost-markdown"
	// SlackMrkdwn is the text of Slack's messages and of its mrkdwn objects.
	SlackMrkdwn Dialect = "slack-mrkdwn"
	// AdaptiveCardMarkdown is the subset that Microsoft Teams shows in an Adaptive
	// Card's TextBlock and facts.
	AdaptiveCardMarkdown Dialect = "adaptive-card-markdown"
	// GoogleChatText is the text of Google Chat's messages.
	GoogleChatText Dialect = "google-chat-text"
	// RocketChatMarkdown is the text of Rocket.Chat's messages.
	RocketChatMarkdown Dialect = "rocketchat-markdown"
	// ZulipMarkdown is the text of Zulip's own messages.
	ZulipMarkdown Dialect = "zulip-markdown"
	// ZulipSlack is what Zulip's Slack-compatible webhook reads: Slack's *bold*,
	// _italic_, ~struck~ and links, converted to Zulip's own markup before that is
	// read.
	ZulipSlack Dialect = "zulip-slack"
	// WebexMarkdown is the field "markdown" of Webex.
	WebexMarkdown Dialect = "webex-markdown"
	// LarkText is the text of Lark's and Feishu's text messages.
	LarkText Dialect = "lark-text"
	// LarkMarkdown is the lark_md and markdown text of Lark's and Feishu's cards.
	LarkMarkdown Dialect = "lark-markdown"
	// WeComMarkdown is the markdown of WeCom's group robots.
	WeComMarkdown Dialect = "wecom-markdown"
	// CommonMarkdown is GitHub's Markdown without pings: ntfy with "markdown", Gotify
	// with text/markdown, incident.io.
	CommonMarkdown Dialect = "markdown"
	// PushoverHTML is the message of Pushover with html=1.
	PushoverHTML Dialect = "pushover-html"
	// GoogleChatHTML is the text of the widgets in Google Chat's cards.
	GoogleChatHTML Dialect = "google-chat-html"
)

// parser reads one dialect.
type parser func(text string) (*Document, error)

// parserOf returns the parser of a dialect, or nil if there is none.
func parserOf(d Dialect) parser {
	switch d {
	case PlainText:
		return parsePlain
	case TelegramMarkdown:
		return parseTelegramMarkdown
	case TelegramMarkdownV2:
		return parseTelegramMarkdownV2
	case TelegramHTML:
		return parseTelegramHTML
	case TelegramPlain:
		return parseTelegramPlain
	case PushoverHTML:
		return pushoverHTML().parse
	case GoogleChatHTML:
		return googleChatHTML().parse
	}
	if s, ok := syntaxOf(d); ok {
		return func(text string) (*Document, error) { return s.parse(text), nil }
	}
	return nil
}

// Dialects lists every dialect, plain text first.
func Dialects() []Dialect {
	return []Dialect{
		PlainText, TelegramMarkdown, TelegramMarkdownV2, TelegramHTML, TelegramPlain, DiscordMarkdown, MattermostMarkdown, SlackMrkdwn,
		AdaptiveCardMarkdown, GoogleChatText, RocketChatMarkdown, ZulipMarkdown, ZulipSlack, WebexMarkdown, LarkText, LarkMarkdown, CommonMarkdown,
		PushoverHTML, GoogleChatHTML, WeComMarkdown,
	}
}

// Parse reads a text. The error, if there is one, is a *Error in the words of the
// dialect's system, and means that the system would refuse the text. An unknown dialect
// is an error of another kind.
func Parse(d Dialect, text string) (*Document, error) {
	parse := parserOf(d)
	if parse == nil {
		return nil, fmt.Errorf("unknown dialect %q", string(d))
	}
	return parse(text)
}

func parsePlain(text string) (*Document, error) {
	b := newBuilder(text)
	b.copy(0, len(text))
	return b.document(PlainText), nil
}
