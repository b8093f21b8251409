package suite

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"runtime"
	"sync"
	"time"

	"github.com/hooktool/hooktool/internal/project"
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/source"
	"github.com/hooktool/hooktool/pkg/webhook"
	"github.com/hooktool/hooktool/pkg/workspace"
)

// Runner executes cases. Each Runner is good for one run.
type Runner struct {
	// Find finds the templates of the cases; nil means OnDisk.
	Find Templates
	// Check checks a body against the rules of its destination; nil skips this check.
	Check Check
	// Update writes golden files instead of comparing with them.
	Update bool
	// Mask removes secrets from what golden files store; nil keeps them. Bodies that
	// differ only in what is masked count as equal.
	Mask func(string) string
	// Limits apply to each rendering.
	Limits webhook.Limits
	// Done is called after each case, from one goroutine at a time and in no fixed
	// order; it may be nil.
	Done func(Result)

	mu        sync.Mutex
	templates map[subject]*loadedTemplates
}

// A Check reports whether a destination would refuse a body, and the problems of the
// body.
type Check func(t *workspace.Template, body []byte) Payload

// Payload is the verdict of a destination on a body.
type Payload struct {
	Destination string
	Refused     bool
	Problems    []PayloadProblem
}

// PayloadProblem is a rule of the destination that a body breaks.
type PayloadProblem struct {
	Rule, Path, Message string
	Refused             bool // the destination would refuse the body because of it
}

// Status is the outcome of a case.
type Status string

// The possible outcomes of a case.
const (
	Passed  Status = "passed"
	Failed  Status = "failed"  // the result is not what was expected
	Errored Status = "error"   // the case could not be run: no template, no event
	Updated Status = "updated" // the golden file was written
)

// Result is the outcome of one case.
type Result struct {
	Case     Case
	Status   Status
	Failures []Failure
	Duration time.Duration
}

// Failure is one way in which a case failed.
type Failure struct {
	Message string
	Hint    string // the correction; may be empty
	Diff    string // unified, from expected to actual; may be empty
}

// good reports whether the case counts as passed.
func (r Result) good() bool { return r.Status == Passed || r.Status == Updated }

// Run executes cases on all cores and returns the results in the order of the cases.
// The error is that of ctx.
func (r *Runner) Run(ctx context.Context, cases []Case) ([]Result, error) {
	if r.Find == nil {
		r.Find = onDisk
	}
	r.templates = map[subject]*loadedTemplates{}
	results := make([]Result, len(cases))
	indexes := make(chan int)
	var workers sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(cases)) {
		workers.Go(func() {
			for i := range indexes {
				results[i] = r.run(ctx, cases[i])
				if r.Done != nil {
					r.mu.Lock()
					r.Done(results[i])
					r.mu.Unlock()
				}
			}
		})
	}
	for i := range cases {
		if ctx.Err() != nil {
			break
		}
		indexes <- i
	}
	close(indexes)
	workers.Wait()
	return results, ctx.Err()
}

// run executes one case.
func (r *Runner) run(ctx context.Context, c Case) Result {
	start := time.Now()
	result := Result{Case: c, Status: Passed}
	failures, err := r.try(ctx, c, &result)
	if err != nil {
		result.Status = Errored
		problem := source.ProblemOf(err)
		failures = []Failure{{Message: c.elsewhere(problem), Hint: problem.Hint}}
	} else if len(failures) > 0 {
		result.Status = Failed
	}
	result.Failures, result.Duration = failures, time.Since(start)
	return result
}

// elsewhere words a problem. Its place is named if it is not in the file of the case,
// whose place the report names.
func (c Case) elsewhere(p *source.Problem) string {
	if p.Path == c.File {
		return p.Message
	}
	return p.Error()
}

func (r *Runner) try(ctx context.Context, c Case, result *Result) ([]Failure, error) {
	loaded := r.load(c)
	if loaded.err != nil {
		return nil, c.problem(source.ProblemOf(loaded.err).Hint, "read the template: %w", loaded.err)
	}
	ev, err := c.event(onlyKind(loaded.all))
	if err != nil {
		return nil, err
	}
	t, err := r.template(c, loaded, ev.Kind())
	if err != nil {
		return nil, err
	}
	if t.err != nil {
		if failure := t.parseFailure(c); failure != nil {
			return failure()
		}
		return nil, t.err
	}
	if ev, err = c.sent(t.Template, ev); err != nil {
		return nil, err
	}
	message, err := t.parsed.Render(ctx, ev)
	if err != nil {
		return c.compareError(err), nil
	}
	if c.Error != "" {
		return []Failure{{
			Message: fmt.Sprintf("rendering should fail with %q, but succeeds", c.Error), Diff: "",
			Hint: "the body is " + excerpt(string(message.Body)),
		}}, nil
	}
	failures, err := r.compareBody(c, message.Body, result)
	if err != nil {
		return nil, err
	}
	return append(failures, r.checkPayload(c, t, message.Body)...), nil
}

// event returns the event of a case. kind is that of its template; if it is empty, the
// event determines it.
func (c Case) event(kind event.Kind) (event.Event, error) {
	var ev event.Event
	switch given := c.Event.(type) {
	case nil:
		sample := event.DefaultSample(kind)
		if c.Sample != "" {
			sample, _ = event.SampleByName(c.Sample) // Load has checked the name
		}
		if sample.Name == "" {
			return ev, c.problem("add type, sample or event", "the kind of the template is unknown")
		}
		ev = sample.Event
	case string:
		text, err := project.ReadFile(c.root(), c.path(given), maxFileSize)
		if err != nil {
			return ev, c.problem("", "read the event: %w", err)
		}
		if ev, err = decodeOne(kind, c.path(given), text); err != nil {
			return ev, err
		}
	default:
		text, err := json.Marshal(given)
		if err != nil {
			return ev, c.problem("", "the event is not JSON: %w", err)
		}
		if ev, err = decodeOne(kind, c.File, text); err != nil {
			inEvent := source.ProblemOf(err) // its position is in the text made from the YAML
			return ev, c.problem(inEvent.Hint, "in the event: %s", inEvent.Message)
		}
	}
	return ev, nil
}

// sent returns the event of a case as Coroot would give it to the template: the custom
// fields of the case count as the user's, as those of --custom-field do.
func (c Case) sent(t workspace.Template, ev event.Event) (event.Event, error) {
	t.Give(c.CustomFields)
	if t.Unset != nil {
		return ev, t.Unset
	}
	if c.Event == nil {
		ev = t.Sent(ev)
	} else {
		ev = t.WithFields(ev)
	}
	for _, item := range c.Set {
		if err := ev.Set(item.path, item.value); err != nil {
			return ev, c.problem("a path consists of JSON names, such as reports[0].message", "%w", err)
		}
	}
	return ev, nil
}

// decodeOne decodes a text that must contain exactly one event. It may be in an array.
func decodeOne(kind event.Kind, path string, text []byte) (event.Event, error) {
	decoder := event.NewDecoder(bytes.NewReader(text), path)
	doc, err := decoder.Next()
	switch {
	case errors.Is(err, io.EOF): // an empty array
		return event.Event{}, &source.Problem{Path: path, Message: "there is no event", Hint: "a case takes one", Err: err}
	case err != nil:
		return event.Event{}, err
	}
	ev, _, err := doc.Decode(kind)
	if err != nil {
		return ev, sayType(err)
	}
	switch second, err := decoder.Next(); {
	case err == nil:
		return ev, &source.Problem{
			Path: path, Pos: second.Pos, Message: "a second event begins here, but a case takes one",
			Hint: "put each into a file and a case of its own; hooktool validate --events takes them all",
		}
	case !errors.Is(err, io.EOF):
		return ev, err
	}
	return ev, nil
}

// sayType adds to an error about the kind of an event how a case says it.
func sayType(err error) error {
	if !errors.Is(err, event.ErrNoKind) {
		return err
	}
	p := source.ProblemOf(err)
	p.Hint = "say it in the test, with type: incident, deployment or alert"
	return p
}

// root returns the root folder of the project of the case's file.
func (c Case) root() string {
	dir, err := filepath.Abs(filepath.Dir(c.File))
	if err != nil {
		return filepath.Dir(c.File)
	}
	return project.Root(dir)
}

// path resolves a path relative to the folder of the case's file.
func (c Case) path(path string) string {
	path = filepath.FromSlash(path)
	if filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(filepath.Dir(c.File), path)
}

func (c Case) problem(hint, format string, args ...any) error {
	err := fmt.Errorf(format, args...)
	return &source.Problem{Path: c.File, Pos: c.Pos, Message: err.Error(), Hint: hint}
}

// excerpt returns the beginning of a text, quoted.
func excerpt(text string) string {
	const most = 80
	if runes := []rune(text); len(runes) > most {
		return fmt.Sprintf("%q…", string(runes[:most]))
	}
	return fmt.Sprintf("%q", text)
}
