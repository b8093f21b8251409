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

// Options configure a Receiver.
type Options struct {
	Destination *destination.Destination
	// Rate is how many requests per second are accepted; more get the destination's
	// answer to too many requests. Zero: any number.
	Rate int
	// Count is how many requests are accepted in all, before Done is closed. Zero: any
	// number.
	Count int
	// MaxBody bounds the body of a request, in bytes. Zero: DefaultMaxBody.
	MaxBody int64
	// Record is called for each request before it is answered, one at a time and in the
	// order of their numbers. After an error it is not called again, and Done is
	// closed.
	Record func(Record) error
	// Now returns the time. Nil: time.Now.
	Now func() time.Time
}

// DefaultMaxBody is more than any destination accepts: Telegram accepts the most, a
// mebibyte, and answers in its own words to a little more.
const DefaultMaxBody = 1<<20 + 64<<10

// Record is a request with its answer.
type Record struct {
	Call     destination.Call
	Texts    []destination.Text // the texts that people would see
	Response webhook.Response
	Limited  bool // there were too many requests, so it was not examined
}

// Receiver is a stand-in. It is an http.Handler, safe for concurrent use.
type Receiver struct {
	options Options
	done    chan struct{}

	mu     sync.Mutex
	limit  *limiter
	number int
	err    error // the error of Record
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

// Done is closed when Count requests have arrived, or Record has failed.
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
	case err != nil: // the client disconnected, or was too slow
		write(w, req, destination.TextAnswer(http.StatusBadRequest, "the body did not come to its end"))
		return
	}
	call := destination.Call{Method: req.Method, Path: req.URL.Path, Query: req.URL.Query(), Header: req.Header, Body: body}
	write(w, req, r.receive(call))
}

// receive handles a request. It handles one at a time, because they are numbered.
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
