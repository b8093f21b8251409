package pagerduty

import (
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/hooktool/hooktool/pkg/destination"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// result is an answer of the Events API. Its members are in its order.
type result struct {
	Status   string   `json:"status"`
	Message  string   `json:"message"`
	DedupKey string   `json:"dedup_key,omitempty"`
	Errors   []string `json:"errors,omitempty"`
}

func throttle(time.Duration) webhook.Response {
	return destination.JSONAnswer(http.StatusTooManyRequests, result{
		Status: "throttle exceeded", Message: "Requests for this service are arriving too quickly.  Please retry later.", Errors: []string{"Enhance Your Calm."},
	})
}

// respond answers as the Events API v2 does.
func respond(c *destination.Call) webhook.Response {
	switch {
	case c.Path != "/v2/enqueue" && c.Path != "/v2/enqueue/":
		return destination.TextAnswer(http.StatusNotFound, "Not Found")
	case c.Method != http.MethodPost:
		return destination.TextAnswer(http.StatusMethodNotAllowed, "Method Not Allowed")
	}
	if _, refused := c.Refused(); refused {
		return destination.JSONAnswer(http.StatusBadRequest, result{Status: "invalid event", Message: "Event object is invalid", Errors: faults(c)})
	}
	key := c.Fields().Str("dedup_key")
	if key == "" {
		key = fmt.Sprintf("standin%025d", c.Number)
	}
	return destination.JSONAnswer(http.StatusAccepted, result{Status: "success", Message: "Event processed", DedupKey: key})
}

// faults words the problems of an event as PagerDuty does, if that is known.
func faults(c *destination.Call) []string {
	if !c.IsJSON() {
		return []string{"JSON is invalid"}
	}
	var list []string
	for _, problem := range c.Refusals() {
		missing := problem.Missing()
		for _, name := range missing {
			list = append(list, fmt.Sprintf("'%s' is missing or blank", name))
		}
		switch {
		case len(missing) > 0:
		case strings.Contains(problem.Message, "must have 32 characters"):
			list = append(list, "Length of 'routing_key' is incorrect (should be 32 characters)")
		default:
			list = append(list, fmt.Sprintf("'%s': %s", problem.Field(), problem.Message))
		}
	}
	return list
}
