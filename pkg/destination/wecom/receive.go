package wecom

import (
	"net/http"
	"time"

	"github.com/hooktool/hooktool/pkg/destination"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// result is an answer of a robot. Failures have the status 200, too.
type result struct {
	Code    int    `json:"errcode"`
	Message string `json:"errmsg"`
}

func throttle(time.Duration) webhook.Response {
	return destination.JSONAnswer(http.StatusOK, result{45009, "api freq out of limit"})
}

// respond answers as a group robot does. The exact words of its errors are not
// documented.
func respond(c *destination.Call) webhook.Response {
	problem, refused := c.Refused()
	switch {
	case c.Path != "/cgi-bin/webhook/send":
		return destination.TextAnswer(http.StatusNotFound, "404 page not found")
	case c.Method != http.MethodPost:
		return destination.TextAnswer(http.StatusMethodNotAllowed, "405 method not allowed")
	case c.Query.Get("key") == "":
		return destination.JSONAnswer(http.StatusOK, result{93000, "invalid webhook url"})
	case refused && problem.Path == "$.msgtype":
		return destination.JSONAnswer(http.StatusOK, result{40008, "invalid message type"})
	case refused:
		return destination.JSONAnswer(http.StatusOK, result{40058, problem.Field() + ": " + problem.Message})
	}
	return destination.JSONAnswer(http.StatusOK, result{0, "ok"})
}
