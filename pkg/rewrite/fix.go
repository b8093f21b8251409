// Package rewrite repairs templates: it changes a template that can print invalid JSON
// so that it no longer can, and changes nothing else.
//
// A repair proceeds in rounds. pkg/jsonflow says which actions can break the JSON, and
// where. An outline of the template shows what surrounds them, that is, whether a
// string, a value or a separator is meant. The outline reads the template as JSON but
// ignores commas, and tracks one state where a proof tracks many. If branches leave the
// payload in different places, there is no outline and no repair. Together they
// determine the changes:
//
//   - what is printed within a string goes through a small template that calls json and
//     strips its quotes; if the action is all that the quotes enclose, it becomes
//     {{ json … }} without them;
//   - what is printed as a value becomes {{ json … }};
//   - json, js and printf "%q" within quotes are removed;
//   - line breaks and other control characters in the template's literal text become
//     escapes, unless Coroot repairs them;
//   - commas of lists and objects are moved to where they are always correct.
//
// No repair is returned on trust. pkg/jsonflow must prove the changed template, which
// is then run side by side with the old one: for harmless events, both must say the
// same once the JSON is decoded; for hostile ones, the new template must print valid
// JSON. If any check fails, the template is left unchanged and an error says why.
package rewrite

import (
	"context"
	"errors"
	"slices"
	"strings"
	"text/template/parse"
	"time"

	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/jsonflow"
	"github.com/hooktool/hooktool/pkg/source"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// Options control how a template is repaired.
type Options struct {
	CustomFields map[string]string  // the webhook's custom fields
	Brief        bool               // compare with a few events only, for runs over hundreds of templates
	Analysis     *jsonflow.Analysis // of the template with these fields, if available; nil to compute it

	// NoVariables repairs without new variables, for files in which $ has a special
	// meaning, such as Coroot's configuration file. If that is impossible, there is no
	// repair.
	NoVariables bool

	// OutOfShell gives new variables names that a shell, and therefore Coroot's
	// expansion, does not recognise: they begin with a non-ASCII letter.
	OutOfShell bool

	// OneLine inserts text before the template without a line break, for YAML scalars in
	// which a line break is written differently.
	OneLine bool

	// Plain reports whether the receiver accepts plain text, so JSON surrounded by other
	// text is left alone. It is asked only for such a template; nil means no.
	Plain func() bool

	// Now is the time used to decide whether a comment that silences a rule until a date
	// still applies. The zero time is before every date.
	Now time.Time

	// Unsafe also makes repairs that may change what the template says where it printed
	// valid JSON.
	Unsafe bool
}

// Applicability says whether a repair may change what a template says.
type Applicability string

// The applicabilities.
const (
	Safe   Applicability = "safe"   // shown to say the same wherever the old template printed JSON
	Unsafe Applicability = "unsafe" // the new template may say something else
)

// Result is a template after repair.
type Result struct {
	Text          string // the template; unchanged if nothing needed repair
	Changed       bool
	Applicability Applicability      // Unsafe only with Options.Unsafe
	Analysis      *jsonflow.Analysis // of Text; its verdict is Proved or NotJSON
	Mends         []Mend             // what was wrong besides the problems of the given template's analysis, in the order of the repairs
}

// Error says why a template cannot be repaired.
type Error struct {
	Start, End int // byte offsets into the template; both 0 for the whole template
	Message    string
	Hint       string // may be empty
	Unsafe     bool   // Options.Unsafe would allow a repair
}

func (e *Error) Error() string { return e.Message }

// maxRounds bounds how often a template is changed and analysed. A round can uncover a
// mistake that another one hid. Rounds whose first problem is further on than any before
// do not count: where a body is never JSON, the proof ends at its first mistake.
const maxRounds = 8

// maxAnalysed bounds the total steps of the analyses of all rounds. The last analysis
// may exceed it, but for a long template, all of them together stay below mostAnalysed.
const (
	maxAnalysed  = 2_000_000
	mostAnalysed = 2_250_000
)

// stepsAByte is how many steps each excess byte of the template counts for.
const stepsAByte = 4

// After this many steps, a few executions of the template must suffice to show what is
// wrong.
const (
	manySteps     = 400_000
	fewExecutions = 400
)

// Fix repairs a template for the given kind of event.
//
// A template that is already proved, for unlikely events too, or that is never meant to
// be JSON, is returned unchanged. The error is an *Error if there is no repair, a *webhook.TemplateError if
// the text does not parse and only its author can tell what was meant, or ctx's error.
func Fix(ctx context.Context, kind event.Kind, text string, o Options) (*Result, error) {
	if rest, ok := strings.CutPrefix(text, byteOrderMark); ok {
		return fixMarked(ctx, kind, text, rest, o)
	}
	f := newFixer(ctx, kind, text, o)
	if err := f.correct(); err != nil {
		return nil, err
	}
	switch {
	case f.silencedAll(), f.analysis.Verdict == jsonflow.NotJSON && !f.almostJSON(), f.proved() && !(o.Unsafe && f.mangled()):
		return f.result(), nil
	}
	if err := f.foreignSyntax(); err != nil && f.constant() {
		return nil, err // valid JSON would not make it say what was meant
	}
	result, err := f.repair()
	if err != nil {
		return f.repairInlined(err)
	}
	return result, nil
}

// constant reports whether the template has no actions.
func (f *fixer) constant() bool {
	root := f.analysis.Template.Parsed().Root()
	return root != nil && !slices.ContainsFunc(root.Nodes, func(node parse.Node) bool { return node.Type() != parse.NodeText })
}

func newFixer(ctx context.Context, kind event.Kind, text string, o Options) *fixer {
	return &fixer{ctx: ctx, kind: kind, options: o, given: text, text: text, steps: stepsAByte * source.Excess(text)}
}

// repair changes the template in rounds until it is proved.
func (f *fixer) repair() (*Result, error) {
	furthest := -1 // the place of the first problem so far
	for rounds := 0; rounds == 0 || rounds < maxRounds && f.steps < maxAnalysed; rounds++ {
		before := f.text
		if at := f.firstProblem(); at > furthest && rounds > 0 {
			furthest, rounds = at, rounds-1
		}
		if err := f.round(); err != nil && (f.ctx.Err() != nil || f.analysis.Verdict != jsonflow.Proved) {
			return nil, err
		} else if err != nil || f.proved() || f.silencedAll() {
			return f.finish()
		} else if f.text == before {
			return nil, f.giveUp() // another round would do the same
		}
	}
	if f.analysis.Verdict == jsonflow.Proved {
		return f.finish()
	}
	if f.steps < maxAnalysed {
		return nil, &Error{Message: "this template cannot be repaired: each change leaves another mistake"}
	}
	return nil, &Error{Message: "this template is too large or too complex to be repaired in reasonable time"}
}

// firstProblem returns where the first problem is in the given template; -1 if there is
// none.
func (f *fixer) firstProblem() int {
	first := -1
	for _, p := range f.analysis.Problems {
		if at := f.origin(p.Start); first < 0 || at < first {
			first = at
		}
	}
	return first
}

func (f *fixer) result() *Result {
	applicability := Safe
	if f.unsafe {
		applicability = Unsafe
	}
	return &Result{Text: f.text, Changed: f.text != f.given, Applicability: applicability, Analysis: f.analysis, Mends: f.mends}
}

// finish returns the repaired template, if it says what the old one said.
func (f *fixer) finish() (*Result, error) {
	f.tidy()
	if err := f.compare(f.old, f.analysis.Template); err != nil {
		return nil, err
	}
	if f.losing && !f.options.Unsafe {
		return nil, &Error{
			Message: "no repair of this template keeps everything it prints: the body must be JSON and nothing else",
			Hint:    "--unsafe removes the rest", Unsafe: true,
		}
	}
	f.unsafe = f.unsafe || f.losing
	return f.result(), nil
}

// proved reports whether the body is JSON even for values that Coroot is unlikely to send.
func (f *fixer) proved() bool {
	return f.analysis.Verdict == jsonflow.Proved && !slices.ContainsFunc(f.analysis.Problems, func(p jsonflow.Problem) bool {
		return p.Counterexample != nil && p.Counterexample.Unlikely && p.Counterexample.Error != "" && p.Rule != "json-duplicate-key" && !f.silenced(p.Rule, p.Start)
	})
}

// almostJSON reports whether plain text is JSON with strays, with no sign that plain
// text is intended.
func (f *fixer) almostJSON() bool {
	if f.options.Plain != nil && f.options.Plain() || webhook.Directive(f.text)["destination"] == "plaintext" {
		return false
	}
	_, ok := AlmostJSON(f.analysis.Template.Parsed())
	return ok
}

// mangled reports whether the JSON is valid but a text of the template arrives altered.
func (f *fixer) mangled() bool {
	return slices.ContainsFunc(f.analysis.Problems, func(p jsonflow.Problem) bool { return p.Rule == "json-control-character" })
}

// byteOrderMark is what some editors write at the beginning of a file. Coroot sends it,
// although JSON must not begin with it.
const byteOrderMark = "\uFEFF"

// fixMarked repairs a template that begins with a byte order mark, which is kept before
// plain text.
func fixMarked(ctx context.Context, kind event.Kind, text, rest string, o Options) (*Result, error) {
	o.Analysis = nil // it is of the text with its mark
	result, err := Fix(ctx, kind, rest, o)
	var (
		noRepair *Error
		failed   *webhook.TemplateError
	)
	switch {
	case errors.As(err, &noRepair) && noRepair.End > 0:
		noRepair.Start += len(byteOrderMark)
		noRepair.End += len(byteOrderMark)
	case errors.As(err, &failed):
		moved := *failed
		moved.Pos = source.NewIndex(text).Position(len(byteOrderMark) + source.NewIndex(rest).Offset(failed.Pos))
		moved.End, moved.Corrections = moved.Pos, nil
		err = &moved
	case err == nil && result.Analysis.Verdict == jsonflow.NotJSON:
		result.Text = byteOrderMark + result.Text
		result.Changed = result.Text != text
	case err == nil:
		result.Changed = true
		for i := range result.Mends {
			result.Mends[i].Start += len(byteOrderMark)
			result.Mends[i].End += len(byteOrderMark)
		}
	}
	return result, err
}

// problems returns the analysis's problems that belong to the given rules.
func (f *fixer) problems(rules ...string) []jsonflow.Problem { return problemsOf(f.analysis, rules) }

func problemsOf(a *jsonflow.Analysis, rules []string) (list []jsonflow.Problem) {
	for _, p := range a.Problems {
		if slices.Contains(rules, p.Rule) {
			list = append(list, p)
		}
	}
	return list
}
