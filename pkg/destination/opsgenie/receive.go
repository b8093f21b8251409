package opsgenie

import (
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/hooktool/hooktool/pkg/destination"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// result is an answer of the Alert API. Its members are in its order.
type result struct {
	Message   string            `json:"message,omitempty"`
	Errors    map[string]string `json:"errors,omitempty"`
	Result    string            `json:"result,omitempty"`
	Took      float64           `json:"took"`
	RequestID string            `json:"requestId"`
}

// took is the number of seconds that the stand-in says an answer took.
const took = 0.001

func throttle(time.Duration) webhook.Response {
	r := destination.JSONAnswer(http.StatusTooManyRequests, result{Message: "TooManyRequests", Took: took, RequestID: requestID(0)})
	r.Header.Set("X-RateLimit-State", "THROTTLED")
	r.Header.Set("X-RateLimit-Reason", "ACCOUNT")
	r.Header.Set("X-RateLimit-Period-In-Sec", "60")
	return r
}

func requestID(n int) string { return fmt.Sprintf("00000000-0000-0000-0000-%012d", n) }

// respond answers as the Alert API does, for any key.
func respond(c *destination.Call) webhook.Response {
	answer := func(status int, r result) webhook.Response {
		r.Took, r.RequestID = took, requestID(c.Number)
		return destination.JSONAnswer(status, r)
	}
	key, isKey := strings.CutPrefix(c.Header.Get("Authorization"), "GenieKey ")
	switch {
	case !strings.HasSuffix(strings.TrimSuffix(c.Path, "/"), "/v2/alerts"):
		return answer(http.StatusNotFound, result{Message: "Not Found"})
	case c.Method != http.MethodPost:
		return answer(http.StatusMethodNotAllowed, result{Message: "Method Not Allowed"})
	case !isKey || strings.TrimSpace(key) == "":
		return answer(http.StatusUnauthorized, result{Message: "Could not authenticate"})
	case c.ContentType() != "application/json":
		return answer(http.StatusUnsupportedMediaType, result{Message: "Content-Type must be application/json"})
	case !c.IsJSON():
		return answer(http.StatusBadRequest, result{Message: "Could not parse the request body as JSON"})
	}
	if _, refused := c.Refused(); refused {
		return answer(http.StatusUnprocessableEntity, result{Message: "Request body is not processable. Please check the errors.", Errors: faults(c)})
	}
	return answer(http.StatusAccepted, result{Result: "Request will be processed"})
}

func faults(c *destination.Call) map[string]string {
	list := map[string]string{}
	for _, problem := range c.Refusals() {
		missing := problem.Missing()
		for _, name := range missing {
			list[name] = "must not be empty"
		}
		if len(missing) == 0 {
			list[problem.Field()] = problem.Message
		}
	}
	return list
}
