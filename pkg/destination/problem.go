package destination

// Severity says how bad a problem is.
type Severity string

// The severities.
const (
	Error   Severity = "error"   // the message does not arrive, or not as meant
	Warning Severity = "warning" // it arrives, but something in it is lost or unwanted
	Info    Severity = "info"    // worth knowing
)

// Effect is what a destination does about a problem.
type Effect string

// The effects.
const (
	Refused  Effect = "refused"  // the message is not taken
	Cut      Effect = "cut"      // the excess is left out
	Split    Effect = "split"    // the message is split into several
	Altered  Effect = "altered"  // something is shown differently from how it was written
	Ignored  Effect = "ignored"  // a field has no effect
	Vanishes Effect = "vanishes" // the object that contains the value is silently not shown
	Pings    Effect = "pings"    // people are notified
	Taken    Effect = "taken"    // nothing: it is not a problem
	Unsaid   Effect = ""         // not documented
)

// severity returns the default severity of an effect.
func (e Effect) severity() Severity {
	if e == Refused {
		return Error
	}
	return Warning
}

// verb says what a destination does, with its name as the subject.
func (e Effect) verb() string {
	switch e {
	case Refused:
		return "refuses the message"
	case Cut:
		return "cuts the rest"
	case Split:
		return "splits it into several messages"
	case Altered:
		return "alters it"
	case Ignored:
		return "ignores it"
	case Vanishes:
		return "does not show the part it is in"
	case Pings:
		return "notifies people"
	}
	return "does not document what happens then"
}

// The rules whose problems Check finds.
const (
	RuleShape  = "payload-shape"
	RuleLength = "length-limit"
	RuleMarkup = "markup-error"
	RulePing   = "ping"
)

// Problem is something in a payload that its destination refuses or alters.
type Problem struct {
	Rule     string
	Severity Severity
	Path     string // the JSON path of the value, such as $.embeds[0].title
	Offset   int    // where the value is in the body, in bytes from 0
	Effect   Effect
	Message  string
	Hint     string // what to do about it; may be empty
	Max      int    // the limit that is exceeded, for a problem of lengths
}
