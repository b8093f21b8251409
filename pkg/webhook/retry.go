package webhook

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"strconv"
	"time"
)

// The waits between attempts: they double from the first, with a random part, up to the
// longest. A receiver may ask for longer with Retry-After, up to a limit beyond which
// trying again is left to the user.
const (
	firstWait     = time.Second
	longestWait   = 30 * time.Second
	maxRetryAfter = 5 * time.Minute
)

// retryWait returns how long to wait before the attempt after the n-th. It is not ok if
// the receiver asks for too long a wait.
func retryWait(number int, response *Response) (wait time.Duration, ok bool) {
	wait = min(firstWait<<min(number-1, 10), longestWait)
	wait += time.Duration(rand.Int64N(int64(wait / 4)))
	if response == nil {
		return wait, true
	}
	if asked, found := retryAfter(response.Header); found {
		return max(wait, asked), asked <= maxRetryAfter
	}
	return wait, true
}

// retryAfter reads Retry-After (RFC 9110, section 10.2.3): seconds or a date.
func retryAfter(header http.Header) (time.Duration, bool) {
	value := header.Get("Retry-After")
	if seconds, err := strconv.ParseFloat(value, 64); err == nil && seconds >= 0 && seconds < 1e9 { // Discord sends fractions
		return time.Duration(seconds * float64(time.Second)), true
	}
	if date, err := http.ParseTime(value); err == nil {
		return max(0, time.Until(date).Round(time.Second)), true
	}
	return 0, false
}

// waitWords words a wait in the unit that people would use.
func waitWords(wait time.Duration) string {
	for _, unit := range []struct {
		length time.Duration
		name   string
	}{{24 * time.Hour, "day"}, {time.Hour, "hour"}, {time.Minute, "minute"}} {
		if n := int64(wait.Round(unit.length/10) / unit.length); wait >= unit.length {
			if n == 1 {
				return "about a " + unit.name
			}
			return fmt.Sprintf("about %d %ss", n, unit.name)
		}
	}
	return wait.String()
}

// retryable reports whether a later attempt may get another answer.
func retryable(status int) bool {
	switch status {
	case http.StatusRequestTimeout, http.StatusTooEarly, http.StatusTooManyRequests:
		return true
	}
	return status >= 500 && status != http.StatusNotImplemented && status != http.StatusHTTPVersionNotSupported
}
