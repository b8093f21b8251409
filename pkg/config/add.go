package config

import (
	"bytes"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// AddWebhook adds the definition of a webhook to a configuration and changes nothing
// else in it. The entry is YAML, the name indented by two spaces as it is under
// webhooks. It is not ok if the entry cannot be added safely, such as when the webhooks
// are in braces.
func AddWebhook(path string, data []byte, settings []string, entry string) ([]byte, bool) {
	old, err := Parse(path, data, settings)
	if err != nil {
		return nil, false
	}
	at, indent, heading, ok := endOfWebhooks(path, data)
	if !ok {
		return nil, false
	}
	text := reindent(entry, indent)
	if heading {
		text = "webhooks:\n" + text
	}
	if at > 0 && data[at-1] != '\n' {
		text = "\n" + text
	}
	if bytes.Contains(data, []byte("\r\n")) {
		text = strings.ReplaceAll(text, "\n", "\r\n")
	}
	added := append(append(bytes.Clone(data[:at]), text...), data[at:]...)
	file, err := Parse(path, added, settings)
	if err != nil || len(file.Webhooks) != len(old.Webhooks)+1 {
		return nil, false
	}
	for i, w := range old.Webhooks {
		if !sameDefinition(w, file.Webhooks[i]) {
			return nil, false
		}
	}
	return added, true
}

// sameDefinition reports whether two webhooks have the same definition at the same
// places.
func sameDefinition(a, b Webhook) bool {
	if a.Name != b.Name || a.Pos != b.Pos || a.Destination != b.Destination || len(a.Templates) != len(b.Templates) || !slices.Equal(a.Settings, b.Settings) {
		return false
	}
	for kind, t := range a.Templates {
		if u := b.Templates[kind]; t.Path != u.Path || t.Text != u.Text || t.Pos != u.Pos || t.File != u.File {
			return false
		}
	}
	return true
}

// reindent indents an entry by n spaces instead of two.
func reindent(entry string, indent int) string {
	var b strings.Builder
	for line := range strings.Lines(entry) {
		b.WriteString(strings.Repeat(" ", indent) + strings.TrimPrefix(line, "  "))
	}
	return b.String()
}

// endOfWebhooks finds where another webhook can be inserted: the offset of a line after
// the last one, and the indentation of names. heading says that the key webhooks must
// be inserted too.
func endOfWebhooks(path string, data []byte) (at, indent int, heading, ok bool) {
	const usualIndent = 2
	docs := newReader(path, data).documents(data)
	if len(docs) == 0 {
		return len(data), usualIndent, true, true
	}
	root := docs[0]
	if len(docs) > 1 || root.Kind != yaml.MappingNode || root.Style&yaml.FlowStyle != 0 {
		return 0, 0, false, false
	}
	lines := lineStarts(data)
	for i := 0; i+1 < len(root.Content); i += 2 {
		if root.Content[i].Value != "webhooks" {
			continue
		}
		end := len(lines)
		if i+2 < len(root.Content) {
			end = root.Content[i+2].Line - 1
		}
		indent, ok = childIndent(root.Content[i+1], usualIndent)
		return offsetOf(lines, backOverBlank(data, lines, end), len(data)), indent, false, ok
	}
	return len(data), usualIndent, true, true
}

// childIndent returns how far the names under webhooks are indented.
func childIndent(value node, usual int) (int, bool) {
	switch {
	case value.Kind == yaml.ScalarNode && value.Tag == "!!null":
		return usual, true
	case value.Kind == yaml.MappingNode && value.Style&yaml.FlowStyle == 0 && len(value.Content) > 0:
		return value.Content[0].Column - 1, true
	}
	return 0, false
}

// lineStarts returns the offset of each line.
func lineStarts(data []byte) []int {
	starts := []int{0}
	for i, c := range data {
		if c == '\n' && i+1 < len(data) {
			starts = append(starts, i+1)
		}
	}
	return starts
}

// backOverBlank goes back over blank lines and unindented comments, which belong to
// what follows.
func backOverBlank(data []byte, lines []int, end int) int {
	for end > 1 {
		line := bytes.TrimRight(data[lines[end-1]:offsetOf(lines, end, len(data))], "\r\n")
		if len(bytes.TrimSpace(line)) > 0 && line[0] != '#' {
			return end
		}
		end--
	}
	return end
}

// offsetOf returns the offset of a line by its index; after the last line, the size of
// the text.
func offsetOf(lines []int, line, size int) int {
	if line >= len(lines) {
		return size
	}
	return lines[line]
}
