package receiver

import (
	"errors"
	"io"
	"maps"
	"net/http"
	"sync"
	"time"

	"github.com/hooktool/hooktool/pkg/destination"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// Options say what a Receiver stands for.
type Options struct {
	Destination *destination.Destination
	// Rate is how many requests a second are taken; to more the answer is that of
	// the destination to too many. Zero: any number.
	Rate int
	// Count is how many requests are taken in all; Done then tells. Zero: any.
	Count int
	// MaxBody bounds the body of a request, in bytes. Zero: DefaultMaxBody.
	MaxBody int64
	// Record is called for each request before it is answered, for one at a time and in
	// the order of their numbers. After an error it is called no more, and Done
	// tells.
	Record func(Record) error
	// Now tells the time. Nil: time.Now.
	Now func() time.Time
}

// DefaultMaxBody is more than any of the destinations takes: Telegram takes the most,
// a mebibyte, and answers in its own words to a little more.
const DefaultMaxBody = 1<<20 + 64<<10

// Record is a request with its answer.
type Record struct {
	Call     destination.Call
	Texts    []destination.Text // those that people would see
	Response webhook.Response
	Limited  bool // there were too many requests, so that it was not looked at
}

// Receiver is a stand-in. It is an http.Handler, safe for concurrent use.
type Receiver struct {
	options Options
	done    chan struct{}

	mu     sync.Mutex
	limit  *limiter
	number int
	err    error // of Record
}

// New returns a stand-in for a destination.
func New(o Options) *Receiver {
	if o.MaxBody == 0 {
		o.MaxBody = DefaultMaxBody
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	r := &Receiver{options: o, done: make(chan struct{})}
	if o.Rate > 0 {
		r.limit = newLimiter(o.Rate)
	}
	return r
}

// Endpoint returns the path and the query to post to, such as /hooks/….
func (r *Receiver) Endpoint() string {
	if endpoint := r.options.Destination.Endpoint; endpoint != "" {
		return endpoint
	}
	return "/"
}

// Done is closed when Count requests have come, or Record has failed.
func (r *Receiver) Done() <-chan struct{} { return r.done }

// Err returns the error of Record, if it has failed.
func (r *Receiver) Err() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.err
}

// ServeHTTP answers a request.
func (r *Receiver) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, req.Body, r.options.MaxBody))
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		write(w, req, destination.TextAnswer(http.StatusRequestEntityTooLarge, "the body is too large"))
		return
	case err != nil: // the client went away, or was too slow
		write(w, req, destination.TextAnswer(http.StatusBadRequest, "the body did not come to its end"))
		return
	}
	call := destination.Call{Method: req.Method, Path: req.URL.Path, Query: req.URL.Query(), Header: req.Header, Body: body}
	write(w, req, r.receive(call))
}

// receive takes a request: one after the other, because they have numbers.
func (r *Receiver) receive(call destination.Call) webhook.Response {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.finished() {
		return destination.TextAnswer(http.StatusServiceUnavailable, "the stand-in has ended")
	}
	r.number++
	call.Number, call.Time = r.number, r.options.Now()
	record := Record{Call: call}
	if wait := r.limit.take(call.Time); wait > 0 {
		record.Limited, record.Response = true, r.options.Destination.TooMany(wait)
	} else {
		record.Response = r.options.Destination.Receive(&record.Call)
		record.Texts = record.Call.Texts
	}
	if r.options.Record != nil {
		r.err = r.options.Record(record)
	}
	if r.err != nil || r.number == r.options.Count {
		close(r.done)
	}
	return record.Response
}

func (r *Receiver) finished() bool {
	select {
	case <-r.done:
		return true
	default:
		return false
	}
}

func write(w http.ResponseWriter, req *http.Request, answer webhook.Response) {
	maps.Copy(w.Header(), answer.Header)
	w.WriteHeader(answer.StatusCode)
	if req.Method != http.MethodHead {
		io.WriteString(w, answer.Body) //nolint:errcheck // the client is gone
	}
}
