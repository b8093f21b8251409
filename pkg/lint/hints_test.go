package lint_test

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hooktool/hooktool/internal/vast"
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/lint"
)

// TestHints checks that every template a hint suggests is one that Coroot can run, with
// fields that an event of this kind has. Each mistake is tried with one kind of event,
// or with all with HOOKTOOL_TEST_LONG=1.
func TestHints(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile("../webhook/testdata/slips/templates.txt")
	if err != nil {
		t.Fatal(err)
	}
	lines := slices.Collect(strings.Lines(string(data)))
	mistakes, taken := 0, 0
	for i, kind := range event.Kinds() {
		for _, line := range vast.Every(t, 3, lines[i:]) {
			mistakes++
			text := strings.ReplaceAll(strings.TrimSuffix(line, "\n"), "⏎", "\n")
			for _, f := range check(t, kind, text, lint.Options{}).Findings {
				switch f.Rule {
				case "parse-error", "unknown-function", "unknown-field", "bad-call", "bad-operand", "bad-comparison", "undeclared-assignment", "go-syntax", "foreign-syntax":
				default:
					continue
				}
				for _, suggestion := range suggestions(f.Hint) {
					taken++
					if wrong := tried(t, kind, text, suggestion); wrong != "" {
						t.Errorf("%s: %q: %s: the hint is %q, but %q: %s", kind, text, f.Message, f.Hint, suggestion, wrong)
					}
				}
			}
		}
	}
	if taken < mistakes/3 {
		t.Errorf("only %d hints say what to write, for %d mistakes", taken, mistakes)
	}
}

// suggestions returns the templates in a hint, except those with … in an action.
func suggestions(hint string) []string {
	first, last := strings.Index(hint, "{{"), strings.LastIndex(hint, "}}")
	if first < 0 || last < first {
		return nil
	}
	var list []string
	for _, part := range regexp.MustCompile(`, or |; | and \{\{-|: write `).Split(hint[first:last+2], -1) {
		start := strings.Index(part, "{{")
		end := strings.LastIndex(part, "}}")
		if start < 0 || end < start || regexp.MustCompile(`\{\{[^}]*…[^}]*\}\}|\{\{[^}]*\{\{|\{\{- |\$\{|\{\{ (?:else if )?\}\}`).MatchString(part) {
			continue
		}
		list = append(list, strings.ReplaceAll(part[start:end+2], "…", ""))
	}
	return list
}

// tried returns what is wrong with a suggestion, ignoring names defined by the template
// itself. It tries several contexts and returns "" if the suggestion works in one of
// them.
func tried(t *testing.T, kind event.Kind, text, suggestion string) string {
	t.Helper()
	balanced := suggestion
	words := regexp.MustCompile(`\{\{-?\s*(if|range|with|define|block|end|else)\b`).FindAllStringSubmatch(suggestion, -1)
	open := 0
	for _, w := range words {
		switch w[1] {
		case "end", "else":
			if open == 0 {
				balanced = "{{ if .Status }}" + balanced
				open++
			}
			if w[1] == "end" {
				open--
			}
		default:
			open++
		}
	}
	balanced += strings.Repeat("{{ end }}", open)
	for _, v := range regexp.MustCompile(`\$\w+`).FindAllString(balanced, -1) {
		if !strings.Contains(balanced, v+" :=") && !strings.Contains(balanced, v+", ") {
			value := ".Status"
			if m := regexp.MustCompile(regexp.QuoteMeta(v) + ` :?= ([^{}]+) \}\}`).FindStringSubmatch(text); m != nil {
				value = m[1]
			}
			balanced = "{{ " + v + " := " + value + " }}" + balanced
		}
	}
	wrong := ""
	for _, around := range []string{"%", "{{ range .Details }}%{{ end }}", "{{ range .Reports }}%{{ end }}", "{{ range .Summary }}%{{ end }}", "{{ with .URL }}%{{ end }}", "{{ with .Application }}%{{ end }}"} {
		wrong = ""
		for _, f := range check(t, kind, strings.Replace(around, "%", balanced, 1), lint.Options{}).Findings {
			switch f.Rule {
			case "parse-error", "unknown-function", "unknown-field", "bad-call", "bad-operand", "bad-comparison", "index-out-of-range":
				m := regexp.MustCompile(`(?:no function|no variable|no) "?[.$]?(\w+)`).FindStringSubmatch(f.Message)
				if own := m != nil && strings.Contains(strings.ReplaceAll(text, "\u200b", ""), m[1]); !own && f.Severity == lint.Error {
					wrong = f.Message
				}
			}
		}
		if wrong == "" {
			return ""
		}
	}
	return wrong
}
