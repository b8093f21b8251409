package lint

import (
	"bytes"
	"encoding/json"
	"fmt"

	"github.com/hooktool/hooktool/pkg/event"
)

func jsonDuplicateKey() Rule {
	return Rule{
		ID: "json-duplicate-key", Severity: Warning,
		Summary: "a key stands twice in one object",
		Why: "JSON leaves open which of the two counts. Most receivers take the last one, some the first, and some refuse the\n" +
			"message. It happens when a branch and the text behind it both write the key.",
		Bad: Example{
			Kind: event.KindIncident,
			Text: `{"text": {{ json .Status }}{{ if .Reports }}, "text": "open"{{ end }}}`,
			At:   []string{"1:47"},
		},
		Good: Example{
			Kind: event.KindIncident,
			Text: `{"text": {{ json .Status }}{{ if .Reports }}, "state": "open"{{ end }}}`,
		},
		check: checkDuplicateKeys,
	}
}

func checkDuplicateKeys(p *pass) {
	seen := map[at]bool{}
	for _, r := range p.render() {
		if r.failure != nil || !r.trial.mild {
			continue
		}
		for _, key := range duplicateKeys(r.body) {
			from := r.origins.At(key.start)
			where := at{from.Start, from.End}
			if !seen[where] {
				seen[where] = true
				f := p.report(where, fmt.Sprintf("the key %q stands twice in one object", key.name), "leave one of them out")
				f.Evidence = r.evidence(key.start, "")
			}
		}
	}
}

// keyAt is a key of a JSON object, and where it begins.
type keyAt struct {
	name  string
	start int
}

// duplicateKeys returns the keys of a JSON text that were there before in the
// same object. There are none in what is no JSON.
func duplicateKeys(body []byte) []keyAt {
	if !json.Valid(body) {
		return nil
	}
	var found []keyAt
	dec := json.NewDecoder(bytes.NewReader(body))
	type level struct {
		keys  map[string]bool // nil in an array
		value bool            // a value comes next, not a key
	}
	var open []level
	for {
		start := int(dec.InputOffset())
		token, err := dec.Token()
		if err != nil {
			return found
		}
		last := len(open) - 1
		if delim, ok := token.(json.Delim); ok && (delim == '}' || delim == ']') {
			open = open[:last]
			continue
		}
		if last >= 0 && open[last].keys != nil {
			if name, isKey := token.(string); isKey && !open[last].value {
				if open[last].keys[name] {
					start += bytes.IndexByte(body[start:], '"')
					found = append(found, keyAt{name, start})
				}
				open[last].keys[name], open[last].value = true, true
				continue
			}
			open[last].value = false
		}
		switch token {
		case json.Delim('{'):
			open = append(open, level{keys: map[string]bool{}})
		case json.Delim('['):
			open = append(open, level{})
		}
	}
}
