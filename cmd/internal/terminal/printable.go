package terminal

import "github.com/hooktool/hooktool/internal/printable"

// Printable makes text from outside safe to show: control characters, which
// could move the cursor or change the terminal, and marks that reorder text
// become visible escapes. Line breaks and tabs stay.
func Printable(s string) string { return printable.Text(s) }
