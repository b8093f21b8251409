package lark

import (
	"net/http"
	"strings"
	"time"

	"github.com/hooktool/hooktool/pkg/destination"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// result is an answer of a custom bot. Failures have the status 200, too.
type result struct {
	Code    int      `json:"code"`
	Data    struct{} `json:"data"`
	Message string   `json:"msg"`
}

func throttle(time.Duration) webhook.Response {
	return destination.JSONAnswer(http.StatusOK, result{Code: 11232, Message: "frequency limited"})
}

// respond answers as a custom bot without a signature does. The exact words of its
// errors are not documented.
func respond(c *destination.Call) webhook.Response {
	token, ok := strings.CutPrefix(c.Path, "/open-apis/bot/v2/hook/")
	problem, refused := c.Refused()
	switch {
	case !ok:
		return destination.TextAnswer(http.StatusNotFound, "404 page not found")
	case c.Method != http.MethodPost:
		return destination.TextAnswer(http.StatusMethodNotAllowed, "405 method not allowed")
	case token == "":
		return destination.JSONAnswer(http.StatusOK, result{Code: 19001, Message: "param invalid: incoming webhook access token invalid"})
	case refused:
		return destination.JSONAnswer(http.StatusOK, result{Code: 9499, Message: "Bad Request: " + problem.Message})
	}
	return destination.JSONAnswer(http.StatusOK, struct {
		StatusCode    int    `json:"StatusCode"`
		StatusMessage string `json:"StatusMessage"`
		result
	}{StatusMessage: "success", result: result{Message: "success"}})
}
