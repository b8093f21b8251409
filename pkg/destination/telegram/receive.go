package telegram

import (
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/hooktool/hooktool/pkg/destination"
	"github.com/hooktool/hooktool/pkg/destination/markup"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// The lengths at which Telegram refuses a text.
const (
	maxSource     = 1 << 15 // bytes, with markup
	maxText       = 4096    // code points
	maxParameters = 1 << 20 // bytes
)

// reply is an answer of the Bot API. Its members are in its order.
type reply struct {
	OK          bool   `json:"ok"`
	Result      any    `json:"result,omitempty"`
	ErrorCode   int    `json:"error_code,omitempty"`
	Description string `json:"description,omitempty"`
	Parameters  any    `json:"parameters,omitempty"`
}

// refuse returns an answer that begins with the words of its status, as Telegram's do.
func refuse(status int, message string) webhook.Response {
	prefix := http.StatusText(status)
	if message != "" {
		prefix += ": " + lowerFirst(message)
	}
	return destination.JSONAnswer(status, reply{ErrorCode: status, Description: prefix})
}

// lowerFirst returns a message for use after another: in lower case, unless it begins
// with an acronym or the name of a constant.
func lowerFirst(message string) string {
	if len(message) > 1 && (message[1] == '_' || unicode.IsUpper(rune(message[1]))) {
		return message
	}
	return strings.ToLower(message[:1]) + message[1:]
}

func throttle(wait time.Duration) webhook.Response {
	seconds := destination.Seconds(wait)
	return destination.WithRetryAfter(destination.JSONAnswer(http.StatusTooManyRequests, reply{
		ErrorCode: http.StatusTooManyRequests, Description: fmt.Sprintf("Too Many Requests: retry after %d", seconds),
		Parameters: map[string]int{"retry_after": seconds},
	}), wait)
}

// respond answers as a Bot API server does. It ignores what Check found: the server
// reads broken JSON as far as it can, without complaint.
func respond(c *destination.Call) webhook.Response {
	rest, ok := strings.CutPrefix(c.Path, "/bot")
	token, method, found := strings.Cut(rest, "/")
	if !ok || !found {
		return refuse(http.StatusNotFound, "")
	}
	method = strings.ToLower(strings.TrimPrefix(method, "test/"))
	if !validToken(token) {
		return refuse(http.StatusUnauthorized, "Invalid token specified")
	}
	args := parametersOf(c)
	if size := args.size(); size > maxParameters {
		return refuse(http.StatusRequestEntityTooLarge, "Too many parameters")
	}
	id, _, _ := strings.Cut(token, ":")
	switch method {
	case "sendmessage":
		return sendMessage(c, id, args)
	case "sendphoto", "senddocument", "sendvideo", "sendanimation", "sendaudio", "sendvoice":
		return sendMedia(c, id, args)
	case "getme":
		return destination.JSONAnswer(http.StatusOK, reply{OK: true, Result: me(id)})
	case "getupdates":
		return destination.JSONAnswer(http.StatusOK, reply{OK: true, Result: updates(c.Time)})
	}
	return refuse(http.StatusNotFound, "Method not found")
}

// validToken checks a token for the form that the server demands.
func validToken(token string) bool {
	id, secret, ok := strings.Cut(token, ":")
	n, err := strconv.ParseInt(id, 10, 64)
	return ok && secret != "" && len(token) <= 80 && !strings.HasPrefix(token, "0") && err == nil && n > 0 && n < 1<<54
}

// message is the message that the API returns. Its members are in its order.
type posted struct {
	ID       int             `json:"message_id"`
	From     any             `json:"from"`
	Chat     chat            `json:"chat"`
	Date     int64           `json:"date"`
	Text     string          `json:"text"`
	Entities []markup.Entity `json:"entities,omitempty"`
}

func sendMessage(c *destination.Call, bot string, args parameters) webhook.Response {
	document, fault := formatted(args)
	if fault != "" {
		return refuse(http.StatusBadRequest, fault)
	}
	if fault, _ := keyboardFault(strings.TrimSpace(args["reply_markup"])); fault != "" {
		return refuse(http.StatusBadRequest, fault)
	}
	to, fault := chatOf(args["chat_id"])
	if fault != "" {
		return refuse(http.StatusBadRequest, fault)
	}
	return destination.JSONAnswer(http.StatusOK, reply{OK: true, Result: posted{
		ID: c.Number, From: me(bot), Chat: to, Date: c.Time.Unix(), Text: document.Text, Entities: document.Entities(),
	}})
}

// sendMedia answers to a file with a caption. It does not look at the file.
func sendMedia(c *destination.Call, bot string, args parameters) webhook.Response {
	if problem, refused := c.Refused(); refused {
		return refuse(http.StatusBadRequest, problem.Message)
	}
	to, fault := chatOf(args["chat_id"])
	if fault != "" {
		return refuse(http.StatusBadRequest, fault)
	}
	return destination.JSONAnswer(http.StatusOK, reply{OK: true, Result: posted{
		ID: c.Number, From: me(bot), Chat: to, Date: c.Time.Unix(), Text: args["caption"],
	}})
}

// formatted parses the text, with the checks in the server's order.
func formatted(args parameters) (*markup.Document, string) {
	text := args["text"]
	switch {
	case text == "":
		return nil, "Message text is empty"
	case !utf8.ValidString(text):
		return nil, "Strings must be encoded in UTF-8"
	case len(text) > maxSource:
		return nil, "Text is too long"
	}
	dialect, ok := parseMode(args["parse_mode"])
	if !ok {
		return nil, "Unsupported parse_mode"
	}
	document, err := markup.Parse(dialect, text)
	var fault *markup.Error
	if errors.As(err, &fault) {
		return nil, "Can't parse entities: " + fault.Message
	}
	switch n := utf8.RuneCountInString(document.Text); {
	case n == 0:
		return nil, "Text must be non-empty"
	case n > maxText:
		return nil, "Message is too long"
	}
	return document, ""
}

func parseMode(name string) (markup.Dialect, bool) {
	switch strings.ToLower(name) {
	case "markdown":
		return markup.TelegramMarkdown, true
	case "markdownv2":
		return markup.TelegramMarkdownV2, true
	case "html":
		return markup.TelegramHTML, true
	case "", "none":
		return markup.TelegramPlain, true
	}
	return "", false
}

// chat is a chat as the API describes it.
type chat struct {
	ID        int64  `json:"id"`
	Title     string `json:"title,omitempty"`
	Username  string `json:"username,omitempty"`
	FirstName string `json:"first_name,omitempty"`
	Type      string `json:"type"`
}

// supergroups is the id below which supergroups and channels have theirs.
const supergroups = -1000000000000

// chatOf returns the chat with an id or a @channel; the stand-in has every chat.
func chatOf(id string) (to chat, fault string) {
	n, err := strconv.ParseInt(id, 10, 64)
	name, isName := strings.CutPrefix(id, "@")
	switch {
	case id == "":
		return chat{}, "Chat_id is empty"
	case isName && name != "":
		return chat{ID: supergroups - 1, Title: name, Username: name, Type: "channel"}, ""
	case err != nil || n == 0:
		return chat{}, "Chat not found"
	case n > 0:
		return chat{ID: n, FirstName: "Stand-in", Type: "private"}, ""
	case n > supergroups:
		return chat{ID: n, Title: "Stand-in", Type: "group"}, ""
	}
	return chat{ID: n, Title: "Stand-in", Type: "supergroup"}, ""
}

// me returns the bot of a token.
func me(id string) any {
	n, _ := strconv.ParseInt(id, 10, 64)
	return struct {
		ID        int64  `json:"id"`
		IsBot     bool   `json:"is_bot"`
		FirstName string `json:"first_name"`
		Username  string `json:"username"`
	}{n, true, "Stand-in", "standin_bot"}
}

// updates are what the stand-in's bot has seen: one chat of each type.
func updates(now time.Time) []any {
	var list []any
	for i, to := range []chat{
		{ID: 1001, FirstName: "Alice", Username: "alice", Type: "private"},
		{ID: -2002, Title: "On call", Type: "group"},
		{ID: supergroups - 3003, Title: "Production alerts", Type: "supergroup"},
		{ID: supergroups - 4004, Title: "Status", Username: "status", Type: "channel"},
	} {
		kind := "message"
		if to.Type == "channel" {
			kind = "channel_post"
		}
		list = append(list, map[string]any{
			"update_id": 1 + i,
			kind:        map[string]any{"message_id": 1, "date": now.Unix(), "chat": to, "text": "/start"},
		})
	}
	return list
}
