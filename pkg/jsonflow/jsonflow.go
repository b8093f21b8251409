package jsonflow

import (
	"cmp"
	"strings"

	"github.com/hooktool/hooktool/pkg/event"
)

// Verdict is what an analysis finds.
type Verdict string

// The verdicts.
const (
	Proved  Verdict = "proved"   // the body is valid JSON for every event
	Refuted Verdict = "refuted"  // there is an event whose body is not valid JSON
	Unknown Verdict = "unknown"  // neither could be shown
	NotJSON Verdict = "not_json" // the template never means to be JSON
)

// Options change how a template is analysed.
type Options struct {
	CustomFields []string // the keys of the webhook's custom fields
	Executions   int      // of the template at most, in search of events that show problems, a long one counting for several; 0 for 4,000
}

// Analysis is what is known of a template.
type Analysis struct {
	Verdict        Verdict
	Actions        []Action        // the actions that print something, in the order of the text
	Problems       []Problem       // in the order of the text
	Suspects       []Problem       // commas that look wrong, but that every event found breaks the JSON before
	Counterexample *Counterexample // set when Refuted
	Unknown        []Reason        // why it is Unknown
	Steps          int             // that it took, of some hundred nanoseconds: the same on every machine

	halted  bool // at a limit of the whole
	blocked bool // by a type error
}

// Action is an action that prints, such as {{ .Status }}. What a called template
// prints belongs to the actions in it. Offsets are bytes of the template.
type Action struct {
	Start, End int // from {{ up to after }}
	Pipe       int // where its pipeline begins
	PipeEnd    int // and ends
	Contexts   []Context
}

// Context is a place in the JSON where an action stands. An action can be in
// several: in a template that is called twice, after branches that differ.
type Context struct {
	Place  Place
	Path   string // of the value that is being written, such as $.text or $.embeds[*].title
	Nested bool   // in a string: Coroot does not repair a line break here
	Safe   bool   // whatever is printed here keeps the JSON valid
}

// Place is what surrounds an action.
type Place string

// The places.
const (
	InString Place = "string"  // within the quotes of a string value
	InKey    Place = "key"     // within the quotes of a key
	AsValue  Place = "value"   // where a value must stand
	AsKey    Place = "as key"  // where a key with its quotes must stand
	Outside  Place = "outside" // anywhere else: before, after or between values
	InText   Place = "text"    // in plain text
)

// Problem is one cause of invalid JSON, or of a text that is not what was meant.
type Problem struct {
	Rule           string // such as json-unescaped
	Start, End     int    // byte offsets in the template
	Path           string // the JSON path
	Message        string // what is wrong
	Hint           string // what would be right; may be empty
	Fixable        bool
	Counterexample *Counterexample // an event that shows it; nil when none was found or needed
}

// Counterexample is an event that shows a problem: its body is not valid JSON or,
// for json-duplicate-key, has a key twice.
type Counterexample struct {
	Event    event.Event
	Body     []byte // as Coroot sends it
	Offset   int    // the byte of the body at which the JSON breaks, or where the key comes again
	Error    string // what encoding/json says of it
	Unlikely bool   // the event needs a text that Coroot hardly sends, such as a quote in a URL
}

// Reason is why a template could not be judged.
type Reason struct {
	Start, End int // the place in the template; both 0 for the whole
	Message    string
}

func compareContexts(x, y Context) int {
	return cmp.Or(strings.Compare(x.Path, y.Path), strings.Compare(string(x.Place), string(y.Place)))
}
