package starter

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/hooktool/hooktool/internal/words"
)

// Value is a constant at the top of a starter template that users must replace with
// their own, such as the chat of a Telegram bot:
//
//	{{- define "chat_id" }}{{ json "-1001234567890" }}{{ end -}}
//
// It is a template rather than a variable, because Coroot expands every $name in its
// configuration file.
type Value struct {
	Name        string // of the template, and of the payload's member
	Placeholder string
}

// headEnd ends the comment at the top, before the values. Being on a line of its own
// distinguishes it from the end of the one-line comment above.
const headEnd = "\n*/ -}}\n"

// valuePattern matches the definition of a value.
func valuePattern() *regexp.Regexp {
	return regexp.MustCompile(`^\{\{- define "(\w+)" \}\}\{\{ json ("(?:[^"\\]|\\.)*") \}\}\{\{ end -\}\}$`)
}

// Values returns the values of a template.
func Values(template string) []Value {
	var values []Value
	editValues(template, func(v Value) string {
		values = append(values, v)
		return ""
	})
	return values
}

// editValues replaces each value with the expression that edit returns; "" keeps it.
func editValues(template string, edit func(Value) string) string {
	start := strings.Index(template, headEnd)
	if start < 0 {
		return template
	}
	start += len(headEnd)
	pattern := valuePattern()
	var b strings.Builder
	b.WriteString(template[:start])
	rest := template[start:]
	for line := range strings.Lines(rest) {
		m := pattern.FindStringSubmatch(strings.TrimSuffix(line, "\n"))
		if m == nil {
			break
		}
		rest = rest[len(line):]
		placeholder, err := strconv.Unquote(m[2])
		if err != nil {
			placeholder = m[2]
		}
		if expression := edit(Value{Name: m[1], Placeholder: placeholder}); expression != "" {
			line = fmt.Sprintf("{{- define %q }}{{ json %s }}{{ end -}}\n", m[1], expression)
		}
		b.WriteString(line)
	}
	return b.String() + rest
}

// reference returns the name in ${NAME}, and whether a text has that form.
func reference(text string) (string, bool) {
	inside, ok := strings.CutPrefix(text, "${")
	if !ok {
		return "", false
	}
	name, ok := strings.CutSuffix(inside, "}")
	return name, ok && name != "" && !strings.ContainsAny(name, "${}")
}

// fieldKey returns the key of the custom field that provides a value: routing_key
// becomes routingKey, which is RoutingKey in the template.
func fieldKey(name string) string {
	parts := strings.Split(name, "_")
	for i, part := range parts[1:] {
		parts[i+1] = words.Capital(part)
	}
	return strings.Join(parts, "")
}
