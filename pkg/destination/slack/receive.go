package slack

import (
	"net/http"
	"strings"
	"time"

	"github.com/hooktool/hooktool/pkg/destination"
	"github.com/hooktool/hooktool/pkg/webhook"
)

func throttle(wait time.Duration) webhook.Response {
	return destination.WithRetryAfter(destination.TextAnswer(http.StatusTooManyRequests, "rate_limited"), wait)
}

// respond answers as hooks.slack.com does: with one word.
func respond(c *destination.Call) webhook.Response {
	parts := strings.Split(strings.Trim(c.Path, "/"), "/")
	problem, refused := c.Refused()
	switch {
	case c.Path == "/api/chat.postMessage":
		return webAPI(c, problem, refused)
	case len(parts) != 4 || parts[0] != "services":
		return destination.TextAnswer(http.StatusNotFound, "no_service")
	case !strings.HasPrefix(parts[1], "T"):
		return destination.TextAnswer(http.StatusNotFound, "no_team")
	case c.Method != http.MethodPost, !c.IsJSON():
		return destination.TextAnswer(http.StatusBadRequest, "invalid_payload")
	case refused:
		return destination.TextAnswer(http.StatusBadRequest, word(c, problem))
	case nothing(c.Fields()):
		return destination.TextAnswer(http.StatusBadRequest, "no_text")
	}
	return destination.TextAnswer(http.StatusOK, "ok")
}

// webAPI answers as the Web API does, with the status of success even for an error.
func webAPI(c *destination.Call, problem destination.Problem, refused bool) webhook.Response {
	fail := func(word string) webhook.Response {
		return destination.JSONAnswer(http.StatusOK, map[string]any{"ok": false, "error": word})
	}
	switch fields := c.Fields(); {
	case c.Header.Get("Authorization") == "":
		return fail("not_authed")
	case fields == nil:
		return fail("invalid_json")
	case fields.Str("channel") == "":
		return fail("channel_not_found")
	case refused:
		return fail(word(c, problem))
	case nothing(fields):
		return fail("no_text")
	}
	return destination.JSONAnswer(http.StatusOK, map[string]any{"ok": true, "channel": c.Fields().Str("channel"), "ts": "1700000000.000100"})
}

// word is Slack's name for a problem.
func word(c *destination.Call, problem destination.Problem) string {
	fields := c.Fields()
	switch {
	case fields == nil:
		return "invalid_payload"
	case problem.Path == "$.attachments" && problem.Max > 0:
		return "too_many_attachments"
	case strings.HasPrefix(problem.Path, "$.attachments"):
		return "invalid_attachments"
	case strings.Contains(problem.Path, "blocks"):
		return "invalid_blocks"
	case nothing(fields) || problem.Path == "$":
		return "no_text"
	}
	return "invalid_payload"
}

// nothing reports whether a message has no content.
func nothing(fields destination.Reply) bool {
	return fields.Str("text") == "" && fields["blocks"] == nil && fields["attachments"] == nil
}
