package lsp

import (
	"strings"

	"github.com/hooktool/hooktool/pkg/config"
	"github.com/hooktool/hooktool/pkg/destination/catalog"
	"github.com/hooktool/hooktool/pkg/source"
)

// completeKey lists the keys of a webhook, and the names of destinations, at a position
// of a YAML document outside templates.
func (l *look) completeKey(offset int) []completionItem {
	pos := l.doc.index.Position(offset)
	lineStart := l.doc.index.Offset(source.Position{Line: pos.Line, Column: 1})
	line := l.doc.text[lineStart:offset]
	word := strings.TrimLeft(line, " ")
	format, ok := l.webhookAt(pos.Line, len(line)-len(word))
	if !ok {
		return nil
	}
	text := l.doc.encoded(l.server.client.encoding)
	item := func(label string, kind int, typed int, insert string) completionItem {
		return completionItem{Label: label, Kind: kind, TextEdit: &textEdit{textRange{text.position(offset - typed), text.position(offset)}, insert}}
	}
	var items []completionItem
	if value, found := strings.CutPrefix(word, "destination:"); found && format == config.FormatHooktool {
		for _, name := range catalog.Names() {
			items = append(items, item(name, kindValue, len(strings.TrimLeft(value, " ")), name))
		}
		return items
	}
	if strings.ContainsAny(word, ": ") {
		return nil
	}
	for _, key := range config.WebhookKeys(format) {
		insert := key + ": "
		if strings.HasPrefix(l.doc.text[offset:], ":") {
			insert = key
		}
		items = append(items, item(key, kindProperty, len(word), insert))
	}
	return items
}

// webhookAt reports whether a key with an indentation would be one of a webhook,
// judging by the keys in the lines above that enclose it.
func (l *look) webhookAt(line, indent int) (config.Format, bool) {
	var parents []string // the nearest first
	for n := line - 1; n > 0 && indent > 0; n-- {
		text := l.doc.index.Line(n)
		trimmed := strings.TrimLeft(text, " ")
		at := len(text) - len(trimmed)
		if dashed, ok := strings.CutPrefix(trimmed, "- "); ok && at < indent {
			trimmed = dashed
		}
		if trimmed == "" || strings.HasPrefix(trimmed, "#") || at >= indent {
			continue
		}
		key, _, ok := strings.Cut(trimmed, ":")
		if !ok {
			return "", false
		}
		parents = append(parents, strings.Trim(key, `"'`))
		indent = at
	}
	switch {
	case len(parents) == 2 && parents[1] == "webhooks":
		return config.FormatHooktool, true
	case len(parents) >= 2 && parents[0] == "webhook" && parents[1] == "notificationIntegrations":
		return config.FormatCoroot, true
	}
	return "", false
}
