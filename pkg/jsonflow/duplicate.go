package jsonflow

import (
	"encoding/json"
	"fmt"
	"slices"

	"github.com/hooktool/hooktool/internal/automaton"
	"github.com/hooktool/hooktool/internal/jsontree"
)

// A repeated key in an object is valid JSON, but receivers keep only one of the two,
// and not always the same one. Keys that two places of the template print into one
// object are only suspects, because the two may be branches of one condition. Executing
// the template shows whether they are.

// duplicates executes the template to find repeated keys.
func (c *confirmer) duplicates() {
	suspects := c.a.pool.Repeated
	if len(suspects) == 0 {
		return
	}
	for ev := range c.maker.Variety() {
		if c.maker.Spent() {
			return
		}
		body, sent := c.maker.Render(ev)
		if !sent || !json.Valid(body) {
			continue
		}
		key, path, offset, ok := duplicateKey(body)
		if !ok {
			continue
		}
		i := slices.IndexFunc(suspects, func(s automaton.RepeatedKey) bool { return s.Key == key })
		if i < 0 {
			continue
		}
		at := int(suspects[i].Pos)
		c.a.findings = append(c.a.findings, &finding{
			rule: ruleDuplicateKey, at: span{at - min(at, len(key)+1), min(at+1, len(c.a.source))}, path: path,
			message: fmt.Sprintf("the key %q appears twice in one object", key),
			hint:    "receivers keep only one of them: remove the other",
			proof:   &Counterexample{Event: ev, Body: body, Offset: offset, Error: fmt.Sprintf("duplicate key %q", key)},
		})
		suspects = slices.DeleteFunc(slices.Clone(suspects), func(s automaton.RepeatedKey) bool { return s.Key == key })
	}
}

// duplicateKey returns the first repeated key in an object of a JSON text.
func duplicateKey(body []byte) (key, path string, offset int, found bool) {
	offset = len(body)
	jsontree.Parse(body).Root.Walk(func(_ string, v *jsontree.Value) {
		seen := make(map[string]bool, len(v.Members))
		for _, m := range v.Members {
			if seen[m.Key] && m.KeyStart < offset {
				key, path, offset, found = m.Key, v.Place()+jsontree.Step(m.Key), m.KeyEnd-1, true
			}
			seen[m.Key] = true
		}
	})
	return key, path, offset, found
}
