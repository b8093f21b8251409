package typecheck

import (
	"cmp"
	"errors"
	"maps"
	"reflect"
	"slices"
	"text/template/parse"

	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/source"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// ErrTooComplex means that loops and conditions that change variables are nested too
// deeply for the types to be checked in reasonable time.
var ErrTooComplex = errors.New("the template is too complex to check its types")

// maxRepeated limits how many nodes are revisited because a loop variable may have
// another type in the next iteration. A loop with a thousand actions needs a few
// thousand visits; reaching the limit takes a few hundred milliseconds.
const maxRepeated = 250_000

// Other costs, in terms of visits: wording a problem counts as reportCost visits, and
// every assignmentsAVisit assignments examined where branches merge count as one.
const (
	reportCost        = 20
	assignmentsAVisit = 16
)

// Problem is one mistake in a template.
type Problem struct {
	Rule       string // one of Rules
	Start, End int    // byte offsets in the text
	Message    string // what is wrong
	Hint       string // how to fix it; may be empty
	Instead    string // what to write instead, if only one thing can be meant
	Meant      string // what Hint says to write instead, if anything; Instead, if that is set
	Whole      bool   // Meant also replaces the rest of the chain of fields
	OfEvent    bool   // the event lacks the field: a custom field could supply it
}

// CheckTemplate returns the problems in a template for a kind of event, in the order of
// the text. customFields are the keys of the webhook's custom fields; keys that Coroot
// cannot use are ignored. The only error is ErrTooComplex.
func CheckTemplate(kind event.Kind, t *source.Template, customFields []string) ([]Problem, error) {
	c := newChecker(kind, t, customFields)
	c.checkTypes()
	if c.tooComplex() {
		return nil, ErrTooComplex
	}
	c.checkFunctions()
	c.checkScopes()
	c.checkTemplates()
	return sorted(c.problems), nil
}

// checker is the state of one template check.
type checker struct {
	text     string
	kind     event.Kind
	root     string // the name of the template that Coroot executes
	trees    map[string]*parse.Tree
	universe *universe
	schema   map[fieldKey]*domain
	dot      typeSet // the type of the root's dot
	problems []Problem
	survey   *survey // nil if no survey is wanted
	repeated int     // number of revisited nodes
	compared int     // number of template names compared, for hints
	again    int     // number of enclosing loops in a repeated iteration

	// The following fields belong to the template being walked.
	vars       variables
	loops      []*loop
	undeclared map[string]bool // variables already reported, to report each only once

	pending []call // template calls still to be walked
	called  map[call]bool
	current string                            // the template being walked
	missed  map[string]string                 // see misses
	blind   map[*parse.TemplateNode]blindCall // calls without a value
}

// call is a template and the type of its dot.
type call struct {
	name string
	dot  typeSet
}

func newChecker(kind event.Kind, t *source.Template, customFields []string) *checker {
	typ := dotType(kind, customFields)
	c := &checker{
		text: t.Text, kind: kind, root: t.Name, trees: t.Trees,
		universe: newUniverse(kind, typ), called: map[call]bool{},
		missed: map[string]string{}, blind: map[*parse.TemplateNode]blindCall{},
	}
	c.dot = c.universe.of(typ)
	c.schema = newSchema(c.universe, kind, typ)
	return c
}

// dotType returns the type of the dot, including the usable custom fields.
func dotType(kind event.Kind, keys []string) reflect.Type {
	typ, _, err := webhook.DataType(kind, webhook.UsableKeys(kind, keys))
	if err != nil { // the dot of an unknown kind has no fields
		return reflect.TypeFor[struct{}]()
	}
	return typ
}

// checkTypes walks the root template with the event as its dot, then every other
// template once for each type of dot that it is called with. A template that is never
// called is walked with a dot of unknown type, to find mistakes that do not depend on
// the dot.
func (c *checker) checkTypes() {
	c.enqueue(c.root, c.dot)
	c.walkPending()
	c.checkBlindCalls()
	reached := map[string]bool{}
	for call := range c.called {
		reached[call.name] = true
	}
	for _, name := range slices.Sorted(maps.Keys(c.trees)) { // in the same order each time: only the first problems get costly hints
		if !reached[name] {
			c.enqueue(name, unknown)
		}
	}
	c.walkPending()
}

func (c *checker) enqueue(name string, dot typeSet) {
	if next := (call{name, dot}); !c.called[next] {
		c.called[next] = true
		c.pending = append(c.pending, next)
	}
}

func (c *checker) walkPending() {
	for len(c.pending) > 0 {
		next := c.pending[0]
		c.pending = c.pending[1:]
		c.vars, c.loops, c.undeclared = variables{byName: map[string][]int{}, work: c.vars.work}, nil, map[string]bool{}
		c.current = next.name
		dot := value{types: next.dot}
		c.vars.push("$", dot)
		c.list(dot, c.trees[next.name].Root)
	}
}

// tooComplex reports whether the walk has used up its budget.
func (c *checker) tooComplex() bool {
	return c.repeated+c.vars.work/assignmentsAVisit > maxRepeated
}

// report adds a problem and returns it, until the next one is added.
func (c *checker) report(rule string, at span, message, hint string) *Problem {
	if c.again > 0 {
		c.repeated += reportCost
	}
	c.problems = append(c.problems, Problem{Rule: rule, Start: at.start, End: at.end, Message: message, Hint: hint})
	return &c.problems[len(c.problems)-1]
}

// sorted returns problems in the order of the text. If several problems break the same
// rule at the same place, as in a template called with several types, it keeps only the
// first.
func sorted(problems []Problem) []Problem {
	slices.SortStableFunc(problems, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End), cmp.Compare(a.Rule, b.Rule))
	})
	return slices.CompactFunc(problems, func(a, b Problem) bool {
		return a.Start == b.Start && a.End == b.End && a.Rule == b.Rule
	})
}
