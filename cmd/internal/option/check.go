package option

import (
	"errors"
	"fmt"
	"net"
	"regexp"
	"regexp/syntax"
	"strings"

	"github.com/hooktool/hooktool/internal/report"
	"github.com/hooktool/hooktool/pkg/destination/catalog"
	"github.com/hooktool/hooktool/pkg/lint"
	"github.com/hooktool/hooktool/pkg/source"
)

// check returns what rejects the values that a flag cannot have, or nil if it takes any
// text. A value is checked when it is set, so that the error names the variable or the
// place in a file that it comes from. usage shows the form of pairs: `KEY=VALUE`.
func check(name, usage string) func(text string) error {
	switch name {
	case "custom-field", "config-env", "set", "label":
		_, form, _ := strings.Cut(usage, "`")
		form, _, _ = strings.Cut(form, "`")
		return func(text string) error { return checkPair(text, form) }
	case "enable", "disable":
		return checkRule
	case "severity":
		return checkSeverity
	case "coroot-version":
		return checkVersion
	case "run":
		return checkPattern
	case "output":
		return checkOutput
	case "destination", "as":
		return checkDestination
	case "addr":
		return checkAddress
	}
	return nil
}

// worded returns an error about a value as one of its flag.
func worded(err error) error {
	if err == nil {
		return nil
	}
	p := source.ProblemOf(err)
	return &wordError{problem: p.Message, hint: p.Hint}
}

func checkPair(text, form string) error {
	switch key, _, ok := strings.Cut(text, "="); {
	case !ok:
		return &wordError{problem: fmt.Sprintf("%q is not of the form %s", text, form), hint: "write it as " + form}
	case key == "": // what follows may be secret
		return &wordError{problem: fmt.Sprintf("nothing is before the = of %s", form), hint: "write it as " + form}
	}
	return nil
}

func checkRule(id string) error {
	_, err := lint.Find(id)
	return worded(err)
}

func checkSeverity(text string) error {
	if err := checkPair(text, "RULE=SEVERITY"); err != nil {
		return err
	}
	id, word, _ := strings.Cut(text, "=")
	if err := checkRule(id); err != nil {
		return err
	}
	_, err := lint.ParseSeverity(word)
	return worded(err)
}

func checkVersion(text string) error {
	if text == "" {
		return nil
	}
	_, err := lint.ParseVersion(text)
	return worded(err)
}

func checkPattern(text string) error {
	_, err := regexp.Compile(text)
	var wrong *syntax.Error
	if errors.As(err, &wrong) {
		return &wordError{problem: fmt.Sprintf("%q is not a regular expression: %s", text, wrong.Code)}
	}
	return nil
}

func checkOutput(text string) error {
	format, path, ok := strings.Cut(text, "=")
	if !ok || path == "" {
		return &wordError{problem: fmt.Sprintf("%q has no format and file", text), hint: "write it as FORMAT=FILE, such as sarif=report.sarif"}
	}
	return oneOf("format", format, report.Formats())
}

// checkDestination rejects what is neither a destination's name nor an alias.
func checkDestination(name string) error {
	var unknown *catalog.UnknownError
	if _, err := catalog.Detect(catalog.Hints{Name: name}); !errors.As(err, &unknown) {
		return nil
	}
	p := unknown.Problem()
	if strings.ContainsAny(name, `./\`) {
		p.Hint = "-d names the receiving system; give files as arguments"
	}
	return &wordError{problem: p.Message, hint: p.Hint}
}

func checkAddress(text string) error {
	if _, _, err := net.SplitHostPort(text); err != nil {
		return &wordError{problem: fmt.Sprintf("%q is not an address", text), hint: "write it as HOST:PORT, such as 127.0.0.1:8085"}
	}
	return nil
}

// textValue is the value of a flag whose texts are checked.
type textValue struct {
	value *string
	check func(text string) error
}

func (v textValue) String() string { return *v.value }
func (v textValue) Type() string   { return "string" }

func (v textValue) Set(text string) error {
	if err := v.check(text); err != nil {
		return err
	}
	*v.value = text
	return nil
}
