package jsonflow

import (
	"slices"

	"github.com/hooktool/hooktool/pkg/webhook"
)

// conclude makes an analysis of the states in which the template ends.
func (a *analyzer) conclude(tmpl *webhook.Template, ends []*state) *Analysis {
	out := &Analysis{}
	json, text, blank := a.classify(ends)
	defer func() { out.Actions = a.actions() }()
	switch {
	case !json && (text != nil || blank != nil) && !a.harmful():
		out.Verdict = NotJSON
		at := span{max(a.textAt, 0), max(a.textAt, 0)}
		out.Problems = []Problem{{
			Rule: ruleNotJSON, Start: at.start, End: at.end,
			Message: "the body is plain text, and is sent with the content type application/json all the same",
		}}
		return out
	case text != nil:
		a.record(finding{
			rule: ruleMixed, at: span{max(a.textAt, 0), max(a.textAt, 0)}, path: "$", harm: true,
			message: "the body is JSON for some events and plain text for others", hint: "print JSON in every branch",
		}, text)
	case blank != nil:
		a.record(finding{
			rule: ruleMixed, at: span{0, 0}, path: "$", harm: true,
			message: "the body is JSON for some events and empty for others", hint: "print JSON in every branch: Coroot posts an empty body too",
		}, blank)
	}
	a.confirmAll(tmpl, out)
	a.judge(out, len(ends) > 0)
	return out
}

// classify sorts the ends into JSON, plain text and nothing. An end within the
// JSON is a problem.
func (a *analyzer) classify(ends []*state) (json bool, text, blank *state) {
	for _, st := range ends {
		switch {
		case st.doc.complete():
			json = true
		case st.doc.mode == modeText:
			if text == nil {
				text = st
			}
		case st.doc.mode == modeStart:
			if blank == nil {
				blank = st
			}
		default:
			json = true
			a.record(finding{
				rule: ruleStructure, at: span{len(a.source), len(a.source)}, path: st.doc.path(), harm: true,
				message: "the body ends " + openWords(st.doc),
			}, st)
		}
	}
	return json, text, blank
}

func openWords(d *doc) string {
	switch {
	case d.inString():
		return "within a string"
	case d.stack == nil:
		return "within a value"
	case d.stack.array:
		return "within an array that is never closed"
	}
	return "within an object that is never closed"
}

// harmful reports whether a problem was found that makes the JSON invalid.
func (a *analyzer) harmful() bool {
	return slices.ContainsFunc(a.findings, func(f *finding) bool { return f.harm })
}

// confirmAll looks for an event for every problem, and for the whole.
func (a *analyzer) confirmAll(tmpl *webhook.Template, out *Analysis) {
	slices.SortStableFunc(a.findings, func(x, y *finding) int { return compareSpans(x.at, y.at) })
	if !a.harmful() {
		return
	}
	c := a.confirmer(tmpl)
	for _, f := range a.findings {
		if f.harm {
			c.confirm(f)
		}
		if f.proof != nil && (out.Counterexample == nil || out.Counterexample.Unlikely && !f.proof.Unlikely) {
			out.Counterexample = f.proof
		}
	}
	if out.Counterexample == nil {
		out.Counterexample = c.search()
		if len(a.findings) == 1 {
			a.findings[0].proof = out.Counterexample
		}
	}
}

// judge sets the verdict, the problems and the reasons.
func (a *analyzer) judge(out *Analysis, ends bool) {
	confirmed := out.Counterexample != nil
	for _, f := range a.findings {
		if f.harm && f.proof == nil {
			if confirmed && (f.rule == ruleStructure || f.rule == ruleSeparator) {
				continue // most likely what follows from another problem
			}
			if !confirmed {
				a.doubt("this could break the JSON, but no event was found that does: "+f.message, f.at)
			}
		}
		out.Problems = append(out.Problems, Problem{
			Rule: f.rule, Start: f.at.start, End: f.at.end, Path: f.path, Message: f.message, Hint: f.hint,
			Fixable: f.fixable, Counterexample: f.proof,
		})
	}
	if !ends && !a.halted && !a.harmful() {
		a.doubt("the template never comes to its end", span{})
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
