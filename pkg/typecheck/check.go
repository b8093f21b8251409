package typecheck

import (
	"cmp"
	"errors"
	"reflect"
	"slices"
	"text/template/parse"

	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/source"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// ErrTooComplex says that a template nests loops and conditions that change
// variables so deeply that checking its types would take too long.
var ErrTooComplex = errors.New("the template is too complex to check its types")

// maxRepeated bounds the nodes that are visited once more because a variable of a
// loop may have another type in its next iteration. A template of a thousand
// actions in a loop comes to some thousands; this many take a few hundred
// milliseconds.
const maxRepeated = 250_000

// What else costs time counts for so many visits: the wording of a problem, and
// the look at an assignment where ways meet, of which it takes several for one.
const (
	reportCost        = 20
	assignmentsAVisit = 16
)

// Problem is one mistake in a template.
type Problem struct {
	Rule       string // one of Rules
	Start, End int    // byte offsets in the text
	Message    string // what is wrong
	Hint       string // what would be right; may be empty
}

// Check finds the problems in the template of a kind of event, in the order of
// the text. customFields are the keys of the webhook's custom fields; those that
// Coroot cannot use are left out.
//
// The error is that of source.ParseTemplate when the text is not a template, and
// ErrTooComplex.
func Check(kind event.Kind, text string, customFields []string) ([]Problem, error) {
	t, err := source.ParseTemplate(kind.TemplateName(), text)
	if err != nil {
		return nil, err
	}
	return CheckTemplate(kind, t, customFields)
}

// CheckTemplate is Check for a template that is parsed already. The only error is
// ErrTooComplex.
func CheckTemplate(kind event.Kind, t *source.Template, customFields []string) ([]Problem, error) {
	c := newChecker(kind, t, customFields)
	c.checkTypes()
	if c.tooComplex() {
		return nil, ErrTooComplex
	}
	c.checkScopes()
	c.checkTemplates()
	return sorted(c.problems), nil
}

// checker is the state of checking one template.
type checker struct {
	text     string
	kind     event.Kind
	root     string // the name of the template that Coroot executes
	trees    map[string]*parse.Tree
	universe *universe
	schema   map[fieldKey]*domain
	dot      typeSet // the type of the root's dot
	problems []Problem
	survey   *survey // nil: nobody asks what the parts are
	repeated int     // nodes that were visited once more
	compared int     // names of templates, for hints
	again    int     // the loops around this place that are in a further iteration

	// What follows belongs to the template that is being walked.
	vars       variables
	loops      []*loop
	undeclared map[string]bool // variables that were reported, so that it is done once

	pending []call // calls of templates that are still to be walked
	called  map[call]bool
}

// call is a template together with the type of its dot.
type call struct {
	name string
	dot  typeSet
}

func newChecker(kind event.Kind, t *source.Template, customFields []string) *checker {
	typ := dotType(kind, customFields)
	c := &checker{
		text: t.Text, kind: kind, root: t.Name, trees: t.Trees,
		universe: newUniverse(kind, typ), called: map[call]bool{},
	}
	c.dot = c.universe.of(typ)
	c.schema = newSchema(c.universe, kind, typ)
	return c
}

// dotType returns the type of the dot with those custom fields that can be used.
func dotType(kind event.Kind, keys []string) reflect.Type {
	var usable []string
	for _, key := range keys {
		if _, _, err := webhook.DataType(kind, append(slices.Clone(usable), key)); err == nil {
			usable = append(usable, key)
		}
	}
	typ, _, err := webhook.DataType(kind, usable)
	if err != nil { // an unknown kind has a dot without fields
		return reflect.TypeFor[struct{}]()
	}
	return typ
}

// checkTypes walks the root with the event as its dot, then each template with
// every type that it is called with. One that is never called is walked with a
// dot of unknown type, for what is wrong whatever the dot.
func (c *checker) checkTypes() {
	c.enqueue(c.root, c.dot)
	c.walkPending()
	reached := map[string]bool{}
	for call := range c.called {
		reached[call.name] = true
	}
	for name := range c.trees {
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
		dot := value{types: next.dot}
		c.vars.push("$", dot)
		c.list(dot, c.trees[next.name].Root)
	}
}

// tooComplex reports whether the walk has cost what it may.
func (c *checker) tooComplex() bool {
	return c.repeated+c.vars.work/assignmentsAVisit > maxRepeated
}

// report adds a problem.
func (c *checker) report(rule string, at span, message, hint string) {
	if c.again > 0 {
		c.repeated += reportCost
	}
	c.problems = append(c.problems, Problem{Rule: rule, Start: at.start, End: at.end, Message: message, Hint: hint})
}

// sorted returns problems in the order of the text. Of several that break one
// rule in one place, as they do in a template that is called with several types,
// it keeps the first.
func sorted(problems []Problem) []Problem {
	slices.SortStableFunc(problems, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End), cmp.Compare(a.Rule, b.Rule))
	})
	return slices.CompactFunc(problems, func(a, b Problem) bool {
		return a.Start == b.Start && a.End == b.End && a.Rule == b.Rule
	})
}
