package teams

import (
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/hooktool/hooktool/pkg/destination"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// refuse is an error of a workflow's trigger.
func refuse(status int, code, message string) webhook.Response {
	type fault struct {
		Code    string `json:"code"`
		Message string `json:"message"`
	}
	return destination.JSONAnswer(status, map[string]fault{"error": {code, message}})
}

func throttle(wait time.Duration) webhook.Response {
	return destination.WithRetryAfter(refuse(http.StatusTooManyRequests, "TooManyRequests", "Rate limit is exceeded. Try again later."), wait)
}

// respond answers as a workflow does whose trigger validates the body against its
// schema, or, at their old URLs, as the retired connectors did.
func respond(c *destination.Call) webhook.Response {
	problem, refused := c.Refused()
	switch {
	case strings.HasPrefix(c.Path, "/webhookb2/") || strings.HasPrefix(c.Path, "/webhook/"):
		return connector(refused)
	case !strings.Contains(c.Path, "/workflows/") || !strings.HasSuffix(c.Path, "/paths/invoke"):
		return refuse(http.StatusNotFound, "WorkflowNotFound", "The workflow could not be found.")
	case c.Method != http.MethodPost:
		return refuse(http.StatusMethodNotAllowed, "MethodNotAllowed", "The trigger takes POST only.")
	case c.Query.Get("sig") == "":
		return refuse(http.StatusUnauthorized, "DirectApiAuthorizationRequired", "The request must be authenticated only by Shared Access scheme.")
	case !c.IsJSON():
		return refuse(http.StatusBadRequest, "InvalidRequestContent", "The request content is not valid and could not be deserialized: '"+problem.Message+"'.")
	case refused && problem.Max > 0:
		return refuse(http.StatusRequestEntityTooLarge, "RequestEntityTooLarge", problem.Message)
	case refused:
		return mismatch(problem)
	}
	return destination.TextAnswer(http.StatusAccepted, "")
}

func mismatch(problem destination.Problem) webhook.Response {
	details := fmt.Sprintf("%s: %s", problem.Path, problem.Message)
	if missing := problem.Missing(); len(missing) > 0 {
		for i, name := range missing {
			missing[i] = name[strings.LastIndexByte(name, '.')+1:]
		}
		details = "Required properties are missing from object: " + strings.Join(missing, ", ") + "."
	}
	return refuse(http.StatusBadRequest, "TriggerInputSchemaMismatch",
		"The input body for trigger 'manual' of type 'Request' did not match its schema definition. Error details: '"+details+"'.")
}

// connector answers as the Office 365 connectors did.
func connector(refused bool) webhook.Response {
	if refused {
		return destination.TextAnswer(http.StatusBadRequest, "Summary or Text is required.")
	}
	return destination.TextAnswer(http.StatusOK, "1")
}
