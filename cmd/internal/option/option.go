// Package option defines the flags that mean the same in several commands, and
// completes their values in shells.
package option

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/hooktool/hooktool/cmd/internal/exit"
	"github.com/hooktool/hooktool/internal/words"
	"github.com/hooktool/hooktool/pkg/destination"
	"github.com/hooktool/hooktool/pkg/destination/catalog"
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// Format defines --format; the first of the formats is the default.
func Format(cmd *cobra.Command, value *string, formats ...string) {
	*value = formats[0]
	cmd.Flags().Var(&wordValue{value: value, words: formats}, "format", "print as "+words.Or(append([]string{"`" + formats[0] + "`"}, formats[1:]...)))
	once(cmd.Flags().Lookup("format"))
	CompleteBy(cmd, "format", cobra.FixedCompletions(formats, cobra.ShellCompDirectiveNoFileComp))
}

// The values of --states.
const (
	StatesOne = "one"
	StatesAll = "all"
)

// wordValue is the value of a flag that accepts one of a few words.
type wordValue struct {
	value *string
	words []string
	noun  string // what messages call a word; if set, the flag may be empty
}

func (v *wordValue) String() string { return *v.value }
func (v *wordValue) Type() string   { return "string" }

// Accepts reports whether a text is one of the words.
func (v *wordValue) Accepts(text string) bool { return slices.Contains(v.words, text) }

func (v *wordValue) Set(text string) error {
	if text != "" || v.noun == "" {
		if err := oneOf(cmp.Or(v.noun, "value"), text, v.words); err != nil {
			return err
		}
	}
	*v.value = text
	return nil
}

// oneOf rejects what is not one of a few words, which are called what.
func oneOf(what, text string, allowed []string) error {
	if slices.Contains(allowed, text) {
		return nil
	}
	return &wordError{problem: fmt.Sprintf("unknown %s %q: it must be %s", what, text, words.Or(allowed)), hint: words.Suggest(text, allowed, "")}
}

// wordError reports a word that a flag does not accept.
type wordError struct{ problem, hint string }

func (e *wordError) Error() string { return e.problem }

// Problem returns the message for an error of setting a flag, if it is about a value
// that the flag does not accept, a missing value or a flag that is given twice.
func Problem(err error) (error, bool) {
	var (
		word    *wordError
		twice   *twiceError
		invalid *pflag.InvalidValueError
		missing *pflag.ValueRequiredError
	)
	switch {
	case errors.As(err, &missing):
		flag := missing.GetFlag()
		return exit.Usage(valueHint(flag), "--%s needs a value", flag.Name), true
	case !errors.As(err, &invalid):
		return err, false
	case invalid.GetFlag().Value.Type() == "bool":
		return exit.Usage("", "--%s %q must be true or false", invalid.GetFlag().Name, invalid.GetValue()), true
	case errors.As(err, &twice):
		return exit.Usage("remove one of them", "--%s is given twice", invalid.GetFlag().Name), true
	case !errors.As(err, &word):
		return err, false
	}
	between := " "
	if !strings.HasPrefix(word.problem, `"`) {
		between = ": "
	}
	return exit.Usage(word.hint, "--%s%s%w", invalid.GetFlag().Name, between, word), true
}

// valueHint says what a flag takes: one of its words, or what its usage says.
func valueHint(flag *pflag.Flag) string {
	value := flag.Value
	if once, ok := value.(onceValue); ok {
		value = once.Value
	}
	if v, ok := value.(*wordValue); ok {
		return "it must be " + words.Or(v.words)
	}
	name, usage := pflag.UnquoteUsage(flag)
	return fmt.Sprintf("--%s %s: %s", flag.Name, name, usage)
}

// ParseKind parses a kind as users write it.
func ParseKind(name string) (event.Kind, error) {
	kind, err := event.ParseKind(name)
	if err != nil {
		hint := words.Suggest(name, event.KindNames(), "")
		return "", exit.Usage(hint, "%w", err)
	}
	return kind, nil
}

// WithTurns also limits the turns of loops if the time limit is not the default; each
// turn takes about a microsecond.
func WithTurns(l webhook.Limits) webhook.Limits {
	if l.Time != webhook.DefaultLimits().Time {
		l.Turns = int(l.Time / time.Microsecond)
	}
	return l
}

// Pairs splits the values of a flag, such as PATH=VALUE.
func Pairs(values []string) [][2]string {
	var list [][2]string
	for _, value := range values {
		key, text, _ := strings.Cut(value, "=")
		list = append(list, [2]string{key, text})
	}
	return list
}

// Values splits values as Pairs does; the last value of a key wins.
func Values(list []string) map[string]string {
	values := map[string]string{}
	for _, pair := range Pairs(list) {
		values[pair[0]] = pair[1]
	}
	return values
}

// OneWord checks that a value is one of a few words; what describes it in the error.
func OneWord(what, value string, allowed ...string) error {
	var wrong *wordError
	if errors.As(oneOf(what, value, allowed), &wrong) {
		return exit.Usage(wrong.hint, "%w", wrong)
	}
	return nil
}

// Destination returns the destination with a name that the user gave.
func Destination(name string) (*destination.Destination, error) {
	if name == "" {
		return nil, exit.Usage("the destinations are "+strings.Join(catalog.Names(), ", "), "no destination was given")
	}
	if _, err := catalog.Detect(catalog.Hints{Name: name}); err != nil {
		return nil, err
	}
	return catalog.ByName(name), nil
}
