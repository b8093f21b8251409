package lint

import (
	"errors"
	"math"
	"slices"
	"strings"

	"github.com/hooktool/hooktool/pkg/destination/catalog"
	"github.com/hooktool/hooktool/pkg/jsonflow"
	"github.com/hooktool/hooktool/pkg/rewrite"
	"github.com/hooktool/hooktool/pkg/typecheck"
)

// flowed is the result of package jsonflow, computed on first use.
type flowed struct {
	done     bool
	analysis *jsonflow.Analysis // nil if the template cannot be executed
}

// flow analyzes the template against the JSON grammar.
func (p *pass) flow() *jsonflow.Analysis {
	if !p.flowed.done {
		p.flowed.done = true
		if p.flows() && !p.exceeds() {
			p.flowed.analysis = p.follow()
		}
	}
	return p.flowed.analysis
}

// flows reports whether the template can be analysed, unless it prints too much.
func (p *pass) flows() bool {
	_, escaped := p.escaped()
	return !escaped && p.executes() && p.parse().template != nil
}

// follow is flow for a template that flows, whatever it prints; nil if that was
// interrupted.
func (p *pass) follow() *jsonflow.Analysis {
	analysis, err := jsonflow.AnalyzeTemplate(p.ctx, p.parse().template, jsonflow.Options{
		CustomFields: p.template.CustomKeys(),
		Types:        func() ([]typecheck.Problem, error) { return p.typecheck().problems, p.typecheck().err },
	})
	if err != nil {
		return nil
	}
	return analysis
}

// verdict reports whether the body is JSON for every event.
func (p *pass) verdict() *JSON {
	if !p.executes() {
		v := &JSON{Verdict: string(jsonflow.Unknown), Reason: "the template cannot be executed; the rest was checked as if its errors were corrected"}
		if why := p.unchecked(); why != "" {
			v.Reason, v.Unchecked = "the template cannot be executed, so its JSON was not checked: "+why, true
		}
		return v
	}
	if _, escaped := p.escaped(); escaped {
		return &JSON{Verdict: string(jsonflow.Unknown), Reason: "the template is escaped for Helm, and only Helm's output can be checked"}
	}
	analysis := p.flow()
	if analysis == nil {
		return &JSON{Verdict: string(jsonflow.Unknown), Reason: "the template prints too much, or takes too long"}
	}
	v := &JSON{Verdict: string(analysis.Verdict), Fails: len(p.failures()) > 0}
	if c := analysis.Counterexample; c != nil && analysis.Verdict == jsonflow.Refuted {
		v.Counterexample, v.Unlikely = counterexample(c), c.Unlikely && !p.overridden()
	}
	if analysis.Verdict == jsonflow.Proved {
		v.Unlikely = slices.ContainsFunc(analysis.Problems, func(problem jsonflow.Problem) bool {
			c := problem.Counterexample
			return c != nil && c.Error != "" && c.Unlikely
		})
	}
	if len(analysis.Unknown) > 0 && analysis.Verdict == jsonflow.Unknown {
		v.Reason = analysis.Unknown[0].Message
		if analysis.Unknown[0].End > 0 {
			v.Reason = placeOf(analysis.Unknown[0].Start) + ": " + v.Reason
		}
	}
	return v
}

func counterexample(c *jsonflow.Counterexample) *Evidence {
	return &Evidence{Event: c.Event, Body: c.Body, Offset: c.Offset, Error: c.Error}
}

// jsonProblems returns the check of a rule whose problems come from package jsonflow.
func jsonProblems(rule string) func(*pass) {
	return func(p *pass) {
		defer p.hidden(rule)
		analysis := p.flow()
		if analysis == nil {
			return
		}
		structure := structureOf(analysis)
		for _, problem := range analysis.Problems {
			if problem.Rule != rule || rule == "json-unescaped" && p.printedRaw(problem.Start) || structure.covers(problem) || p.inForeignSyntax(problem) && p.repair(rewrite.Safe).analysis == nil {
				continue
			}
			where := at{problem.Start, problem.End}
			if rule == "json-mixed" && strings.Contains(problem.Message, "empty when .Status") {
				where = p.firstStatusTest()
			}
			f := p.report(where, problem.Message, problem.Hint)
			p.promiseProof(f, problem)
			if c := problem.Counterexample; c != nil {
				f.Evidence = p.shownBy(problem)
				if c.Unlikely && !p.overridden() {
					f.Severity = Warning
				}
			}
			if f.Severity == Error && p.wantsText() && !p.overridden() {
				f.Severity = Warning // its receiver accepts any text
			}
		}
	}
}

// hidden reports what hooktool fix corrects besides the problems of the proof, because
// an earlier mistake hides it: most mistakes of the JSON's structure end the proof.
func (p *pass) hidden(rule string) {
	analysis, r := p.flow(), p.mended()
	for _, m := range r.mends {
		if m.Rule != rule || slices.ContainsFunc(analysis.Problems, func(known jsonflow.Problem) bool { return p.touch(m, known) }) {
			continue
		}
		f := p.report(at{m.Start, m.End}, m.Message, m.Hint)
		p.promise(f, func(*jsonflow.Analysis) bool { return false })
		if p.wantsText() && !p.overridden() {
			f.Severity = Warning
		}
	}
}

// mended computes the repair of a template in which the proof has found problems: a safe
// one, or else an unsafe one.
func (p *pass) mended() repaired {
	analysis := p.flow()
	if analysis == nil || len(analysis.Problems) == 0 || analysis.Verdict == jsonflow.NotJSON {
		return repaired{}
	}
	r := p.repair(rewrite.Safe)
	if r.analysis == nil {
		r = p.repair(rewrite.Unsafe)
	}
	return r
}

// touch reports whether nothing but spaces is between what a repair corrects and a
// problem.
func (p *pass) touch(m rewrite.Mend, known jsonflow.Problem) bool {
	from, to := min(m.End, known.End), max(m.Start, known.Start)
	return from >= to || strings.TrimSpace(p.template.Text[from:to]) == ""
}

// structure holds where the problems of the rule json-structure are.
type structure struct {
	starts map[int]bool
	first  int // where the first one is that Coroot's events show
}

func structureOf(a *jsonflow.Analysis) structure {
	s := structure{map[int]bool{}, math.MaxInt}
	for _, problem := range a.Problems {
		if problem.Rule != "json-structure" {
			continue
		}
		s.starts[problem.Start] = true
		if c := problem.Counterexample; c != nil && !c.Unlikely {
			s.first = min(s.first, problem.Start)
		}
	}
	return s
}

// covers reports whether a problem is already covered by one of the structure: an
// earlier one shifts everything after it.
func (s structure) covers(problem jsonflow.Problem) bool {
	if c := problem.Counterexample; problem.Rule == "json-structure" && c != nil && c.Unlikely {
		return s.first < problem.Start
	}
	return problem.Rule == "json-separator" && s.starts[problem.Start]
}

// repaired is the outcome of hooktool fix for the template.
type repaired struct {
	analysis *jsonflow.Analysis // nil if there is no repair
	mends    []rewrite.Mend
}

// maxRepaired limits the size, in bytes, of templates that are repaired to word a hint.
const maxRepaired = 64 << 10

// repair computes what hooktool fix would do: without --unsafe, or with it.
func (p *pass) repair(applicability rewrite.Applicability) repaired {
	r, done := p.repaired[applicability]
	if done || len(p.template.Text) > maxRepaired {
		return r
	}
	if p.repaired == nil {
		p.repaired = map[rewrite.Applicability]repaired{}
	}
	result, err := rewrite.Fix(p.ctx, p.template.Kind, p.template.Text, rewrite.Options{
		CustomFields: p.template.CustomFields, Brief: true, Now: p.options.Now, Plain: p.wantsText, Analysis: p.flow(),
		Unsafe: applicability == rewrite.Unsafe,
	})
	noRepair := (*rewrite.Error)(nil)
	switch {
	case err == nil && result.Changed:
		r.analysis, r.mends = result.Analysis, result.Mends
	case applicability == rewrite.Safe && err != nil && !(errors.As(err, &noRepair) && noRepair.Unsafe):
		p.repaired[rewrite.Unsafe] = r // it would fail in the same way
	}
	p.repaired[applicability] = r
	return r
}

// promise marks a finding as fixable if hooktool fix repairs it, or with --unsafe. A
// template is repaired completely or not at all, and the finding must not remain.
func (p *pass) promise(f *Finding, left func(*jsonflow.Analysis) bool) {
	for _, applicability := range []rewrite.Applicability{rewrite.Safe, rewrite.Unsafe} {
		if r := p.repair(applicability); r.analysis != nil && !left(r.analysis) {
			f.Applicability, f.Fixable = applicability, applicability == rewrite.Safe
			return
		}
	}
}

// promiseProof marks a finding as fixable if the proof finds no such problem after the
// repair.
func (p *pass) promiseProof(f *Finding, problem jsonflow.Problem) {
	p.promise(f, func(left *jsonflow.Analysis) bool {
		return slices.ContainsFunc(left.Problems, func(l jsonflow.Problem) bool { return l.Rule == problem.Rule && l.Message == problem.Message })
	})
}

// takesText reports whether the destination is known to accept a body that is not JSON.
func (p *pass) takesText() bool {
	target := p.destination()
	return target.Plain || target == catalog.Generic()
}
