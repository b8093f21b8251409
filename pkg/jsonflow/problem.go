package jsonflow

import "github.com/hooktool/hooktool/internal/automaton"

// The rules, as named by validate and explain.
const (
	ruleStructure    = "json-structure"
	ruleUnescaped    = "json-unescaped"
	ruleUnquoted     = "json-unquoted"
	ruleInQuotes     = "json-in-quotes"
	ruleWrongEscaper = "json-wrong-escaper"
	ruleControl      = "json-control-character"
	ruleSeparator    = "json-separator"
	ruleDuplicateKey = "json-duplicate-key"
	ruleMixed        = "json-mixed"
	ruleNotJSON      = "not-json"
)

// finding is a problem under investigation.
type finding struct {
	rule    string
	at      span
	path    string
	message string
	hint    string
	fixable bool
	root    bool            // in a string that is the whole document, or in plain text that begins with a quote
	harm    bool            // makes the JSON invalid; otherwise only the text is wrong
	src     *path           // the field whose text causes it; nil if no field's text matters
	bad     []string        // texts that break it, the most believable first
	comma   bool            // a comma is missing or superfluous
	before  bool            // the ways to it break the JSON in front of it
	bracket automaton.Error // ErrBracket: it closes the wrong one; ErrKeyUnquoted: it opens the next element in an object that is not closed
	follows bool            // every path to it passes an error after which the rest is ambiguous
	ways    []*trace
	proof   *Counterexample
	shrink  func()  // makes the event of the proof small; nil if it is
	quality quality // of the proof
	fails   bool    // the template fails for an event that would show it
}

// maxWays limits the paths to a problem that are tried.
const maxWays = 6

type findingKey struct {
	rule  string
	start int
}

// record adds a problem, or another path to a known one.
func (a *analyzer) record(f finding, st *state) {
	key := findingKey{f.rule, f.at.start}
	known, ok := a.found[key]
	if !ok {
		known = &f
		a.found[key] = known
		a.findings = append(a.findings, known)
	}
	if known.src == nil {
		known.src = f.src
	}
	if known.before && !f.before {
		known.before, known.ways = false, nil // a way that breaks the JSON there shows it better
	}
	known.follows = st.faulty && (known.follows || !ok)
	if n := len(known.ways); n < maxWays && (n == 0 || known.ways[n-1] != st.trace) {
		known.ways = append(known.ways, st.trace)
	}
	a.faults++
}
