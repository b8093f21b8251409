package destination

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/hooktool/hooktool/internal/jsontree"
	"github.com/hooktool/hooktool/internal/repeated"
)

// Payload is a body as a destination reads it. It is parsed once for all questions
// about it, and is safe for concurrent use.
type Payload struct {
	Body []byte
	// Root is the body as JSON, or as one string if it is plain text. For a broken body
	// it is what comes before the fault, or nil if that is nothing.
	Root *Value
	// Fault is where a body that should be JSON is not, unless the destination accepts
	// it anyway.
	Fault *jsontree.SyntaxError

	destination *Destination
	tree        *jsontree.Tree // nil for plain text

	check    sync.Once
	problems []Problem
	told     repeated.Counter // counts the problems of each kind
	unknown  int              // counts unknown members
	texts    []Text
	read     sync.Once // guards texts
}

// Parse reads a body.
func (d *Destination) Parse(body []byte) *Payload {
	p := &Payload{Body: body, destination: d}
	if d.Plain {
		p.Root = jsontree.Raw(body)
		return p
	}
	p.tree = jsontree.Parse(body)
	p.Root, p.Fault = p.tree.Root, p.tree.Fault
	if p.Fault != nil && p.Fault.Control && d.takesControls(p.tree) {
		p.Fault = nil
	}
	return p
}

// takesControls reports whether the destination accepts raw control characters in
// strings, which JSON forbids.
func (d *Destination) takesControls(tree *jsontree.Tree) bool {
	if d.Controls == nil || len(tree.Controls) == jsontree.MaxControls {
		return false
	}
	taken := 0
	tree.Root.Walk(func(key string, v *Value) {
		for _, place := range tree.Controls {
			if v.Kind == String && v.Start < place && place < v.End && d.Controls(key, tree.Text[place]) {
				taken++
			}
		}
	})
	return taken == len(tree.Controls)
}

// Broken is where the body is not JSON although it should be, even if the destination
// accepts it; nil if it is valid.
func (p *Payload) Broken() *jsontree.SyntaxError {
	if p.tree == nil {
		return nil
	}
	return p.tree.Fault
}

// Each calls visit for every value that a pattern matches. A pattern is a JSON
// path: $ is the whole, .name a member, .* every member, [*] every element, .. the value and
// everything below it, [name=value] the object if its member is this string.
func (p *Payload) Each(path string, visit func(*Value)) {
	if pattern, err := patternOf(path); err == nil { // a test parses every pattern
		pattern.each(p.Root, visit)
	}
}

// Get returns the value at the end of a chain of member names, or nil if there is none.
func (p *Payload) Get(names ...string) *Value { return p.Root.Get(names...) }

// add records a problem, unless there are already many of its kind.
func (p *Payload) add(problem Problem) {
	kind := strings.Join([]string{problem.Rule, string(problem.Severity), string(problem.Effect)}, " ")
	if p.told.Tell(kind, problem.Message) {
		p.problems = append(p.problems, problem)
	}
}

// addRest records how many problems of each kind were left out.
func (p *Payload) addRest() {
	for _, rest := range p.told.Rest() {
		kind := strings.Fields(rest.Where)
		problem := Problem{Rule: kind[0], Severity: Severity(kind[1]), Path: WholeBody, Offset: max(0, len(p.Body)-1), Message: rest.Message()}
		if len(kind) > 2 {
			problem.Effect = Effect(kind[2])
		}
		p.problems = append(p.problems, problem)
	}
}

// ProblemAt returns a problem at a value whose shape is wrong.
func ProblemAt(v *Value, severity Severity, effect Effect, message, hint string) Problem {
	return Problem{Rule: RuleShape, Severity: severity, Path: v.Path(), Offset: v.Start, Effect: effect, Message: message, Hint: hint}
}

// Check returns what the destination would refuse or alter in a body, in the order of
// the body. It finds nothing in a body that arrives unchanged.
func (d *Destination) Check(body []byte) []Problem { return d.Parse(body).Problems() }

// Problems returns what the destination would refuse or alter in the body, in the
// order of the body. The slice must not be changed.
func (p *Payload) Problems() []Problem {
	p.check.Do(func() {
		p.findProblems()
		slices.SortStableFunc(p.problems, func(a, b Problem) int { return cmp.Compare(a.Offset, b.Offset) })
	})
	return p.problems
}

func (p *Payload) findProblems() {
	defer p.addRest()
	d := p.destination
	if p.Fault != nil {
		p.add(d.notJSON(p.Body, p.Fault))
		return
	}
	if fault := p.Broken(); fault != nil {
		p.add(d.controlProblem(p.Body, fault.Offset))
	}
	checkUTF8(p)
	d.checkSchema(p)
	for _, limit := range d.Limits {
		d.checkLimit(p, limit)
	}
	texts := p.Texts()
	for i := range texts {
		d.checkText(p, &texts[i])
	}
	if d.Extra != nil {
		for _, problem := range d.Extra(p) {
			p.add(problem)
		}
	}
}

// notJSON returns the problem of a body that is not JSON.
func (d *Destination) notJSON(body []byte, fault *jsontree.SyntaxError) Problem {
	problem := Problem{
		Rule: RuleShape, Severity: Error, Path: "$", Offset: fault.Offset, Effect: Refused,
		Message: "the body is not valid JSON: " + fault.Message,
		Hint:    hintFor(body, fault),
	}
	if len(bytes.TrimSpace(body)) == 0 {
		problem.Message, problem.Hint = "the body is empty", "the template must print something for every event"
		return problem
	}
	if d.BadJSON != "" {
		problem.Message += "; " + d.BadJSON
		problem.Effect = Altered
	}
	return problem
}

// controlProblem says that a body is not JSON, but is accepted.
func (d *Destination) controlProblem(body []byte, at int) Problem {
	name := fmt.Sprintf("the control character %#02x", body[at])
	switch body[at] {
	case '\n':
		name = "a line break"
	case '\t':
		name = "a tab"
	}
	return Problem{
		Rule: RuleShape, Severity: Warning, Path: "$", Offset: at, Effect: Altered,
		Message: fmt.Sprintf("%s is unescaped in a string, which is not valid JSON; %s accepts it anyway", name, d.Title),
		Hint:    writeJSON,
	}
}

// checkUTF8 finds bytes that are not valid UTF-8, which JSON must be.
func checkUTF8(p *Payload) {
	if utf8.Valid(p.Body) {
		return
	}
	for i := 0; i < len(p.Body); {
		r, size := utf8.DecodeRune(p.Body[i:])
		if r == utf8.RuneError && size <= 1 {
			p.add(Problem{
				Rule: RuleShape, Severity: Warning, Path: "$", Offset: i, Effect: Unsaid,
				Message: "the body is not valid UTF-8 from here on", Hint: "save the template as UTF-8",
			})
			return
		}
		i += size
	}
}

// IsJSON reports whether the body is a JSON object or array, whatever it should be.
func (p *Payload) IsJSON() bool {
	tree := p.tree
	if tree == nil {
		tree = jsontree.Parse(p.Body)
	}
	return tree.Fault == nil && (tree.Root.Is(Object) || tree.Root.Is(Array))
}

// PostsNothing returns an Extra for a form that answers every body with success and
// shows it to nobody.
func PostsNothing(message, hint string) func(*Payload) []Problem {
	return func(p *Payload) []Problem {
		if p.Root == nil {
			return nil
		}
		return []Problem{ProblemAt(p.Root, Error, Ignored, message, hint)}
	}
}
