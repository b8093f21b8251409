package discord

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/hooktool/hooktool/pkg/destination"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// fault is an error of Discord's API. Its members are in its order.
type fault struct {
	Message string `json:"message"`
	Code    int    `json:"code"`
	Errors  any    `json:"errors,omitempty"`
}

func throttle(wait time.Duration) webhook.Response {
	r := destination.WithRetryAfter(destination.JSONAnswer(http.StatusTooManyRequests, struct {
		Message    string  `json:"message"`
		RetryAfter float64 `json:"retry_after"`
		Global     bool    `json:"global"`
	}{"You are being rate limited.", wait.Seconds(), false}), wait)
	r.Header.Set("X-RateLimit-Remaining", "0")
	r.Header.Set("X-RateLimit-Reset-After", strconv.FormatFloat(wait.Seconds(), 'f', 3, 64))
	r.Header.Set("X-RateLimit-Scope", "user")
	return r
}

// respond answers as Discord's API does.
func respond(c *destination.Call) webhook.Response {
	path := strings.Split(strings.Trim(c.Path, "/"), "/")
	old := true // a URL without a version uses API v6
	if len(path) > 1 && strings.HasPrefix(path[1], "v") {
		old = path[1] == "v6" || path[1] == "v7"
		path = append(path[:1], path[2:]...)
	}
	if len(path) != 4 || path[0] != "api" || path[1] != "webhooks" {
		return destination.JSONAnswer(http.StatusNotFound, fault{Message: "404: Not Found"})
	}
	id := path[2]
	if _, err := strconv.ParseUint(id, 10, 64); err != nil {
		return destination.JSONAnswer(http.StatusNotFound, fault{Message: "Unknown Webhook", Code: 10015})
	}
	if c.Method != http.MethodPost {
		return destination.JSONAnswer(http.StatusMethodNotAllowed, fault{Message: "405: Method Not Allowed"})
	}
	if media := c.ContentType(); media != "application/json" {
		return destination.JSONAnswer(http.StatusBadRequest, fault{
			Message: "Invalid Form Body", Code: 50035,
			Errors: map[string]any{"_errors": []formError{{"CONTENT_TYPE_INVALID", fmt.Sprintf("Expected \"Content-Type\" header to be one of {'application/json'}, not %q.", media)}}},
		})
	}
	if !c.IsJSON() {
		return destination.JSONAnswer(http.StatusBadRequest, fault{Message: "The request body contains invalid JSON.", Code: 50109})
	}
	if problem, refused := c.Refused(); refused {
		return refuse(c, problem, old)
	}
	if c.Query.Get("wait") != "true" {
		return destination.TextAnswer(http.StatusNoContent, "")
	}
	return destination.JSONAnswer(http.StatusOK, saved(c, id))
}

// refuse words a refusal: an empty message, or every invalid field.
func refuse(c *destination.Call, first destination.Problem, old bool) webhook.Response {
	if first.Path == "$" && c.Fields() != nil {
		return destination.JSONAnswer(http.StatusBadRequest, fault{Message: "Cannot send an empty message", Code: 50006})
	}
	if old {
		return destination.JSONAnswer(http.StatusBadRequest, oldErrors(c))
	}
	errors := map[string]any{}
	for _, problem := range c.Refusals() {
		place(errors, problem)
	}
	return destination.JSONAnswer(http.StatusBadRequest, fault{Message: "Invalid Form Body", Code: 50035, Errors: errors})
}

// oldErrors words errors as API v6 does: of an embed it only names the index.
func oldErrors(c *destination.Call) map[string][]string {
	errors := map[string][]string{}
	for _, problem := range c.Refusals() {
		steps := strings.FieldsFunc(problem.Field(), func(r rune) bool { return strings.ContainsRune(`.[]"`, r) })
		word := problem.Message
		switch {
		case len(steps) == 0:
			continue
		case len(steps) > 1:
			word = steps[1]
		case problem.Max > 0:
			word = fmt.Sprintf("Must be %d or fewer in length.", problem.Max)
		}
		if list := errors[steps[0]]; !slices.Contains(list, word) {
			errors[steps[0]] = append(list, word)
		}
	}
	return errors
}

// formError is the error of a field.
type formError struct {
	Code    string `json:"code"`
	Message string `json:"message"`
}

// place inserts a problem into the tree of errors, which has the structure of the
// fields.
func place(errors map[string]any, problem destination.Problem) {
	wrong := formError{"BASE_TYPE_INVALID", problem.Message}
	if problem.Max > 0 {
		wrong = formError{"BASE_TYPE_MAX_LENGTH", fmt.Sprintf("Must be %d or fewer in length.", problem.Max)}
	}
	missing := problem.Missing()
	for _, field := range missing {
		placeAt(errors, field, formError{"BASE_TYPE_REQUIRED", "This field is required"})
	}
	if len(missing) == 0 {
		placeAt(errors, problem.Field(), wrong)
	}
}

func placeAt(errors map[string]any, field string, wrong formError) {
	at := errors
	for step := range strings.FieldsFuncSeq(field, func(r rune) bool { return strings.ContainsRune(`.[]"`, r) }) {
		next, ok := at[step].(map[string]any)
		if !ok {
			next = map[string]any{}
			at[step] = next
		}
		at = next
	}
	list, _ := at["_errors"].([]formError)
	at["_errors"] = append(list, wrong)
}

// posted is what Discord answers to wait=true.
type posted struct {
	ID              string   `json:"id"`
	Type            int      `json:"type"`
	ChannelID       string   `json:"channel_id"`
	WebhookID       string   `json:"webhook_id"`
	Author          any      `json:"author"`
	Content         string   `json:"content"`
	Embeds          []any    `json:"embeds"`
	MentionEveryone bool     `json:"mention_everyone"`
	Mentions        []any    `json:"mentions"`
	MentionRoles    []string `json:"mention_roles"`
	Timestamp       string   `json:"timestamp"`
}

func saved(c *destination.Call, webhookID string) posted {
	fields := c.Fields()
	embeds, _ := fields["embeds"].([]any)
	m := posted{
		ID: strconv.Itoa(1000000000000000000 + c.Number), ChannelID: "200000000000000000", WebhookID: webhookID,
		Author:  map[string]any{"bot": true, "id": webhookID, "username": orDefault(fields.Str("username"), "Stand-in"), "avatar": nil},
		Content: strings.TrimSpace(fields.Str("content")), Embeds: append([]any{}, embeds...), Mentions: []any{}, MentionRoles: []string{},
		Timestamp: c.Time.UTC().Format("2006-01-02T15:04:05.000000-07:00"),
	}
	for _, problem := range c.Problems {
		if problem.Rule == destination.RulePing && (strings.Contains(problem.Message, "@everyone") || strings.Contains(problem.Message, "@here")) {
			m.MentionEveryone = true
		}
	}
	return m
}

func orDefault(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}
