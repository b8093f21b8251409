package rocketchat

import (
	"net/http"
	"strings"
	"time"

	"github.com/hooktool/hooktool/pkg/destination"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// result is an answer of Rocket.Chat's API.
type result struct {
	Success bool   `json:"success"`
	Error   string `json:"error,omitempty"`
}

func throttle(wait time.Duration) webhook.Response {
	return destination.WithRetryAfter(destination.JSONAnswer(http.StatusTooManyRequests, result{
		Error: "Error, too many requests. Please slow down. You must wait a moment before trying this endpoint again. [error-too-many-requests]",
	}), wait)
}

// respond answers as an incoming integration does. To an object without members it
// answers with success, but posts nothing.
func respond(c *destination.Call) webhook.Response {
	parts := strings.Split(strings.Trim(c.Path, "/"), "/")
	problem, refused := c.Refused()
	switch {
	case len(parts) < 3 || len(parts) > 4 || parts[0] != "hooks":
		return destination.JSONAnswer(http.StatusNotFound, result{Error: "Invalid integration id or token provided."})
	case c.Method != http.MethodPost:
		return destination.JSONAnswer(http.StatusMethodNotAllowed, result{Error: "Method Not Allowed"})
	case !c.IsJSON():
		return destination.JSONAnswer(http.StatusBadRequest, result{Error: "Invalid JSON"})
	case len(c.Fields()) == 0 && c.Fields() != nil:
		return destination.JSONAnswer(http.StatusOK, result{Success: true})
	case refused:
		return destination.JSONAnswer(http.StatusBadRequest, result{Error: problem.Message})
	}
	return destination.JSONAnswer(http.StatusOK, result{Success: true})
}
