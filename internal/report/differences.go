package report

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/hooktool/hooktool/internal/jsontree"
	"github.com/hooktool/hooktool/pkg/event"
)

// mostDifferences is the most fields of an event that are listed individually.
const mostDifferences = 3

// Differences describes how an event differs from the built-in one of its kind, in the
// syntax of --set. It is empty if too many fields differ.
func Differences(ev event.Event) string {
	sample := event.DefaultSample(ev.Kind())
	list := compareValues(nil, "", plainSample(ev.Kind()), plainValue(ev))
	switch {
	case len(list) == 0:
		return sample.Name
	case tooMany(list):
		return ""
	}
	return sample.Name + " with " + joined(list)
}

// difference is one way in which an event differs.
type difference struct {
	text   string
	number bool // it is a number of elements, rather than the value of a field
}

// tooMany reports whether more fields differ than are shown.
func tooMany(list []difference) bool {
	fields := 0
	for _, d := range list {
		if !d.number {
			fields++
		}
	}
	return fields > mostDifferences
}

// joined joins differences as --set takes them, with a comma where one is a number of
// elements.
func joined(list []difference) string {
	var b strings.Builder
	for i, d := range list {
		switch {
		case i == 0:
		case d.number || list[i-1].number:
			b.WriteString(", ")
		default:
			b.WriteString(" ")
		}
		b.WriteString(d.text)
	}
	return b.String()
}

// plainValue returns an event as a plain JSON value.
func plainValue(ev event.Event) any {
	var value any
	if object, err := event.Marshal(ev); err == nil {
		_ = json.Unmarshal(object, &value) // it was just marshalled
	}
	return value
}

// plainSample returns the built-in event of a kind as a plain JSON value, which nobody
// changes.
func plainSample(kind event.Kind) any {
	value, ok := plainSamples.Load(kind)
	if !ok {
		value, _ = plainSamples.LoadOrStore(kind, plainValue(event.DefaultSample(kind).Event))
	}
	return value
}

// plainSamples caches the results of plainSample.
var plainSamples sync.Map

// nothing returns what --set accepts in place of a missing value.
func nothing(was any) string {
	if _, ok := was.([]any); ok {
		return "null"
	}
	return ""
}

// compareValues adds a difference for each value that changed.
func compareValues(list []difference, path string, before, after any) []difference {
	if tooMany(list) {
		return list
	}
	switch after := after.(type) {
	case map[string]any:
		old, _ := before.(map[string]any)
		for _, key := range slices.Sorted(maps.Keys(after)) {
			list = compareValues(list, strings.TrimPrefix(path+"."+key, "."), old[key], after[key])
		}
		for _, key := range slices.Sorted(maps.Keys(old)) {
			if _, ok := after[key]; !ok {
				list = append(list, difference{text: strings.TrimPrefix(path+"."+key, ".") + "=" + nothing(old[key])})
			}
		}
		return list
	case []any:
		old, _ := before.([]any)
		if len(old) > len(after) {
			list = append(list, difference{fmt.Sprintf("%d of %s", len(after), path), true})
		}
		for i, element := range after {
			var was any
			if i < len(old) {
				was = old[i]
			}
			list = compareValues(list, fmt.Sprintf("%s[%d]", path, i), was, element)
		}
		return list
	}
	if old, ok := before.(string); ok && old == after {
		return list // as most of them
	}
	was, is := valueText(before), valueText(after)
	if was == is {
		return list
	}
	return append(list, difference{text: path + "=" + shortValue(was, is)})
}

// valueText returns a value as JSON, without escaping < and >.
func valueText(value any) string {
	line, _ := jsontree.Line(value) // the value came from JSON
	return strings.TrimSuffix(string(line), "\n")
}

// shortValue shortens a value in JSON to its start, its end, and the part around what
// is not the same as in another value: its first escape, or else its first character.
func shortValue(was, is string) string {
	const most, start, end, before, after = 60, 12, 16, 8, 24
	value := []rune(is)
	if len(value) <= most {
		return is
	}
	at := 0
	for other := []rune(was); at < min(len(value), len(other)) && value[at] == other[at]; at++ {
	}
	if escape := slices.Index(value[at:], '\\'); escape >= 0 {
		at += escape
	}
	at = min(max(at, start+before), len(value)-end-after)
	var b strings.Builder
	shown := 0
	for _, part := range [][2]int{{0, start}, {at - before, at + after}, {len(value) - end, len(value)}} {
		from := max(wholeEscape(value, part[0]), shown)
		to := wholeEscape(value, part[1])
		if from >= to {
			continue
		}
		if from > shown {
			b.WriteString("…")
		}
		b.WriteString(string(value[from:to]))
		shown = to
	}
	return b.String()
}

// wholeEscape returns i, or i-1 if there is a backslash just before i that begins an
// escape such as \".
func wholeEscape(value []rune, i int) int {
	backslashes := 0
	for backslashes < i && value[i-1-backslashes] == '\\' {
		backslashes++
	}
	return i - backslashes%2
}
