package googlechat

import (
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/hooktool/hooktool/pkg/destination"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// refuse is an error as Google's APIs word it.
func refuse(code int, status, message string) webhook.Response {
	type fault struct {
		Code    int    `json:"code"`
		Message string `json:"message"`
		Status  string `json:"status"`
	}
	return destination.JSONAnswer(code, map[string]fault{"error": {code, message, status}})
}

func throttle(time.Duration) webhook.Response {
	return refuse(http.StatusTooManyRequests, "RESOURCE_EXHAUSTED", "Resource has been exhausted (e.g. check quota).")
}

// respond answers as the method spaces.messages.create does.
func respond(c *destination.Call) webhook.Response {
	parts := strings.Split(strings.Trim(c.Path, "/"), "/")
	problem, refused := c.Refused()
	switch {
	case len(parts) != 4 || parts[0] != "v1" || parts[1] != "spaces" || parts[3] != "messages":
		return refuse(http.StatusNotFound, "NOT_FOUND", "Requested entity was not found.")
	case c.Method != http.MethodPost:
		return refuse(http.StatusMethodNotAllowed, "UNIMPLEMENTED", "Method not allowed.")
	case c.Query.Get("key") == "":
		return refuse(http.StatusForbidden, "PERMISSION_DENIED", "Method doesn't allow unregistered callers (callers without established identity). Please use API Key or other form of API consumer identity to call this API.")
	case c.Query.Get("token") == "":
		return refuse(http.StatusUnauthorized, "UNAUTHENTICATED", "Request is missing required authentication credential.")
	case !c.IsJSON():
		return refuse(http.StatusBadRequest, "INVALID_ARGUMENT", "Invalid JSON payload received. "+problem.Message)
	case refused:
		return refuse(http.StatusBadRequest, "INVALID_ARGUMENT", wording(problem))
	}
	message := map[string]any{
		"name": fmt.Sprintf("spaces/%s/messages/standin.%d", parts[2], c.Number), "sender": map[string]string{"name": "users/114022495153014004089", "type": "BOT"},
		"createTime": c.Time.UTC().Format(time.RFC3339Nano), "space": map[string]string{"name": "spaces/" + parts[2]},
	}
	for _, name := range []string{"text", "cardsV2", "cards"} {
		if value, ok := c.Fields()[name]; ok {
			message[name] = value
		}
	}
	return destination.JSONAnswer(http.StatusOK, message)
}

// wording says what is wrong as Google's JSON parser does.
func wording(problem destination.Problem) string {
	path := problem.Field()
	holder, name := "message", path
	if i := strings.LastIndexByte(path, '.'); i >= 0 {
		holder, name = "message."+path[:i], path[i+1:]
	}
	switch {
	case strings.Contains(problem.Message, "does not know the field"):
		return fmt.Sprintf("Invalid JSON payload received. Unknown name \"%s\" at '%s': Cannot find field.", name, snake(holder))
	case path == "":
		return "Message cannot be empty. " + problem.Message
	}
	return fmt.Sprintf("Invalid value at 'message.%s': %s", snake(path), problem.Message)
}
