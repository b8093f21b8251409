package catalog

import (
	"context"
	"iter"
	"slices"
	"strings"

	"github.com/hooktool/hooktool/pkg/destination"
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// Guessed reports whether the destination is a guess: nobody has named it, and its
// basis can mean another one. What it would refuse is then not an error.
func (f Found) Guessed() bool { return f.guessed }

// Check returns what the destination would refuse or alter in a body. If it is a guess
// these are at most warnings.
func (f Found) Check(body []byte) []destination.Problem {
	return f.Problems(f.Destination.Parse(body))
}

// Problems returns what the destination would refuse or alter in a payload that it has
// read. If it is a guess these are at most warnings, each of which says that it is a
// guess.
func (f Found) Problems(p *destination.Payload) []destination.Problem {
	if !f.guessed {
		return p.Problems()
	}
	problems := slices.Clone(p.Problems())
	for i := range problems {
		problem := &problems[i]
		if p.Fault != nil && problem.Severity == destination.Error {
			continue // it is broken for every receiver of JSON
		}
		if problem.Severity == destination.Error {
			problem.Severity = destination.Warning
		}
		problem.Message += " (" + f.Note() + ")"
		switch {
		case problem.Hint == "":
		case strings.HasSuffix(problem.Hint, "?"):
			problem.Hint += " "
		default:
			problem.Hint += "; "
		}
		problem.Hint += f.overrule()
	}
	return problems
}

// Note says that the destination is a guess, and what it is based on.
func (f Found) Note() string {
	return "that this goes to " + f.Destination.Title + " is a guess from " + f.From
}

// overrule says how to overrule a guess.
func (f Found) overrule() string {
	return "if it goes elsewhere, use {{/* hooktool: destination=generic */}} or -d generic"
}

// Judge returns a judge of the answer to one message. A guessed destination raises
// no doubts about a success.
func (f Found) Judge(body []byte) webhook.Judge {
	if !f.guessed {
		return f.Destination.JudgeFor(body)
	}
	return func(r webhook.Response) webhook.Verdict {
		verdict := f.Destination.Judge(r)
		if verdict.Outcome == webhook.Delivered {
			verdict.Reason, verdict.Hint = "", ""
		}
		return verdict
	}
}

// The limits for rendering a template only to look at the shape of its bodies.
const (
	sampleOutput = 1 << 20
	sampleTurns  = 20_000
)

// After this much work, as webhook.Message counts it, no more bodies are rendered.
const (
	maxWork   = 30_000_000
	workAByte = 40 // for looking at the shape
)

// Bodies renders a template with the built-in events of its kind, the default first.
// A body that cannot be rendered is left out. Without a template there is none.
func Bodies(t *webhook.Template, fields map[string]string) iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		if t == nil {
			return
		}
		t = t.Limited(webhook.Limits{Output: sampleOutput, Turns: sampleTurns})
		failed, work := 0, 0
		for _, sample := range event.SamplesOf(t.Kind()) {
			ev := sample.Event
			ev.CustomFields = fields
			message, err := t.Render(context.Background(), ev)
			work += message.Work + workAByte*len(message.Body)
			if err != nil {
				if failed++; failed > 2 || work > maxWork {
					return // and the others would fail too
				}
				continue
			}
			if !yield(message.Body) || work > maxWork {
				return
			}
		}
	}
}
