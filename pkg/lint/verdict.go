package lint

import (
	"context"
	"slices"

	"github.com/hooktool/hooktool/pkg/jsonflow"
	"github.com/hooktool/hooktool/pkg/workspace"
)

// JSON says whether the body is valid JSON for every event.
type JSON struct {
	Verdict        string // proved, refuted, unknown or not_json
	Reason         string // why it is unknown
	Counterexample *Evidence
	Unlikely       bool // only events that Coroot is unlikely to send break it
	Unchecked      bool // the template cannot be executed, and nothing can be assumed in place of what prevents it
	Fails          bool // the template fails for some events, and Coroot then sends nothing
}

// Standing is a verdict together with what limits it.
type Standing string

// The standings.
const (
	Always       Standing = "always"        // renders, as valid JSON, for every event
	SometimesNot Standing = "sometimes not" // valid JSON whenever it renders, but it fails for some events
	Likely       Standing = "likely"        // invalid JSON only for unlikely events
	Breaks       Standing = "breaks"
	Unproved     Standing = "unproved"
	PlainText    Standing = "plain text"
)

// Standing returns what the verdict amounts to.
func (v *JSON) Standing() Standing {
	switch {
	case v.Verdict == string(jsonflow.Proved) && v.Fails:
		return SometimesNot
	case v.Verdict == string(jsonflow.Proved) && !v.Unlikely:
		return Always
	case v.Unlikely && !v.Fails:
		return Likely
	case v.Verdict == string(jsonflow.Refuted):
		return Breaks
	case v.Verdict == string(jsonflow.NotJSON):
		return PlainText
	}
	return Unproved
}

// Label words the verdict in a few words, for a heading.
func (v *JSON) Label() string {
	return map[Standing]string{
		Always: "JSON proved", SometimesNot: "does not always render", Likely: "JSON breaks for unlikely events",
		Breaks: "JSON breaks for some events", Unproved: "JSON not proved", PlainText: "not JSON",
	}[v.Standing()]
}

// Sentence words the verdict as a sentence without a full stop.
func (v *JSON) Sentence() string {
	switch v.Standing() {
	case Always:
		return "the body is valid JSON for every event"
	case SometimesNot:
		return "the body is valid JSON, but the template does not render for every event"
	case Likely:
		return "the body is valid JSON for every event except unlikely ones"
	case Breaks:
		return "the body is not valid JSON for every event"
	case PlainText:
		return "the body is not meant to be JSON"
	}
	text := "the body may not be valid JSON for every event"
	if v.Reason != "" {
		text += ": " + v.Reason
	}
	return text
}

// Failures returns the findings of events for which a template does not render. Their
// positions are in its text. known is an analysis of the template, parsed WithOrigins, or
// nil.
func Failures(ctx context.Context, t workspace.Template, known *jsonflow.Analysis, o Options) []Finding {
	t.Locate, t.File = nil, nil
	p := newPass(ctx, t, o)
	if known != nil && known.Template.Kind() == t.Kind && known.Template.Text() == t.Text {
		p.known = known
	}
	for _, rule := range []Rule{indexOutOfRange(), endlessRecursion()} {
		p.rule, p.severity = rule.ID, rule.Severity
		rule.check(p)
	}
	p.silence()
	found := slices.DeleteFunc(p.findings, func(f Finding) bool { return f.Rule == unusedIgnore().ID })
	return newLocator(&t).placed(found, func(line string) string { return line })
}

// Verdict reports whether the body of a template is valid JSON for every event.
func Verdict(ctx context.Context, t workspace.Template) *JSON {
	v := newPass(ctx, t, Options{}).verdict()
	v.Reason = newLocator(&t).words(v.Reason)
	return v
}
