package option

import (
	"encoding/csv"
	"strings"
)

// list is the value of a flag that can be given several times. Unlike those of pflag, it
// allocates nothing when it is defined, which is at every start, for all commands.
type list struct {
	values *[]string
	commas bool                    // one flag can hold several values
	check  func(text string) error // of a value; may be nil
	given  bool
}

func (l *list) Set(text string) error {
	values := []string{text}
	if l.commas {
		var err error
		if values, err = fields(text); err != nil {
			return err
		}
	}
	if !l.given {
		l.given, *l.values = true, nil
	}
	return l.add(values)
}

// fields splits values at commas, except those in quotes.
func fields(text string) ([]string, error) {
	if text == "" {
		return nil, nil
	}
	return csv.NewReader(strings.NewReader(text)).Read()
}

func (l *list) add(values []string) error {
	for i := range values {
		if l.commas {
			values[i] = strings.TrimSpace(values[i])
		}
		if l.check == nil {
			continue
		}
		if err := l.check(values[i]); err != nil {
			return err
		}
	}
	*l.values = append(*l.values, values...)
	return nil
}

func (l *list) Type() string {
	if l.commas {
		return "stringSlice"
	}
	return "stringArray"
}

func (l *list) String() string { return strings.Join(*l.values, ",") }

// Append adds a value. Like Replace and GetSlice, it makes the flag a pflag.SliceValue.
func (l *list) Append(value string) error { return l.add([]string{value}) }

// Replace sets all values.
func (l *list) Replace(values []string) error {
	*l.values = nil
	return l.add(values)
}

// GetSlice returns the values.
func (l *list) GetSlice() []string { return *l.values }
