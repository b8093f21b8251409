//go:build !offline

package webhook

import (
	"context"
	"net/http/httptrace"
	"strings"
	"time"
)

// Watch returns a context for one request of net/http, and a function that explains in
// plain words why the request got no answer, and what to do about it. It serves
// requests that are not deliveries; a Sender does the same for its own. timeout is how
// long the request was given, and server is what the other side is called. What it
// returns holds no secrets: no URL and no header.
func Watch(ctx context.Context, server string) (watched context.Context, explain func(err error, timeout time.Duration) (reason, hint string)) {
	trace := &phases{}
	return httptrace.WithClientTrace(ctx, trace.hooks()), func(err error, timeout time.Duration) (reason, hint string) {
		f := diagnose(ctx, err, trace, timeout)
		as := strings.NewReplacer("the receiver", server)
		return as.Replace(f.reason), as.Replace(f.hint)
	}
}
