package webhook

import (
	"net/http"
	"time"

	"github.com/hooktool/hooktool/pkg/event"
)

// Outcome is what became of a message.
type Outcome string

// The outcomes of sending.
const (
	Delivered Outcome = "delivered" // the receiver took the message
	Accepted  Outcome = "accepted"  // the receiver queued it, and what becomes of it is not yet known
	Rejected  Outcome = "rejected"  // the receiver answered that it did not take it
	Failed    Outcome = "failed"    // there was no answer
)

// Delivery is the result of sending one message. The sender's redactor has masked
// everything in it, so it can be shown.
type Delivery struct {
	Kind     event.Kind
	Outcome  Outcome
	Reason   string // why, in plain words; empty when it was delivered
	Hint     string // what to do about it; may be empty
	URL      string
	Attempts []Attempt // at least one; the last one decides
	Duration time.Duration
	Request  Request
	Response *Response // nil when there was no answer
	Err      error     // of the last attempt, if there was no answer
}

// StatusCode returns the status of the last answer, 0 when there was none.
func (d Delivery) StatusCode() int {
	if d.Response == nil {
		return 0
	}
	return d.Response.StatusCode
}

// Request is what was sent.
type Request struct {
	Method string
	Header http.Header
	Body   string
}

// Response is the receiver's answer.
type Response struct {
	StatusCode int
	Status     string // such as 404 Not Found
	Header     http.Header
	Body       string // up to Sender.MaxAnswer bytes
	Cut        bool   // the body is longer, or did not end in time

	cutReason string // why, in plain words
}

// Attempt is one try to send.
type Attempt struct {
	Number   int
	Outcome  Outcome
	Reason   string
	Hint     string
	Duration time.Duration
	Wait     time.Duration // until the next attempt; zero after the last one

	err      error
	response *Response
	final    bool // trying again cannot help
}

// Verdict is a Judge's opinion of an answer.
type Verdict struct {
	Outcome Outcome
	Reason  string
	Hint    string
}

// A Judge interprets an answer as its destination means it: some services answer 200
// and put the failure into the body.
type Judge func(Response) Verdict
