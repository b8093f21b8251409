package meeting

import (
	"fmt"
	"maps"

	"github.com/hooktool/hooktool/pkg/event"
)

// Changes are the user's changes to every event.
type Changes struct {
	CustomFields map[string]string
	Sets         [][2]string // paths of fields, with their values
}

// Apply changes an event. The user's values take precedence over the event's own custom
// fields.
func (c Changes) Apply(ev *event.Event) error {
	if len(c.CustomFields) > 0 {
		merged := maps.Clone(ev.CustomFields)
		if merged == nil {
			merged = map[string]string{}
		}
		maps.Copy(merged, c.CustomFields)
		ev.CustomFields = merged
	}
	for _, pair := range c.Sets {
		if err := ev.Set(pair[0], pair[1]); err != nil {
			return misuse("a path consists of JSON names, such as reports[0].message; see hooktool schema", "--%w", err)
		}
	}
	return nil
}

// neverSent finds values for enumerated fields of a kind of event that Coroot never
// sends.
func (c Changes) neverSent(kind event.Kind) []*event.Problem {
	var all []*event.Problem
	for _, pair := range c.Sets {
		for _, field := range event.Fields(kind) {
			if field.JSON != pair[0] || field.Allows(pair[1]) {
				continue
			}
			p := field.NeverSent(pair[1])
			p.Message = fmt.Sprintf("--set %s=%s: %s", pair[0], pair[1], p.Message)
			all = append(all, p)
		}
	}
	return all
}
