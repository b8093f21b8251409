package zulip

import (
	"net/http"
	"time"

	"github.com/hooktool/hooktool/pkg/destination"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// result is an answer of Zulip's API.
type result struct {
	Result     string  `json:"result"`
	Message    string  `json:"msg"`
	Code       string  `json:"code,omitempty"`
	RetryAfter float64 `json:"retry-after,omitempty"`
}

func throttle(wait time.Duration) webhook.Response {
	return destination.WithRetryAfter(destination.JSONAnswer(http.StatusTooManyRequests, result{
		"error", "API usage exceeded rate limit", "RATE_LIMIT_HIT", wait.Seconds(),
	}), wait)
}

// respond answers as the Slack-compatible webhook does. To a message without a text it
// answers with success, but posts nothing.
func respond(c *destination.Call) webhook.Response {
	problem, refused := c.Refused()
	switch {
	case c.Path != "/api/v1/external/slack_incoming":
		return destination.JSONAnswer(http.StatusNotFound, result{Result: "error", Message: "Unknown webhook request", Code: "BAD_REQUEST"})
	case c.Method != http.MethodPost:
		return destination.JSONAnswer(http.StatusMethodNotAllowed, result{Result: "error", Message: "Method Not Allowed", Code: "METHOD_NOT_ALLOWED"})
	case c.Query.Get("api_key") == "":
		return destination.JSONAnswer(http.StatusUnauthorized, result{Result: "error", Message: "Invalid API key", Code: "INVALID_API_KEY"})
	case !c.IsJSON():
		return destination.JSONAnswer(http.StatusBadRequest, result{Result: "error", Message: "Malformed payload", Code: "BAD_REQUEST"})
	case refused:
		return destination.JSONAnswer(http.StatusBadRequest, result{Result: "error", Message: problem.Message, Code: "BAD_REQUEST"})
	}
	return destination.JSONAnswer(http.StatusOK, result{Result: "success"})
}
