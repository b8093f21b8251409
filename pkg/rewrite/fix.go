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
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"text/template/parse"
	"time"

	"github.com/hooktool/hooktool/internal/foreign"
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/jsonflow"
	"github.com/hooktool/hooktool/pkg/source"
	"github.com/hooktool/hooktool/pkg/typecheck"
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

	// Plain says that the receiver accepts plain text, so JSON surrounded by other text
	// is left alone.
	Plain bool

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
// mistake that another one hid.
const maxRounds = 8

// maxAnalysed bounds the total steps of the analyses of all rounds; the last analysis
// may exceed it.
const maxAnalysed = 2_000_000

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
	return f.repair()
}

func newFixer(ctx context.Context, kind event.Kind, text string, o Options) *fixer {
	return &fixer{ctx: ctx, kind: kind, options: o, given: text, text: text, steps: stepsAByte * source.Excess(text)}
}

// repair changes the template in rounds until it is proved.
func (f *fixer) repair() (*Result, error) {
	for rounds := 0; rounds == 0 || rounds < maxRounds && f.steps < maxAnalysed; rounds++ {
		before := f.text
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
	return nil, &Error{Message: "this template is too large or too complex to be repaired in reasonable time"}
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
	if f.options.Plain || webhook.Directive(f.text)["destination"] == "plaintext" {
		return false
	}
	_, ok := AlmostJSON(f.analysis.Template.Parsed())
	return ok
}

// mangled reports whether the JSON is valid but a text of the template arrives altered.
func (f *fixer) mangled() bool {
	return slices.ContainsFunc(f.analysis.Problems, func(p jsonflow.Problem) bool { return p.Rule == "json-control-character" })
}

// maxCorrections bounds how many parse errors of a template are fixed in succession.
const maxCorrections = 200

// maxParsed bounds the total bytes parsed for that.
const maxParsed = 2 << 20

// correct fixes what keeps the template from parsing, and analyses the result. The
// repair is compared with what that corrected template says, because the original said
// nothing.
func (f *fixer) correct() error {
	for range min(maxCorrections, 1+maxParsed/max(len(f.text), 1)) {
		analysis, err := f.known()
		var failed *webhook.TemplateError
		switch {
		case err == nil && (f.separateFields(analysis.Template.Parsed()) || f.renameFields(analysis)):
			continue
		case err == nil:
			f.old, f.analysis = analysis.Template, analysis
			return f.refuseEscaped()
		case !errors.As(err, &failed) || len(failed.Corrections) == 0:
			return f.asGiven(err)
		}
		var e edits
		for _, c := range failed.Corrections {
			e.replace(c.Start, c.End, c.Text)
		}
		f.change(e)
	}
	return &Error{Message: "this template has too many mistakes to be parsed"}
}

// known returns the analysis of the template, and computes it if the caller did not
// provide one.
func (f *fixer) known() (*jsonflow.Analysis, error) {
	if len(f.done) == 0 && f.options.Analysis != nil {
		return f.options.Analysis, nil
	}
	return f.analyze(f.text)
}

// separateFields puts a space between a function and a field, as in json.Summary, which
// text/template parses as a field of the function's result when called without
// arguments.
func (f *fixer) separateFields(t *source.Template) bool {
	var e edits
	t.Inspect(func(node parse.Node) bool {
		if chain, ok := node.(*parse.ChainNode); ok {
			if _, function := chain.Node.(*parse.IdentifierNode); function {
				e.insert(source.PartStart(chain, 0), " ")
			}
		}
		return true
	})
	if len(e) > 0 {
		f.change(e)
	}
	return len(e) > 0
}

// renameFields corrects the case of fields that do not exist. The template fails where it
// reaches them, so nothing that was sent changes.
func (f *fixer) renameFields(a *jsonflow.Analysis) bool {
	if a.Verdict == jsonflow.Proved {
		return false
	}
	problems, err := typecheck.CheckTemplate(f.kind, a.Template.Parsed(), slices.Sorted(maps.Keys(f.options.CustomFields)))
	if err != nil {
		return false
	}
	var e edits
	for _, p := range problems {
		if p.Instead != "" && !f.silenced(p.Rule, p.Start) {
			e.replace(p.Start, p.End, p.Instead)
		}
	}
	if len(e) > 0 {
		f.change(e)
	}
	return len(e) > 0
}

// PrintsTemplate returns the offsets of an action that prints a template, as needed for
// Helm; ok is false if there is none.
func PrintsTemplate(t *source.Template) (start, end int, ok bool) {
	t.Inspect(func(node parse.Node) bool {
		action, isAction := node.(*parse.ActionNode)
		if ok || !isAction || len(action.Pipe.Decl) > 0 {
			return !ok
		}
		for _, cmd := range action.Pipe.Cmds {
			for _, arg := range cmd.Args {
				if text, isText := arg.(*parse.StringNode); isText && strings.Contains(text.Text, leftDelim) {
					start, end = actionSpan(t.Text, int(action.Pos))
					ok = true
				}
			}
		}
		return !ok
	})
	return start, end, ok
}

// refuseEscaped rejects a template that prints another template.
func (f *fixer) refuseEscaped() error {
	start, end, ok := PrintsTemplate(f.old.Parsed())
	if !ok {
		return nil
	}
	return &Error{
		Start: f.origin(start), End: f.origin(end), Message: "this prints a template instead of being one: it is escaped for Helm, and left alone",
		Hint: "repair the output of helm template",
	}
}

// asGiven returns a parse error with its position in the original template.
func (f *fixer) asGiven(err error) error {
	var failed *webhook.TemplateError
	if len(f.done) == 0 || !errors.As(err, &failed) {
		return err
	}
	now, given := source.NewIndex(f.text), source.NewIndex(f.given)
	moved := *failed
	moved.Pos = given.Position(f.origin(now.Offset(failed.Pos)))
	moved.End = moved.Pos
	moved.Corrections = nil
	return &moved
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

// parse parses a text for analyzeParsed.
func (f *fixer) parse(text string) (*webhook.Template, error) {
	return webhook.Parse(f.kind, "template", text, webhook.WithOrigins())
}

// analyze analyses a text and adds up the steps.
func (f *fixer) analyze(text string) (*jsonflow.Analysis, error) {
	tmpl, err := f.parse(text)
	if err != nil {
		return nil, err
	}
	return f.analyzeParsed(tmpl)
}

func (f *fixer) analyzeParsed(tmpl *webhook.Template) (*jsonflow.Analysis, error) {
	o := jsonflow.Options{CustomFields: slices.Sorted(maps.Keys(f.options.CustomFields))}
	if f.steps > manySteps {
		o.Executions = fewExecutions
	}
	analysis, err := jsonflow.AnalyzeTemplate(f.ctx, tmpl, o)
	if err == nil {
		f.steps += analysis.Steps
	}
	return analysis, err
}

// fixer holds the state of one template's repair.
type fixer struct {
	ctx      context.Context
	kind     event.Kind
	options  Options
	given    string            // the original template
	old      *webhook.Template // once it parsed
	text     string            // the current text
	unsafe   bool              // the current text may say something else
	silences silences
	losing   bool               // what an action printed around the document is gone
	analysis *jsonflow.Analysis // of the current text, once it parsed
	steps    int                // of all analyses
	trees    map[string]*parse.Tree
	outline  *outline

	// Lookups in the outline and the trees, valid for one round.
	printing   map[int]bool
	conditions map[*parse.ListNode]*parse.IfNode
	names      *variables
	holding    map[string]bool // see holdsJSON

	done       []made // the rounds so far
	mends      []Mend
	helper     string // the name of the escaping helper template
	needHelper bool
	hasHelper  bool
	quoted     bool // text in place of a value was put into quotes
}

// round makes all visible repairs and analyses the result.
func (f *fixer) round() error {
	if err := f.sketch(); err != nil {
		return err
	}
	f.mendProblems()
	var e edits
	strays := f.outline.strayList(f.text)
	if err := f.refuseDoubts(strays); err != nil {
		return err
	}
	if f.repairStrays(&e, strays); len(e) > 0 {
		f.losing = f.losing || f.outline.losing
		return f.try([]edits{e})
	}
	f.repairControls(&e)
	var nulls edits
	f.repairWords(&e, f.repairNoValue(&nulls))
	e = append(e, nulls...) // after a word at the same place
	f.repairRuns(&e)
	if err := f.repairActions(&e); err != nil {
		return err
	}
	ways := []edits{e}
	if len(e) == 0 {
		ways = f.repairSeparators()
	}
	return f.try(ways)
}

// try applies the first of several candidate changes that leaves no comma wrong, or
// else the last.
func (f *fixer) try(ways []edits) error {
	ways = slices.DeleteFunc(ways, func(e edits) bool { return len(e) == 0 })
	if len(ways) == 0 {
		return f.giveUp()
	}
	for i, e := range ways {
		f.addHelper(&e)
		last := i == len(ways)-1
		tmpl, err := f.parse(e.apply(f.text))
		if err == nil && !last && f.breaksAgain(tmpl) {
			continue
		}
		var analysis *jsonflow.Analysis
		if err == nil {
			analysis, err = f.analyzeParsed(tmpl)
		}
		switch {
		case f.ctx.Err() != nil:
			return f.ctx.Err()
		case err != nil && last:
			return &Error{Message: "this template cannot be repaired: the result would not be a template"}
		case err != nil, !last && len(problemsOf(analysis, separatorRules)) > 0:
			continue
		}
		f.change(e)
		f.analysis = analysis
		return nil
	}
	return nil
}

// breaksAgain reports whether a changed template still prints invalid JSON for an event
// that shows a wrong comma in the present one. It spares an analysis, and is asked only
// if those take long.
func (f *fixer) breaksAgain(tmpl *webhook.Template) bool {
	const most = 3 // events
	if f.steps < manySteps {
		return false
	}
	tmpl = tmpl.Limited(limits())
	for i, problem := range f.problems(separatorRules...) {
		if i == most {
			break
		}
		if problem.Counterexample == nil {
			continue
		}
		message, err := tmpl.Render(f.ctx, problem.Counterexample.Event)
		if err == nil && !json.Valid(message.Body) {
			return true
		}
	}
	return false
}

// sketch builds the outline of the template.
func (f *fixer) sketch() error {
	f.printing, f.conditions, f.names, f.holding = nil, nil, nil, nil
	f.trees = f.analysis.Template.Parsed().Trees
	if f.helper == "" {
		f.helper = jsonflow.Escaper(f.trees)
		f.hasHelper = f.helper != ""
	}
	if f.helper == "" {
		f.helper = f.unusedName(jsonflow.EscaperName)
	}
	var err error
	f.outline, err = sketch(f.text, f.kind.TemplateName(), f.trees)
	isJSON := err == nil && f.analysis.Verdict != jsonflow.NotJSON
	if isJSON && f.outline.comments == nil {
		return nil
	}
	lenient, lenientErr := sketchLeniently(f.text, f.kind.TemplateName(), f.trees)
	if isJSON {
		return f.readComments(lenient, lenientErr)
	}
	if lenientErr == nil && len(lenient.strays) > 0 && lenient.meansJSON(f.text) {
		f.outline = lenient
		return nil
	}
	if err != nil {
		return f.noOutline(err)
	}
	return nil
}

// readComments chooses between the strict sketch, in which a comment is a part of a text
// in place of a value, and the lenient one, in which it is a comment.
func (f *fixer) readComments(lenient *outline, err error) error {
	found := f.outline.comments
	at := f.origin(found.offset)
	asked := &Error{Start: at, End: min(at+1, len(f.given)), Message: "this may be a comment, or a part of the text before it"}
	switch sole := err == nil && lenient.onlyComments(); {
	case found.sure && err == nil && lenient.strays[found.offset].What == Comment:
		f.outline = lenient
		return nil
	case found.sure:
		asked.Message, asked.Hint = "this comment cannot be told from the JSON after it", commentHint
		return asked
	case f.options.Unsafe:
		if f.unsafe = true; sole {
			f.outline = lenient
		}
		return nil
	case sole:
		asked.Hint, asked.Unsafe = "--unsafe makes it a comment", true
	default:
		asked.Hint, asked.Unsafe = "--unsafe makes it a part of the text", true
	}
	return asked
}

// noOutline explains why there is no outline: with the finding of the analysis, which
// is more precise, or else with what stopped the sketch.
func (f *fixer) noOutline(err error) error {
	var shape *errShape
	errors.As(err, &shape)
	if len(f.analysis.Problems) > 0 && (shape == nil || !shape.branches) {
		return f.giveUp()
	}
	e := &Error{Message: "this template cannot be repaired: " + err.Error()}
	if shape != nil {
		e.Start = f.origin(shape.offset)
		e.End = min(e.Start+1, len(f.given))
	}
	return e
}

// unusedName returns a template name that is not yet in use.
func (f *fixer) unusedName(name string) string {
	for i := 1; ; i++ {
		candidate := name
		if i > 1 {
			candidate = fmt.Sprint(name, i)
		}
		if f.trees[candidate] == nil {
			return candidate
		}
	}
}

// addHelper inserts the escaping helper template at the top if it is needed.
func (f *fixer) addHelper(e *edits) {
	if !f.needHelper || f.hasHelper {
		return
	}
	f.hasHelper = true
	*e = append(edits{{0, 0, fmt.Sprintf(jsonflow.EscaperText, f.helper) + f.options.afterDefine(f.text)}}, *e...)
}

// afterDefine returns the separator between a definition and what follows; the
// definition's trim marker removes it from the output.
func (o Options) afterDefine(text string) string {
	if o.OneLine {
		return " "
	}
	return lineEnd(text)
}

// lineEnd returns the line ending that a text uses.
func lineEnd(text string) string {
	for i := 1; i < len(text); i++ {
		if text[i] == '\n' {
			if text[i-1] == '\r' {
				return "\r\n"
			}
			break
		}
	}
	return "\n"
}

// change applies edits to the template.
func (f *fixer) change(e edits) {
	f.done = append(f.done, e.made(f.text))
	f.text = e.apply(f.text)
}

// origin maps an offset to the original template.
func (f *fixer) origin(offset int) int {
	offset, _ = f.place(offset)
	return offset
}

// place is origin, and reports whether the byte there was in the original template.
func (f *fixer) place(offset int) (given int, kept bool) {
	kept = true
	for _, e := range slices.Backward(f.done) {
		var own bool
		offset, own = e.origin(offset)
		kept = kept && own
	}
	return min(max(offset, 0), len(f.given)), kept
}

// giveUp reports a remaining problem that has no repair: the first one that the
// analysis does not consider repairable either.
func (f *fixer) giveUp() error {
	if err := f.foreignSyntax(); err != nil {
		return err
	}
	problems := slices.Clone(f.analysis.Problems)
	slices.SortStableFunc(problems, func(a, b jsonflow.Problem) int {
		return cmp.Compare(boolToInt(a.Fixable), boolToInt(b.Fixable))
	})
	if len(problems) > 0 {
		p := problems[0]
		return &Error{Start: f.origin(p.Start), End: f.origin(p.End), Message: "this cannot be repaired: " + p.Message, Hint: p.Hint}
	}
	if len(f.analysis.Unknown) > 0 {
		r := f.analysis.Unknown[0]
		message := r.Message
		if !r.TypeError {
			message = "this template cannot be proved to print valid JSON: " + message
		}
		return &Error{Start: f.origin(r.Start), End: f.origin(r.End), Message: message, Hint: r.Hint}
	}
	return &Error{Message: "this template cannot be repaired"}
}

// foreignSyntax returns the first text in the syntax of another tool, or nil.
func (f *fixer) foreignSyntax() *Error {
	tree := f.trees[f.kind.TemplateName()]
	if tree == nil {
		return nil
	}
	var first *Error
	inspect(tree.Root, func(n parse.Node) {
		text, ok := n.(*parse.TextNode)
		if !ok || first != nil {
			return
		}
		for _, found := range foreign.FindSyntax(string(text.Text), false, 1) {
			start, end := int(text.Pos)+found.Start, int(text.Pos)+found.End
			first = &Error{
				Start: f.origin(start), End: f.origin(end), Hint: found.Instead,
				Message: fmt.Sprintf("this cannot be repaired: %s is the syntax of %s", f.text[start:end], found.Of),
			}
		}
	})
	return first
}

func boolToInt(b bool) int {
	if b {
		return 1
	}
	return 0
}
