package alertmanager

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/hooktool/hooktool/pkg/destination"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// respond answers as the API v2 does: with nothing, or with a JSON string.
func respond(c *destination.Call) webhook.Response {
	problem, refused := c.Refused()
	switch {
	case !strings.HasSuffix(strings.TrimSuffix(c.Path, "/"), "/api/v2/alerts"):
		return destination.TextAnswer(http.StatusNotFound, "404 page not found")
	case c.Method == http.MethodGet:
		return destination.JSONAnswer(http.StatusOK, []any{}) // the stand-in keeps none
	case c.Method != http.MethodPost:
		return destination.JSONAnswer(http.StatusMethodNotAllowed, map[string]any{"code": http.StatusMethodNotAllowed, "message": fmt.Sprintf("method %s is not allowed, but [GET,POST] are", c.Method)})
	case c.ContentType() != "application/json":
		return destination.JSONAnswer(http.StatusUnsupportedMediaType, map[string]any{"code": http.StatusUnsupportedMediaType, "message": fmt.Sprintf("unsupported media type %q, only [application/json] are allowed", c.ContentType())})
	case refused && strings.HasSuffix(problem.Path, ".generatorURL"):
		return destination.JSONAnswer(http.StatusUnprocessableEntity, map[string]any{"code": 601, "message": fmt.Sprintf("alerts.%s in body must be of type uri", strings.ReplaceAll(problem.Field(), "[", ""))})
	case refused:
		return destination.JSONAnswer(http.StatusBadRequest, problem.Path+": "+problem.Message)
	}
	return destination.TextAnswer(http.StatusOK, "")
}
