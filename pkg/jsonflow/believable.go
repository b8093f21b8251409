package jsonflow

import (
	"slices"
	"strings"

	"github.com/hooktool/hooktool/pkg/event"
)

// harmless returns a text without what could break any JSON.
func harmless(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return ' '
		case r < ' ' || r == '\\' || r == '"' || r == '\'' || r == 0x7f:
			return -1
		}
		return r
	}, text)
}

// plainTexts returns texts for a place, for a way that needs another one than
// the sample has.
func plainTexts(at event.Place) []string {
	var texts []string
	for _, text := range append(slices.Clone(at.Field.Known()), "checkout", "orders") {
		texts = append(texts, harmless(text))
	}
	return append(texts, "")
}

// believable returns texts for a field that break what does not escape them, and
// that Coroot could send.
func believable(name string) []string {
	switch name {
	case "Message":
		return []string{`2 pods report "connection refused"`, `C:\data is full`, "2 upstream services:\ncheckout, orders"}
	case "Summary":
		return []string{`new error: unexpected token "<" in JSON`, `C:\data is full`, "first line\nsecond line"}
	case "[]": // an item of the summary of a deployment
		return []string{`💔 Logs: "connection refused" in the new version`, `💔 C:\data is full`, "💔 Logs:\ntoo many errors"}
	case "Value":
		return []string{`reason="BackOff"`, `C:\temp\order.json`, "kind=Pod\nreason=BackOff", "can't connect"}
	case "RCASummary", "RCARemediations":
		return []string{`The pod "checkout-7d9f" ran out of memory.`, "**Cause**\nout of memory", `C:\data is full`}
	case "RuleName", "ProjectName":
		return []string{`Lag of "orders"`, `C:\data`, "two\nlines"}
	case "Check":
		return []string{`Errors in "orders"`, `C:\data`, "two\nlines"}
	case "Version":
		return []string{`123ab456: app:"v1.8.2"`, `123ab456: app\v1`, "123ab456:\napp"}
	}
	return []string{`my "app"`, `my\app`, "my\napp"}
}

// unlikely reports whether Coroot hardly sends a text that breaks JSON in a
// field.
func unlikely(p *path) bool {
	if p == nil {
		return false
	}
	switch p.name {
	case "URL", "Kind", "Namespace", "ClusterId", "Duration", "Status", "Severity":
		return true
	}
	return false
}
