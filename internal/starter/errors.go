package starter

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/hooktool/hooktool/internal/words"
	"github.com/hooktool/hooktool/pkg/destination"
	"github.com/hooktool/hooktool/pkg/source"
)

// ExistsError reports existing files that would be overwritten.
type ExistsError struct{ Paths []string }

func (e *ExistsError) Error() string {
	if len(e.Paths) == 1 {
		return fmt.Sprintf("%q already exists", e.Paths[0])
	}
	quoted := make([]string, len(e.Paths))
	for i, path := range e.Paths {
		quoted[i] = strconv.Quote(path)
	}
	return strings.Join(quoted, ", ") + " already exist"
}

// Problem returns the error with advice; see source.Teller.
func (e *ExistsError) Problem() *source.Problem {
	return &source.Problem{Message: e.Error(), Hint: "give another folder with --dir, or overwrite with --force; nothing was written", Err: e}
}

// DefinedError reports a webhook that is defined and does not use the templates to write.
type DefinedError struct{ Name, Config string }

func (e *DefinedError) Error() string {
	return fmt.Sprintf("the webhook %s is already defined in %s, with other templates", e.Name, e.Config)
}

// Problem returns the error with advice; see source.Teller.
func (e *DefinedError) Problem() *source.Problem {
	return &source.Problem{Message: e.Error(), Hint: "give --name for another webhook, or --dir with the folder of its templates; nothing was written", Err: e}
}

// ValueError reports a name in Options.Values that no template has.
type ValueError struct {
	Name    string
	Nearest string  // the name that was probably meant; may be empty
	Values  []Value // the values that exist
}

func (e *ValueError) Error() string {
	if len(e.Values) == 0 {
		return fmt.Sprintf("there is no value %q: these templates have none", e.Name)
	}
	names := make([]string, len(e.Values))
	for i, value := range e.Values {
		names[i] = value.Name
	}
	return fmt.Sprintf("there is no value %q; there is %s", e.Name, strings.Join(names, ", "))
}

// Problem returns the error with the name that was probably meant.
func (e *ValueError) Problem() *source.Problem {
	p := &source.Problem{Message: e.Error(), Err: e}
	if e.Nearest != "" {
		p.Hint = words.DidYouMean(e.Nearest)
	}
	return p
}

// RefusedError reports a value that the destination would refuse.
type RefusedError struct{ Why destination.Problem }

func (e *RefusedError) Error() string {
	return strings.TrimPrefix(e.Why.Path, "$.") + ": " + e.Why.Message
}

// Problem returns the error with the destination's hint.
func (e *RefusedError) Problem() *source.Problem {
	return &source.Problem{Message: e.Error(), Hint: e.Why.Hint, Err: e}
}

// OutsideError reports a template that the configuration could not name: see
// config.MayName.
type OutsideError struct {
	Path, Config string
	Why          error
}

func (e *OutsideError) Error() string {
	return fmt.Sprintf("%s could not name the template %q: %v", e.Config, e.Path, e.Why)
}

// Problem returns the error with advice; see source.Teller.
func (e *OutsideError) Problem() *source.Problem {
	return &source.Problem{Message: e.Error(), Hint: "give a folder of the project with --dir; nothing was written", Err: e}
}

// Misuse is true because the user chose the folder; see source.Misuse.
func (e *OutsideError) Misuse() bool { return true }
