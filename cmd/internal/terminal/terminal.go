// Package terminal determines whether a stream is a terminal, how wide it is, and
// whether it gets colour. It is the only user of fatih/color.
//
// Colour is decided for each stream separately: piping stdout does not remove the
// colour from stderr. The order of precedence is: the --color flag, NO_COLOR (if not
// empty), CLICOLOR_FORCE (if neither empty nor 0), TERM=dumb, and finally whether the
// stream is a terminal.
package terminal

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"

	"github.com/fatih/color"
	"golang.org/x/term"
)

// Mode is the value of --color.
type Mode string

// The values of --color.
const (
	Auto   Mode = "auto"
	Always Mode = "always"
	Never  Mode = "never"
)

// IsTerminal reports whether a stream is a terminal.
func IsTerminal(stream any) bool {
	f, ok := file(stream)
	return ok && term.IsTerminal(int(f.Fd()))
}

// file returns the file that a stream is or ultimately writes to.
func file(stream any) (*os.File, bool) {
	for wrapped, ok := stream.(interface{ Unwrap() io.Writer }); ok; wrapped, ok = stream.(interface{ Unwrap() io.Writer }) {
		stream = wrapped.Unwrap()
	}
	f, ok := stream.(*os.File)
	return f, ok
}

// DefaultWidth is the width assumed if a stream is not a terminal.
const DefaultWidth = 80

// Width returns the width of a stream in columns: COLUMNS if it is set, the terminal's
// width, or DefaultWidth.
func Width(stream any, getenv func(string) string) int {
	if n, err := strconv.Atoi(getenv("COLUMNS")); err == nil && n > 0 {
		return n
	}
	if f, ok := file(stream); ok {
		if width, _, err := term.GetSize(int(f.Fd())); err == nil && width > 0 {
			return width
		}
	}
	return DefaultWidth
}

// Columns returns the width to which text for people is wrapped. It is zero if the
// stream is not a terminal, so that programs find each row on one line.
func Columns(stream any, getenv func(string) string) int {
	if getenv("COLUMNS") == "" && !IsTerminal(stream) {
		return 0
	}
	return Width(stream, getenv)
}

// Colored reports whether a stream gets colour.
func Colored(mode Mode, stream io.Writer, getenv func(string) string) bool {
	switch {
	case mode == Always:
		return true
	case mode == Never, getenv("NO_COLOR") != "":
		return false
	}
	if force := getenv("CLICOLOR_FORCE"); force != "" && force != "0" {
		return true
	}
	return getenv("TERM") != "dumb" && IsTerminal(stream)
}

// Palette colours text for one stream, or leaves it unchanged.
type Palette struct{ on bool }

// NewPalette returns the palette of a stream.
func NewPalette(mode Mode, stream io.Writer, getenv func(string) string) Palette {
	return Palette{on: Colored(mode, stream, getenv)}
}

func (p Palette) paint(s string, attributes ...color.Attribute) string {
	if !p.on || s == "" || len(attributes) == 0 {
		return s
	}
	c := color.New(attributes...)
	c.EnableColor() // the decision is ours, not that of color's globals
	return c.Sprint(s)
}

// Bold is for paths and the subject of a line.
func (p Palette) Bold(s string) string { return p.paint(s, color.Bold) }

// Dim is for what readers can skip.
func (p Palette) Dim(s string) string { return p.paint(s, color.Faint) }

// Red is for errors.
func (p Palette) Red(s string) string { return p.paint(s, color.FgRed, color.Bold) }

// Yellow is for warnings.
func (p Palette) Yellow(s string) string { return p.paint(s, color.FgYellow, color.Bold) }

// Green is for success.
func (p Palette) Green(s string) string { return p.paint(s, color.FgGreen, color.Bold) }

// Cyan is for hints.
func (p Palette) Cyan(s string) string { return p.paint(s, color.FgCyan) }

// ErrNotAsked says why the user cannot be asked.
var ErrNotAsked = errors.New("cannot ask for it: standard input is not a terminal")

// ReadPassword prompts on w for a secret and reads it from the terminal without echo.
// It fails if in is not a terminal. If ctx ends, it fails too and restores the
// terminal.
func ReadPassword(ctx context.Context, in any, w io.Writer, prompt string) (string, error) {
	f, ok := in.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return "", ErrNotAsked
	}
	state, err := term.GetState(int(f.Fd()))
	if err != nil {
		return "", err
	}
	if _, err := fmt.Fprint(w, prompt); err != nil {
		return "", err
	}
	type answer struct {
		secret []byte
		err    error
	}
	answers := make(chan answer, 1)
	go func() {
		secret, err := term.ReadPassword(int(f.Fd()))
		answers <- answer{secret, err}
	}()
	select {
	case a := <-answers:
		fmt.Fprintln(w)
		return string(a.secret), a.err
	case <-ctx.Done():
		fmt.Fprintln(w)
		return "", errors.Join(ctx.Err(), term.Restore(int(f.Fd()), state))
	}
}
