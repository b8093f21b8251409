// Package typeset formats text for people who read it in a terminal: wrapped at words,
// in columns, and coloured where it matters. A Style says what the colours are, and
// whether there are any.
package typeset

// Style colours text.
type Style interface {
	Bold(string) string
	Dim(string) string
	Red(string) string
	Yellow(string) string
	Green(string) string
	Cyan(string) string
}

// Plain is the Style without any colour.
type Plain struct{}

// Bold returns the text unchanged, as all methods of Plain do.
func (Plain) Bold(s string) string { return s }

// Dim returns the text unchanged.
func (Plain) Dim(s string) string { return s }

// Red returns the text unchanged.
func (Plain) Red(s string) string { return s }

// Yellow returns the text unchanged.
func (Plain) Yellow(s string) string { return s }

// Green returns the text unchanged.
func (Plain) Green(s string) string { return s }

// Cyan returns the text unchanged.
func (Plain) Cyan(s string) string { return s }
