package jsonflow

import (
	"fmt"
	"reflect"
	"strings"
	"text/template"
	"text/template/parse"

	"github.com/hooktool/hooktool/internal/automaton"
)

// Constants are folded by the same functions that text/template calls, so the result is
// exactly what it prints.

// numberConstant returns the value of a number literal, or nil if it overflows. It
// follows idealConstant in text/template: 1e3 and 0x1p4 are floats, 0x1e is not.
func numberConstant(node *parse.NumberNode) *value {
	const largest = 1 << 30
	switch {
	case node.IsComplex:
		return constantOf(node.Complex128)
	case node.IsFloat && !isHexInt(node.Text) && !strings.HasPrefix(node.Text, "'") && strings.ContainsAny(node.Text, ".eEpP"):
		return constantOf(node.Float64)
	case !node.IsInt:
		return nil
	case node.Int64 > -largest && node.Int64 < largest:
		return constant(int(node.Int64))
	}
	return constantOf(int(node.Int64))
}

func isHexInt(s string) bool {
	return len(s) > 2 && s[0] == '0' && (s[1] == 'x' || s[1] == 'X') && !strings.ContainsAny(s, "pP")
}

func constantOf(v any) *value { return (&value{sort: sortConstant, constant: v}).named() }

// known returns the Go value of v if there is exactly one. It does not count a text of
// one of Coroot's own types, because some functions distinguish types.
func (v *value) known() (any, bool) {
	switch v.sort {
	case sortNil:
		return nil, true
	case sortConstant:
		return v.constant, true
	case sortNumber:
		return v.num.lo, v.typ == nil && v.num.lo == v.num.hi && v.num.form != formRest
	case sortBool:
		if v.truth != nil && (v.truth.op == opTrue || v.truth.op == opFalse) {
			return v.truth.op == opTrue, true
		}
	case sortText:
		if v.typ == nil || v.typ == reflect.TypeFor[string]() {
			return v.text()
		}
	}
	return nil, false
}

// folded returns the text that a function produces from arguments that are all known.
func folded(name string, vals []*value) (string, bool) {
	if len(vals) == 0 {
		return "", false
	}
	args := make([]any, 0, len(vals))
	for _, v := range vals {
		arg, ok := v.known()
		if !ok {
			return "", false
		}
		args = append(args, arg)
	}
	switch name {
	case "print":
		return fmt.Sprint(args...), true
	case "println":
		return fmt.Sprintln(args...), true
	case "html":
		return template.HTMLEscaper(args...), true
	case "js":
		return template.JSEscaper(args...), true
	case "urlquery":
		return template.URLQueryEscaper(args...), true
	case "printf":
		if format, ok := args[0].(string); ok && narrow(format, args[1:]) {
			return fmt.Sprintf(format, args[1:]...), true
		}
	}
	return "", false
}

// narrow reports whether a format cannot produce text much longer than itself; a width
// can be a million.
func narrow(format string, args []any) bool {
	const most = 1000
	number := 0
	for i := 0; i < len(format); i++ {
		if !automaton.IsDigit(format[i]) {
			number = 0
		} else if number = number*10 + int(format[i]-'0'); number > most {
			return false
		}
	}
	if strings.Contains(format, "*") {
		for _, arg := range args {
			if n, ok := arg.(int); ok && (n > most || n < -most) {
				return false
			}
		}
	}
	return true
}
