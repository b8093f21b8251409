package pushover

import (
	"fmt"
	"net/http"
	"time"

	"github.com/hooktool/hooktool/pkg/destination"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// result is an answer of Pushover's API.
type result struct {
	Status  int      `json:"status"`
	Request string   `json:"request"`
	Errors  []string `json:"errors,omitempty"`
}

func requestID(n int) string { return fmt.Sprintf("00000000-0000-0000-0000-%012d", n) }

func throttle(time.Duration) webhook.Response {
	return destination.JSONAnswer(http.StatusTooManyRequests, result{Request: requestID(0), Errors: []string{"application is over its monthly message limit"}})
}

// respond answers as the Messages API does.
func respond(c *destination.Call) webhook.Response {
	switch {
	case c.Path != "/1/messages.json":
		return destination.JSONAnswer(http.StatusNotFound, result{Request: requestID(c.Number), Errors: []string{"resource not found"}})
	case c.Method != http.MethodPost:
		return destination.JSONAnswer(http.StatusMethodNotAllowed, result{Request: requestID(c.Number), Errors: []string{"only POST is allowed"}})
	}
	var faults []string
	for _, problem := range c.Refusals() {
		missing := problem.Missing()
		for _, name := range missing {
			if name == "message" {
				faults = append(faults, "message cannot be blank")
			} else {
				faults = append(faults, name+" is missing")
			}
		}
		if len(missing) == 0 {
			faults = append(faults, problem.Message)
		}
	}
	if len(faults) > 0 {
		return destination.JSONAnswer(http.StatusBadRequest, result{Request: requestID(c.Number), Errors: faults})
	}
	return destination.JSONAnswer(http.StatusOK, result{Status: 1, Request: requestID(c.Number)})
}
