package jsonflow

import (
	"cmp"
	"context"
	"reflect"
	"slices"
	"strings"
	"sync"
	"text/template/parse"

	"github.com/hooktool/hooktool/internal/automaton"
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/source"
	"github.com/hooktool/hooktool/pkg/typecheck"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// limits bound an analysis. If one is reached, the verdict is at best unknown.
type limits struct {
	Texts      int  // states at one place before the composition of texts is dropped
	Entering   int  // states entering a loop before facts are dropped; the loop is walked once for each
	Soft       int  // states at one place before more knowledge is dropped
	States     int  // states at one place
	Split      int  // ways in which one condition can be true
	Turns      int  // turns of a loop before the values of its variables are dropped
	Calls      int  // nested template calls
	Rounds     int  // walks of a recursive template
	Steps      int  // nodes, states and variables visited
	Executions int  // executions of the template to find events
	sent       bool // enumerated fields hold only what the newest Coroot sends
	decide     decisions
}

func defaultLimits() limits {
	return limits{
		Texts: 4, Entering: 16, Soft: 64, States: 2000, Split: 64, Turns: 2, Calls: 64, Rounds: 16, Steps: 1_500_000,
		Executions: 4000, decide: usualDecisions(),
	}
}

// reduce lowers the limits for a template that is too long by a number of bytes.
func (l *limits) reduce(excess int) {
	const (
		stepsAByte       = 2
		bytesAnExecution = 80
	)
	l.Steps = max(l.Steps-stepsAByte*excess, l.Steps/2)
	l.Executions = max(l.Executions-excess/bytesAnExecution, l.Executions/4)
}

// A template beyond these limits is not fully parsed or checked: text/template looks up
// variables one by one.
const (
	maxVariables = 10_000
	maxChecked   = 150_000 // actions to type-check
)

// analyzer follows one template.
type analyzer struct {
	ctx    context.Context
	kind   event.Kind
	parsed *source.Template
	source string
	keys   []string // of the custom fields
	trees  map[string]*parse.Tree
	limits limits

	pool       *automaton.Pool
	paths      map[pathKey]*path
	enums      map[string][]string
	values     map[string]*value
	envs       map[envKey]*env
	factSets   map[string]*facts
	noFacts    *facts
	opaques    map[string]*opaque
	dead       *value
	texts      map[textKey]textResult
	calls      map[callKey]*called
	walking    []*called
	recursions map[string]int // see recursion
	loops      []*loopFrame
	depth      int

	bits     map[string]names
	mentions map[parse.Node]names
	visiting map[string]bool
	assigned map[string]names
	behind   map[*parse.ListNode][]names
	trims    map[trimKey]*facts

	withoutTexts map[*env]*env // see widenedTexts

	actionSpans  map[*parse.PipeNode]span
	ranges       []span         // bodies of the loops, in the order of their starts
	rangeEnds    []int          // for each of them, the last end up to it
	separators   map[int]string // hints by offset of the comma
	bodies       loopBodies
	sites        sites
	exact        map[*parse.RangeNode]int // see exactTurns
	endsLikeJSON bool

	place  span
	steps  int
	halted bool
	ticks  int

	found      map[findingKey]*finding
	findings   []*finding
	faults     int
	reasons    []Reason
	given      map[Reason]bool // the reasons
	typeErrors []span
	contexts   map[int]map[Context]bool
	order      map[int]*Action
	textAt     int // where the first plain text begins; -1 if there is none
}

// Analyze decides whether the body that a template produces is valid JSON for every
// event of a kind. The package documentation explains what that means.
//
// It returns the error of webhook.Parse if the text is not a template, or that of ctx.
func Analyze(ctx context.Context, kind event.Kind, text string, o Options) (*Analysis, error) {
	return analyze(ctx, kind, text, o, defaultLimits())
}

// AnalyzeTemplate is like Analyze, for a template that was parsed with
// webhook.WithOrigins. Its limits do not matter.
func AnalyzeTemplate(ctx context.Context, t *webhook.Template, o Options) (*Analysis, error) {
	return analyzeParsed(ctx, t.Kind(), t, o, defaultLimits())
}

func analyze(ctx context.Context, kind event.Kind, text string, o Options, l limits) (*Analysis, error) {
	tmpl, err := webhook.Parse(kind, "template", text, webhook.WithOrigins(), webhook.WithMemory())
	if err != nil {
		return nil, err
	}
	return analyzeParsed(ctx, kind, tmpl, o, l)
}

func tooManyVariables() *Analysis {
	return &Analysis{Verdict: Unknown, Unknown: []Reason{{Message: "the template sets too many variables"}}}
}

func analyzeParsed(ctx context.Context, kind event.Kind, tmpl *webhook.Template, o Options, l limits) (*Analysis, error) {
	tmpl = tmpl.Limited(confirmLimits())
	out, err := analyzeOnce(ctx, kind, tmpl, o, l)
	if err == nil {
		out.Template = tmpl
	}
	if err != nil || out.halted || out.blocked || !sendsFewer(kind, tmpl.Text()) || out.Verdict == Proved || out.Verdict == NotJSON || out.Counterexample != nil && !out.Counterexample.Unlikely {
		return out, err
	}
	return out, out.provedForSent(ctx, kind, tmpl, o, l)
}

// sendsFewer reports whether a template contains the name of an enumerated field for
// which the newest Coroot sends fewer values than its type allows.
func sendsFewer(kind event.Kind, text string) bool {
	return slices.ContainsFunc(event.Fields(kind), func(f event.Field) bool {
		return f.Form == event.FormEnum && len(f.SentBy(event.Version{})) < len(f.Values) && strings.Contains(text, f.Name)
	})
}

// analyzeOnce follows the template once, for one set of values of the enumerated
// fields.
func analyzeOnce(ctx context.Context, kind event.Kind, tmpl *webhook.Template, o Options, l limits) (*Analysis, error) {
	types := o.Types
	if types == nil {
		keys := webhook.UsableKeys(kind, o.CustomFields)
		types = sync.OnceValues(func() ([]typecheck.Problem, error) { return typecheck.CheckTemplate(kind, tmpl.Parsed(), keys) })
	}
	if strings.Count(tmpl.Text(), ":=") > maxVariables {
		out := tooManyVariables()
		out.Types = types
		return out, nil
	}
	if o.Executions > 0 {
		l.Executions = min(l.Executions, o.Executions)
	}
	l.reduce(source.Excess(tmpl.Text()))
	if o.Steps > 0 {
		l.Steps = min(l.Steps, o.Steps)
	}
	a := newAnalyzer(ctx, kind, tmpl.Parsed(), o, l)
	a.typeReasons(types)
	ends := a.run()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	out := a.conclude(tmpl, ends)
	out.Types = types
	return out, nil
}

// provedForSent changes the verdict to Proved if only values of enumerated
// fields that the newest Coroot does not send prevent a proof. It keeps the problems that
// have a counterexample.
func (out *Analysis) provedForSent(ctx context.Context, kind event.Kind, tmpl *webhook.Template, o Options, l limits) error {
	l.sent, l.Executions = true, 0
	o.Types = out.Types
	if o.Steps > 0 {
		o.Steps = max(o.Steps-out.Steps, 1)
	}
	sent, err := analyzeOnce(ctx, kind, tmpl, o, l)
	if err == nil {
		out.Steps += sent.Steps
	}
	if err != nil || sent.Verdict != Proved {
		return err
	}
	out.Verdict, out.Counterexample, out.Unknown = Proved, nil, nil
	out.Problems = slices.DeleteFunc(out.Problems, func(p Problem) bool { return p.Counterexample == nil })
	return nil
}

func newAnalyzer(ctx context.Context, kind event.Kind, t *source.Template, o Options, l limits) *analyzer {
	a := &analyzer{
		ctx: ctx, kind: kind, parsed: t, source: t.Text, trees: t.Trees, limits: l,
		pool: automaton.NewPool(l.decide.repairs), paths: map[pathKey]*path{}, enums: map[string][]string{}, values: map[string]*value{},
		envs: map[envKey]*env{}, factSets: map[string]*facts{}, noFacts: &facts{}, opaques: map[string]*opaque{},
		texts: map[textKey]textResult{}, calls: map[callKey]*called{}, recursions: map[string]int{}, bits: map[string]names{},
		exact: map[*parse.RangeNode]int{}, mentions: map[parse.Node]names{}, visiting: map[string]bool{}, assigned: map[string]names{},
		behind: map[*parse.ListNode][]names{}, trims: map[trimKey]*facts{}, withoutTexts: map[*env]*env{}, actionSpans: map[*parse.PipeNode]span{},
		found: map[findingKey]*finding{}, given: map[Reason]bool{}, contexts: map[int]map[Context]bool{}, order: map[int]*Action{}, textAt: -1,
	}
	a.dead = unknownValue()
	for _, field := range event.Fields(kind) {
		if field.Form == event.FormEnum {
			a.enums[field.Name] = field.Values
			if l.sent {
				a.enums[field.Name] = field.SentBy(event.Version{})
			}
		}
	}
	a.keys = webhook.UsableKeys(kind, o.CustomFields)
	a.survey()
	return a
}

// run follows the template with the event as its dot.
func (a *analyzer) run() []*state {
	root := a.parsed.Root()
	if root == nil {
		return []*state{{doc: a.pool.Doc(automaton.Doc{}), facts: a.noFacts}}
	}
	return a.list(root, []*state{a.start()}, 0)
}

// start returns the initial state of a template.
func (a *analyzer) start() *state {
	typ := event.Type(a.kind)
	if t, _, err := webhook.DataType(a.kind, a.keys); err == nil {
		typ = t
	}
	if typ == nil {
		typ = reflect.TypeFor[struct{}]()
	}
	dot := a.data(a.child(nil, ".", turn{}, typ), typ)
	st := &state{doc: a.pool.Doc(automaton.Doc{}), facts: a.noFacts}
	st.env = a.push(a.push(nil, "$", dot), ".", dot)
	return st
}

// stopped reports whether the analysis must stop because it has reached a limit.
func (a *analyzer) stopped() bool {
	if a.halted {
		return true
	}
	if a.steps > a.limits.Steps {
		a.stop("the template is too complex to be followed to its end", a.place)
	} else if a.ticks++; a.ticks%64 == 0 && a.ctx.Err() != nil {
		a.stop("following the template to its end was interrupted", a.place)
	}
	return a.halted
}

// stop ends the analysis at a limit.
func (a *analyzer) stop(why string, at span) {
	if !a.halted {
		a.doubt(why, at)
	}
	a.halted = true
}

// doubt records a reason why nothing can be proved.
func (a *analyzer) doubt(why string, at span) {
	a.because(Reason{Start: at.start, End: at.end, Message: why})
}

func (a *analyzer) because(r Reason) {
	if !a.given[r] {
		a.given[r] = true
		a.reasons = append(a.reasons, r)
	}
}

// typeReasons records the type errors that make the template fail for some event.
func (a *analyzer) typeReasons(types func() ([]typecheck.Problem, error)) {
	if strings.Count(a.source, "{{") > maxChecked {
		a.doubt(typecheck.ErrTooComplex.Error(), span{})
		return
	}
	problems, err := types()
	if err != nil {
		a.doubt(err.Error(), span{})
		return
	}
	for _, p := range problems {
		if typecheck.IsTypeRule(p.Rule) {
			a.because(Reason{Start: p.Start, End: p.End, Message: p.Message, Hint: p.Hint, TypeError: true})
			a.typeErrors = append(a.typeErrors, span{p.Start, p.End})
		}
	}
}

func (a *analyzer) textBegins(at int) {
	if a.textAt < 0 || at < a.textAt {
		a.textAt = at
	}
}

// standsAt records the context of an action.
func (a *analyzer) standsAt(at span, d *automaton.Doc, v *value, parts []part) {
	c := Context{Path: a.pool.Path(d), Place: place(d)}
	c.Nested = c.Place == InString && !d.Repaired() || c.Place == InKey
	set := a.contexts[at.start]
	if set == nil {
		set = map[Context]bool{}
		a.contexts[at.start] = set
		start, end := delimiters(a.source, at)
		a.order[at.start] = &Action{Start: start, End: end, Pipe: at.start, PipeEnd: at.end}
	}
	set[c] = true
}

func place(d *automaton.Doc) Place {
	switch d.Mode {
	case automaton.ModeString:
		return InString
	case automaton.ModeKeyString:
		return InKey
	case automaton.ModeValue, automaton.ModeFirstValue, automaton.ModeStart:
		return AsValue
	case automaton.ModeKey, automaton.ModeFirstKey:
		return AsKey
	case automaton.ModeText:
		return InText
	}
	return Outside
}

func compareSpans(a, b span) int {
	return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(a.end, b.end))
}
