//go:build !offline

package telegram

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/hooktool/hooktool/pkg/source"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// DefaultAPI is where Telegram's own Bot API server is.
const DefaultAPI = "https://api.telegram.org"

// maxReply bounds how much of an answer is read, in bytes.
const maxReply = 16 << 20

// callTime limits the duration of a call.
const callTime = 20 * time.Second

// Client calls a Bot API server. None of its errors contains the token.
type Client struct {
	Token string
	url   string
}

// NewClient returns a client of the server at a URL, such as DefaultAPI. It can also be
// the URL of a whole webhook.
func NewClient(api, token string) (*Client, error) {
	u, err := url.Parse(api)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return nil, errors.New("the URL of a Bot API server begins with https:// or http://")
	}
	path, _, _ := strings.Cut(u.Path, "/bot")
	u.Path, u.RawPath, u.RawQuery, u.Fragment = strings.TrimRight(path, "/"), "", "", ""
	return &Client{token, u.String()}, nil
}

// APIError is the server's answer if it did not do what was asked.
type APIError struct {
	Code        int    // the HTTP status
	Description string // in Telegram's words
}

func (e *APIError) Error() string {
	return fmt.Sprintf("Telegram answers %d: %s", e.Code, e.Description)
}

// Problem returns the error with its hint; see source.Teller.
func (e *APIError) Problem() *source.Problem {
	return &source.Problem{Message: e.Error(), Hint: e.hint(), Err: e}
}

// hint says what to do about a refusal. It is empty if nothing is known.
func (e *APIError) hint() string {
	switch {
	case e.Code == http.StatusUnauthorized:
		return "the token is wrong or was revoked: ask @BotFather"
	case e.Code == http.StatusNotFound:
		return "no bot has this token: copy it again from @BotFather"
	case e.Code == http.StatusConflict && strings.Contains(e.Description, "webhook"):
		return "this bot has a webhook, so its updates go to another program: ask that program, delete the webhook with the method deleteWebhook, or use a separate bot for Coroot"
	case e.Code == http.StatusConflict:
		return "another program is asking for this bot's updates: stop it for a moment, or use a separate bot for Coroot"
	case e.Code == http.StatusTooManyRequests:
		return "wait as long as the answer says"
	}
	return ""
}

// Bot is the bot of a token.
type Bot struct {
	ID       int64  `json:"id"`
	Username string `json:"username"`
	Name     string `json:"first_name"`
}

// Chat is a chat that a bot has seen.
type Chat struct {
	ID       int64   `json:"id"`
	Type     string  `json:"type"`
	Title    string  `json:"title"` // of a private chat, the person's name
	Username string  `json:"username,omitempty"`
	Gone     string  `json:"gone,omitempty"` // why messages will not arrive there; usually empty
	Topics   []Topic `json:"topics,omitempty"`
}

// Topic is a topic of a group with topics.
type Topic struct {
	ID   int64  `json:"message_thread_id"`
	Name string `json:"name,omitempty"` // empty if no update has it
}

// ValidToken reports whether a token has the form of one.
func ValidToken(token string) bool {
	_, secret, _ := strings.Cut(token, ":")
	return validToken(token) && strings.IndexFunc(secret, func(r rune) bool {
		return (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z') && r != '_' && r != '-'
	}) < 0
}

// Me checks the token, and returns its bot.
func (c *Client) Me(ctx context.Context) (Bot, error) {
	var bot Bot
	err := c.call(ctx, "getMe", &bot)
	return bot, err
}

// Chats returns the chats of the updates that no program has fetched yet, sorted by
// type and title. Telegram keeps updates for a day. This does not mark them as fetched.
func (c *Client) Chats(ctx context.Context) ([]Chat, error) {
	var updates []map[string]json.RawMessage
	if err := c.call(ctx, "getUpdates", &updates); err != nil {
		return nil, err
	}
	seen := chats{}
	for _, update := range updates {
		for kind, raw := range update {
			var each event
			if json.Unmarshal(raw, &each) == nil {
				seen.add(kind, each)
			}
		}
	}
	list := make([]Chat, 0, len(seen))
	for _, chat := range seen {
		slices.SortFunc(chat.Topics, func(a, b Topic) int { return cmp.Compare(a.ID, b.ID) })
		list = append(list, *chat)
	}
	slices.SortFunc(list, func(a, b Chat) int {
		return cmp.Or(cmp.Compare(a.Type, b.Type), cmp.Compare(strings.ToLower(a.Title), strings.ToLower(b.Title)), cmp.Compare(a.ID, b.ID))
	})
	return list, nil
}

// event is what an update says about a chat.
type event struct {
	Chat       *seenChat `json:"chat"`
	MigratedTo int64     `json:"migrate_to_chat_id"`
	Topic      int64     `json:"message_thread_id"`
	IsTopic    bool      `json:"is_topic_message"`
	Created    *named    `json:"forum_topic_created"`
	Message    *event    `json:"message"` // of a callback query
	ReplyTo    *event    `json:"reply_to_message"`
	NewMember  *struct {
		Status string `json:"status"`
	} `json:"new_chat_member"`
}

type named struct {
	Name string `json:"name"`
}

type seenChat struct {
	ID        int64  `json:"id"`
	Type      string `json:"type"`
	Title     string `json:"title"`
	Username  string `json:"username"`
	FirstName string `json:"first_name"`
	LastName  string `json:"last_name"`
}

// chats are those that were seen, by id.
type chats map[int64]*Chat

func (s chats) add(kind string, e event) {
	if e.Message != nil {
		s.add("message", *e.Message)
	}
	if e.Chat == nil || e.Chat.ID == 0 {
		return
	}
	chat := s[e.Chat.ID]
	if chat == nil {
		chat = &Chat{ID: e.Chat.ID}
		s[e.Chat.ID] = chat
	}
	chat.Type, chat.Username = e.Chat.Type, e.Chat.Username
	chat.Title = cmp.Or(e.Chat.Title, strings.TrimSpace(e.Chat.FirstName+" "+e.Chat.LastName))
	switch {
	case e.MigratedTo != 0:
		chat.Gone = fmt.Sprintf("it became the supergroup %d", e.MigratedTo)
	case kind == "my_chat_member" && e.NewMember != nil:
		chat.Gone = ""
		if e.NewMember.Status == "left" || e.NewMember.Status == "kicked" {
			chat.Gone = "the bot was removed from it"
		}
	}
	if e.IsTopic && e.Topic != 0 {
		chat.addTopic(e)
	}
}

func (c *Chat) addTopic(e event) {
	name := ""
	if e.Created != nil {
		name = e.Created.Name
	} else if e.ReplyTo != nil && e.ReplyTo.Created != nil {
		name = e.ReplyTo.Created.Name
	}
	for i := range c.Topics {
		if c.Topics[i].ID == e.Topic {
			c.Topics[i].Name = cmp.Or(name, c.Topics[i].Name)
			return
		}
	}
	c.Topics = append(c.Topics, Topic{e.Topic, name})
}

// call calls a method without arguments.
func (c *Client) call(ctx context.Context, method string, result any) error {
	watched, explain := webhook.Watch(ctx, "the server")
	limited, cancel := context.WithTimeout(watched, callTime)
	defer cancel()
	noAnswer := func(err error) error {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		reason, hint := explain(err, callTime)
		return &source.Problem{Message: reason, Hint: hint}
	}
	req, err := http.NewRequestWithContext(limited, http.MethodGet, c.url+"/bot"+c.Token+"/"+method, nil)
	if err != nil {
		return noAnswer(err)
	}
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }} // a redirect would get the token
	answer, err := client.Do(req)
	if err != nil {
		return noAnswer(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(io.LimitReader(answer.Body, maxReply+1))
	switch {
	case err != nil:
		return noAnswer(err)
	case len(body) > maxReply:
		return fmt.Errorf("the answer is larger than %d bytes", maxReply)
	}
	return c.decode(answer.StatusCode, body, result)
}

// decode reads {"ok":…}.
func (c *Client) decode(status int, body []byte, result any) error {
	var reply struct {
		OK          bool            `json:"ok"`
		Result      json.RawMessage `json:"result"`
		Code        int             `json:"error_code"`
		Description string          `json:"description"`
	}
	err := json.Unmarshal(body, &reply)
	switch {
	case err == nil && reply.OK:
		if err := json.Unmarshal(reply.Result, result); err != nil {
			return errors.New("the answer is not from a Bot API server")
		}
		return nil
	case err == nil && reply.Description != "":
		return &APIError{cmp.Or(reply.Code, status), strings.ReplaceAll(reply.Description, c.Token, "***")}
	case bytes.Contains(body, []byte("<html")), err != nil, status != http.StatusOK:
		return fmt.Errorf("the answer is %d %s, not from a Bot API server", status, http.StatusText(status))
	}
	return errors.New("the answer is not from a Bot API server")
}
