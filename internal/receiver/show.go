package receiver

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"

	"github.com/hooktool/hooktool/internal/printable"
	"github.com/hooktool/hooktool/internal/typeset"
	"github.com/hooktool/hooktool/pkg/destination"
	"github.com/hooktool/hooktool/pkg/destination/markup"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// Redactor returns a redactor for the secrets of a record: those that its own URL is
// known to hold, headers with credentials, and members such as routing_key.
func (rec Record) Redactor(d *destination.Destination) *webhook.Redactor {
	url := "http://stand-in" + target(rec.Call)
	return webhook.NewRedactorKnowing(webhook.Webhook{URL: url}, d.Secrets(url))
}

// target returns the path and query of a request.
func target(c destination.Call) string {
	if len(c.Query) == 0 {
		return c.Path
	}
	return c.Path + "?" + c.Query.Encode()
}

// shownTarget masks the secrets in the target of a request.
func shownTarget(c destination.Call, redact *webhook.Redactor) string {
	path := strings.TrimPrefix(redact.URL("http://stand-in"+target(c)), "http://stand-in")
	if path == "" {
		return "/"
	}
	return path
}

// recordJSON is the JSON of listen --format json, whose members are a promise.
type recordJSON struct {
	Version  int           `json:"version"`
	Number   int           `json:"number"`
	Time     string        `json:"time"`
	Method   string        `json:"method"`
	Path     string        `json:"path"`
	Form     string        `json:"form,omitempty"` // which form of the destination it went to; empty: the ordinary one
	Headers  http.Header   `json:"headers"`
	Body     string        `json:"body"`
	Texts    []textJSON    `json:"texts"`
	Problems []problemJSON `json:"problems"`
	Limited  bool          `json:"limited"`
	Response answerJSON    `json:"response"`
}

type textJSON struct {
	Path string `json:"path"`
	Text string `json:"text"`
}

type problemJSON struct {
	Rule     string `json:"rule"`
	Severity string `json:"severity"`
	Effect   string `json:"effect"`
	Path     string `json:"path"`
	Offset   int    `json:"offset"`
	Message  string `json:"message"`
	Hint     string `json:"hint"`
}

type answerJSON struct {
	StatusCode int         `json:"status_code"`
	Headers    http.Header `json:"headers"`
	Body       string      `json:"body"`
}

// JSON returns the record as one line of JSON, as listen --format json prints it.
func (rec Record) JSON(redact *webhook.Redactor) ([]byte, error) {
	c := rec.Call
	j := recordJSON{
		Version: 1,
		Number:  c.Number, Time: c.Time.UTC().Format("2006-01-02T15:04:05.000Z"), Method: c.Method, Path: shownTarget(c, redact), Form: c.Form,
		Headers: redact.Header(c.Header), Body: redact.Body(string(c.Body)), Texts: []textJSON{}, Problems: []problemJSON{}, Limited: rec.Limited,
		Response: answerJSON{rec.Response.StatusCode, redact.Header(rec.Response.Header), redact.Body(rec.Response.Body)},
	}
	for _, text := range rec.Texts {
		j.Texts = append(j.Texts, textJSON{text.Path, redact.Body(seen(text))})
	}
	for _, p := range c.Problems {
		j.Problems = append(j.Problems, problemJSON{
			p.Rule, string(p.Severity), string(p.Effect), p.Path, p.Offset, redact.Text(p.Message), p.Hint,
		})
	}
	line, err := json.Marshal(j)
	return append(line, '\n'), err
}

// seen returns a text as its reader sees it. A text that is refused stays as it is.
func seen(text destination.Text) string {
	if document, err := markup.Parse(text.Dialect, text.Value); err == nil {
		return document.Plain()
	}
	return text.Value
}

// Text returns the record for people: what they would see of the message, and the body
// if that is not all of it, or with verbose.
func (rec Record) Text(p typeset.Style, redact *webhook.Redactor, verbose bool) string {
	c := rec.Call
	status := p.Green(rec.Response.Status)
	if rec.Response.StatusCode >= 400 {
		status = p.Red(rec.Response.Status)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "\n%s %s %s, %d bytes: %s\n", p.Dim(fmt.Sprintf("#%d", c.Number)), p.Bold(c.Method), printable.Text(shownTarget(c, redact)), len(c.Body), status)
	row := func(label, text string) {
		if text = printable.Text(strings.TrimRight(text, "\r\n")); text != "" {
			fmt.Fprintf(&b, "  %s %s\n", p.Cyan(label), strings.ReplaceAll(text, "\n", "\n    "))
		}
	}
	row("form:  ", c.Form)
	if rec.Limited {
		row("limit: ", "there were more requests in a second than --rate allows")
	}
	for _, text := range rec.Texts {
		row(text.Label+":", typeset.Excerpt(redact.Body(seen(text))))
	}
	if len(rec.Texts) == 0 || verbose {
		row("body:  ", typeset.Excerpt(redact.Body(string(c.Body))))
	}
	for _, problem := range c.Problems {
		label := p.Yellow(string(problem.Severity) + ":")
		if problem.Severity == destination.Error {
			label = p.Red("error:")
		}
		fmt.Fprintf(&b, "  %s %s: %s\n", label, problem.Path, printable.Text(redact.Text(problem.Message)))
		row("hint:", problem.Hint)
	}
	row("answer:", typeset.Excerpt(redact.Body(rec.Response.Body)))
	return b.String()
}
