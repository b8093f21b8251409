package incidentio

import (
	"net/http"
	"strings"
	"time"

	"github.com/hooktool/hooktool/pkg/destination"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// refuse is an error of incident.io's API.
func refuse(status int, kind, message string) webhook.Response {
	type each struct {
		Code    string `json:"code"`
		Message string `json:"message"`
	}
	return destination.JSONAnswer(status, struct {
		Type   string `json:"type"`
		Status int    `json:"status"`
		Errors []each `json:"errors"`
	}{kind, status, []each{{kind, message}}})
}

func throttle(wait time.Duration) webhook.Response {
	return destination.WithRetryAfter(refuse(http.StatusTooManyRequests, "too_many_requests", "Too many requests: try again later."), wait)
}

// respond answers as an HTTP alert source does, for any token.
func respond(c *destination.Call) webhook.Response {
	id, ok := strings.CutPrefix(c.Path, "/v2/alert_events/http/")
	bearer, isBearer := strings.CutPrefix(c.Header.Get("Authorization"), "Bearer ")
	problem, refused := c.Refused()
	switch {
	case !ok || id == "":
		return refuse(http.StatusNotFound, "not_found", "The alert source could not be found.")
	case c.Method != http.MethodPost:
		return refuse(http.StatusMethodNotAllowed, "method_not_allowed", "Method Not Allowed")
	case (!isBearer || bearer == "") && c.Query.Get("token") == "":
		return refuse(http.StatusUnauthorized, "authentication_error", "No authentication was given.")
	case refused:
		return refuse(http.StatusUnprocessableEntity, "validation_error", problem.Path+": "+problem.Message)
	}
	return destination.JSONAnswer(http.StatusAccepted, struct {
		DeduplicationKey string `json:"deduplication_key"`
		Message          string `json:"message"`
		Status           string `json:"status"`
	}{c.Fields().Str("deduplication_key"), "Event accepted for processing", "success"})
}
