package jsonflow

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/hooktool/hooktool/internal/automaton"
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// conclude turns the final states of the template into an analysis.
func (a *analyzer) conclude(tmpl *webhook.Template, ends []*state) *Analysis {
	out := &Analysis{}
	json, text, blank := a.classify(ends)
	defer func() {
		out.Actions, out.Steps, out.halted, out.blocked = a.actions(), a.steps, a.halted, len(a.typeErrors) > 0
	}()
	switch {
	case !json && (text != nil || blank != nil) && !a.harmful(false) && !a.halted:
		a.findings = nil
		out.Verdict = NotJSON
		at := span{max(a.textAt, 0), max(a.textAt, 0)}
		out.Problems = []Problem{{
			Rule: ruleNotJSON, Start: at.start, End: at.end,
			Message: "the body is plain text, but it is sent with the content type application/json anyway",
		}}
		return out
	case text != nil:
		a.record(finding{
			rule: ruleMixed, at: span{max(a.textAt, 0), max(a.textAt, 0)}, path: "$", harm: true,
			message: "the body is JSON for some events and plain text for others", hint: "print JSON in every branch",
		}, text)
	case blank != nil:
		when := a.when(blank)
		if when == "" {
			when = " for others"
		}
		a.record(finding{
			rule: ruleMixed, at: span{0, 0}, path: "$", harm: true,
			message: "the body is JSON for some events and empty" + when, hint: "print JSON in every branch: Coroot posts an empty body too",
		}, blank)
	}
	c := a.confirmAll(tmpl, out)
	a.judge(out, len(ends) > 0)
	if c != nil {
		a.steps += stepsAnExecution * c.maker.Cost()
	}
	return out
}

// classify sorts the final states into JSON, plain text and blank. A state inside
// unfinished JSON is a problem.
func (a *analyzer) classify(ends []*state) (json bool, text, blank *state) {
	for _, st := range ends {
		switch {
		case st.doc.Complete():
			json = true
		case st.doc.Mode == automaton.ModeText:
			if text == nil {
				text = st
			}
		case st.doc.Mode == automaton.ModeStart:
			if blank == nil {
				blank = st
			}
		default:
			json = true
			a.record(finding{
				rule: ruleStructure, at: span{len(a.source), len(a.source)}, path: a.pool.Path(st.doc), harm: true,
				message: "the body ends " + openWords(st.doc), hint: closeHint(st.doc),
			}, st)
		}
	}
	return json, text, blank
}

// closeHint says what to add at the end.
func closeHint(d *automaton.Doc) string {
	switch d.Mode {
	case automaton.ModeAfter, automaton.ModeZero, automaton.ModeInt, automaton.ModeFraction, automaton.ModeExponent:
	case automaton.ModeString, automaton.ModeKeyString:
		return `close each text with "`
	default:
		return ""
	}
	var closers strings.Builder
	for s := d.Stack; s != nil && closers.Len() < 10; s = s.Parent {
		if s.InArray() {
			closers.WriteByte(']')
		} else {
			closers.WriteByte('}')
		}
	}
	return "add " + closers.String()
}

func openWords(d *automaton.Doc) string {
	switch {
	case d.InString():
		return "within a string"
	case d.Stack == nil:
		return "within a value"
	case d.Stack.Array:
		return "within an array that is never closed"
	}
	return "within an object that is never closed"
}

// harmful reports whether a problem was found that makes the JSON invalid. Problems in
// a string that is the whole document count only if root is true.
func (a *analyzer) harmful(root bool) bool {
	return slices.ContainsFunc(a.findings, func(f *finding) bool { return f.harm && (root || !f.root) })
}

// confirmAll looks for an event that shows each problem, and uses the best of them as
// the counterexample of the template. It returns what did that; nil if there was nothing
// to do.
func (a *analyzer) confirmAll(tmpl *webhook.Template, out *Analysis) *confirmer {
	slices.SortStableFunc(a.findings, func(x, y *finding) int { return compareSpans(x.at, y.at) })
	repeated := a.pool.Repeated(a.again)
	if !a.harmful(true) && len(repeated) == 0 {
		return nil
	}
	c := a.confirmer(tmpl)
	best := nothing
	for _, f := range a.findings {
		if f.harm {
			c.confirm(f)
		}
		if f.harm && f.proof != nil && f.quality < best {
			out.Counterexample, best = f.proof, f.quality
		}
	}
	if out.Counterexample == nil && a.harmful(true) {
		out.Counterexample = counterexample(c.maker.Search())
		if len(a.findings) == 1 {
			a.findings[0].proof = out.Counterexample
		}
	}
	c.duplicates(repeated)
	slices.SortStableFunc(a.findings, func(x, y *finding) int { return compareSpans(x.at, y.at) })
	c.maker.Charge(-c.kept)
	return c
}

// elementsWords says how many elements the list of an event has, if that matters.
func elementsWords(proof *Counterexample) string {
	sample := event.DefaultSample(proof.Event.Kind()).Event.Root()
	for part := range proof.Event.Root().Parts() {
		switch {
		case part.Len() == sample.Part(part.Field().Name).Len(), !part.Field().IsList():
		case part.Len() == 1:
			return ", as in a list of one element"
		default:
			return fmt.Sprintf(", as in a list of %d elements", part.Len())
		}
	}
	return ""
}

// judge sets the verdict, the problems and the reasons.
func (a *analyzer) judge(out *Analysis, ends bool) {
	confirmed := out.Counterexample != nil
	others := a.tally()
	for _, f := range a.findings {
		noise := a.isNoise(f, confirmed, others)
		if f.shrink != nil && (!noise || f.proof == out.Counterexample) {
			f.shrink()
		}
		if f.rule == ruleSeparator && f.proof != nil {
			f.message += elementsWords(f.proof)
		}
		if noise {
			if f.rule == ruleSeparator && !f.follows {
				out.Suspects = append(out.Suspects, f.problem())
			}
			continue
		}
		if f.harm && f.proof == nil && !confirmed {
			why := "this could break the JSON, but no event was found that does: "
			if f.fails {
				why = "this could break the JSON, but for the events that were tried the template fails, so nothing is sent, or the JSON is valid: "
			}
			a.doubt(why+f.message, f.at)
			if f.rule == ruleStructure || f.rule == ruleSeparator {
				continue // reporting it would be a guess
			}
		}
		p := f.problem()
		if p.Start == len(a.source) { // on the last line that is not empty
			p.Start = len(strings.TrimRight(a.source, " \t\r\n"))
			p.End = p.Start
		}
		out.Problems = append(out.Problems, p)
	}
	if !ends && !a.halted && !a.harmful(true) {
		a.doubt("the template never ends", span{})
	}
	switch {
	case confirmed:
		out.Verdict = Refuted
	case len(a.reasons) > 0:
		out.Verdict = Unknown
		out.Unknown = a.reasons
	default:
		out.Verdict = Proved
	}
}

func (f *finding) problem() Problem {
	return Problem{
		Rule: f.rule, Start: f.at.start, End: f.at.end, Path: f.path, Message: f.message, Hint: f.hint,
		Fixable: f.fixable, Counterexample: f.proof,
	}
}

// tally says what of some kinds was found, so that each finding need not be compared
// with all others.
type tally struct {
	unquoted   map[span]bool // the outputs that an event shows to be no values
	after      map[int]bool  // where they end
	firstKey   int           // where an element begins in an object that is not closed, as an event shows
	shown      int           // how many an event shows in their own places
	structures int           // how many of the rule json-structure an event shows
}

func (a *analyzer) tally() *tally {
	t := &tally{unquoted: map[span]bool{}, after: map[int]bool{}, firstKey: math.MaxInt}
	for _, f := range a.findings {
		if f.proof == nil {
			continue
		}
		t.shown += btoi(f.isShown())
		switch f.rule {
		case ruleUnquoted:
			t.unquoted[f.at] = true
			_, end := delimiters(a.source, f.at)
			t.after[end] = true
		case ruleStructure:
			t.structures++
		}
		if f.bracket == automaton.ErrKeyUnquoted {
			t.firstKey = min(t.firstKey, f.at.start)
		}
	}
	return t
}

// isShown reports whether an event shows a problem in its own place.
func (f *finding) isShown() bool { return f.harm && f.proof != nil && f.quality < hints }

// isNoise reports whether a problem is merely a consequence of another: of one that an
// event shows, or of a type error in the same place.
func (a *analyzer) isNoise(f *finding, confirmed bool, others *tally) bool {
	if f.proof == nil && slices.ContainsFunc(a.typeErrors, func(s span) bool { return f.at.start <= s.start && s.start <= f.at.end }) {
		return true
	}
	structural := f.rule == ruleStructure || f.rule == ruleSeparator
	switch {
	case !confirmed || !structural:
		return false
	case others.unquoted[f.at]:
		return true // the output is not a value, even if its first character suggests one
	case others.after[f.at.start]:
		return true // it is a part of the same text
	case f.proof == nil:
		return true
	case f.quality >= hints || f.follows && !f.comma:
		return others.shown > btoi(f.isShown())
	case f.bracket == automaton.ErrBracket: // of an object in a loop that is never closed
		return others.firstKey < f.at.start
	case f.at.start == len(a.source): // the body ends too early because of an earlier mistake
		return others.structures > btoi(f.rule == ruleStructure)
	}
	return false
}

// actions returns the actions that print, with their contexts.
func (a *analyzer) actions() []Action {
	unsafe := map[int]bool{}
	for _, f := range a.findings {
		unsafe[f.at.start] = unsafe[f.at.start] || f.harm
	}
	var out []Action
	for start, action := range a.order {
		for c := range a.contexts[start] {
			c.Safe = !unsafe[start]
			action.Contexts = append(action.Contexts, c)
		}
		slices.SortFunc(action.Contexts, compareContexts)
		out = append(out, *action)
	}
	slices.SortFunc(out, func(x, y Action) int { return x.Start - y.Start })
	return out
}
