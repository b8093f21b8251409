package report

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/hooktool/hooktool/internal/jsontree"
	"github.com/hooktool/hooktool/pkg/event"
)

// mostDifferences is the most fields of an event that are listed individually.
const mostDifferences = 3

// Differences describes how an event differs from the built-in one of its kind, in the
// syntax of --set. It is empty if too many fields differ.
func Differences(ev event.Event) string {
	sample := event.DefaultSample(ev.Kind())
	list := compareValues(nil, "", plainValue(sample.Event), plainValue(ev))
	switch {
	case len(list) == 0:
		return sample.Name
	case len(list) > mostDifferences:
		return ""
	}
	return sample.Name + " with " + strings.Join(list, " ")
}

// plainValue returns an event as a plain JSON value.
func plainValue(ev event.Event) any {
	var value any
	if object, err := event.Marshal(ev); err == nil {
		_ = json.Unmarshal(object, &value) // it was just marshalled
	}
	return value
}

// nothing returns what --set accepts in place of a missing value.
func nothing(was any) string {
	if _, ok := was.([]any); ok {
		return "null"
	}
	return ""
}

// compareValues adds a difference for each value that changed.
func compareValues(list []string, path string, before, after any) []string {
	if len(list) > mostDifferences {
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
				list = append(list, strings.TrimPrefix(path+"."+key, ".")+"="+nothing(old[key]))
			}
		}
		return list
	case []any:
		old, _ := before.([]any)
		if len(old) > len(after) {
			return append(list, fmt.Sprintf("%d of %s", len(after), path))
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
	was, is := valueText(before), valueText(after)
	if was == is {
		return list
	}
	return append(list, path+"="+shortValue(is))
}

// valueText returns a value as JSON, without escaping < and >.
func valueText(value any) string {
	line, _ := jsontree.Line(value) // the value came from JSON
	return strings.TrimSuffix(string(line), "\n")
}

// shortValue shortens a JSON value.
func shortValue(value string) string {
	const most = 60
	if r := []rune(value); len(r) > most {
		return string(r[:most]) + "…"
	}
	return value
}
