package lint

import (
	"cmp"
	"slices"
	"sync"

	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/rewrite"
	"github.com/hooktool/hooktool/pkg/source"
)

// Finding is one mistake.
type Finding struct {
	Rule     string
	Severity Severity
	Message  string          // what is wrong
	Hint     string          // how to fix it; may be empty
	Pos, End source.Position // in the file; End is exclusive
	Lines    []string        // the lines of the file that contain it; only the first if there are many
	Fixable  bool            // hooktool fix repairs it
	Evidence *Evidence       // what demonstrates it; nil if the template alone does

	// Applicability says whether repairing a fixable finding preserves the meaning of the
	// template. Unsafe repairs are made only on request, and Fixable is false for them.
	Applicability rewrite.Applicability

	start, end int // in the template
}

// Span returns the byte range of the mistake in the template itself, wherever the
// template is in a file.
func (f Finding) Span() (start, end int) { return f.start, f.end }

// Evidence is an event that demonstrates a mistake, and its outcome.
type Evidence struct {
	Sample string // the name of a built-in event; empty for any other
	About  string // a description of an event that is not built in
	Event  event.Event
	Body   []byte // as sent
	Offset int    // of the mistake in Body; -1 if it has no single place
	Error  string // from the JSON parser or the destination
}

// Result is the outcome of checking one template, or the settings of a webhook or
// project.
type Result struct {
	Path        string
	Name        string
	Webhook     string          // the webhook it belongs to; empty: none
	Definition  string          // the file that defines the webhook
	Others      []string        // other webhooks with an otherwise identical result; see Joined
	Pos         source.Position // the start of the template in the file
	Kind        event.Kind      // empty for settings
	Destination string
	Form        string // the form of the destination, such as slack; empty: the default
	JSON        *JSON  // nil if it was not checked
	Findings    []Finding
	AlertRules  int   // number of Coroot alerting rules in a project's settings
	Past        *Past // the outcome for Options.Events; nil if there are none

	fields string // the custom fields
}

// Spot identifies the template that a result is about, whichever webhook has it.
type Spot struct {
	Path string
	Pos  source.Position
	Kind event.Kind
}

// Spot returns where the template is and what it is for.
func (r Result) Spot() Spot { return Spot{r.Path, r.Pos, r.Kind} }

// Webhooks returns the names of all webhooks that the result covers.
func (r Result) Webhooks() []string {
	if r.Webhook == "" {
		return nil
	}
	return append([]string{r.Webhook}, r.Others...)
}

// shown removes findings below the minimum severity.
func (o Options) shown(findings []Finding) []Finding {
	if o.MinSeverity == "" {
		return findings
	}
	return slices.DeleteFunc(findings, func(f Finding) bool { return !f.Severity.AtLeast(o.MinSeverity) })
}

// subject returns the place of a rule among all rules: what hides others comes first.
func subject(rule string) int { return subjects()[rule] }

var subjects = sync.OnceValue(func() map[string]int {
	order := map[string]int{}
	for i, id := range IDs() {
		order[id] = i
	}
	return order
})

// sortFindings sorts findings by position and removes duplicates at the same position.
func sortFindings(findings []Finding) []Finding {
	slices.SortStableFunc(findings, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.Pos.Line, b.Pos.Line), cmp.Compare(a.Pos.Column, b.Pos.Column),
			cmp.Compare(b.Severity.rank(), a.Severity.rank()), cmp.Compare(subject(a.Rule), subject(b.Rule)), cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Message, b.Message))
	})
	return slices.CompactFunc(findings, func(a, b Finding) bool {
		return a.Pos == b.Pos && a.Rule == b.Rule && a.End == b.End && a.Message == b.Message
	})
}
