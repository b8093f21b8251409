package destination

import (
	"fmt"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// Unit is what a limit counts.
type Unit string

// The units.
const (
	CodePoints Unit = "characters"   // Unicode code points
	UTF16      Unit = "UTF-16 units" // an emoji is two
	Bytes      Unit = "bytes"        // in UTF-8
	Items      Unit = "items"        // elements of an array, members of an object
)

// measure counts a text.
func (u Unit) measure(text string) int {
	switch u {
	case UTF16:
		n := 0
		for _, r := range text {
			n += max(utf16.RuneLen(r), 1)
		}
		return n
	case Bytes:
		return len(text)
	}
	return utf8.RuneCountInString(text)
}

// WholeBody is the path of a limit on the whole body as it is sent.
const WholeBody = "body"

// Limit is a length or count beyond which a destination does something.
type Limit struct {
	Path    string // a pattern, see below, or WholeBody
	Label   string // what it is, such as "the title of an embed"
	Max     int
	Unit    Unit
	Effect  Effect
	Trim    bool     // white space at both ends is not counted
	SumOf   []string // the paths whose values are counted together; the problem is then reported at Path
	Note    string   // what exactly happens; may be empty
	Hint    string   // what to do about it; may be empty
	Encoded bool     // the JSON of the value is counted, not the string it means
	Soft    bool     // a recommendation, or a limit that is uncertain: a warning
}

// measure counts a value.
func (l Limit) measure(v *Value) int {
	if l.Unit == Items {
		return len(v.Elements) + len(v.Members)
	}
	if v.Kind == Null || v.Kind == Object || v.Kind == Array {
		return 0
	}
	text := v.Text
	if l.Trim {
		text = strings.TrimSpace(text)
	}
	return l.Unit.measure(text)
}

// checkLimit checks the payload against a limit.
func (d *Destination) checkLimit(p *Payload, l Limit) {
	l.each(p, func(n int, v *Value) {
		if n <= l.Max {
			return
		}
		offset := v.Start
		if l.Path == WholeBody {
			offset = 0
		}
		p.add(d.tooMuch(l, n, v, offset))
	})
}

// each measures each value that the limit applies to.
func (l Limit) each(p *Payload, visit func(n int, v *Value)) {
	switch {
	case l.Path == WholeBody:
		visit(len(p.Body), p.Root)
	case len(l.SumOf) > 0:
		sum := 0
		for _, path := range l.SumOf {
			p.Each(path, func(v *Value) { sum += l.measure(v) })
		}
		p.Each(l.Path, func(v *Value) { visit(sum, v) })
	case l.Encoded:
		p.Each(l.Path, func(v *Value) { visit(l.Unit.measure(string(p.Body[v.Start:v.End])), v) })
	default:
		p.Each(l.Path, func(v *Value) { visit(l.measure(v), v) })
	}
}

// tooMuch words the problem of exceeding a limit with n.
func (d *Destination) tooMuch(l Limit, n int, v *Value, offset int) Problem {
	problem := Problem{
		Rule: RuleLength, Severity: Error, Path: v.Path(), Offset: offset, Effect: l.Effect, Hint: l.Hint, Max: l.Max,
		Message: fmt.Sprintf("%s has %d %s, %d more than the %d of %s, which %s", l.Label, n, l.Unit, n-l.Max, l.Max, d.Title, l.Effect.verb()),
	}
	if l.Note != "" {
		problem.Message += ": " + l.Note
	}
	if l.Soft || l.Effect != Refused {
		problem.Severity = Warning
	}
	if problem.Hint == "" && l.Unit != Items {
		problem.Hint = fmt.Sprintf("cut what can grow with printf \"%%.%ds\"", min(300, max(l.Max/2, 1)))
	}
	if problem.Hint == "" {
		problem.Hint = "stop the range after that many elements, by its index"
	}
	return problem
}
