//go:build !offline

package webhook

import (
	"context"
	"net/http/httptrace"
	"time"
)

// Watch returns a context for one request of net/http, and a function that says in
// plain words why the request got no answer, and what to do about it. It serves
// requests that are not deliveries; a Sender does the same for its own. timeout
// is how long the request was given. Nothing secret is in what comes back: no URL
// and no header.
func Watch(ctx context.Context) (watched context.Context, explain func(err error, timeout time.Duration) (reason, hint string)) {
	trace := &phases{}
	return httptrace.WithClientTrace(ctx, trace.hooks()), func(err error, timeout time.Duration) (reason, hint string) {
		f := diagnose(ctx, err, trace, timeout)
		return f.reason, f.hint
	}
}
