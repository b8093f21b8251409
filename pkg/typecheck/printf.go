package typecheck

import (
	"fmt"
	"reflect"
	"strings"
)

// printf checks the format and its verbs. The format must be of type string; other
// types based on string are rejected.
func (c *checker) printf(in invocation) {
	format := in.operands[0]
	if format.unknown() {
		return
	}
	text := reflect.TypeFor[string]()
	ok := c.each(format.value, func(m member) (typeSet, bool) { return m.set, m.typ == text }, func(bad typeSet) {
		message := fmt.Sprintf("the format of printf must be a string, not %s", c.universe.describe(bad))
		c.reportUse(BadCall, format.value, bad, c.spanOfOperand(in, format), message, `start with a format: printf "%v" …`)
	})
	if ok.unknown() || !format.literal {
		return
	}
	c.verbs(in, format.text, in.operands[1:])
}

// verbs checks the verbs of a literal format against the arguments.
func (c *checker) verbs(in invocation, format string, args []operand) {
	next, explicit := 0, false
	take := func(written string, check func(operand)) {
		if next >= len(args) {
			c.report(PrintfFormat, c.spanOfOperand(in, in.operands[0]),
				fmt.Sprintf("printf has no argument for %s and prints %%!%s(MISSING)", written, written[len(written)-1:]), "add an argument, or write %% for a percent sign")
		} else if check != nil {
			check(args[next])
		}
		next++
	}
	for format != "" {
		at := strings.IndexByte(format, '%')
		if at < 0 {
			break
		}
		d, rest := parseDirective(format[at:])
		format = rest
		if d.verb == "" {
			c.report(PrintfFormat, c.spanOfOperand(in, in.operands[0]), "the format ends in an incomplete verb and prints %!(NOVERB)", "write %% for a percent sign")
			return
		}
		if d.index > 0 {
			next, explicit = d.index-1, true
		}
		for range d.stars {
			take(d.text, func(op operand) { c.star(in, d, op) })
		}
		if d.verb != "%" {
			take(d.text, func(op operand) { c.verb(in, d, op) })
		}
	}
	if next < len(args) && !explicit {
		c.report(PrintfFormat, c.spanOfOperand(in, args[next]),
			fmt.Sprintf("printf has %d arguments but its format uses %d, and prints %%!(EXTRA …)", len(args), next), "add a verb such as %v, or remove the argument")
	}
}

// directive is one verb of a format, with its flags.
type directive struct {
	text  string // as written, such as %-5s
	flags string // without %, stars and verb
	verb  string
	index int // of %[2]s; 0 if there is none
	stars int
}

// parseDirective parses the directive at the beginning of a text.
func parseDirective(text string) (d directive, rest string) {
	var flags strings.Builder
	for i, r := range text[1:] {
		switch {
		case r == '*':
			d.stars++
		case r == '[':
			if _, err := fmt.Sscanf(text[1+i:], "[%d]", &d.index); err != nil {
				d.index = 0
			}
			fallthrough
		case strings.ContainsRune("+-# 0123456789.]", r):
			flags.WriteRune(r)
		default:
			end := 1 + i + len(string(r))
			d.verb, d.text, d.flags = string(r), text[:end], withoutIndex(flags.String())
			return d, text[end:]
		}
	}
	return directive{}, ""
}

// withoutIndex removes [n] from the flags of a directive.
func withoutIndex(flags string) string {
	before, behind, found := strings.Cut(flags, "[")
	if !found {
		return flags
	}
	_, behind, _ = strings.Cut(behind, "]")
	return before + behind
}

func (c *checker) star(in invocation, d directive, op operand) {
	for _, m := range c.universe.members(op.types) {
		if !op.unknown() && m.kind() != reflect.Int && m.kind() != reflect.Uint8 {
			c.report(PrintfFormat, c.spanOfOperand(in, op), fmt.Sprintf("the width of %s must be a number, not %s", d.text, c.universe.describe(m.set)), "")
			return
		}
	}
}

// verb checks whether a verb suits a type by printing a sample with fmt.
func (c *checker) verb(in invocation, d directive, op operand) {
	if op.unknown() {
		return
	}
	for _, m := range c.universe.members(op.types) {
		printed := fmt.Sprintf("%"+withoutWidth(d.flags)+d.verb, sample(m.typ))
		if strings.Contains(printed, "%!") {
			c.report(PrintfFormat, c.spanOfOperand(in, op),
				fmt.Sprintf("%s does not work for %s: printf prints %s", d.text, c.universe.describe(m.set), shorten(printed)), "%v works for every value, %s for a string, %d for a number")
			return
		}
	}
}

// withoutWidth returns flags without the digits of a width or precision that would make
// a sample long.
func withoutWidth(flags string) string {
	const long = 4
	if len(flags) < long {
		return flags
	}
	return strings.TrimRight(flags, ".0123456789")
}

// sample returns a value of a type. A list has one element.
func sample(t reflect.Type) any {
	switch {
	case t == nil:
		return nil
	case t.Kind() == reflect.String:
		return reflect.ValueOf("…").Convert(t).Interface()
	case t.Kind() == reflect.Slice:
		list := reflect.MakeSlice(t, 1, 1)
		list.Index(0).Set(reflect.ValueOf(sample(t.Elem())))
		return list.Interface()
	case t.Kind() == reflect.Struct:
		return sampleStruct(t)
	}
	return reflect.Zero(t).Interface()
}

// sampleStruct fills the fields that are lists, so that a verb also formats list
// elements.
func sampleStruct(t reflect.Type) any {
	filled := reflect.New(t).Elem()
	for i := range t.NumField() {
		if field := t.Field(i); field.IsExported() {
			filled.Field(i).Set(reflect.ValueOf(sample(field.Type)))
		}
	}
	return filled.Interface()
}
