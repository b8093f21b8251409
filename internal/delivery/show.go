package delivery

import (
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/hooktool/hooktool/internal/printable"
	"github.com/hooktool/hooktool/internal/typeset"
	"github.com/hooktool/hooktool/internal/words"
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// Text describes the outcome of a message for people. It includes the receiver's answer
// if the message was refused, or if verbose is set.
func (d Delivery) Text(p typeset.Style, verbose bool) string {
	word := p.Red("✗ " + string(d.Outcome))
	switch d.Outcome {
	case webhook.Delivered:
		word = p.Green("✓ " + string(d.Outcome))
	case webhook.Accepted:
		word = p.Yellow("✓ " + string(d.Outcome))
	}
	what := string(d.Kind)
	if d.Sample != "" {
		what = d.Sample
	}
	if d.Hook != "" {
		what = printable.Text(d.Hook) + " " + what
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s", word, p.Bold(what))
	if d.Response != nil {
		fmt.Fprintf(&b, ": %s", printable.Text(d.Response.Status))
	}
	fmt.Fprintf(&b, " in %s", d.Duration.Round(time.Millisecond))
	if n := len(d.Attempts); n > 1 {
		fmt.Fprintf(&b, " after %d attempts", n)
	}
	fmt.Fprintf(&b, " %s\n", p.Dim(d.URL))
	row := func(label, text string) {
		if text = printable.Text(strings.TrimRight(text, "\r\n")); text != "" {
			fmt.Fprintf(&b, "  %s %s\n", p.Cyan(label), strings.ReplaceAll(text, "\n", "\n          "))
		}
	}
	row("reason:", d.Reason)
	row("hint:  ", d.Hint)
	if d.Response != nil && (d.Outcome == webhook.Rejected || verbose) {
		row("answer:", shortAnswer(*d.Response))
	}
	return b.String()
}

// shortAnswer returns the part of an answer that people want to read.
func shortAnswer(r webhook.Response) string {
	text := typeset.Excerpt(r.Body)
	if r.Cut {
		text = typeset.Ellipsis(text)
	}
	return text
}

// deliveryJSON is the contract of test-send --format json.
type deliveryJSON struct {
	Type        event.Kind      `json:"type"`
	Webhook     string          `json:"webhook,omitempty"`
	Sample      string          `json:"sample,omitempty"`
	Destination string          `json:"destination"`
	Form        string          `json:"form,omitempty"`
	StatusCode  int             `json:"status_code"`
	Outcome     webhook.Outcome `json:"outcome"`
	Reason      string          `json:"reason"`
	Hint        string          `json:"hint"`
	Attempts    int             `json:"attempts"`
	DurationMS  int64           `json:"duration_ms"`
	URL         string          `json:"url"`
	Request     requestJSON     `json:"request"`
	Response    *responseJSON   `json:"response"`
}

type responseJSON struct {
	Headers http.Header `json:"headers"`
	Body    string      `json:"body"`
	Cut     bool        `json:"cut,omitempty"`
}

// JSON is what test-send --format json prints.
func JSON(deliveries []Delivery) any {
	list := make([]deliveryJSON, 0, len(deliveries))
	for _, d := range deliveries {
		j := deliveryJSON{
			Type: d.Kind, Webhook: d.Hook, Sample: d.Sample, Destination: d.Found.Destination.Name, Form: d.Found.Destination.FormName, StatusCode: d.StatusCode(), Outcome: d.Outcome, Reason: d.Reason, Hint: d.Hint,
			Attempts: len(d.Attempts), DurationMS: d.Duration.Milliseconds(), URL: d.URL,
			Request: requestJSON{Method: d.Request.Method, Headers: d.Request.Header, Body: d.Request.Body},
		}
		if d.Response != nil {
			j.Response = &responseJSON{d.Response.Header, d.Response.Body, d.Response.Cut}
		}
		list = append(list, j)
	}
	return map[string]any{"version": 1, "deliveries": list}
}

// Count returns the last line for people: "9 messages: 8 delivered, 1 rejected".
func Count(deliveries []Delivery) string {
	counts := map[webhook.Outcome]int{}
	for _, d := range deliveries {
		counts[d.Outcome]++
	}
	var parts []string
	for _, outcome := range []webhook.Outcome{webhook.Delivered, webhook.Accepted, webhook.Rejected, webhook.Failed} {
		if counts[outcome] > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", counts[outcome], outcome))
		}
	}
	return fmt.Sprintf("%s: %s\n", words.Count(len(deliveries), "message"), strings.Join(parts, ", "))
}
