package keep

import (
	"net/http"
	"strings"

	"github.com/hooktool/hooktool/pkg/destination"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// respond answers as the API does: with 202 to any JSON, whatever becomes of it.
func respond(c *destination.Call) webhook.Response {
	_, after, found := strings.Cut(c.Path, "/alerts/event")
	detail := func(status int, text string) webhook.Response {
		return destination.JSONAnswer(status, map[string]string{"detail": text})
	}
	switch {
	case !found || strings.Count(strings.Trim(after, "/"), "/") > 0:
		return detail(http.StatusNotFound, "Not Found")
	case c.Method != http.MethodPost:
		return detail(http.StatusMethodNotAllowed, "Method Not Allowed")
	case c.Header.Get("X-Api-Key") == "" && c.Query.Get("api_key") == "" && c.Header.Get("Authorization") == "":
		return detail(http.StatusUnauthorized, "Missing API Key")
	case !c.IsJSON():
		return detail(http.StatusBadRequest, "Invalid JSON")
	}
	return destination.JSONAnswer(http.StatusAccepted, map[string]string{"task_name": "standin"})
}
