package jsonflow

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/hooktool/hooktool/internal/automaton"
	"github.com/hooktool/hooktool/internal/jsontree"
	"github.com/hooktool/hooktool/internal/witness"
	"github.com/hooktool/hooktool/pkg/event"
)

// A repeated key in an object is valid JSON, but receivers keep only one of the two,
// and not always the same one. Keys that two places of the template print into one
// object are only suspects, because the two may be branches of one condition. Executing
// the template shows whether they are.

// duplicates executes the template to find which of the suspects are repeated keys.
func (c *confirmer) duplicates(suspects []automaton.RepeatedKey) {
	for ev := range c.maker.Variety() {
		for len(suspects) > 0 && !c.maker.Spent() {
			i, proof := c.repeats(ev, suspects)
			if proof == nil {
				break
			}
			found := suspects[i]
			c.a.findings = append(c.a.findings, c.duplicate(found, c.smallest(ev, found, proof)))
			suspects = slices.DeleteFunc(suspects, func(s automaton.RepeatedKey) bool { return s.Key == found.Key })
		}
		if len(suspects) == 0 || c.maker.Spent() {
			return
		}
	}
}

// smallest returns a small event that shows a repeated key, as another does.
func (c *confirmer) smallest(ev event.Event, key automaton.RepeatedKey, proof *Counterexample) *Counterexample {
	proof = witness.Closer(ev, proof, func(ev event.Event) (*Counterexample, bool) {
		if c.maker.Spent() {
			return nil, false
		}
		_, again := c.repeats(ev, []automaton.RepeatedKey{key})
		return again, again != nil
	})
	proof.Unlikely = proof.Event.Unsent(event.Version{}) != ""
	return proof
}

// duplicate returns the finding for a repeated key.
func (c *confirmer) duplicate(s automaton.RepeatedKey, proof *Counterexample) *finding {
	at := int(s.Pos)
	path := ""
	for _, again := range repeatedKeys(proof.Body)[s.Key] {
		if again.offset == proof.Offset {
			path = again.path
		}
	}
	hint := "receivers keep only one of them: remove the other"
	start := stringStart(c.a.source, at)
	if written := c.a.source[start:min(at+1, len(c.a.source))]; c.a.inLoop(at) && c.a.printsOnce(s.Key, written) {
		hint = "each turn of the loop prints it, and receivers keep only one: write a list of objects"
	}
	return &finding{
		rule: ruleDuplicateKey, at: span{start, min(at+1, len(c.a.source))}, path: path,
		message: fmt.Sprintf("the key %q appears twice in one object", s.Key),
		hint:    hint,
		proof:   proof,
	}
}

// printsOnce reports whether the text of the template has a key in one place only, as it
// is written there or with other escapes.
func (a *analyzer) printsOnce(key, written string) bool {
	const longestEscape = len(`\u0000`)
	found, last := 0, ""
	for rest := a.source; ; {
		at := strings.IndexByte(rest, '"')
		if at < 0 {
			return found == 1 && last == written
		}
		rest = rest[at:]
		for end, most := 1, min(len(rest), longestEscape*len(key)+len(`""`)); end < most; end++ {
			if rest[end] == '\\' {
				end++
			} else if rest[end] == '"' {
				if plain := ""; json.Unmarshal([]byte(rest[:end+1]), &plain) == nil && plain == key {
					found, last = found+1, rest[:end+1]
				}
				break
			}
		}
		rest = rest[1:]
	}
}

// stringStart returns the offset of the opening quote of the string whose closing quote is
// at an offset.
func stringStart(source string, closing int) int {
	for start := closing; start > 0; {
		start = strings.LastIndexByte(source[:start], '"')
		if start < 0 {
			break
		}
		before := strings.TrimRight(source[:start], `\`)
		if (start-len(before))%2 == 0 {
			return start
		}
	}
	return closing
}

// repeats executes the template with an event, and returns the first suspect that the
// event shows: the one that printed a key for the second time.
func (c *confirmer) repeats(ev event.Event, suspects []automaton.RepeatedKey) (suspect int, proof *Counterexample) {
	body, origins, sent := c.maker.Trace(ev)
	if !sent || !json.Valid(body) {
		return 0, nil
	}
	repeated := repeatedKeys(body)
	for i, s := range suspects {
		for _, again := range repeated[s.Key] {
			if origin := origins.At(again.offset); origin.Literal && origin.Start != int(s.Pos) {
				continue // another one of the same name
			}
			return i, &Counterexample{Event: ev, Body: body, Offset: again.offset, Error: fmt.Sprintf("duplicate key %q", s.Key)}
		}
	}
	return 0, nil
}

// repetition is where a key occurs in an object that already has it.
type repetition struct {
	offset int // of its closing quote
	path   string
}

// repeatedKeys returns the repeated keys of a JSON text.
func repeatedKeys(body []byte) map[string][]repetition {
	repeated := map[string][]repetition{}
	jsontree.Parse(body).Root.Walk(func(_ string, v *jsontree.Value) {
		seen := make(map[string]bool, len(v.Members))
		for _, m := range v.Members {
			if seen[m.Key] {
				repeated[m.Key] = append(repeated[m.Key], repetition{m.KeyEnd - 1, v.Place() + jsontree.Step(m.Key)})
			}
			seen[m.Key] = true
		}
	})
	return repeated
}
