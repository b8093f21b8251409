package mattermost

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/hooktool/hooktool/pkg/destination"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// appError is an error of Mattermost's API. Its members are in its order.
type appError struct {
	ID         string `json:"id"`
	Message    string `json:"message"`
	Detail     string `json:"detailed_error"`
	RequestID  string `json:"request_id"`
	StatusCode int    `json:"status_code"`
}

func refuse(c *destination.Call, status int, id, message string) webhook.Response {
	r := destination.JSONAnswer(status, appError{id + ".app_error", message, "", fmt.Sprintf("standin%019d", c.Number), status})
	r.Header.Set("X-Request-Id", fmt.Sprintf("standin%019d", c.Number))
	return r
}

// respond answers as a server does that wraps its errors, as newer ones do: the message
// only names the hook.
func respond(c *destination.Call) webhook.Response {
	id, ok := strings.CutPrefix(c.Path, "/hooks/")
	id = strings.TrimSuffix(id, "/")
	switch {
	case !ok || id == "" || strings.Trim(strings.ToLower(id), "abcdefghijklmnopqrstuvwxyz0123456789") != "":
		return refuse(c, http.StatusNotFound, "api.context.404", "Sorry, we could not find the page.")
	case c.Method == http.MethodGet || c.Method == http.MethodHead:
		return destination.TextAnswer(http.StatusOK, "") // for any id
	case len(id) != len("standinstandinstandinstand"):
		return refuse(c, http.StatusBadRequest, "web.incoming_webhook.invalid", "Invalid webhook.")
	}
	media := c.ContentType()
	if media == "" {
		media = "application/json"
	}
	if !c.IsJSON() {
		return refuse(c, http.StatusBadRequest, "web.incoming_webhook.decode",
			fmt.Sprintf("Failed to decode the payload of media type %s for incoming webhook %s.", media, id))
	}
	if _, refused := c.Refused(); refused {
		return refuse(c, http.StatusBadRequest, "web.incoming_webhook.general",
			fmt.Sprintf("Failed to handle the payload of media type %s for incoming webhook %s.", media, id))
	}
	return destination.TextAnswer(http.StatusOK, "ok")
}
