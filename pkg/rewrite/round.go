package rewrite

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"text/template/parse"

	"github.com/hooktool/hooktool/internal/automaton"
	"github.com/hooktool/hooktool/internal/jsonwords"
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/jsonflow"
	"github.com/hooktool/hooktool/pkg/source"
	"github.com/hooktool/hooktool/pkg/webhook"
)

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

	fields, hostile map[string]string // usable custom fields with their own values and with hostile ones; see withFields
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
	if len(e) == 0 {
		return f.try(f.repairSeparators())
	}
	return f.try(append(f.withSeparators(e), e))
}

// withSeparators returns changes together with the alternative corrections of the
// commas, if a round for those alone would take long. Beside an output that is not a
// value, a comma may only seem to be wrong.
func (f *fixer) withSeparators(e edits) (ways []edits) {
	if f.steps < manySteps || len(f.problems("json-unquoted")) > 0 {
		return nil
	}
	for _, commas := range f.repairSeparators() {
		if len(commas) > 0 {
			ways = append(ways, append(commas, e...)) // a comma belongs before a changed member
		}
	}
	return ways
}

// try applies the first of several candidate changes that leaves no comma wrong, or
// else the last.
func (f *fixer) try(ways []edits) error {
	ways = slices.DeleteFunc(ways, func(e edits) bool { return len(e) == 0 })
	if len(ways) == 0 {
		return f.giveUp()
	}
	f.addHelper(ways)
	for i, e := range ways {
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
// that shows a wrong comma in the present one, or a wrong comma for a sample. It spares
// an analysis, and is asked only if those take long.
func (f *fixer) breaksAgain(tmpl *webhook.Template) bool {
	const most = 3 // events of each sort
	if f.steps < manySteps {
		return false
	}
	tmpl = tmpl.Limited(limits())
	tried := 0
	for _, problem := range f.problems(separatorRules...) {
		if problem.Counterexample == nil {
			continue
		}
		if tried++; tried > most {
			break
		}
		message, err := tmpl.Render(f.ctx, problem.Counterexample.Event)
		if err == nil && !json.Valid(message.Body) {
			return true
		}
	}
	samples := event.SamplesOf(f.kind)
	for _, sample := range samples[:min(most, len(samples))] {
		message, err := tmpl.Render(f.ctx, f.withFields(sample.Event, false))
		if err == nil && wrongComma(message.Body) {
			return true
		}
	}
	return false
}

// wrongComma reports whether the first mistake of a body is a comma that is missing or
// one too many.
func wrongComma(body []byte) bool {
	if json.Valid(body) { // which is faster
		return false
	}
	c := automaton.Cursor{Pool: automaton.NewPool((*automaton.Doc).Repaired)}
	for i, b := range body {
		switch c.Step(b, int32(i)) { //nolint:gosec // bodies are limited to some megabytes
		case automaton.OK:
		case automaton.ErrMissingComma, automaton.ErrExtraComma, automaton.ErrTrailingComma:
			return true
		default:
			return false
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
		asked.Message, asked.Hint = "this comment cannot be told from the JSON after it", jsonwords.NoComments
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

// parse parses a text for analyzeParsed.
func (f *fixer) parse(text string) (*webhook.Template, error) {
	return webhook.Parse(f.kind, "template", text, webhook.WithOrigins(), webhook.WithMemory())
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
	if source.Excess(f.given) > 0 {
		o.Steps = max(mostAnalysed-f.steps, 1)
	}
	analysis, err := jsonflow.AnalyzeTemplate(f.ctx, tmpl, o)
	if err == nil {
		f.steps += analysis.Steps
	}
	return analysis, err
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

func boolToInt(b bool) int {
	if b {
		return 1
	}
	return 0
}
