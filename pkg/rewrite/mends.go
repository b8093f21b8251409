package rewrite

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"github.com/hooktool/hooktool/internal/jsonwords"
)

// Mend is a mistake that a repair corrects although the analysis of the given template
// does not list it, because an earlier mistake hides it.
type Mend struct {
	Rule       string // such as json-structure
	Start, End int    // byte offsets in the given template
	Message    string // what is wrong
	Hint       string // how to fix it
}

// maxMends bounds how many mistakes are recorded.
const maxMends = 200

// mend records a mistake at a place of the current text, unless a repair put it there.
func (f *fixer) mend(m Mend) {
	if len(f.mends) == maxMends {
		return
	}
	start, given := f.place(m.Start)
	if !given {
		return
	}
	m.Start, m.End = start, max(start, f.origin(m.End))
	if !slices.ContainsFunc(f.mends, func(known Mend) bool { return known.Start <= m.End && m.Start <= known.End }) {
		f.mends = append(f.mends, m)
	}
}

// mendProblems records the problems of the current text, once something that hid them
// is repaired.
func (f *fixer) mendProblems() {
	if len(f.done) == 0 {
		return
	}
	quoted := slices.ContainsFunc(f.done, opensString)
	for _, p := range f.analysis.Problems {
		if structural := slices.Contains(separatorRules, p.Rule); structural || !quoted {
			f.mend(Mend{p.Rule, p.Start, p.End, p.Message, p.Hint})
		}
	}
}

// opensString reports whether edits put text into quotes, after which an action in it
// is wrong in another way than before.
func opensString(m made) bool {
	return slices.ContainsFunc(m.edits, func(edit edit) bool { return edit.start == edit.end && strings.Count(edit.text, `"`)%2 == 1 })
}

// mendStray records a stray, if it is a mistake of its own: a bracket or quote that is
// missing can be wanted in more than one place, and is reported once.
func (f *fixer) mendStray(s Stray) {
	switch text := f.text[s.Start:s.End]; {
	case s.closes, s.around && s.What != Comment, strings.ContainsAny(s.Text+text, "{}[]") && s.What != Comment:
	case s.Start < s.End || strings.HasSuffix(s.Text, "null"):
		f.mend(Mend{"json-structure", s.Start, s.End, s.What, s.Hint})
	}
}

// mendEscape records a backslash that begins no escape of JSON.
func (f *fixer) mendEscape(at int) {
	message, hint := jsonwords.BadEscape(f.text[at+1])
	f.mend(Mend{"json-structure", at + 1, at + 2, message, hint}) // where the proof finds one
}

// mendWord records text in place of a value by its first word, unless that is a value.
func (f *fixer) mendWord(start, end int) {
	word, _, _ := strings.Cut(f.text[start:end], leftDelim)
	if word = strings.TrimSpace(word); word == "" || json.Valid([]byte(word)) {
		return
	}
	message, hint := jsonwords.BadValue(word)
	f.mend(Mend{"json-structure", start, end, message, hint})
}

// mendNoValue records a key without a value when a condition does not hold, given where
// the condition and its {{ end }} begin.
func (f *fixer) mendNoValue(start, end int) {
	what := "the value"
	if key, ok := strings.CutSuffix(strings.TrimRight(f.text[:start], ": \t\r\n"), `"`); ok {
		what += " of " + strconv.Quote(key[strings.LastIndexByte(key, '"')+1:])
	}
	at := actionEnd(f.text, end+len(leftDelim))
	at += len(f.text[at:]) - len(strings.TrimLeft(f.text[at:], " \t\r\n")) // where the proof finds it
	f.mend(Mend{"json-structure", at, min(at+1, len(f.text)), what + " is missing in some cases", jsonwords.EveryBranch})
}
