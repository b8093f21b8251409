package option

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"time"

	"github.com/spf13/pflag"
)

// mostTime is the longest time that a flag accepts: anything longer is a mistake and
// could overflow.
const mostTime = 24 * time.Hour

// number is the value of a flag that accepts numbers within a range.
type number[T int | float32 | float64 | time.Duration] struct {
	value       *T
	least, most T
	kind        string
	read        func(string) (T, error)
	example     string // for error messages
}

func (n *number[T]) String() string { return fmt.Sprint(*n.value) }
func (n *number[T]) Type() string   { return n.kind }

func (n *number[T]) Set(text string) error {
	value, err := n.read(text)
	switch {
	case errors.Is(err, strconv.ErrRange), err == nil && (value < n.least || value > n.most):
		return &wordError{problem: fmt.Sprintf("%q must be between %v and %v", text, n.least, n.most)}
	case err != nil, value != value: //nolint:gocritic // NaN
		return &wordError{problem: fmt.Sprintf("%q must be written like %s", text, n.example)}
	}
	*n.value = value
	return nil
}

// count returns the value of a flag for a whole number from 0 to most.
func count(value *int, most int) pflag.Value {
	return &number[int]{value: value, most: most, kind: "int", read: strconv.Atoi, example: "10"}
}

// duration returns the value of a flag for a time of at least a millisecond, or 0 if
// zero is set.
func duration(value *time.Duration, zero bool) pflag.Value {
	n := &number[time.Duration]{value: value, least: time.Millisecond, most: mostTime, kind: "duration", read: time.ParseDuration, example: "5s or 1m"}
	if zero {
		n.least = 0
	}
	return n
}

// percent returns the value of a flag for a percentage.
func percent(value *float64) pflag.Value {
	read := func(text string) (float64, error) { return strconv.ParseFloat(text, 64) }
	return &number[float64]{value: value, most: 100, kind: "float64", read: read, example: "80"}
}

// anyNumber returns the value of a flag for any finite number.
func anyNumber(value *float32) pflag.Value {
	read := func(text string) (float32, error) {
		f, err := strconv.ParseFloat(text, 32)
		return float32(f), err
	}
	return &number[float32]{value: value, least: -math.MaxFloat32, most: math.MaxFloat32, kind: "float32", read: read, example: "0.5"}
}
