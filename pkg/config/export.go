package config

import (
	"slices"
	"strings"

	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// Variable is an environment variable that a definition needs.
type Variable struct {
	Name    string
	Default string // used by hooktool if it is not set; Coroot knows no defaults
}

// Expandable returns the webhook, including its templates, as it must be written where
// Coroot expands what it reads: variables as ${NAME}, and each other $ that would begin
// one as ${DOLLAR}. It also returns the variables that Coroot then needs, except
// DOLLAR. The error is that of reading a template.
func (w Webhook) Expandable() (webhook.Webhook, []Variable, error) {
	var variables []Variable
	note := func(v Variable) {
		if !slices.ContainsFunc(variables, func(other Variable) bool { return other.Name == v.Name }) {
			variables = append(variables, v)
		}
	}
	result, err := w.mapped(func(s Setting) string {
		if w.Format == FormatHooktool {
			return forCoroot(s.Value, note)
		}
		if w.Format == FormatAPI {
			return EscapeDollars(s.Value)
		}
		return escapeStray(s.Value, w.stray[s.Path], note)
	})
	if err != nil {
		return result, nil, err
	}
	for kind, text := range result.Templates {
		t := w.Templates[kind]
		if t.File || t.lookup == nil {
			result.Templates[kind] = EscapeDollars(text)
			continue
		}
		if result.Templates[kind], err = t.Write(text); err != nil {
			return result, nil, err
		}
		if t.exp != nil {
			_, list := t.exp.meantText()
			for _, k := range list {
				if name, _ := shellName(k.text[1:]); name != dollar {
					note(Variable{Name: name})
				}
			}
		}
	}
	return result, variables, nil
}

// Plain returns the webhook, including its templates, as it must be given to a reader
// that expands nothing, such as Coroot's API. Values keep their variables unexpanded
// unless getenv has a value for every one of them. The error is that of reading a
// template.
func (w Webhook) Plain(getenv func(string) string) (webhook.Webhook, error) {
	return w.mapped(func(s Setting) string {
		if w.Format != FormatHooktool {
			if s.Unset || getenv == nil {
				return s.Value
			}
			return s.Expanded
		}
		if getenv == nil {
			return s.Value
		}
		e := expander{getenv: getenv}
		if value := e.expand(s.Value); e.problem == "" {
			return value
		}
		return s.Value
	})
}

// mapped returns the webhook with its templates as they are meant, and every text of
// its settings replaced by the result of a function.
func (w Webhook) mapped(text func(Setting) string) (webhook.Webhook, error) {
	result := w.written(text)
	result.Templates = map[event.Kind]string{}
	for kind, t := range w.Templates {
		body, err := t.Read()
		if err != nil {
			return result, err
		}
		if !t.File {
			body = t.Meant()
		}
		result.Templates[kind] = body
	}
	return result, nil
}

// written returns the webhook without its templates, and every text of its settings
// replaced by the result of a function.
func (w Webhook) written(text func(Setting) string) webhook.Webhook {
	value := func(path string) string {
		s, ok := w.Setting(path)
		if !ok {
			return ""
		}
		return text(s)
	}
	result := w.settings
	result.URL = value("url")
	if result.BasicAuth != nil {
		result.BasicAuth = &webhook.BasicAuth{Username: value("basicAuth.username"), Password: value("basicAuth.password")}
	}
	result.CustomHeaders, result.CustomFields = nil, nil
	for _, s := range w.Settings {
		if prefix, ok := strings.CutSuffix(s.Path, "].key"); ok && strings.HasPrefix(prefix, "customHeaders[") {
			result.CustomHeaders = append(result.CustomHeaders, webhook.Header{Key: text(s), Value: value(prefix + "].value")})
		}
		if key, ok := strings.CutPrefix(s.Path, "customFields."); ok {
			if result.CustomFields == nil {
				result.CustomFields = map[string]string{}
			}
			result.CustomFields[key] = text(s)
		}
	}
	return result
}

// forCoroot converts a value of hooktool's own configuration to Coroot's syntax.
func forCoroot(value string, note func(Variable)) string {
	var b strings.Builder
	for {
		before, rest, ok := strings.Cut(value, "${")
		if !ok {
			b.WriteString(EscapeDollars(value))
			return b.String()
		}
		if literal, escaped := strings.CutSuffix(before, "$"); escaped {
			b.WriteString(escapeBefore(literal, "$x") + "${" + dollar + "}{")
			value = rest
			continue
		}
		inside, after, ok := strings.Cut(rest, "}")
		if !ok {
			b.WriteString(EscapeDollars(value))
			return b.String()
		}
		name, fallback, _ := strings.Cut(inside, ":-")
		b.WriteString(escapeBefore(before, "$x") + "${" + name + "}")
		note(Variable{Name: name, Default: fallback})
		value = after
	}
}

// escapeBefore is EscapeDollars for a text that another text follows.
func escapeBefore(text, next string) string {
	return strings.TrimSuffix(EscapeDollars(text+next), EscapeDollars(next))
}

// escapeStray escapes unintended references in a value of Coroot's, given their
// offsets.
func escapeStray(value string, stray []int, note func(Variable)) string {
	for _, at := range slices.Backward(stray) {
		if at < len(value) && value[at] == '$' {
			value = value[:at] + "${" + dollar + "}" + value[at+1:]
		}
	}
	if exp, err := expand(value, func(string) (string, bool) { return "", false }); err == nil {
		for _, ref := range exp.refs {
			if isVariableName(ref.name) && ref.name != dollar {
				note(Variable{Name: ref.name})
			}
		}
	}
	return value
}
