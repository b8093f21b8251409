package event

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/hooktool/hooktool/internal/words"
)

// fault is a problem at a JSON path. The path is converted to a position only when
// somebody is going to see it.
type fault struct {
	path    path
	atKey   bool // the place is the last key of the path, not its value
	message string
	hint    string
}

func (f *fault) Error() string { return f.message }

// fault makes a problem at the current path.
func (d *decoding) fault(atKey bool, hint, format string, args ...any) error {
	return &fault{path: slices.Clone(d.path), atKey: atKey, message: fmt.Sprintf(format, args...), hint: hint}
}

func (d *decoding) wrongType(want string) error {
	name := "the event"
	if len(d.path) > 0 {
		name = d.path.String()
	}
	return d.fault(false, "", "%s must be %s, not %s", name, want, d.valueKind())
}

func (d *decoding) twice(key string) error {
	return d.fault(true, "", "the key %q appears twice", key)
}

// warn adds a warning about the value at the current path.
func (d *decoding) warn(message, hint string) {
	d.warnings = append(d.warnings, &fault{path: slices.Clone(d.path), message: message, hint: hint})
}

// missing warns about the keys that an object at the current path lacks.
func (d *decoding) missing(names []string) {
	full := make([]string, len(names))
	for i, name := range names {
		full[i] = append(slices.Clone(d.path), step{key: name}).String()
	}
	switch len(full) {
	case 0:
	case 1:
		d.warn(full[0]+" is missing", "Coroot always sends it")
	default:
		d.warn(words.And(full)+" are missing", "Coroot always sends them")
	}
}

// unknown handles a key that is not a field: at the top level a string is a custom
// field, anything else is an error.
func (d *decoding) unknown(key string, known []string) error {
	nearest := words.Nearest(key, known)
	if len(d.path) == 1 && d.peek() == '"' {
		return d.customField(key, nearest)
	}
	hint := "the keys are " + strings.Join(known, ", ")
	switch other := kindWithKey(key, d.kind); {
	case nearest != "":
		hint = words.DidYouMean(strconv.Quote(nearest))
	case len(d.path) == 1 && other != "":
		hint = fmt.Sprintf("it belongs to events of kind %s, but this one is read as %s", other, d.kind)
	case len(d.path) == 1:
		hint = "custom fields are strings; the keys of this kind are " + strings.Join(known, ", ")
	}
	return d.fault(true, hint, "unknown key %q", key)
}

func (d *decoding) customField(key, nearest string) error {
	if _, ok := d.custom[key]; ok {
		return d.twice(key)
	}
	text, err := d.string()
	if err != nil {
		return err
	}
	if d.custom == nil {
		d.custom = make(map[string]string)
	}
	d.custom[key] = text
	if nearest != "" {
		d.warnings = append(d.warnings, &fault{
			path: slices.Clone(d.path), atKey: true, message: fmt.Sprintf("the key %q is taken as a custom field", key),
			hint: words.DidYouMean(strconv.Quote(nearest)),
		})
	}
	return nil
}

// kindWithKey returns another kind that has a key at its top level.
func kindWithKey(key string, not Kind) Kind {
	for _, kind := range Kinds() {
		if kind == not {
			continue
		}
		for _, field := range Fields(kind) {
			if field.JSON == key {
				return kind
			}
		}
	}
	return ""
}

func fieldNames[T any](fields []codec[T]) []string {
	names := make([]string, len(fields))
	for i := range fields {
		names[i] = fields[i].name
	}
	return names
}

func (d *decoding) problems() []*Problem {
	var problems []*Problem
	for _, warning := range d.warnings {
		problems = append(problems, d.problem(warning))
	}
	return problems
}

// problem finds the position of a fault.
func (d *decoding) problem(f *fault) *Problem {
	return d.problemAt(f.path.offset(d.text, f.atKey), f.message, f.hint)
}

func (d *decoding) problemAt(offset int, message, hint string) *Problem {
	offset = min(max(offset, 0), len(d.text))
	return &Problem{Path: d.doc.Path, Pos: advance(d.doc.Pos, []byte(d.text[:offset])), Message: message, Hint: hint}
}

// invalid says why a text is not JSON or not UTF-8, and returns nil for one that is
// both. err is the error from decoding it; if that is nil, only the encoding is left to
// check.
func (d *decoding) invalid(err error) *Problem {
	if err != nil {
		var syntax *json.SyntaxError
		if jsonErr := json.Unmarshal([]byte(d.text), new(any)); errors.As(jsonErr, &syntax) {
			return d.syntaxProblem(syntax)
		}
	}
	if utf8.ValidString(d.text) {
		return nil
	}
	offset := 0
	for offset < len(d.text) {
		r, size := utf8.DecodeRuneInString(d.text[offset:])
		if r == utf8.RuneError && size == 1 {
			break
		}
		offset += size
	}
	return d.problemAt(offset, fmt.Sprintf("the byte 0x%02x is not valid UTF-8", d.text[offset]), "JSON must be encoded in UTF-8")
}

func (d *decoding) syntaxProblem(err *json.SyntaxError) *Problem {
	if strings.HasPrefix(err.Error(), "unexpected end") {
		return d.problemAt(len(d.text), "the event ends too early: "+err.Error(), "a bracket or a quote is not closed")
	}
	offset := int(err.Offset) - 1 // the offset is that after the bad byte
	hint := ""
	if offset >= 0 && offset < len(d.text) && d.text[offset] == '\n' {
		hint = `write a line break inside a string as \n`
	}
	return d.problemAt(offset, err.Error(), hint)
}
