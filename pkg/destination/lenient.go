package destination

import (
	"fmt"
	"slices"
)

// parseLenient reads a body that would be JSON but for raw control characters in
// strings, if the destination takes those. It returns the places of the
// characters.
func (d *Destination) parseLenient(body []byte) (*Value, []int) {
	if d.Controls == nil {
		return nil, nil
	}
	patched, places := blankControls(body)
	if len(places) == 0 {
		return nil, nil
	}
	if _, fault := parseValue(patched); fault != nil {
		return nil, nil
	}
	b := &builder{body: body}
	b.space()
	root := b.value(nil, 0)
	taken := 0
	root.walk("", func(key string, v *Value) {
		for _, place := range places {
			if v.Kind == String && v.Start < place && place < v.End && d.Controls(key, body[place]) {
				taken++
			}
		}
	})
	if taken < len(places) {
		return nil, nil
	}
	return root, places
}

// walk calls visit for the value and everything below it, each with the name of
// the member that it is in.
func (v *Value) walk(key string, visit func(key string, v *Value)) {
	visit(key, v)
	for _, member := range v.Members {
		member.Value.walk(member.Key, visit)
	}
	for _, element := range v.Elements {
		element.walk(key, visit)
	}
}

// mostControls bounds how many control characters are forgiven.
const mostControls = 1000

// blankControls returns a copy of a body in which the control characters within
// strings are blanks, and their places.
func blankControls(body []byte) ([]byte, []int) {
	patched := slices.Clone(body)
	var places []int
	inside := false
	for i := 0; i < len(body) && len(places) < mostControls; i++ {
		switch c := body[i]; {
		case c == '"':
			inside = !inside
		case c == '\\' && inside:
			i++
		case c < ' ' && inside:
			patched[i] = ' '
			places = append(places, i)
		}
	}
	return patched, places
}

// controlProblem says that a body is no JSON, but is taken.
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
		Message: fmt.Sprintf("%s stands as it is in a string, which is not valid JSON; %s takes it all the same", name, d.Title),
		Hint:    "let the function json write every value that is text, such as {{ json .Summary }}",
	}
}
