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

// mostDifferences is how many fields of an event are shown by themselves.
const mostDifferences = 3

// Differences says of an event how it differs from the built-in one of its kind,
// in the words of --set. It is "" when that is in too many fields.
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

// plainValue returns an event as it is in JSON.
func plainValue(ev event.Event) any {
	var value any
	if object, err := event.Marshal(ev); err == nil {
		_ = json.Unmarshal(object, &value) // it was marshalled a moment ago
	}
	return value
}

// nothing is what --set takes in place of a value that is not there.
func nothing(was any) string {
	if _, ok := was.([]any); ok {
		return "null"
	}
	return ""
}

// compareValues adds a difference for each value that is not the same.
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

// valueText returns a value as JSON, with < and > as they are.
func valueText(value any) string {
	line, _ := jsontree.Line(value) // it was made from JSON
	return strings.TrimSuffix(string(line), "\n")
}

// shortValue shortens a value in JSON.
func shortValue(value string) string {
	const most = 60
	if r := []rune(value); len(r) > most {
		return string(r[:most]) + "…"
	}
	return value
}
