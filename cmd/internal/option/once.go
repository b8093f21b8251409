package option

import (
	"github.com/spf13/pflag"
)

// onceValue is the value of a flag that takes one and can be given only once: of two,
// one would go unnoticed.
type onceValue struct {
	pflag.Value
	flag *pflag.Flag
}

func (v onceValue) Set(text string) error {
	if v.flag.Changed {
		return &twiceError{}
	}
	return v.Value.Set(text)
}

// Accepts reports whether the flag accepts a word; see settings.Apply.
func (v onceValue) Accepts(word string) bool {
	words, ok := v.Value.(interface{ Accepts(word string) bool })
	return ok && words.Accepts(word)
}

// twiceError is a flag that is given twice.
type twiceError struct{}

func (*twiceError) Error() string { return "it is given twice" }

// once makes a flag one that can be given only once, unless it is a switch or takes a
// list. The environment and files set only flags that were not given.
func once(flag *pflag.Flag) {
	if _, isList := flag.Value.(pflag.SliceValue); !isList && flag.Value.Type() != "bool" {
		flag.Value = onceValue{flag.Value, flag}
	}
}
