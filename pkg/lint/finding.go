package lint

import (
	"cmp"
	"slices"

	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/rewrite"
	"github.com/hooktool/hooktool/pkg/source"
)

// Finding is one mistake.
type Finding struct {
	Rule     string
	Severity Severity
	Message  string          // what is wrong
	Hint     string          // what would be right; may be empty
	Pos, End source.Position // in the file; End is just after
	Lines    []string        // the lines of the file that it is in; the first alone when there are many
	Fixable  bool            // hooktool fix repairs it
	Evidence *Evidence       // what shows it; nil when the template alone does

	// Applicability says of a finding that can be repaired whether the template then
	// says the same. A repair that is unsafe is made only when it is asked for, and
	// Fixable is false.
	Applicability rewrite.Applicability

	start, end int // in the template
}

// Span returns where the mistake is in the template itself, in bytes, wherever
// that is in a file.
func (f Finding) Span() (start, end int) { return f.start, f.end }

// Evidence is an event for which a mistake shows, and what comes of it.
type Evidence struct {
	Sample string // the name of a built-in event; empty for another one
	About  string // what another event is like
	Event  event.Event
	Body   []byte // as sent
	Offset int    // where it is wrong in Body; -1 when that is not one place
	Error  string // in the words of the JSON parser or of the destination
}

// Result is what was found in one template.
type Result struct {
	Path        string
	Name        string
	Webhook     string          // that it belongs to; empty: none
	Others      []string        // other webhooks for which all the rest is the same; see Joined
	Pos         source.Position // where the template begins in the file
	Kind        event.Kind      // empty for the settings of a webhook
	Destination string
	Form        string // which form of the destination it is, such as slack; empty: the ordinary one
	JSON        *JSON  // nil when it was not looked at
	Findings    []Finding
	AlertRules  int   // of Coroot, that a project's settings hold
	Past        *Past // what became of Options.Events; nil when there are none

	fields string // the custom fields
}

// Webhooks returns the names of all webhooks that the result is of.
func (r Result) Webhooks() []string {
	if r.Webhook == "" {
		return nil
	}
	return append([]string{r.Webhook}, r.Others...)
}

// JSON is the answer to whether the body is valid JSON for every event.
type JSON struct {
	Verdict        string // proved, refuted, unknown or not_json
	Reason         string // why it is unknown
	Counterexample *Evidence
}

// shown sorts findings, and leaves out those that are too mild.
func (o Options) shown(findings []Finding) []Finding {
	if o.MinSeverity != "" {
		findings = slices.DeleteFunc(findings, func(f Finding) bool { return !f.Severity.AtLeast(o.MinSeverity) })
	}
	return sortFindings(findings)
}

// sortFindings orders findings by place and drops those that say the same of one
// place.
func sortFindings(findings []Finding) []Finding {
	slices.SortStableFunc(findings, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.Pos.Line, b.Pos.Line), cmp.Compare(a.Pos.Column, b.Pos.Column),
			cmp.Compare(b.Severity.rank(), a.Severity.rank()), cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Message, b.Message))
	})
	return slices.CompactFunc(findings, func(a, b Finding) bool {
		return a.Pos == b.Pos && a.Rule == b.Rule && a.End == b.End && a.Message == b.Message
	})
}
