package coroot

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/hooktool/hooktool/pkg/lint"
)

// ErrChanged is wrapped by the error of Replace if somebody else has changed the
// webhook first.
var ErrChanged = errors.New("the webhook has changed in the meantime")

// Replace replaces the definition that was seen before. Just before it writes it reads
// again, and writes nothing if the definition has changed. Afterwards it reads back and
// compares. An error says which definition Coroot then has, the old one or the new one.
//
// The API has no conditional writes, so a change between the last read and the write
// goes unnoticed.
func (c *Client) Replace(ctx context.Context, p Project, seen, wanted Definition) error {
	now, err := c.Webhook(ctx, p)
	if err != nil {
		return notWritten(err)
	}
	if !now.Equal(seen) {
		return &Error{Message: ErrChanged.Error() + ", so nothing was written", Hint: "check again: hooktool coroot diff", Err: ErrChanged}
	}
	if err := ctx.Err(); err != nil {
		return notWritten(err)
	}
	if err := c.SetWebhook(ctx, p, wanted); err != nil {
		return c.afterFailure(ctx, p, seen, wanted, err)
	}
	look, cancel := lookContext(ctx)
	defer cancel()
	kept, err := c.Webhook(look, p)
	switch {
	case err != nil:
		return &Error{Message: "it was written but could not be read back: " + err.Error(), Hint: "check again: hooktool coroot diff", Err: err}
	case !kept.Equal(wanted):
		return &Error{Message: "Coroot accepted the webhook but stored something else", Hint: "check again: hooktool coroot diff"}
	}
	return nil
}

func notWritten(err error) error {
	return fmt.Errorf("nothing was written; the old definition is still in place: %w", err)
}

// lookContext returns the context for finding out what Coroot has after a write, so
// that a user who interrupts still learns it. It ends after 5 seconds.
func lookContext(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
}

// afterFailure finds out which definition Coroot has after a write failed or was
// interrupted.
func (c *Client) afterFailure(ctx context.Context, p Project, seen, wanted Definition, cause error) error {
	look, cancel := lookContext(ctx)
	defer cancel()
	now, err := c.Webhook(look, p)
	switch {
	case err != nil:
		return &Error{Message: cause.Error() + "; it is unknown whether the webhook was written", Hint: "check again: hooktool coroot diff", Err: cause}
	case now.Equal(wanted):
		return &Error{Message: cause.Error() + "; the new definition is in place anyway", Hint: "nothing needs to be done", Err: cause}
	case now.Equal(seen):
		return &Error{Message: cause.Error() + "; the old definition is still in place", Hint: hintOf(cause), Err: cause}
	}
	return &Error{Message: cause.Error() + "; the current definition is neither the old one nor the new one", Hint: "check again: hooktool coroot diff", Err: cause}
}

func hintOf(err error) string {
	var e *Error
	if errors.As(err, &e) {
		return e.Hint
	}
	return ""
}

// Writable reads Coroot's webhook before the local one with a name replaces it, and
// reports whether there is one. It refuses what Coroot would undo or refuse.
func (c *Client) Writable(ctx context.Context, p Project, name string) (live Definition, configured bool, err error) {
	state, err := c.Integrations(ctx, p)
	switch {
	case err != nil:
		return live, false, err
	case state.ReadOnly:
		return live, false, &Error{
			Message: fmt.Sprintf("the webhook of %s comes from Coroot's configuration file: Coroot would accept the change and undo it when it next starts", p),
			Hint:    "change that file instead: hooktool coroot export -w " + name + " --for config",
		}
	case !c.User().MayWrite():
		return live, false, &Error{Message: fmt.Sprintf("you are %s, who is not allowed to write the webhook", c.User()), Hint: "sign in as an Admin"}
	}
	live, err = c.Webhook(ctx, p)
	return live, state.Webhook.Configured, err
}

// Losing counts what would lose messages in a validated webhook: errors, and events
// that break its JSON.
func Losing(results []lint.Result) (bad int) {
	for _, r := range results {
		if r.JSON != nil && r.JSON.Verdict == "refuted" {
			bad++
		}
		for _, f := range r.Findings {
			if f.Severity == lint.Error {
				bad++
			}
		}
	}
	return bad
}
