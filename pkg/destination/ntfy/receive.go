package ntfy

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"time"

	"github.com/hooktool/hooktool/pkg/destination"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// fault is an error of ntfy. Its members are in its order.
type fault struct {
	Code  int    `json:"code"`
	HTTP  int    `json:"http"`
	Error string `json:"error"`
	Link  string `json:"link,omitempty"`
}

// refuse returns an error; its HTTP status is the first part of its code.
func refuse(code int, message string) webhook.Response {
	return destination.JSONAnswer(code/100, fault{code, code / 100, message, ""})
}

func throttle(time.Duration) webhook.Response {
	return refuse(42901, "limit reached: too many requests")
}

// posted is what ntfy answers.
type posted struct {
	ID       string  `json:"id"`
	Time     int64   `json:"time"`
	Expires  int64   `json:"expires"`
	Event    string  `json:"event"`
	Topic    string  `json:"topic"`
	Title    string  `json:"title,omitempty"`
	Message  string  `json:"message"`
	Priority float64 `json:"priority,omitempty"`
	Tags     any     `json:"tags,omitempty"`
}

// expiry is how long ntfy keeps a message, in seconds.
const expiry = 12 * 60 * 60

// maxJSON is twice the length of a message.
const maxJSON = 2 * 4096

// respond answers to JSON that is posted to the root of the server, and to a text
// that is posted to a topic.
func respond(c *destination.Call) webhook.Response {
	m := posted{}
	if c.Method != http.MethodPost && c.Method != http.MethodPut {
		return refuse(40401, "page not found")
	}
	if c.Path != "/" {
		if !isTopic(c.Path[1:]) {
			return refuse(40401, "page not found")
		}
		m.Topic, m.Message = c.Path[1:], string(c.Body)
		return published(c, m)
	}
	fields := c.Fields()
	priority, _ := fields.Number("priority")
	switch {
	case len(c.Body) > maxJSON:
		return refuse(41303, "JSON body too large")
	case fields == nil:
		return refuse(40024, "invalid request: request body must be valid JSON")
	case !isTopic(fields.Str("topic")):
		return refuse(40009, "invalid request: topic invalid")
	case priority < 0 || priority > 5:
		return refuse(40007, "invalid priority parameter")
	}
	if problem, refused := c.Refused(); refused {
		return wrong(problem)
	}
	m.Topic, m.Title, m.Message, m.Priority, m.Tags = fields.Str("topic"), fields.Str("title"), fields.Str("message"), priority, fields["tags"]
	return published(c, m)
}

// published is the answer to a message that was accepted.
func published(c *destination.Call, m posted) webhook.Response {
	if m.Message == "" {
		m.Message = "triggered"
	}
	m.ID, m.Event = fmt.Sprintf("standin%05d", c.Number), "message"
	m.Time, m.Expires = c.Time.Unix(), c.Time.Unix()+expiry
	return destination.JSONAnswer(http.StatusOK, m)
}

// wrong words a problem as the server does, by the field that it is about.
func wrong(problem destination.Problem) webhook.Response {
	field, _, _ := strings.Cut(strings.ReplaceAll(problem.Field(), "[", "."), ".")
	if strings.HasPrefix(problem.Message, "it must be a ") {
		return refuse(40024, "invalid request: request body must be valid JSON")
	}
	switch field {
	case "topic":
		return refuse(40010, "invalid request: topic name is not allowed")
	case "actions":
		return refuse(40018, "invalid request: actions invalid")
	case "attach":
		return refuse(40013, "invalid request: attachment URL is invalid")
	case "icon":
		return refuse(40021, "invalid request: icon URL is invalid")
	case "delay":
		return refuse(40004, "invalid delay parameter: unable to parse delay")
	case "message":
		return refuse(40014, "invalid request: attachments not allowed")
	}
	return refuse(40024, "invalid request: request body must be valid JSON")
}

func isTopic(name string) bool {
	return regexp.MustCompile(`^[-_A-Za-z0-9]{1,64}$`).MatchString(name)
}
