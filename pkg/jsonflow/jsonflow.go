package jsonflow

import (
	"cmp"
	"strings"

	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/typecheck"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// Verdict is the result of an analysis.
type Verdict string

// The verdicts.
const (
	Proved  Verdict = "proved"   // the body is valid JSON for every event
	Refuted Verdict = "refuted"  // there is an event whose body is not valid JSON
	Unknown Verdict = "unknown"  // neither could be shown
	NotJSON Verdict = "not_json" // the template is not meant to be JSON
)

// Options change how a template is analysed.
type Options struct {
	CustomFields []string // the keys of the webhook's custom fields
	Steps        int      // limit on steps of the analysis, without executions; 0 means 1.5 million, and fewer for a long template
	Executions   int      // limit on executions to find events; long ones count as several; 0 means 4,000

	// Types returns the result of typecheck.CheckTemplate for the template with these
	// fields, if it is already known; nil to check the types.
	Types func() ([]typecheck.Problem, error)
}

// Analysis is what is known about a template.
type Analysis struct {
	Template       *webhook.Template // what was analysed, parsed with webhook.WithOrigins
	Verdict        Verdict
	Actions        []Action        // the actions that print something, in text order
	Problems       []Problem       // in text order
	Suspects       []Problem       // commas that look wrong, but every event found breaks the JSON earlier
	Counterexample *Counterexample // set when Refuted
	Unknown        []Reason        // why the verdict is Unknown
	Steps          int             // a few hundred nanoseconds each; the same count on every machine

	// Types returns the result of typecheck.CheckTemplate, once it was asked for or given.
	Types func() ([]typecheck.Problem, error)

	halted  bool // stopped at a global limit
	blocked bool // by a type error
}

// Action is an action that prints, such as {{ .Status }}. What a called template prints
// belongs to the actions in that template. Offsets are in bytes of the template.
type Action struct {
	Start, End int // from {{ until after }}
	Pipe       int // where its pipeline begins
	PipeEnd    int // where its pipeline ends
	Contexts   []Context
}

// Context is the place of an action in the JSON. An action can have several, for
// example in a template that is called twice or after branches that differ.
type Context struct {
	Place  Place
	Path   string // of the value being written, such as $.text or $.embeds[*].title
	Nested bool   // in a string in which Coroot does not repair line breaks
	Safe   bool   // anything printed here keeps the JSON valid
}

// Place is what surrounds an action.
type Place string

// The places.
const (
	InString Place = "string"  // inside the quotes of a string value
	InKey    Place = "key"     // inside the quotes of a key
	AsValue  Place = "value"   // where a value is expected
	AsKey    Place = "as key"  // where a key with its quotes is expected
	Outside  Place = "outside" // anywhere else: before, after or between values
	InText   Place = "text"    // in plain text
)

// Problem is one cause of invalid JSON or of unintended text.
type Problem struct {
	Rule           string // such as json-unescaped
	Start, End     int    // byte offsets in the template
	Path           string // the JSON path
	Message        string // what is wrong
	Hint           string // how to fix it; may be empty
	Fixable        bool
	Counterexample *Counterexample // an event that shows it; nil if none was found or needed
}

// Counterexample is an event that shows a problem: its body is not valid JSON or, for
// json-duplicate-key, repeats a key.
type Counterexample struct {
	Event    event.Event
	Body     []byte // as Coroot sends it
	Offset   int    // the byte of the body at which the JSON breaks or the key is repeated
	Error    string // the error from encoding/json
	Unlikely bool   // the event needs a text that Coroot is unlikely to send, such as a quote in a URL
}

// Reason is a reason why the analysis is inconclusive.
type Reason struct {
	Start, End int // the place in the template; both 0 for the whole template
	Message    string
	Hint       string // may be empty
	TypeError  bool   // Message and Hint are those of a type error that pkg/typecheck finds
}

func compareContexts(x, y Context) int {
	return cmp.Or(strings.Compare(x.Path, y.Path), strings.Compare(string(x.Place), string(y.Place)))
}
