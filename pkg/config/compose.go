package config

import (
	"strings"

	"go.yaml.in/yaml/v3"
)

// Docker Compose interpolates its files before Coroot sees them: $$ is a $, and ${NAME}
// and $NAME are variables of Compose's own environment, with ${NAME:-default} and
// ${NAME-default}. Coroot's expansion comes after that.

// interpolate returns a text after Compose's interpolation; or nil and the offset of a
// $ that Compose refuses, or whose form is not supported here.
func interpolate(written string, env Environment) (e *expansion, bad int) {
	e = &expansion{written: written}
	var b strings.Builder
	for pos := 0; ; {
		i := strings.IndexByte(written[pos:], '$')
		if i < 0 {
			b.WriteString(written[pos:])
			e.text = b.String()
			return e, 0
		}
		b.WriteString(written[pos : pos+i])
		pos += i
		ref, ok := composeReference(written[pos:], env)
		if !ok {
			return nil, pos
		}
		ref.start, ref.end, ref.at = pos, pos+ref.end, b.Len()
		b.WriteString(ref.value)
		e.refs = append(e.refs, ref)
		pos = ref.end
	}
}

// composeReference reads what begins with a $; end is its length.
func composeReference(text string, env Environment) (reference, bool) {
	switch {
	case strings.HasPrefix(text, "$$"):
		return reference{end: len("$$"), value: "$", set: true}, true
	case strings.HasPrefix(text, "${"):
		inside, _, closed := strings.Cut(text[2:], "}")
		end := strings.IndexAny(inside, ":-")
		if end < 0 {
			end = len(inside)
		}
		name, rest := inside[:end], inside[end:]
		if !closed || !isVariableName(name) || rest != "" && !strings.HasPrefix(rest, ":-") && !strings.HasPrefix(rest, "-") {
			return reference{}, false
		}
		value, set := env.lookup(nil, name)
		if !set || value == "" && strings.HasPrefix(rest, ":") {
			value = strings.TrimPrefix(strings.TrimPrefix(rest, ":"), "-")
		}
		return reference{end: len(inside) + len("${}"), name: name, value: value, set: set}, true
	}
	end := 1
	for end < len(text) && isShellNameByte(text[end]) {
		end++
	}
	name := text[1:end]
	if !isVariableName(name) {
		return reference{}, false
	}
	value, set := env.lookup(nil, name)
	return reference{end: end, name: name, value: value, set: set}, true
}

// write returns what must be written so that Compose makes the text of it: each $ is
// doubled, and variables stay where the text around them does.
func (e *expansion) write(after string) string {
	var list []kept
	for _, ref := range e.refs {
		if ref.name != "" {
			list = append(list, kept{start: ref.at, end: ref.at + len(ref.value), text: e.written[ref.start:ref.end]})
		}
	}
	return weave(e.text, after, list, func(text, _ string) string { return strings.ReplaceAll(text, "$", "$$") })
}

// composeEnvironment returns the environment of the services in a Compose file, with $$
// read as $.
func (r *reader) composeEnvironment(services node) map[string]string {
	own := map[string]string{}
	if services.Kind != yaml.MappingNode {
		return own
	}
	for i := 1; i < len(services.Content); i += 2 {
		environment := r.child(services.Content[i], "environment")
		for _, item := range content(environment) {
			if name, value, ok := strings.Cut(item.Value, "="); ok {
				own[name] = strings.ReplaceAll(value, "$$", "$")
			}
		}
		if environment == nil || environment.Kind != yaml.MappingNode {
			continue
		}
		for j := 0; j+1 < len(environment.Content); j += 2 {
			if value := environment.Content[j+1]; value.Kind == yaml.ScalarNode && value.ShortTag() != "!!null" {
				own[environment.Content[j].Value] = strings.ReplaceAll(value.Value, "$$", "$")
			}
		}
	}
	return own
}
