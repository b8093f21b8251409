package webex

import (
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/hooktool/hooktool/pkg/destination"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// refuse is an error of the Webex API.
func refuse(c *destination.Call, status int, message string) webhook.Response {
	n := 0
	if c != nil {
		n = c.Number
	}
	return destination.JSONAnswer(status, struct {
		Message    string `json:"message"`
		TrackingID string `json:"trackingId"`
	}{message, fmt.Sprintf("STANDIN_%d", n)})
}

func throttle(wait time.Duration) webhook.Response {
	return destination.WithRetryAfter(refuse(nil, http.StatusTooManyRequests, "Too many requests"), wait)
}

// respond answers as an incoming webhook does.
func respond(c *destination.Call) webhook.Response {
	id, ok := strings.CutPrefix(c.Path, "/v1/webhooks/incoming/")
	problem, refused := c.Refused()
	switch {
	case !ok || id == "":
		return refuse(c, http.StatusNotFound, "The requested resource could not be found.")
	case c.Method != http.MethodPost:
		return refuse(c, http.StatusMethodNotAllowed, "Method Not Allowed")
	case refused:
		return refuse(c, http.StatusBadRequest, problem.Message)
	}
	return destination.TextAnswer(http.StatusNoContent, "")
}
