package destination

import (
	"cmp"
	"slices"
	"unicode/utf8"
)

// Payload is a body that is being checked.
type Payload struct {
	Body []byte
	Root *Value

	problems []Problem
}

// Each calls visit for every value that a pattern matches. A pattern is a JSON
// path: $ is the whole, .name a member, .* every member, [*] every element, .. the value and
// everything below it, [name=value] the object if its member is this string.
func (p *Payload) Each(path string, visit func(*Value)) {
	if pattern, err := parsePattern(path); err == nil { // tests parse every pattern
		pattern.each(p.Root, visit)
	}
}

// Get returns the value at the end of a chain of member names, nil if there is
// none.
func (p *Payload) Get(names ...string) *Value { return p.Root.Get(names...) }

func (p *Payload) add(problem Problem) { p.problems = append(p.problems, problem) }

func (p *Payload) bodyOffset(v *Value, offset int) int { return bodyOffset(p.Body, v, offset) }

// ProblemAt returns the problem of a value whose shape is not right.
func ProblemAt(v *Value, severity Severity, effect Effect, message, hint string) Problem {
	return Problem{Rule: RuleShape, Severity: severity, Path: v.Path(), Offset: v.Start, Effect: effect, Message: message, Hint: hint}
}

// payload reads a body.
func (d *Destination) payload(body []byte) (*Payload, *syntaxFault) {
	if d.Plain {
		return &Payload{Body: body, Root: &Value{Kind: String, End: len(body), Text: string(body), raw: true}}, nil
	}
	root, fault := parseValue(body)
	if fault == nil {
		return &Payload{Body: body, Root: root}, nil
	}
	root, places := d.parseLenient(body)
	if root == nil {
		return nil, fault
	}
	return &Payload{Body: body, Root: root, problems: []Problem{d.controlProblem(body, places[0])}}, nil
}

// Check returns what the destination would refuse or alter in a body, in the
// order of the body. Nothing is found in a body that arrives as it is.
func (d *Destination) Check(body []byte) []Problem {
	p, fault := d.payload(body)
	if fault != nil {
		return []Problem{d.notJSON(body, fault)}
	}
	checkUTF8(p)
	if !d.Plain {
		d.checkSchema(p)
	}
	for _, limit := range d.Limits {
		d.checkLimit(p, limit)
	}
	texts := d.texts(p)
	for i := range texts {
		d.checkText(p, &texts[i])
	}
	if d.Extra != nil {
		p.problems = append(p.problems, d.Extra(p)...)
	}
	slices.SortStableFunc(p.problems, func(a, b Problem) int { return cmp.Compare(a.Offset, b.Offset) })
	return p.problems
}

// notJSON is the problem of a body that is not JSON.
func (d *Destination) notJSON(body []byte, fault *syntaxFault) Problem {
	problem := Problem{
		Rule: RuleShape, Severity: Error, Path: "$", Offset: fault.offset, Effect: Refused,
		Message: "the body is not valid JSON: " + fault.message,
		Hint:    "let the function json write every value that is text, such as {{ json .Summary }}",
	}
	if len(body) == 0 {
		problem.Message, problem.Hint = "the body is empty", "the template must print something for every event"
	}
	if d.BadJSON != "" {
		problem.Message += "; " + d.BadJSON
		problem.Effect = Altered
	}
	return problem
}

// checkUTF8 finds bytes that are not UTF-8, which JSON must be.
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
