package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/hooktool/hooktool/internal/words"
	"github.com/hooktool/hooktool/pkg/destination/catalog"
	"github.com/hooktool/hooktool/pkg/event"
)

// wordVarP defines a flag that takes one of a few words: help lists them, shells
// complete them, and another one is an error that suggests the nearest.
func wordVarP(cmd *cobra.Command, value *string, name, short, usual, usage string, list ...string) {
	*value = usual
	cmd.Flags().VarP(&wordValue{value: value, words: list}, name, short, usage+": "+words.Or(list))
	completeWith(cmd, name, list...)
}

// kindVar defines --type.
func kindVar(cmd *cobra.Command, value *string, usage string) {
	kinds := event.KindNames()
	cmd.Flags().VarP(&wordValue{value: value, words: kinds, noun: "kind"}, "type", "t", usage+": "+words.Or(kinds))
	completeWith(cmd, "type", kinds...)
}

// formatVar defines --format; the first of the formats is the usual one.
func formatVar(cmd *cobra.Command, value *string, formats ...string) {
	*value = formats[0]
	cmd.Flags().Var(&wordValue{value: value, words: formats}, "format", "print as "+words.Or(append([]string{"`" + formats[0] + "`"}, formats[1:]...)))
	completeWith(cmd, "format", formats...)
}

// destinationVar defines --destination.
func destinationVar(cmd *cobra.Command, value *string) {
	cmd.Flags().VarP(destinationValue{value}, "destination", "d", "the `name` of the receiving system, such as telegram; see hooktool destinations")
	completeBy(cmd, "destination", completeDestinations)
}

// webhookVar defines --webhook.
func (a *app) webhookVar(cmd *cobra.Command, value *string, usage string) {
	cmd.Flags().StringVarP(value, "webhook", "w", "", usage)
	completeBy(cmd, "webhook", a.completeWebhooks)
}

// statesVar defines --states.
func statesVar(cmd *cobra.Command, value *string) {
	wordVarP(cmd, value, "states", "", statesOne, "use one of the built-in events of the kind, or all", statesOne, statesAll)
}

// The values of --states.
const (
	statesOne = "one"
	statesAll = "all"
)

// wordValue is the value of a flag that takes one of a few words.
type wordValue struct {
	value *string
	words []string
	noun  string // what a word is where none need be said, for messages; may be empty
}

func (v *wordValue) String() string { return *v.value }
func (v *wordValue) Type() string   { return "string" }

func (v *wordValue) Set(text string) error {
	if !slices.Contains(v.words, text) && (text != "" || v.noun == "") {
		problem := fmt.Sprintf("%q is not known; it must be %s", text, words.Or(v.words))
		if v.noun != "" {
			problem = fmt.Sprintf("unknown %s %q: it must be %s", v.noun, text, words.Or(v.words))
		}
		return &wordError{problem: problem, hint: words.Suggest(text, v.words, "")}
	}
	*v.value = text
	return nil
}

// destinationValue is the value of --destination: a name or another name of one.
type destinationValue struct{ value *string }

func (v destinationValue) String() string { return *v.value }
func (v destinationValue) Type() string   { return "string" }

func (v destinationValue) Set(text string) error {
	var unknown *catalog.UnknownError
	if _, err := catalog.Detect(catalog.Hints{Name: text}); errors.As(err, &unknown) {
		return &wordError{problem: fmt.Sprintf("%q is not known; it must be one of %s", text, words.Or(catalog.Names())), hint: unknown.Problem().Hint}
	}
	*v.value = text
	return nil
}

// wordError is a word that a flag does not take.
type wordError struct{ problem, hint string }

func (e *wordError) Error() string { return e.problem }

// wordProblem words the error of setting a flag, if it is about a word that it does
// not take.
func wordProblem(err error) (error, bool) {
	var (
		word    *wordError
		invalid *pflag.InvalidValueError
	)
	if !errors.As(err, &word) || !errors.As(err, &invalid) {
		return err, false
	}
	between := " "
	if !strings.HasPrefix(word.problem, `"`) {
		between = ": "
	}
	return usageError(word.hint, "--%s%s%w", invalid.GetFlag().Name, between, word), true
}
