package main

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/hooktool/hooktool/cmd/internal/terminal"
	"github.com/hooktool/hooktool/internal/typeset"
	"github.com/hooktool/hooktool/internal/words"
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// delivery is what became of one sending.
type delivery struct {
	sending
	webhook.Delivery
}

func (o *testSendOptions) redactor(w webhook.Webhook, sendings []sending) *webhook.Redactor {
	if o.app.showSecrets || len(sendings) == 0 {
		return nil
	}
	return webhook.NewRedactorKnowing(w, sendings[0].found.Destination.Secrets(w.URL))
}

// printRequests prints what would go over the wire.
func (o *testSendOptions) printRequests(batches []batch) error {
	if o.format == "json" {
		return o.printRequestsJSON(batches)
	}
	first := true
	for _, b := range batches {
		redact := o.redactor(b.target, b.sendings)
		for _, s := range b.sendings {
			text, err := wireText(b.target, s, redact)
			if err != nil {
				return err
			}
			if !first {
				text = "\n" + text
			}
			first = false
			if err := printAll(o.app.out, text); err != nil {
				return err
			}
		}
	}
	return nil
}

// wireText is a request as a person reads it.
func wireText(w webhook.Webhook, s sending, redact *webhook.Redactor) (string, error) {
	wire, err := w.Wire(s.message.Body)
	if err != nil {
		return "", failed("", "%s", redact.Text(err.Error()))
	}
	text := redact.Body(string(wire))
	if redact != nil {
		text = maskRequest(text, redact.URL(w.URL))
	}
	text = strings.ReplaceAll(text, "\r\n", "\n")
	if !strings.HasSuffix(text, "\n") {
		text += "\n"
	}
	return text, nil
}

// maskRequest masks the target in a request line, of which shown is what can be
// shown of the whole URL.
func maskRequest(wire, shown string) string {
	line, rest, _ := strings.Cut(wire, "\r\n")
	words := strings.Fields(line)
	if len(words) == 3 && words[1] != "/" {
		words[1] = "/" + webhook.Mask
		if _, address, ok := strings.Cut(shown, "://"); ok {
			_, target, _ := strings.Cut(address, "/")
			words[1] = "/" + target
		}
	}
	return strings.Join(words, " ") + "\r\n" + rest
}

type requestJSON struct {
	Method  string      `json:"method"`
	URL     string      `json:"url,omitempty"`
	Headers http.Header `json:"headers"`
	Body    string      `json:"body"`
}

func (o *testSendOptions) printRequestsJSON(batches []batch) error {
	requests := make([]requestJSON, 0, messages(batches))
	for _, b := range batches {
		redact := o.redactor(b.target, b.sendings)
		for _, s := range b.sendings {
			req, err := b.target.NewRequest(context.Background(), s.message.Body)
			if err != nil {
				return failed("", "%s", redact.Text(err.Error()))
			}
			requests = append(requests, requestJSON{req.Method, redact.URL(b.target.URL), redact.Header(req.Header), redact.Body(string(s.message.Body))})
		}
	}
	return printJSON(o.app.out, map[string]any{"version": 1, "requests": requests})
}

func (o *testSendOptions) printCurl(batches []batch) error {
	first := true
	for _, b := range batches {
		redact := o.redactor(b.target, b.sendings)
		for _, s := range b.sendings {
			line, err := b.target.Curl(s.message.Body, redact)
			if err != nil {
				return failed("", "%s", redact.Text(err.Error()))
			}
			if !first {
				line = "\n" + line
			}
			first = false
			if err := printAll(o.app.out, line); err != nil {
				return err
			}
		}
		if redact != nil && redact.URL(b.target.URL) != b.target.URL {
			o.app.note("set HOOKTOOL_URL (%s) and whatever else the command takes from the environment, or give --show-secrets", redact.URL(b.target.URL))
		}
	}
	return nil
}

// printAttempt tells on stderr of an attempt that another one follows.
func (o *testSendOptions) printAttempt(a webhook.Attempt) {
	of := fmt.Sprintf(" of %d", o.retries+1)
	if a.Number > o.retries {
		of = "" // it came too soon
	}
	o.app.note("attempt %d%s %s: %s; trying again in %s", a.Number, of, a.Outcome, terminal.Printable(a.Reason), a.Wait.Round(100*time.Millisecond))
}

func (o *testSendOptions) printDelivery(d delivery) error {
	p := o.app.outPalette()
	word := p.Red("✗ " + string(d.Outcome))
	switch d.Outcome {
	case webhook.Delivered:
		word = p.Green("✓ " + string(d.Outcome))
	case webhook.Accepted:
		word = p.Yellow("✓ " + string(d.Outcome))
	}
	what := string(d.Kind)
	if d.sample != "" {
		what = d.sample
	}
	if d.hook != "" {
		what = terminal.Printable(d.hook) + " " + what
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s", word, p.Bold(what))
	if d.Response != nil {
		fmt.Fprintf(&b, ": %s", terminal.Printable(d.Response.Status))
	}
	fmt.Fprintf(&b, " in %s", d.Duration.Round(time.Millisecond))
	if n := len(d.Attempts); n > 1 {
		fmt.Fprintf(&b, " after %d attempts", n)
	}
	fmt.Fprintf(&b, " %s\n", p.Dim(d.URL))
	row := func(label, text string) {
		if text = terminal.Printable(strings.TrimRight(text, "\r\n")); text != "" {
			fmt.Fprintf(&b, "  %s %s\n", p.Cyan(label), strings.ReplaceAll(text, "\n", "\n          "))
		}
	}
	row("reason:", d.Reason)
	row("hint:  ", d.Hint)
	if d.Response != nil && (d.Outcome == webhook.Rejected || o.app.verbose) {
		row("answer:", shortAnswer(*d.Response))
	}
	return printAll(o.app.out, b.String())
}

// shortAnswer is the part of an answer that a person wants to read.
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

// printDeliveries prints all as JSON, or counts what was told as it came.
func (o *testSendOptions) printDeliveries(deliveries []delivery) error {
	if o.format == "text" {
		if len(deliveries) < 2 || o.app.quiet {
			return nil
		}
		return printAll(o.app.out, countDeliveries(deliveries))
	}
	list := make([]deliveryJSON, 0, len(deliveries))
	for _, d := range deliveries {
		j := deliveryJSON{
			Type: d.Kind, Webhook: d.hook, Sample: d.sample, Destination: d.found.Destination.Name, StatusCode: d.StatusCode(), Outcome: d.Outcome, Reason: d.Reason, Hint: d.Hint,
			Attempts: len(d.Attempts), DurationMS: d.Duration.Milliseconds(), URL: d.URL,
			Request: requestJSON{Method: d.Request.Method, Headers: d.Request.Header, Body: d.Request.Body},
		}
		if d.Response != nil {
			j.Response = &responseJSON{d.Response.Header, d.Response.Body, d.Response.Cut}
		}
		list = append(list, j)
	}
	return printJSON(o.app.out, map[string]any{"version": 1, "deliveries": list})
}

// countDeliveries is the last line for people: "9 messages: 8 delivered, 1 rejected".
func countDeliveries(deliveries []delivery) string {
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
