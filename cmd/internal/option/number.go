package option

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"time"

	"github.com/spf13/cobra"
)

// The most that flags take: more is a mistake, and would overflow somewhere.
const (
	mostTime   = 24 * time.Hour
	mostOutput = 1 << 30 // bytes

	// MostCount is that of requests, events and the like.
	MostCount = 1_000_000
)

// number is the value of a flag that takes a number between two others.
type number[T int | float32 | float64 | time.Duration] struct {
	value       *T
	least, most T
	kind        string
	read        func(string) (T, error)
	example     string // of what could be meant
}

func (n *number[T]) String() string { return fmt.Sprint(*n.value) }
func (n *number[T]) Type() string   { return n.kind }

func (n *number[T]) Set(text string) error {
	value, err := n.read(text)
	switch {
	case errors.Is(err, strconv.ErrRange), err == nil && (value < n.least || value > n.most):
		return fmt.Errorf("it must be from %v to %v", n.least, n.most)
	case err != nil, value != value: //nolint:gocritic // NaN
		return fmt.Errorf("it must be written like %s", n.example)
	}
	*n.value = value
	return nil
}

// Int defines a flag that takes a whole number from 0.
func Int(cmd *cobra.Command, value *int, name string, usual, most int, usage string) {
	*value = usual
	cmd.Flags().Var(&number[int]{value: value, most: most, kind: "int", read: strconv.Atoi, example: "10"}, name, usage)
}

// Duration defines a flag that takes a time.
func Duration(cmd *cobra.Command, value *time.Duration, name string, usual, least time.Duration, usage string) {
	*value = usual
	n := &number[time.Duration]{value: value, least: least, most: mostTime, kind: "duration", read: time.ParseDuration, example: "5s or 1m"}
	cmd.Flags().Var(n, name, usage)
}

// Percent defines a flag that takes a percentage.
func Percent(cmd *cobra.Command, value *float64, name, usage string) {
	read := func(text string) (float64, error) { return strconv.ParseFloat(text, 64) }
	cmd.Flags().Var(&number[float64]{value: value, most: 100, kind: "float64", read: read, example: "80"}, name, usage)
}

// Float defines a flag that takes any number but infinite ones.
func Float(cmd *cobra.Command, value *float32, name string, usual float32, usage string) {
	*value = usual
	read := func(text string) (float32, error) {
		f, err := strconv.ParseFloat(text, 32)
		return float32(f), err
	}
	n := &number[float32]{value: value, least: -math.MaxFloat32, most: math.MaxFloat32, kind: "float32", read: read, example: "0.5"}
	cmd.Flags().Var(n, name, usage)
}
