package delivery

import (
	"context"
	"errors"
	"net/http"
	"strings"

	"github.com/hooktool/hooktool/pkg/webhook"
)

// Requests prints what would go over the wire, in readable form.
func Requests(batches []Batch, showSecrets bool, print func(string) error) error {
	return each(batches, print, func(b Batch, s Sending) (string, error) { return b.wireText(s, b.redactor(showSecrets)) })
}

// Curl prints a command line for each message. For each batch whose URL is masked and
// must therefore come from the environment, it calls unset with the masked URL.
func Curl(batches []Batch, showSecrets bool, print func(string) error, unset func(url string)) error {
	first := true
	for _, b := range batches {
		redact := b.redactor(showSecrets)
		err := eachOf(b, &first, print, func(s Sending) (string, error) {
			line, err := b.Target.Curl(s.Message.Body, redact)
			return line, masked(err, redact)
		})
		if err != nil {
			return err
		}
		if redact != nil && redact.URL(b.Target.URL) != b.Target.URL {
			unset(redact.URL(b.Target.URL))
		}
	}
	return nil
}

// each prints a text for each message, separated by empty lines.
func each(batches []Batch, print func(string) error, text func(Batch, Sending) (string, error)) error {
	first := true
	for _, b := range batches {
		if err := eachOf(b, &first, print, func(s Sending) (string, error) { return text(b, s) }); err != nil {
			return err
		}
	}
	return nil
}

func eachOf(b Batch, first *bool, print func(string) error, text func(Sending) (string, error)) error {
	for _, s := range b.Sendings {
		out, err := text(s)
		if err != nil {
			return err
		}
		if !*first {
			out = "\n" + out
		}
		*first = false
		if err := print(out); err != nil {
			return err
		}
	}
	return nil
}

// redactor returns what masks the secrets in a batch's requests; nil masks nothing.
func (b Batch) redactor(showSecrets bool) *webhook.Redactor {
	if showSecrets || len(b.Sendings) == 0 {
		return nil
	}
	return webhook.NewRedactorKnowing(b.Target, b.Sendings[0].Found.Destination.Secrets(b.Target.URL))
}

// masked returns an error with its secrets masked.
func masked(err error, redact *webhook.Redactor) error {
	if err == nil {
		return nil
	}
	return errors.New(redact.Text(err.Error()))
}

// wireText returns a request in readable form.
func (b Batch) wireText(s Sending, redact *webhook.Redactor) (string, error) {
	wire, err := b.Target.Wire(s.Message.Body)
	if err != nil {
		return "", masked(err, redact)
	}
	text := redact.Body(string(wire))
	if redact != nil {
		text = maskRequest(text, redact.URL(b.Target.URL))
	}
	text = strings.ReplaceAll(text, "\r\n", "\n")
	if !strings.HasSuffix(text, "\n") {
		text += "\n"
	}
	return text, nil
}

// maskRequest masks the target in a request line; shown is the part of the whole URL
// that may be shown.
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

// RequestsJSON is what test-send --dry-run --format json prints.
func RequestsJSON(ctx context.Context, batches []Batch, showSecrets bool) (any, error) {
	requests := make([]requestJSON, 0, messages(batches))
	for _, b := range batches {
		redact := b.redactor(showSecrets)
		for _, s := range b.Sendings {
			req, err := b.Target.NewRequest(ctx, s.Message.Body)
			if err != nil {
				return nil, masked(err, redact)
			}
			requests = append(requests, requestJSON{req.Method, redact.URL(b.Target.URL), redact.Header(req.Header), redact.Body(string(s.Message.Body))})
		}
	}
	return map[string]any{"version": 1, "requests": requests}, nil
}
