// Package typeset sets text for people who read it in a terminal: wrapped at
// words, in columns, with what matters in colour. What the colours are, and
// whether there are any, is said by a Style.
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

// Bold returns the text as it is, as all methods of Plain do.
func (Plain) Bold(s string) string { return s }

// Dim returns the text as it is.
func (Plain) Dim(s string) string { return s }

// Red returns the text as it is.
func (Plain) Red(s string) string { return s }

// Yellow returns the text as it is.
func (Plain) Yellow(s string) string { return s }

// Green returns the text as it is.
func (Plain) Green(s string) string { return s }

// Cyan returns the text as it is.
func (Plain) Cyan(s string) string { return s }
