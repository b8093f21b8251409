package lint

import (
	"fmt"
	"strings"

	"github.com/hooktool/hooktool/internal/words"
	"github.com/hooktool/hooktool/pkg/source"
)

// Severity is how bad a finding is. The zero Severity means none.
type Severity string

// The severities, and Off, which disables a rule.
const (
	Error   Severity = "error"   // some event is not delivered or arrives broken
	Warning Severity = "warning" // something is most likely not intended
	Info    Severity = "info"    // something could be improved
	Off     Severity = "off"
)

// Severities returns the severities from worst to mildest.
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

// AtLeast reports whether s is at least as bad as other.
func (s Severity) AtLeast(other Severity) bool { return s.rank() >= other.rank() }

// ParseSeverity parses a severity or off. The error is a *source.Problem.
func ParseSeverity(text string) (Severity, error) {
	switch s := Severity(strings.ToLower(text)); s {
	case Error, Warning, Info, Off:
		return s, nil
	}
	var names []string
	for _, s := range append(Severities(), Off) {
		names = append(names, string(s))
	}
	return "", &source.Problem{
		Message: fmt.Sprintf("unknown severity %q: it must be %s", text, words.Or(names)), Hint: words.Suggest(text, names, ""),
	}
}
