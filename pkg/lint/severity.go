package lint

import (
	"fmt"
	"strings"
)

// Severity says how bad a finding is. The zero Severity is none.
type Severity string

// The severities, and Off for a rule that is not run.
const (
	Error   Severity = "error"   // some event is not delivered, or arrives broken
	Warning Severity = "warning" // something is most likely not what was meant
	Info    Severity = "info"    // something could be better
	Off     Severity = "off"
)

// Severities lists the severities from the worst to the mildest.
func Severities() []Severity { return []Severity{Error, Warning, Info} }

// rank orders severities; a higher one is worse.
func (s Severity) rank() int {
	switch s {
	case Error:
		return 3
	case Warning:
		return 2
	case Info:
		return 1
	}
	return 0
}

// AtLeast reports whether a severity is as bad as another or worse.
func (s Severity) AtLeast(other Severity) bool { return s.rank() >= other.rank() }

// ParseSeverity reads a severity or off.
func ParseSeverity(text string) (Severity, error) {
	switch s := Severity(strings.ToLower(text)); s {
	case Error, Warning, Info, Off:
		return s, nil
	}
	return "", fmt.Errorf("unknown severity %q: it must be error, warning, info or off", text)
}
