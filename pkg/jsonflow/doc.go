// Package jsonflow decides whether the body that a template makes is valid JSON for
// every event of its kind. Where it is not, it gives an event that breaks it.
//
//	analysis, err := jsonflow.Analyze(ctx, event.KindAlert, text, jsonflow.Options{})
//	switch analysis.Verdict {
//	case jsonflow.Proved:  // no event breaks it
//	case jsonflow.Refuted: // analysis.Counterexample.Event does
//	...
//
// What the verdicts promise is written down in docs/proof.md. The rest of this
// comment is for readers of the code.
//
// # The idea
//
// It is abstract interpretation: the template is executed with sets of values in
// place of values, and with an automaton that reads JSON in place of the output.
// A [state] is one way in which the execution can be at a place of the template:
//
//   - doc: the automaton's configuration, with the stack of open arrays and
//     objects (internal/automaton);
//   - env: the dot and the variables, each an abstract value (state.go, value.go);
//   - facts: what the conditions on the way have told about the event (facts.go);
//   - trace: how it got there, from which an event can be made (witness.go).
//
// At each node of the template there is a set of states. Text moves the automaton
// of each. A condition splits each state by what is then known, and where the
// branches meet the two sets become one. If no state ever meets a byte that JSON
// does not allow, and all end after a whole document, the template is proved.
//
// JSON has a stack, but templates do not recurse over data, so the stacks that
// occur are few and are kept exactly. All parts of a state are interned: equal ones
// are one pointer, two states are compared by three pointers, and reading the
// same text from the same configuration is done once.
//
// # Values
//
// A text is a list of parts (value.go): literals, any text, one of a set, a number, what
// is between the quotes of a JSON string, and what the escapers of other
// languages leave. So json .URL is a quote, a part that is safe within a string,
// and a quote; and slice . 1 (len (slice . 1)) on it is the middle part
// (slices.go: lengths are known in terms of the expression that they are of).
// Texts of the event have a path, and enumerated fields the set of their values.
// A value of which nothing is known prints any text: whatever is not modelled makes
// the analysis less sure, never wrong.
//
// Numbers are ranges, or lengths and indexes of lists plus a constant (numbers.go),
// which is enough to see that ne 1 (len (slice $.Reports $i)) says "not the last".
//
// # Facts
//
// A condition is turned into a formula over places of the event (formula.go): .Status
// is one of these, .RCASummary is not empty, .Reports has at least one element, this
// turn is the last. Assuming it adds facts, and facts that contradict each
// other end the way. A condition that is not understood is a fact of its own when its
// operands come from the event, because the same comparison will have the same
// outcome later; else both branches are taken and nothing is learnt.
//
// Facts multiply states: after n independent conditions there would be 2ⁿ. They are
// dropped where no later part of the template mentions what they are about
// (live.go), and the states become one again (merge.go). The values of variables likewise.
//
// # Loops and calls
//
// A range is walked turn by turn until a turn begins in no new state (loops.go). The
// first turn has index 0, later ones 1 or more. What is known of an element is
// forgotten when its turn ends: the next element has the same path. After some
// turns, variables that still change are taken for any text.
//
// The outcome of a template call is kept by the state that it began in (calls.go),
// so a chain of templates that each call the next one twice is no problem. A call
// of itself in the same state has the outcomes known so far, and the walk is
// repeated until there are no more. Outcomes found while a call around was still
// incomplete are not kept.
//
// # Problems and verdicts
//
// What an action prints is checked by where it stands (emit.go). Free text in a
// string is a problem, but the walk goes on as if it had been harmless, so that one
// unescaped field does not hide a missing comma. After a missing comma
// it goes on as if the comma were there; after what cannot be read at all, the way ends.
// Ways on which nothing but a word, a number or a bracket came before an error
// are plain text (IsText in internal/automaton).
//
// A problem is a claim of the abstraction. To confirm it, the trace of a state is
// turned into demands on an event (witness.go), a sample is changed to meet them (internal/witness), a
// believable text is put into the field that matters, and the real engine
// executes it, newline repair included (confirm.go). Only then is a template refuted. When
// that fails, generated events are tried; when these fail too, the verdict is unknown.
//
// # Bounds
//
// Everything is bounded (limits in analyze.go): states in one place, turns, calls,
// steps. None hangs on the clock. A bound that is met gives a [Reason], and a template with a
// reason is never proved. When there are too many states in one place, knowledge
// is given up first: what texts are made of, then facts. That is always sound, since
// fewer facts allow more ways.
//
// # Where to begin reading
//
// internal/automaton, then read.go, emit.go and walk.go, which use it; value.go and eval.go;
// facts.go and formula.go; loops.go; verdict.go and confirm.go. fault_test.go lists the
// mistakes that the tests plant to see that they would be found.
package jsonflow
