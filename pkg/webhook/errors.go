package webhook

import (
	"errors"
	"fmt"
	"iter"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"text/template"
	"text/template/parse"

	"github.com/hooktool/hooktool/internal/words"
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/source"
)

// TemplateError is a failure to parse or to execute a template. In Coroot the template
// fails with the text of Err, and no notification is sent.
type TemplateError struct {
	Path    string          // the path given to Parse
	Pos     source.Position // where it is wrong
	End     source.Position // just after the fault; zero when not known
	Message string          // what is wrong
	Hint    string          // what would be right; may be empty
	Err     error           // the error of text/template, as Coroot logs it

	// What makes the template parse, or get further, if what was meant is beyond doubt;
	// nil if only a person can tell.
	Corrections []Correction
}

func (e *TemplateError) Error() string {
	return fmt.Sprintf("%s:%s: %s", e.Path, e.Pos, e.Message)
}

func (e *TemplateError) Unwrap() error { return e.Err }

// Problem returns the error with its place; see source.Teller.
func (e *TemplateError) Problem() *source.Problem {
	return &source.Problem{Path: e.Path, Pos: e.Pos, End: e.End, Message: e.Message, Hint: e.Hint, Err: e}
}

// executionError finds the place of an error of text/template, whose columns count
// bytes from 0 and point at the second part of a chain, whichever part is wrong. keys are
// those of the event's custom fields.
func (t *Template) executionError(err error, keys iter.Seq[string]) error {
	var stopped *stopError
	if errors.As(err, &stopped) {
		return t.stopped(stopped)
	}
	var exec template.ExecError
	if !errors.As(err, &exec) {
		// Not the template's fault: the output limit is the only other cause.
		exec.Err = err
	}
	result := &TemplateError{Path: t.path, Message: exec.Err.Error(), Err: err}
	parts, ok := takeApart(exec.Err.Error())
	if !ok { // writing failed, which only the limit causes
		result.Pos = t.Index().Position(0)
		result.Message = unwrapLimit(err, ErrOutputLimit)
		t.explain(result, "", nil)
		return result
	}
	offset := t.lineStart(parts.line) + parts.column
	result.Message = parts.message
	start, end := t.locate(offset, parts.context, parts.message)
	result.Pos, result.End = t.Index().Position(start), t.Index().Position(end)
	if errors.Is(err, ErrOutputLimit) {
		result.Message = unwrapLimit(err, ErrOutputLimit)
	}
	t.explain(result, parts.context, customNames(keys))
	return result
}

// stopped returns the error of an execution that a mark has ended, at a limit.
func (t *Template) stopped(err *stopError) error {
	pos := t.Index().Position(err.offset)
	result := &TemplateError{Path: t.path, Pos: pos, End: pos, Message: err.Error(), Err: err}
	t.explain(result, "", nil)
	return result
}

// executionParts are the parts of a text/template error: "template: name:line:column:
// executing "name" at <context>: message".
type executionParts struct {
	line, column     int
	context, message string
}

func takeApart(text string) (parts executionParts, ok bool) {
	const executing = `: executing "`
	rest, ok := strings.CutPrefix(text, "template: ")
	for from := 0; ok; from++ {
		i := strings.Index(rest[from:], executing)
		if i < 0 {
			break
		}
		from += i
		place := strings.Split(rest[:from], ":")
		if len(place) < 3 {
			continue
		}
		line, errLine := strconv.Atoi(place[len(place)-2])
		column, errColumn := strconv.Atoi(place[len(place)-1])
		_, after, named := strings.Cut(rest[from+len(executing):], `" at <`)
		context, message, whole := strings.Cut(after, ">: ")
		if errLine == nil && errColumn == nil && named && whole {
			return executionParts{line, column, context, message}, true
		}
	}
	return executionParts{}, false
}

// unwrapLimit returns the text of the innermost error around a limit.
func unwrapLimit(err, limit error) string {
	for next := err; next != nil; next = errors.Unwrap(next) {
		if errors.Unwrap(next) == limit {
			return next.Error()
		}
	}
	return limit.Error()
}

func (t *Template) lineStart(line int) int {
	return t.Index().Offset(source.Position{Line: line, Column: 1})
}

// locate finds the node that text/template refers to by an offset, and returns the span
// of the fault in it.
func (t *Template) locate(offset int, context, message string) (start, end int) {
	if name, ok := quotedAfter(message, "can't evaluate field "); ok {
		if start, ok := t.locateField(offset, name); ok {
			return start, start + len(".") + len(name)
		}
	}
	var found parse.Node
	t.inspect(func(node parse.Node) {
		if found == nil && int(node.Position()) == offset && sameContext(node, context) {
			found = node
		}
	})
	if found == nil {
		return offset, offset
	}
	start = source.NodeStart(found)
	return start, start + nodeLength(found, t.text[start:])
}

// locateField finds a field by its name in the chain that text/template refers to by an
// offset, which lies in the chain or in the parentheses before it.
func (t *Template) locateField(offset int, name string) (start int, ok bool) {
	t.inspect(func(node parse.Node) {
		names := source.Parts(node)
		if len(names) == 0 || source.NodeStart(node) > offset {
			return
		}
		for part, at := range source.PartStarts(node) {
			if names[part] == name && at+len(".")+len(name) >= offset {
				if !ok || at < start {
					start, ok = at, true
				}
				return
			}
		}
	})
	return start, ok
}

// inspect calls visit for every node of the template and of the templates that it
// defines.
func (t *Template) inspect(visit func(parse.Node)) {
	t.parsed.Inspect(func(node parse.Node) bool {
		visit(node)
		return true
	})
}

// nodeLength returns the length of a node in the text, if the text has it as
// text/template would print it.
func nodeLength(node parse.Node, text string) int {
	if s := node.String(); strings.HasPrefix(text, s) {
		return len(s)
	}
	return 0
}

// sameContext compares a node with the context of an error, which is cut at twenty
// bytes.
func sameContext(node parse.Node, context string) bool {
	s := node.String()
	if cut, ok := strings.CutSuffix(context, "..."); ok && len(s) > len(cut) {
		return strings.HasPrefix(s, cut)
	}
	return s == context
}

// quotedAfter returns the word after a prefix in a message.
func quotedAfter(message, prefix string) (string, bool) {
	_, rest, ok := strings.Cut(message, prefix)
	if !ok {
		return "", false
	}
	word, _, _ := strings.Cut(rest, " ")
	return word, word != ""
}

// customNames returns the names by which a template reaches custom fields.
func customNames(keys iter.Seq[string]) (names []string) {
	for _, key := range slices.Sorted(keys) {
		names = append(names, FieldName(key))
	}
	return names
}

// explain rewords messages that mention Go, and adds what would be right. custom are the
// names of the event's custom fields.
func (t *Template) explain(e *TemplateError, context string, custom []string) {
	switch {
	case errors.Is(e, ErrTimeLimit) || errors.Is(e, ErrDepthLimit):
		e.Hint = "Coroot has no such limit and would hang or crash; look for an endless loop or a template that calls itself"
		return
	case errors.Is(e, ErrOutputLimit):
		e.Hint = "Coroot has no such limit, but no receiver accepts that much: look for an endless loop or a template that calls itself, or shorten the template"
		return
	}
	if name, ok := quotedAfter(e.Message, "can't evaluate field "); ok {
		_, typ, _ := strings.Cut(e.Message, " in type ")
		e.Message, e.Hint = t.unknownField(name, typ, custom)
		return
	}
	e.Message = strings.TrimPrefix(e.Message, "error calling ")
	switch {
	case strings.Contains(e.Message, "index out of range"):
		e.Message = t.outOfRange(context, e.Message)
		e.Hint = "put it inside {{ if }} or {{ with }} of the list, or use {{ range }}"
		if strings.Contains(e.Message, textShorter) {
			e.Hint = cutHint(context)
		}
	case strings.Contains(e.Message, "range can't iterate over"):
		e.Message = context + " is not a list: " + e.Message
		e.Hint = "use {{ with }} or {{ if }} for a single value"
	case strings.HasPrefix(e.Message, "wrong type for value; expected string; got "):
		// Coroot has these types under other names.
		e.Message = strings.NewReplacer("event.ReportName", "model.AuditReportName", "event.Application", "model.Application").Replace(e.Message)
		e.Hint = `it is a string type of its own in Coroot: write printf "%s" ` + context
	}
}

const textShorter = ": the text is shorter"

// outOfRange says what is shorter than index or slice want it.
func (t *Template) outOfRange(call, message string) string {
	thing := ": it is shorter"
	if m := regexp.MustCompile(`^(?:index|slice) (?:\S*|\(.*\)\S*)\.(\w+)(?: |$)`).FindStringSubmatch(call); m != nil {
		if field, ok := fieldNamed(event.Fields(t.kind), m[1]); ok && field.IsText() {
			thing = textShorter
		} else if ok && field.IsList() {
			thing = ": the list is shorter"
		}
	}
	for _, prefix := range []string{"index: ", "slice: ", "reflect: slice ", "reflect: string "} {
		message = strings.TrimPrefix(message, prefix)
	}
	return call + thing + ": " + message
}

// fieldNamed returns the first field of a name, of elements of lists as well.
func fieldNamed(fields []event.Field, name string) (event.Field, bool) {
	for _, field := range fields {
		if field.Name == name {
			return field, true
		}
		if inner, ok := fieldNamed(field.Fields, name); ok {
			return inner, true
		}
	}
	return event.Field{}, false
}

// cutHint says how a text of any length is cut.
func cutHint(call string) string {
	m := regexp.MustCompile(`^slice (\S+) (\d+)(?: (\d+))?$`).FindStringSubmatch(call)
	if m == nil {
		return "check its length first, with len"
	}
	text, from, to := m[1], m[2], m[3]
	if to == "" {
		to = from
	} else if from == "0" {
		n, _ := strconv.Atoi(to)
		return fmt.Sprintf("printf \"%%.%ss\" %s keeps the first %s of a text of any length", to, text, words.Count(n, "character"))
	}
	return fmt.Sprintf("check its length first: {{ if ge (len %s) %s }}", text, to)
}

// unknownField suggests which field to use instead.
func (t *Template) unknownField(name, typ string, custom []string) (message, hint string) {
	fields, owner := t.fieldsOf(typ)
	if owner == article(t.kind) {
		fields = append(fields, custom...)
	}
	message = fmt.Sprintf("%s has no field %q", owner, name)
	if strings.HasPrefix(typ, "[]") {
		return message, "use range to reach its elements"
	}
	if nearest := words.Nearest(name, fields); nearest != "" {
		return message, words.DidYouMean("." + nearest)
	}
	for _, field := range append(names(event.Fields(t.kind)), custom...) {
		if strings.EqualFold(field, name) {
			return message, fmt.Sprintf("the event has it: $.%s", field)
		}
	}
	if len(fields) == 0 {
		return message, ""
	}
	hint = "the fields are " + strings.Join(fields, ", ")
	if owner == article(t.kind) {
		hint += "; a custom field must be given with the event or with --custom-field"
	}
	return message, hint
}

func names(fields []event.Field) (names []string) {
	for _, field := range fields {
		names = append(names, field.Name)
	}
	return names
}

// fieldsOf returns the fields and methods of a Go type, given the name that
// text/template prints, and what messages call the type.
func (t *Template) fieldsOf(typ string) (fields []string, owner string) {
	if typ == "event.ApplicationID" {
		for _, field := range event.Fields(t.kind) {
			if field.Type == "ApplicationID" {
				fields = names(field.Fields)
			}
		}
		for _, method := range event.ApplicationMethods() {
			fields = append(fields, method.Name)
		}
		return fields, "an application"
	}
	for _, field := range event.Fields(t.kind) {
		if field.Type == "list of "+strings.TrimPrefix(typ, "event.") && len(field.Fields) > 0 {
			return names(field.Fields), "an element of " + field.Name
		}
	}
	if typ == event.Type(t.kind).String() || strings.HasPrefix(typ, "struct {") {
		return names(event.Fields(t.kind)), article(t.kind)
	}
	if strings.HasPrefix(typ, "[]") {
		return nil, "a list"
	}
	return nil, "a " + strings.TrimPrefix(typ, "event.")
}
