package destination

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/hooktool/hooktool/internal/jsontree"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// Call is a request to a destination, as a stand-in for it sees it.
type Call struct {
	Method   string
	Path     string
	Query    url.Values
	Header   http.Header
	Body     []byte
	Time     time.Time // when it arrived
	Number   int       // the number of the request, from 1
	Form     string    // the form of the destination that it went to; empty: the ordinary one
	Problems []Problem // what Check found in the body
	Texts    []Text    // the texts that people would see
}

// Receive answers a call as the destination does, in the form that it has at the call's
// path, and fills in Problems and Texts.
func (d *Destination) Receive(c *Call) webhook.Response {
	d = d.Serving(c.Path, c.Query)
	payload := d.Parse(c.Body)
	c.Form, c.Problems = d.FormName, payload.Problems()
	if payload.Fault == nil {
		c.Texts = payload.Texts()
	}
	if d.Respond != nil {
		return d.Respond(c)
	}
	if c.Method == http.MethodGet || c.Method == http.MethodHead {
		return TextAnswer(http.StatusMethodNotAllowed, "the request must be a POST")
	}
	if problem, refused := c.Refused(); refused {
		return TextAnswer(http.StatusBadRequest, problem.Message)
	}
	return TextAnswer(http.StatusOK, "")
}

// TooMany returns the answer to more requests than the destination accepts; wait is
// when the next one may come.
func (d *Destination) TooMany(wait time.Duration) webhook.Response {
	if d.Throttle != nil {
		return d.Throttle(wait)
	}
	return WithRetryAfter(TextAnswer(http.StatusTooManyRequests, "too many requests"), wait)
}

// Refused returns the first problem because of which the destination refuses the body.
func (c *Call) Refused() (Problem, bool) {
	for _, problem := range c.Problems {
		if problem.refuses() {
			return problem, true
		}
	}
	return Problem{}, false
}

// Refusals returns all problems because of which the destination refuses the body.
func (c *Call) Refusals() []Problem {
	return slices.DeleteFunc(slices.Clone(c.Problems), func(p Problem) bool { return !p.refuses() })
}

func (p Problem) refuses() bool { return p.Effect == Refused && p.Severity == Error }

// IsJSON reports whether the body is JSON, or near enough for the destination.
func (c *Call) IsJSON() bool {
	if json.Valid(c.Body) {
		return true
	}
	for _, problem := range c.Problems {
		if problem.Effect == Altered && problem.Rule == RuleShape && problem.Path == "$" {
			return true
		}
	}
	return false
}

// Fields returns the members of the body, or nil if it is not a JSON object. Raw
// control characters in strings count as blanks.
func (c *Call) Fields() Reply {
	var fields Reply
	if json.Unmarshal(c.Body, &fields) == nil {
		return fields
	}
	tree := jsontree.Parse(c.Body)
	if tree.Fault == nil || !tree.Fault.Control {
		return nil
	}
	patched := bytes.Clone(c.Body)
	for _, at := range tree.Controls {
		patched[at] = ' '
	}
	if json.Unmarshal(patched, &fields) != nil {
		return nil
	}
	return fields
}

// ContentType returns the media type of the body in lower case, or "" if there is none.
// Of several headers the last counts.
func (c *Call) ContentType() string {
	values := c.Header.Values("Content-Type")
	if len(values) == 0 {
		return ""
	}
	media, _, _ := strings.Cut(values[len(values)-1], ";")
	return strings.ToLower(strings.TrimSpace(media))
}

// Field returns the name of the member that a problem is about, such as
// payload.severity for $.payload.severity, and "" for the whole body.
func (p Problem) Field() string { return strings.TrimPrefix(strings.TrimPrefix(p.Path, "$"), ".") }

// Missing returns the names of the members whose absence is the problem, or none if it
// is another problem.
func (p Problem) Missing() []string {
	rest, ok := strings.CutSuffix(p.Message, " required")
	if !ok || !strings.HasPrefix(rest, `"`) || strings.Contains(rest, `" or "`) {
		return nil
	}
	field := p.Field()
	var names []string
	for i, part := range strings.Split(rest, `"`) {
		switch {
		case i%2 == 0: // between two names
		case field == "":
			names = append(names, part)
		default:
			names = append(names, field+"."+part)
		}
	}
	return names
}

// TextAnswer is an answer of plain text.
func TextAnswer(status int, text string) webhook.Response {
	return answerOf(status, "text/plain; charset=utf-8", text)
}

// JSONAnswer is an answer of JSON.
func JSONAnswer(status int, value any) webhook.Response {
	line, err := jsontree.Line(value)
	if err != nil { // only for values that no service answers with
		return TextAnswer(http.StatusInternalServerError, err.Error())
	}
	return answerOf(status, "application/json", strings.TrimSuffix(string(line), "\n"))
}

func answerOf(status int, contentType, body string) webhook.Response {
	r := webhook.Response{
		StatusCode: status, Status: fmt.Sprintf("%d %s", status, http.StatusText(status)), Header: http.Header{}, Body: body,
	}
	if body != "" {
		r.Header.Set("Content-Type", contentType)
	}
	return r
}

// WithRetryAfter adds to an answer the number of seconds after which to try again.
func WithRetryAfter(r webhook.Response, wait time.Duration) webhook.Response {
	r.Header.Set("Retry-After", strconv.Itoa(Seconds(wait)))
	return r
}

// Seconds returns a wait in whole seconds, at least one.
func Seconds(wait time.Duration) int { return max(1, int(math.Ceil(wait.Seconds()))) }
