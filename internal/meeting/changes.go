package meeting

import (
	"fmt"

	"github.com/hooktool/hooktool/pkg/event"
)

// change applies the user's changes to an event.
func (in *Input) change(ev *event.Event) error {
	for _, pair := range in.options.Sets {
		if err := ev.Set(pair[0], pair[1]); err != nil {
			return misuse("a path consists of JSON names, such as reports[0].message; see hooktool schema", "--%w", err)
		}
	}
	return nil
}

// neverSent finds values for enumerated fields of a kind of event that Coroot never
// sends.
func neverSent(kind event.Kind, sets [][2]string) []*event.Problem {
	var all []*event.Problem
	for _, pair := range sets {
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
