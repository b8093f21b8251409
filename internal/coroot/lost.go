package coroot

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/hooktool/hooktool/internal/jsontree"
	"github.com/hooktool/hooktool/pkg/config"
	"github.com/hooktool/hooktool/pkg/destination"
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/webhook"
	"github.com/hooktool/hooktool/pkg/workspace"
)

// ParseSince reads a duration before now, a date, or a time.
func ParseSince(text string, now time.Time) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	var days int
	if n, err := fmt.Sscanf(text, "%dd", &days); err == nil && n == 1 && text == fmt.Sprintf("%dd", days) && days >= 0 {
		return now.AddDate(0, 0, -days), nil
	}
	if d, err := time.ParseDuration(text); err == nil && d >= 0 {
		return now.Add(-d), nil
	}
	for _, layout := range []string{time.DateOnly, time.RFC3339, "2006-01-02T15:04", time.DateTime} {
		if t, err := time.ParseInLocation(layout, text, now.Location()); err == nil {
			return t, nil
		}
	}
	return time.Time{}, &Error{
		Usage: true, Message: fmt.Sprintf("--since %q is not a time", text),
		Hint: "write a duration such as 24h or 7d, or a date such as 2026-11-28 or 2026-11-28T17:00",
	}
}

// Trial tries the templates of a webhook on past messages.
type Trial struct {
	hook      config.Webhook
	templates map[event.Kind]workspace.Template
	parsed    map[event.Kind]*webhook.Template
}

// NewTrial tries the templates of the configured webhook that a workspace was asked
// for.
func NewTrial(w *workspace.Workspace, name string) (*Trial, error) {
	hook, err := w.FindWebhook(name)
	if err != nil {
		return nil, err
	}
	templates, err := w.Templates("")
	t := &Trial{hook, map[event.Kind]workspace.Template{}, map[event.Kind]*webhook.Template{}}
	for _, each := range templates {
		t.templates[each.Key()] = each
	}
	return t, err
}

// WhyLost says why a message could not be sent today, or would be refused; nil if it
// would arrive.
func (t *Trial) WhyLost(ctx context.Context, e Past) error {
	kind := e.Kind()
	in, has := t.templates[kind]
	switch {
	case !t.hook.Enabled(kind):
		return fmt.Errorf("%ss are turned off in the webhook %q", kind, t.hook.Name)
	case !has:
		return fmt.Errorf("the webhook %q has no template for it", t.hook.Name)
	case in.Err != nil || in.Unset != nil:
		return errors.Join(in.Err, in.Unset)
	}
	tmpl := t.parsed[kind]
	if tmpl == nil {
		var err error
		if tmpl, err = in.Parse(); err != nil {
			return err
		}
		t.parsed[kind] = tmpl
	}
	message, err := tmpl.Render(ctx, in.WithFields(e.Event))
	if err != nil {
		return err
	}
	if err := jsontree.Parse(message.Body).Fault; err != nil && looksLikeJSON(message.Body) {
		return fmt.Errorf("the body is not valid JSON: %w", err)
	}
	found, err := in.DetectParsed(tmpl)
	if err != nil {
		return err
	}
	for _, problem := range found.Check(message.Body) {
		if problem.Effect == destination.Refused {
			return fmt.Errorf("%s would refuse it: %s", found.Destination.Title, problem.Message)
		}
	}
	return nil
}

// looksLikeJSON distinguishes a body that is meant to be JSON from plain text.
func looksLikeJSON(body []byte) bool {
	body = bytes.TrimSpace(body)
	return len(body) > 0 && (body[0] == '{' || body[0] == '[')
}
