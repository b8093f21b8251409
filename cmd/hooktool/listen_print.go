package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"

	"github.com/hooktool/hooktool/cmd/internal/terminal"
	"github.com/hooktool/hooktool/internal/receiver"
	"github.com/hooktool/hooktool/pkg/destination"
	"github.com/hooktool/hooktool/pkg/destination/markup"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// record returns what prints each request.
func (o *listenOptions) record(d *destination.Destination) func(receiver.Record) error {
	return func(rec receiver.Record) error {
		redact := o.redactor(d, "http://stand-in"+target(rec.Call))
		if o.format == "json" {
			return o.printRecordJSON(rec, redact)
		}
		return o.printRecord(rec, redact)
	}
}

// target is the path and query of a request.
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

// recordJSON is the contract of listen --format json.
type recordJSON struct {
	Number   int                `json:"number"`
	Time     string             `json:"time"`
	Method   string             `json:"method"`
	Path     string             `json:"path"`
	Form     string             `json:"form,omitempty"` // which form of the destination it went to; empty: the ordinary one
	Headers  http.Header        `json:"headers"`
	Body     string             `json:"body"`
	Texts    []textJSON         `json:"texts"`
	Problems []problemJSON      `json:"problems"`
	Limited  bool               `json:"limited"`
	Response receiverAnswerJSON `json:"response"`
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

type receiverAnswerJSON struct {
	StatusCode int         `json:"status_code"`
	Headers    http.Header `json:"headers"`
	Body       string      `json:"body"`
}

func (o *listenOptions) printRecordJSON(rec receiver.Record, redact *webhook.Redactor) error {
	c := rec.Call
	j := recordJSON{
		Number: c.Number, Time: c.Time.UTC().Format("2006-01-02T15:04:05.000Z"), Method: c.Method, Path: shownTarget(c, redact), Form: c.Form,
		Headers: redact.Header(c.Header), Body: redact.Body(string(c.Body)), Texts: []textJSON{}, Problems: []problemJSON{}, Limited: rec.Limited,
		Response: receiverAnswerJSON{rec.Response.StatusCode, redact.Header(rec.Response.Header), redact.Body(rec.Response.Body)},
	}
	for _, text := range rec.Texts {
		j.Texts = append(j.Texts, textJSON{text.Path, redact.Text(seen(text))})
	}
	for _, p := range c.Problems {
		j.Problems = append(j.Problems, problemJSON{
			p.Rule, string(p.Severity), string(p.Effect), p.Path, p.Offset, redact.Text(p.Message), p.Hint,
		})
	}
	line, err := json.Marshal(j)
	if err != nil {
		return err
	}
	return printAll(o.app.out, string(line)+"\n")
}

// seen is a text as its reader sees it; one that is refused as it stands.
func seen(text destination.Text) string {
	if document, err := markup.Parse(text.Dialect, text.Value); err == nil {
		return document.Plain()
	}
	return text.Value
}

func (o *listenOptions) printRecord(rec receiver.Record, redact *webhook.Redactor) error {
	p, c := o.app.outPalette(), rec.Call
	status := p.Green(rec.Response.Status)
	if rec.Response.StatusCode >= 400 {
		status = p.Red(rec.Response.Status)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "\n%s %s %s, %d bytes: %s\n", p.Dim(fmt.Sprintf("#%d", c.Number)), p.Bold(c.Method), terminal.Printable(shownTarget(c, redact)), len(c.Body), status)
	row := func(label, text string) {
		if text = terminal.Printable(strings.TrimRight(text, "\r\n")); text != "" {
			fmt.Fprintf(&b, "  %s %s\n", p.Cyan(label), strings.ReplaceAll(text, "\n", "\n    "))
		}
	}
	row("form:  ", c.Form)
	if rec.Limited {
		row("limit: ", "there were more requests in a second than --rate allows")
	}
	for _, text := range rec.Texts {
		row(text.Label+":", redact.Text(shortText(seen(text))))
	}
	if len(rec.Texts) == 0 || o.app.verbose {
		row("body:  ", redact.Body(shortText(string(c.Body))))
	}
	for _, problem := range c.Problems {
		label := p.Yellow(string(problem.Severity) + ":")
		if problem.Severity == destination.Error {
			label = p.Red("error:")
		}
		fmt.Fprintf(&b, "  %s %s: %s\n", label, problem.Path, terminal.Printable(redact.Text(problem.Message)))
		row("hint:", problem.Hint)
	}
	row("answer:", redact.Body(shortText(rec.Response.Body)))
	return printAll(o.app.out, b.String())
}

// shortText is the part of a text that a person wants to read.
func shortText(text string) string {
	return shortAnswer(webhook.Response{Body: text})
}
