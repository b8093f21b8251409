package telegram

import (
	"github.com/hooktool/hooktool/pkg/destination"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// answers are in Telegram's own words, without the prefix that repeats the status.
func answers() []destination.Answer {
	const refused = webhook.Rejected
	return []destination.Answer{
		{Status: 200, Says: `"ok":true`, Outcome: webhook.Delivered, Meaning: ""},
		{Says: "chat not found", Outcome: refused, Hint: "add the bot to the chat, or let the person write to it first; `hooktool telegram chats` lists what it can see"},
		{Says: "group chat was upgraded to a supergroup", Outcome: refused, Hint: "use the new chat_id in the answer"},
		{Says: "message thread not found", Outcome: refused, Hint: "message_thread_id is not a topic of this chat"},
		{Says: "can't find end of", Outcome: refused, Hint: "a character in the text is treated as markup: escape it, preferably with parse_mode HTML and {{ json (html .Summary) }}"},
		{Says: "is reserved and must be escaped", Outcome: refused, Hint: "MarkdownV2 needs a \\ before each of _*[]()~`>#+-=|{}.! in text; parse_mode HTML with {{ json (html .Summary) }} is easier"},
		{Says: "can't parse entities", Outcome: refused, Hint: "the text is not valid in its parse_mode; `hooktool validate` shows where"},
		{Says: "message text is empty", Outcome: refused, Hint: "the field text is missing, or the JSON is broken before it: Telegram does not report broken JSON"},
		{Says: "text must be non-empty", Outcome: refused, Hint: "the text is only white space"},
		{Says: "message is too long", Outcome: refused, Hint: "a message takes 4096 characters, not counting markup: cut what can grow with printf \"%.300s\""},
		{Says: "text is too long", Outcome: refused, Hint: "cut what can grow with printf \"%.300s\""},
		{Says: "unsupported parse_mode", Outcome: refused, Hint: "parse_mode is HTML, MarkdownV2 or Markdown"},
		{Says: "chat_id is empty", Outcome: refused, Hint: "add chat_id to the template; `hooktool telegram chats` lists the chats of the bot"},
		{Says: "bot was kicked", Outcome: refused, Hint: "add the bot to the chat again"},
		{Says: "bot is not a member", Outcome: refused, Hint: "add the bot to the channel as an administrator"},
		{Says: "bot was blocked", Outcome: refused, Hint: "this person has blocked the bot"},
		{Says: "user is deactivated", Outcome: refused, Hint: "this account no longer exists"},
		{Says: "group chat was deleted", Outcome: refused, Hint: "this chat no longer exists"},
		{Says: "method not found", Outcome: refused, Hint: "the URL must end in /sendMessage"},
		{Status: 401, Outcome: refused, Hint: "the token in the URL is wrong or was revoked: ask @BotFather"},
		{Status: 403, Outcome: refused, Hint: "the bot may not write to this chat"},
		{Status: 404, Outcome: refused, Hint: "the URL is https://api.telegram.org/bot<token>/sendMessage; check the token"},
		{Status: 429, Outcome: refused, Hint: "Telegram takes about one message per second for each chat, and 20 per minute for each group; --retries waits as long as it asks"},
	}
}
