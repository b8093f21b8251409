package jsonflow

import (
	"encoding/json"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strconv"
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

// duplicates executes the template to find which of the suspects are repeated keys. Text
// from data could be any key, so what an attacker might write there says nothing.
func (c *confirmer) duplicates(suspects []automaton.RepeatedKey) {
	fromText, fromData := []automaton.RepeatedKey(nil), []automaton.RepeatedKey(nil)
	for _, s := range suspects {
		if s.Data {
			fromData = append(fromData, s)
		} else {
			fromText = append(fromText, s)
		}
	}
	c.repeated(c.maker.Variety(), fromText)
	c.repeated(c.maker.Ordinary(), fromData)
}

// repeated executes the template with events until each of the suspects is found.
func (c *confirmer) repeated(events iter.Seq[event.Event], suspects []automaton.RepeatedKey) {
	if len(suspects) == 0 {
		return
	}
	for ev := range events {
		for len(suspects) > 0 && !c.maker.Spent() {
			i, proof := c.repeats(ev, suspects)
			if proof == nil {
				break
			}
			found := suspects[i]
			if path := repeatedPath(found, proof); !c.a.repeats(path) {
				c.a.findings = append(c.a.findings, c.duplicate(found, path, c.smallest(ev, found, proof)))
			}
			suspects = slices.DeleteFunc(suspects, func(s automaton.RepeatedKey) bool { return s.Pos == found.Pos })
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

// repeatedPath returns the path of the key that an event repeats.
func repeatedPath(s automaton.RepeatedKey, proof *Counterexample) string {
	for _, again := range timesOf(s, repeatedKeys(proof.Body)) {
		if again.offset == proof.Offset {
			return again.path
		}
	}
	return ""
}

// timesOf returns the repetitions of a key; of one that is from data twice, those of any
// key.
func timesOf(s automaton.RepeatedKey, repeated map[string][]repetition) []repetition {
	if !strings.Contains(s.Key, automaton.Dynamic) {
		return repeated[s.Key]
	}
	var all []repetition
	for _, key := range slices.Sorted(maps.Keys(repeated)) {
		all = append(all, repeated[key]...)
	}
	return all
}

// repeats reports whether a key is known to be repeated, at another place of the text.
func (a *analyzer) repeats(path string) bool {
	return slices.ContainsFunc(a.findings, func(f *finding) bool { return f.rule == ruleDuplicateKey && f.path == path })
}

// duplicate returns the finding for a repeated key.
func (c *confirmer) duplicate(s automaton.RepeatedKey, path string, proof *Counterexample) *finding {
	at := int(s.Pos)
	hint := "receivers keep only one of them: remove the other"
	written := span{stringStart(c.a.source, at), min(at+1, len(c.a.source))}
	key := strconv.Quote(s.Key)
	if action := c.a.order[at]; action != nil {
		written = span{action.Pipe, action.PipeEnd}
	}
	switch {
	case strings.Contains(s.Key, automaton.Dynamic) && c.a.order[at] != nil:
		key = "that " + c.a.source[written.start:written.end] + " prints"
	case strings.Contains(s.Key, automaton.Dynamic):
		key = c.a.source[written.start:written.end]
	case s.Data:
		hint = `receivers keep only one of them: print the data as a value, not as a key`
	case c.a.inLoop(at) && c.a.printsOnce(s.Key, c.a.source[written.start:written.end]):
		hint = "each turn of the loop prints it, and receivers keep only one: write a list of objects"
	}
	return &finding{
		rule: ruleDuplicateKey, at: written, path: path,
		message: "the key " + key + " appears twice in one object",
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
		quote := strings.LastIndexByte(source[:start], '"')
		if action := lastAction(source[:start], quote+1); action >= 0 { // it has quotes of its own
			start = action
			continue
		}
		if start = quote; start < 0 {
			break
		}
		before := strings.TrimRight(source[:start], `\`)
		if (start-len(before))%2 == 0 {
			return start
		}
	}
	return closing
}

// lastAction returns the offset of the last action of a text that ends after an offset;
// -1 if there is none. Braces that end no action are part of a JSON string.
func lastAction(text string, after int) int {
	for end := strings.LastIndex(text, "}}"); end >= after; end = strings.LastIndex(text[:end], "}}") {
		start := strings.LastIndex(text[:end], "{{")
		if start >= 0 && !strings.Contains(text[start:end], "}}") {
			return start
		}
	}
	return -1
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
		for _, again := range timesOf(s, repeated) {
			if origin := origins.At(again.offset); int(s.Pos) < origin.Start || int(s.Pos) >= origin.End {
				continue // another one of the same name
			}
			return i, &Counterexample{Event: ev, Body: body, Offset: again.offset, Error: fmt.Sprintf("duplicate key %q", again.key)}
		}
	}
	return 0, nil
}

// repetition is where a key occurs in an object that already has it.
type repetition struct {
	offset    int // of its closing quote
	path, key string
}

// repeatedKeys returns the repeated keys of a JSON text.
func repeatedKeys(body []byte) map[string][]repetition {
	repeated := map[string][]repetition{}
	jsontree.Parse(body).Root.Walk(func(_ string, v *jsontree.Value) {
		seen := make(map[string]bool, len(v.Members))
		for _, m := range v.Members {
			if seen[m.Key] {
				repeated[m.Key] = append(repeated[m.Key], repetition{m.KeyEnd - 1, v.Place() + jsontree.Step(m.Key), m.Key})
			}
			seen[m.Key] = true
		}
	})
	return repeated
}
