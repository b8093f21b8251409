package splunkoncall

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/hooktool/hooktool/pkg/destination"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// result is an answer of the REST endpoint. Its members are in its order.
type result struct {
	Result   string `json:"result"`
	EntityID string `json:"entity_id,omitempty"`
	Message  string `json:"message,omitempty"`
}

// respond answers as the REST endpoint does, for any key.
func respond(c *destination.Call) webhook.Response {
	parts := strings.Split(strings.Trim(c.Path, "/"), "/")
	problem, refused := c.Refused()
	switch {
	case len(parts) < 5 || parts[0] != "integrations" || parts[1] != "generic" || parts[3] != "alert":
		return destination.TextAnswer(http.StatusNotFound, "Not Found")
	case c.Method != http.MethodPost:
		return destination.TextAnswer(http.StatusMethodNotAllowed, "HTTP method not allowed, supported methods: POST")
	case refused:
		return destination.JSONAnswer(http.StatusBadRequest, result{Result: "failure", Message: problem.Message})
	}
	id := c.Fields().Str("entity_id")
	if id == "" {
		id = fmt.Sprintf("00000000-0000-0000-0000-%012d", c.Number)
	}
	return destination.JSONAnswer(http.StatusOK, result{Result: "success", EntityID: id})
}
