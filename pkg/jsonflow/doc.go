// Package jsonflow decides whether the body that a template produces is valid JSON for
// every event of its kind. If it is not, the package returns an event that breaks it.
//
//	analysis, err := jsonflow.Analyze(ctx, event.KindAlert, text, jsonflow.Options{})
//	switch analysis.Verdict {
//	case jsonflow.Proved:  // no event breaks it
//	case jsonflow.Refuted: // analysis.Counterexample.Event does
//	...
//
// The guarantees behind the verdicts are described in docs/proof.md. The rest of this
// comment is for readers of the code.
//
// # The idea
//
// The analysis is an abstract interpretation: it executes the template with sets of
// values instead of values, and with an automaton that reads JSON instead of the
// output. A [state] is one possible state of the execution at a place in the template:
//
//   - doc: the automaton's configuration, with the stack of open arrays and
//     objects (internal/automaton);
//   - env: the dot and the variables, each an abstract value (state.go, value.go);
//   - facts: what the conditions on the way imply about the event (facts.go);
//   - trace: how the state was reached, from which an event can be made (witness.go).
//
// At each node of the template there is a set of states. Text moves the automaton of
// each state. A condition splits each state by what is then known, and the two sets are
// merged where the branches join. If no state ever reaches a byte that JSON does not
// allow, and all end after a complete document, the template is proved.
//
// JSON needs a stack, but templates do not recurse over data, so only a few stacks
// occur and they are kept exactly. All parts of a state are interned: equal parts are
// the same pointer, comparing two states means comparing three pointers, and the same
// text is read only once from the same configuration.
//
// # Values
//
// A text is a list of parts (value.go): literals, any text, one of a set, a number, the
// inside of a JSON string, and the output of escapers for other languages. For example,
// json .URL is a quote, a part that is safe in a string, and a quote; slice . 1 (len
// (slice . 1)) of it is the middle part (slices.go tracks lengths relative to the
// expression that they belong to). Texts from the event have a path, and enumerated
// fields have the set of their values. A value about which nothing is known prints any
// text: constructs that are not modelled make the analysis less precise, never wrong.
//
// Numbers are ranges, or lengths and indexes of lists plus a constant (numbers.go).
// This is enough to see that ne 1 (len (slice $.Reports $i)) means "not the last".
//
// # Facts
//
// A condition is turned into a formula over places in the event (formula.go): .Status
// is one of these, .RCASummary is not empty, .Reports has at least one element, this
// turn is the last. Assuming it adds facts, and facts that contradict each other end
// the execution path. A condition that is not modelled becomes a fact itself if its
// operands come from the event, because the same comparison will have the same outcome
// later. Otherwise, both branches are taken and nothing is learned.
//
// Facts multiply states: n independent conditions would lead to 2ⁿ. Facts are dropped
// when no later part of the template mentions what they are about (live.go), and the
// states are then merged (merge.go). The same applies to the values of variables.
//
// # Loops and calls
//
// A range is walked turn by turn until a turn begins in no new state (loops.go). The
// first turn has index 0, later ones 1 or more. Facts about an element are dropped when
// its turn ends, because the next element has the same path. After a few turns,
// variables that still change are treated as any text.
//
// The outcome of a template call is cached by the state in which it began (calls.go),
// so a chain of templates that each call the next one twice is not a problem. A
// recursive call in the same state yields the outcomes known so far, and the walk is
// repeated until there are no new ones. Outcomes that depend on an enclosing call that
// was still incomplete are not kept.
//
// # Problems and verdicts
//
// The output of an action is checked by its place in the JSON (emit.go). Free text in a
// string is a problem, but the walk continues as if it were harmless, so that one
// unescaped field does not hide a missing comma. After a missing comma, the walk
// continues as if the comma were present; after text that cannot be read at all, the
// execution path ends. Paths with only a word, a number or a bracket before an error
// are plain text (IsText in internal/automaton).
//
// A problem is a claim of the abstraction. To confirm it, the trace of a state is
// turned into demands on an event (witness.go), a sample is changed to meet them
// (internal/witness), a believable text is put into the field that matters, and the
// real engine executes the template, including newline repair (confirm.go). Only then
// is a template refuted. If that fails, generated events are tried; if these fail too,
// the verdict is unknown.
//
// # Bounds
//
// Everything is bounded (limits in analyze.go): states at one place, turns, calls,
// steps. No bound depends on the clock. Reaching a bound gives a [Reason], and a
// template with a reason is never proved. If there are too many states at one place,
// knowledge is dropped first: the composition of texts, then facts. That is always
// sound, because fewer facts allow more execution paths.
//
// # Where to start reading
//
// Start with internal/automaton, then read.go, emit.go and walk.go, which use it;
// value.go and eval.go; facts.go and formula.go; loops.go; verdict.go and confirm.go.
// fault_test.go lists the faults that the tests inject to check that they would be
// detected.
package jsonflow
