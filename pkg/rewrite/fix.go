// Package rewrite repairs templates: it changes a template that can print
// invalid JSON so that it cannot, and nothing else about it.
//
// A repair goes in rounds. pkg/jsonflow says which actions can break the JSON,
// and where. An outline of the template says what is around them: whether
// a string, a value or a separator is meant. The outline reads the template as
// JSON but for its commas, and keeps one state where a proof follows many; where
// branches leave the payload in different places there is no outline, and no
// repair. From both come the changes:
//
//   - what is printed within a string goes through a small template that makes
//     use of json and takes its quotes off; where the action is all that stands
//     within the quotes, it becomes {{ json … }} without them;
//   - what is where a value must becomes {{ json … }};
//   - json, js and printf "%q" within quotes are taken away;
//   - line breaks and other control characters of the template's own text are
//     written as escapes, unless Coroot repairs them;
//   - commas of lists and objects are moved to where one is always right.
//
// No repair is handed out on trust. The changed template must be proved by
// pkg/jsonflow, and is then run beside the old one: over harmless events both
// must say the same once the JSON is decoded, and over hostile ones the new one
// must print valid JSON. If any of that fails, the template stays as it is, and
// an error says why.
package rewrite

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"text/template/parse"
	"time"

	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/jsonflow"
	"github.com/hooktool/hooktool/pkg/source"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// Options change how a template is repaired.
type Options struct {
	CustomFields map[string]string  // the webhook's custom fields
	Brief        bool               // compare the old and the new template with a few events only, where there are hundreds of templates
	Analysis     *jsonflow.Analysis // of the template with these fields, where it is at hand; nil to have it made

	// NoVariables repairs without new variables, for places that take a $ for their
	// own, such as Coroot's configuration file. Where that cannot be, there is no
	// repair.
	NoVariables bool

	// OutOfShell takes names for new variables that a shell, and so Coroot's expansion,
	// does not take for names: they begin with a letter beyond ASCII.
	OutOfShell bool

	// OneLine keeps what is put before the template on its line, for scalars of YAML in
	// which a line break is written as something else.
	OneLine bool

	// Plain says that the receiver takes plain text, so that JSON with something
	// around it is left as it is.
	Plain bool

	// Now is the time by which comments count that silence a rule until a day; zero
	// is before every day.
	Now time.Time

	// Unsafe makes repairs too after which the template may say something else than
	// it does now, where it printed valid JSON.
	Unsafe bool
}

// Applicability says whether a repair may change what a template says.
type Applicability string

// The applicabilities.
const (
	Safe   Applicability = "safe"   // the new template was shown to say the same wherever the old one printed JSON
	Unsafe Applicability = "unsafe" // it may say something else
)

// Result is a template after its repair.
type Result struct {
	Text          string // the template, which is as it was when nothing needed a repair
	Changed       bool
	Applicability Applicability      // Unsafe only by Options.Unsafe
	Analysis      *jsonflow.Analysis // of Text; its verdict is Proved or NotJSON
}

// Error says why a template cannot be repaired.
type Error struct {
	Start, End int // the place in the template, in bytes; both 0 for the whole
	Message    string
	Hint       string // may be empty
	Unsafe     bool   // there is a repair with Options.Unsafe
}

func (e *Error) Error() string { return e.Message }

// maxRounds bounds how often a template is changed and looked at again. A
// round can uncover what another mistake hid.
const maxRounds = 8

// maxAnalysed bounds the steps of all analyses of the rounds together; the last one
// can take more.
const maxAnalysed = 2_000_000

// After so many steps few executions of the template have to show what is wrong.
const (
	manySteps     = 400_000
	fewExecutions = 400
)

// helperText is the template that prints the inside of a JSON string. Of what
// json gives it drops the first and the last byte; a slice that begins at 1 is
// one byte shorter, so that its length is where the last byte stands.
const helperText = `{{ define "%s" }}{{ with json (print .) }}{{ slice . 1 (len (slice . 1)) }}{{ end }}{{ end -}}`

// Fix repairs the template of a kind of event.
//
// A template that is proved already, or that never means to be JSON, comes back
// as it is. The error is an *Error when there is no repair, a
// *webhook.TemplateError when the text is not a template and nobody but its author
// can tell which was meant, or ctx's.
func Fix(ctx context.Context, kind event.Kind, text string, o Options) (*Result, error) {
	if rest, ok := strings.CutPrefix(text, byteOrderMark); ok {
		return fixMarked(ctx, kind, text, rest, o)
	}
	f := &fixer{ctx: ctx, kind: kind, options: o, given: text, text: text}
	if err := f.correct(); err != nil {
		return nil, err
	}
	switch {
	case f.silencedAll(), f.analysis.Verdict == jsonflow.NotJSON && !f.almostJSON(), f.analysis.Verdict == jsonflow.Proved && !(o.Unsafe && f.mangled()):
		return f.result(), nil
	}
	return f.repair()
}

// repair changes the template in rounds until it is proved.
func (f *fixer) repair() (*Result, error) {
	for rounds := 0; rounds == 0 || rounds < maxRounds && f.steps < maxAnalysed; rounds++ {
		if err := f.round(); err != nil {
			return nil, err
		}
		if f.analysis.Verdict == jsonflow.Proved || f.silencedAll() {
			f.tidy()
			if err := f.compare(); err != nil {
				return nil, err
			}
			if f.losing && !f.options.Unsafe {
				return nil, &Error{
					Message: "no repair of this template keeps everything it prints: the body must be JSON and nothing else",
					Hint:    "hooktool fix --unsafe takes the rest away", Unsafe: true,
				}
			}
			f.unsafe = f.unsafe || f.losing
			return f.result(), nil
		}
	}
	return nil, &Error{Message: "this template is too large or too entangled to be repaired in reasonable time"}
}

func (f *fixer) result() *Result {
	applicability := Safe
	if f.unsafe {
		applicability = Unsafe
	}
	return &Result{Text: f.text, Changed: f.text != f.given, Applicability: applicability, Analysis: f.analysis}
}

// almostJSON reports whether plain text is JSON with strays, and nothing says that
// text is meant.
func (f *fixer) almostJSON() bool {
	t, err := source.ParseTemplate(f.kind.TemplateName(), f.text)
	if err != nil || f.options.Plain || webhook.Directive(f.text)["destination"] == "plaintext" {
		return false
	}
	_, ok := AlmostJSON(t)
	return ok
}

// mangled reports whether the JSON is valid, but a text of the template does not
// arrive as it is written.
func (f *fixer) mangled() bool {
	return slices.ContainsFunc(f.analysis.Problems, func(p jsonflow.Problem) bool { return p.Rule == "json-control-character" })
}

// maxCorrections bounds the mistakes for which a template does not parse that are
// fixed one after another.
const maxCorrections = 200

// maxParsed bounds how much is parsed for that, in bytes.
const maxParsed = 2 << 20

// correct fixes what keeps the template from being parsed, and analyses it. What
// it then says is what the repair is compared with: until then it said nothing.
func (f *fixer) correct() error {
	for range min(maxCorrections, 1+maxParsed/max(len(f.text), 1)) {
		analysis, err := f.known()
		var failed *webhook.TemplateError
		switch {
		case err == nil && f.separateFields():
			continue
		case err == nil:
			f.old, f.analysis = f.text, analysis
			return f.refuseEscaped()
		case !errors.As(err, &failed) || len(failed.Corrections) == 0:
			return f.asGiven(err)
		}
		var e edits
		for _, c := range failed.Corrections {
			e.replace(c.Start, c.End, c.Text)
		}
		f.text = e.apply(f.text)
		f.done = append(f.done, e)
	}
	return &Error{Message: "this template has too many mistakes to be parsed"}
}

// known analyses the template, unless the caller has done so.
func (f *fixer) known() (*jsonflow.Analysis, error) {
	if len(f.done) == 0 && f.options.Analysis != nil {
		return f.options.Analysis, nil
	}
	return f.analyze(f.text)
}

// separateFields puts a space between a function and a field, as in json.Summary,
// which text/template takes for a field of what the function returns without an
// argument.
func (f *fixer) separateFields() bool {
	t, err := source.ParseTemplate(f.kind.TemplateName(), f.text)
	if err != nil {
		return false
	}
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
		f.text = e.apply(f.text)
		f.done = append(f.done, e)
	}
	return len(e) > 0
}

// PrintsTemplate returns the action of a template that prints a template, as Helm
// wants it; ok is false when there is none.
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

// refuseEscaped leaves a template alone that prints one.
func (f *fixer) refuseEscaped() error {
	t, err := source.ParseTemplate(f.kind.TemplateName(), f.text)
	if err != nil {
		return nil
	}
	start, end, ok := PrintsTemplate(t)
	if !ok {
		return nil
	}
	return &Error{
		Start: f.origin(start), End: f.origin(end), Message: "this prints a template instead of being one: it is escaped for Helm, and left alone",
		Hint: "repair the output of helm template",
	}
}

// asGiven returns the error of parsing with its place in the template as it was
// given.
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

// byteOrderMark is what some editors put at the beginning of a file. Coroot
// sends it, and no JSON begins with it.
const byteOrderMark = "\uFEFF"

// fixMarked repairs a template that begins with a byte order mark, which stays
// before plain text.
func fixMarked(ctx context.Context, kind event.Kind, text, rest string, o Options) (*Result, error) {
	o.Analysis = nil // of the text with its mark
	result, err := Fix(ctx, kind, rest, o)
	var noRepair *Error
	switch {
	case errors.As(err, &noRepair) && noRepair.End > 0:
		noRepair.Start += len(byteOrderMark)
		noRepair.End += len(byteOrderMark)
	case err == nil && result.Analysis.Verdict == jsonflow.NotJSON:
		result.Text = byteOrderMark + result.Text
		result.Changed = result.Text != text
	case err == nil:
		result.Changed = true
	}
	return result, err
}

// analyze analyses a text and counts the steps.
func (f *fixer) analyze(text string) (*jsonflow.Analysis, error) {
	o := jsonflow.Options{CustomFields: slices.Sorted(maps.Keys(f.options.CustomFields))}
	if f.steps > manySteps {
		o.Executions = fewExecutions
	}
	analysis, err := jsonflow.Analyze(f.ctx, f.kind, text, o)
	if err == nil {
		f.steps += analysis.Steps
	}
	return analysis, err
}

// fixer is the state of repairing one template.
type fixer struct {
	ctx      context.Context
	kind     event.Kind
	options  Options
	given    string // the template as it was given
	old      string // and once it could be parsed
	text     string // as it is by now
	unsafe   bool   // the template may say something else by now
	silences silences
	losing   bool // something that an action printed around the document is gone
	analysis *jsonflow.Analysis
	steps    int // of all analyses
	trees    map[string]*parse.Tree
	outline  *outline

	// What is looked up in the outline and the trees, of one round.
	printing   map[int]bool
	conditions map[*parse.ListNode]*parse.IfNode
	names      *variables

	done       []edits // the rounds so far
	helper     string  // the name of the template that escapes
	needHelper bool
	hasHelper  bool
	quoted     bool // text that stood where a value must was put into quotes
}

// round makes all repairs that can be seen, and analyses what comes out.
func (f *fixer) round() error {
	if err := f.sketch(); err != nil {
		return err
	}
	var e edits
	if f.repairStrays(&e); len(e) > 0 {
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

// try takes the first of several ways to change the template after which no
// comma is wrong, or else the last.
func (f *fixer) try(ways []edits) error {
	ways = slices.DeleteFunc(ways, func(e edits) bool { return len(e) == 0 })
	if len(ways) == 0 {
		return f.giveUp()
	}
	for i, e := range ways {
		f.addHelper(&e)
		text := e.apply(f.text)
		analysis, err := f.analyze(text)
		switch {
		case f.ctx.Err() != nil:
			return f.ctx.Err()
		case err != nil:
			if i < len(ways)-1 {
				continue
			}
			return &Error{Message: "this template cannot be repaired: the result would not be a template"}
		case i < len(ways)-1 && len(problemsOf(analysis, separatorRules)) > 0:
			continue
		}
		f.text, f.analysis = text, analysis
		f.done = append(f.done, e)
		return nil
	}
	return nil
}

// sketch parses the template and makes its outline.
func (f *fixer) sketch() error {
	f.printing, f.conditions, f.names = nil, nil, nil
	parsed, err := source.ParseTemplate(f.kind.TemplateName(), f.text)
	if err != nil {
		return &Error{Message: "this is not a template: " + err.Error()}
	}
	f.trees = parsed.Trees
	if f.helper == "" {
		f.helper = f.unusedName("jsonstr")
	}
	if f.outline, err = sketch(f.text, f.kind.TemplateName(), f.trees); err == nil && f.analysis.Verdict != jsonflow.NotJSON {
		return nil
	}
	lenient, lenientErr := sketchLeniently(f.text, f.kind.TemplateName(), f.trees)
	if lenientErr == nil && len(lenient.strays) > 0 && lenient.meansJSON() {
		f.outline = lenient
		return nil
	}
	if err != nil {
		return f.noOutline(err)
	}
	return nil
}

// noOutline says why there is no outline: by what the analysis found, which
// knows more, or else by what stopped the sketch.
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

// unusedName returns a name for a template that does not exist yet.
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

// addHelper puts the template that escapes at the top, once it is needed.
func (f *fixer) addHelper(e *edits) {
	if !f.needHelper || f.hasHelper {
		return
	}
	f.hasHelper = true
	*e = append(edits{{0, 0, fmt.Sprintf(helperText, f.helper) + f.options.afterDefine(f.text)}}, *e...)
}

// afterDefine returns what separates a definition from what follows, which its trim marker
// takes away.
func (o Options) afterDefine(text string) string {
	if o.OneLine {
		return " "
	}
	return lineEnd(text)
}

// lineEnd returns how the lines of a text end.
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

// origin returns the offset in the template as it was given.
func (f *fixer) origin(offset int) int {
	for i := len(f.done) - 1; i >= 0; i-- {
		offset = f.done[i].origin(offset)
	}
	return min(max(offset, 0), len(f.given))
}

// giveUp says what is left that has no repair: of the problems the first that
// the analysis, too, does not hold for repairable.
func (f *fixer) giveUp() error {
	problems := slices.Clone(f.analysis.Problems)
	slices.SortStableFunc(problems, func(a, b jsonflow.Problem) int {
		return cmp.Compare(boolToInt(a.Fixable), boolToInt(b.Fixable))
	})
	for _, p := range problems {
		return &Error{Start: f.origin(p.Start), End: f.origin(p.End), Message: "this cannot be repaired: " + p.Message, Hint: p.Hint}
	}
	for _, r := range f.analysis.Unknown {
		return &Error{Start: f.origin(r.Start), End: f.origin(r.End), Message: "this template cannot be proved to print valid JSON: " + r.Message}
	}
	return &Error{Message: "this template cannot be repaired"}
}

func boolToInt(b bool) int {
	if b {
		return 1
	}
	return 0
}
