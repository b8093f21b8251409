package receiver

import "time"

// limiter lets n requests per second pass, counted over the second before each. A nil
// limiter lets all pass.
type limiter struct {
	passed []time.Time // when the last requests passed, a ring
	next   int         // the oldest of them
}

func newLimiter(rate int) *limiter { return &limiter{passed: make([]time.Time, rate)} }

// take returns zero if a request may pass, and otherwise how long it must wait.
func (l *limiter) take(now time.Time) time.Duration {
	if l == nil {
		return 0
	}
	if wait := l.passed[l.next].Add(time.Second).Sub(now); wait > 0 && !l.passed[l.next].IsZero() {
		return wait
	}
	l.passed[l.next] = now
	l.next = (l.next + 1) % len(l.passed)
	return 0
}
