package squadcast

import (
	"net/http"
	"strings"

	"github.com/hooktool/hooktool/pkg/destination"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// respond answers as an incident webhook does, as far as that is documented.
func respond(c *destination.Call) webhook.Response {
	parts := strings.Split(strings.Trim(c.Path, "/"), "/")
	problem, refused := c.Refused()
	switch {
	case len(parts) != 4 || parts[1] != "incidents":
		return answer(http.StatusNotFound, "not found")
	case c.Method != http.MethodPost:
		return answer(http.StatusMethodNotAllowed, "method not allowed")
	case refused && problem.Rule == destination.RuleLength:
		return answer(http.StatusRequestEntityTooLarge, problem.Message)
	case refused:
		return answer(http.StatusBadRequest, problem.Path+": "+problem.Message)
	}
	return answer(http.StatusAccepted, "")
}

func answer(status int, fault string) webhook.Response {
	if fault == "" {
		return destination.TextAnswer(status, "")
	}
	return destination.JSONAnswer(status, map[string]any{"meta": map[string]any{"status": status, "error_message": fault}})
}
