// Package generic describes receivers about which nothing is known except that they
// accept JSON.
package generic

import (
	"embed"
	"fmt"
	"strings"

	"github.com/hooktool/hooktool/pkg/destination"
	"github.com/hooktool/hooktool/pkg/webhook"
)

//go:embed schema.json webhook.yaml *.tmpl
var files embed.FS

// New returns the destination.
func New() *destination.Destination {
	return &destination.Destination{
		Name:    "generic",
		Title:   "generic JSON",
		Aliases: []string{"json", "webhook"},
		Summary: "a receiver that takes JSON of its own shape; what else it requires is not known",
		Docs:    "https://docs.coroot.com/alerting/webhook",
		Files:   files,
		Unknown: destination.UnknownKept,
		Rules:   []string{"the body must be valid JSON"},
		Example: `{"status": "CRITICAL", "application": "default:Deployment:checkout"}`,
		Read:    read,
		Answers: []destination.Answer{
			{Status: 202, Outcome: webhook.Accepted, Meaning: "the receiver queued the message; the outcome is not known yet"},
		},
	}
}

// read finds the words with which many receivers report a failure despite a status of
// success, such as {"errcode":93000} or {"success":false}. What they mean here is
// unknown, so they are reported as doubtful.
func read(r webhook.Response) destination.Reading {
	if r.StatusCode >= 300 {
		return destination.Reading{}
	}
	if isPage(r.Body) {
		return destination.Reading{Doubt: true, Reason: "the status is a success, but the answer is a page for people, such as one to sign in"}
	}
	reply, ok := destination.ReadReply(r)
	if !ok {
		return destination.Reading{}
	}
	word := failureWord(reply)
	if word == "" {
		return destination.Reading{}
	}
	reason := "the status is a success, but the answer says " + word
	for _, name := range []string{"errmsg", "msg", "message", "error", "detail", "error_message", "description"} {
		if text := reply.Str(name); text != "" {
			reason += ": " + text
			break
		}
	}
	return destination.Reading{Doubt: true, Reason: reason}
}

// isPage reports whether an answer is HTML.
func isPage(body string) bool {
	start := strings.ToLower(strings.TrimSpace(body[:min(len(body), 200)]))
	return strings.HasPrefix(start, "<!doctype html") || strings.HasPrefix(start, "<html")
}

// failureWord returns the member of an answer that reports a failure, as it is written,
// or "".
func failureWord(reply destination.Reply) string {
	for _, name := range []string{"ok", "success", "result", "succeeded"} {
		if value, is := reply.Bool(name); is && !value || strings.EqualFold(reply.Str(name), "false") {
			return name + ": false"
		}
	}
	for _, name := range []string{"errcode", "errorCode", "error_code", "err_code", "errno", "ret", "code", "StatusCode", "status_code"} {
		number, is := reply.Number(name)
		if success := number == 0 || (name == "code" || strings.HasPrefix(strings.ToLower(name), "status")) && number >= 200 && number < 300; is && !success {
			return fmt.Sprintf("%s: %.0f", name, number)
		}
	}
	for _, name := range []string{"status", "result", "state"} {
		switch text := reply.Str(name); strings.ToLower(text) {
		case "error", "err", "fail", "failed", "failure", "rejected", "invalid", "denied", "ko":
			return name + ": " + text
		}
	}
	for _, name := range []string{"error", "errors"} {
		if text := reply.Str(name); text != "" && !strings.EqualFold(text, "none") {
			return name
		}
		if message := reply.Str(name, "message"); reply.Strings(name) != "" || message != "" {
			return strings.TrimSuffix(name+": "+message, ": ")
		}
	}
	return ""
}
