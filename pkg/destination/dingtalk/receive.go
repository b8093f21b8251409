package dingtalk

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
	return destination.JSONAnswer(http.StatusOK, result{130101, "send too fast, exceed 20 times per minute"})
}

// invalidParameter is what DingTalk calls a body that it cannot use.
const invalidParameter = 40035

// respond answers as a custom robot without a keyword does. The exact words of its
// errors are not documented.
func respond(c *destination.Call) webhook.Response {
	problem, refused := c.Refused()
	switch {
	case c.Path != "/robot/send":
		return destination.TextAnswer(http.StatusNotFound, "404 page not found")
	case c.Method != http.MethodPost:
		return destination.TextAnswer(http.StatusMethodNotAllowed, "405 method not allowed")
	case c.Query.Get("access_token") == "":
		return destination.JSONAnswer(http.StatusOK, result{300001, "token is not exist"})
	case refused:
		return destination.JSONAnswer(http.StatusOK, result{invalidParameter, problem.Field() + ": " + problem.Message})
	}
	return destination.JSONAnswer(http.StatusOK, result{0, "ok"})
}
