package gotify

import (
	"net/http"
	"strings"
	"time"

	"github.com/hooktool/hooktool/pkg/destination"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// fault is an error of Gotify. Its members are in its order.
type fault struct {
	Error       string `json:"error"`
	Code        int    `json:"errorCode"`
	Description string `json:"errorDescription"`
}

func refuse(status int, description string) webhook.Response {
	return destination.JSONAnswer(status, fault{http.StatusText(status), status, description})
}

// posted is what Gotify answers.
type posted struct {
	ID       int     `json:"id"`
	AppID    int     `json:"appid"`
	Message  string  `json:"message"`
	Title    string  `json:"title"`
	Priority float64 `json:"priority"`
	Extras   any     `json:"extras,omitempty"`
	Date     string  `json:"date"`
}

// respond answers as the server does, for any token.
func respond(c *destination.Call) webhook.Response {
	bearer, isBearer := strings.CutPrefix(c.Header.Get("Authorization"), "Bearer ")
	switch {
	case c.Path != "/message":
		return refuse(http.StatusNotFound, "page not found")
	case c.Method != http.MethodPost:
		return refuse(http.StatusMethodNotAllowed, "method not allowed")
	case c.Query.Get("token") == "" && c.Header.Get("X-Gotify-Key") == "" && (!isBearer || bearer == ""):
		return refuse(http.StatusUnauthorized, "you need to provide a valid access token or user credentials to access this api")
	}
	fields := c.Fields()
	problem, refused := c.Refused()
	switch {
	case fields == nil:
		return refuse(http.StatusBadRequest, problem.Message)
	case fields.Str("message") == "":
		return refuse(http.StatusBadRequest, "Field 'message' is required")
	case refused:
		return refuse(http.StatusBadRequest, problem.Message)
	}
	m := posted{ID: c.Number, AppID: 1, Message: fields.Str("message"), Title: fields.Str("title"), Extras: fields["extras"], Date: c.Time.Format(time.RFC3339Nano)}
	m.Priority, _ = fields.Number("priority")
	if strings.TrimSpace(m.Title) == "" {
		m.Title = "Stand-in" // the name of the application
	}
	return destination.JSONAnswer(http.StatusOK, m)
}
