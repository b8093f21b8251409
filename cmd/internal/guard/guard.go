// Package guard filters whatever a command prints to a terminal, a pipe or a log, so
// that hooktool emits no secret of the run, no terminal control sequence and no command
// to a CI system, wherever the text came from.
package guard

import (
	"bytes"
	"io"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/hooktool/hooktool/internal/printable"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// Writer guards a stream. It holds back the end of what was written while that may be
// the beginning of something that must not be shown; Flush writes it.
type Writer struct {
	w       io.Writer
	options Options

	mu    sync.Mutex
	held  string
	stale bool // the last write ended within a line
}

// Options are functions called at each write, because flags are parsed after the first.
type Options struct {
	Redactor func() *webhook.Redactor // nil masks nothing
	Colored  func() bool              // let colours and hyperlinks pass
	Commands func() bool              // the output is meant to contain commands to a CI system
}

// New returns a guard for a stream.
func New(w io.Writer, o Options) *Writer { return &Writer{w: w, options: o} }

// Unwrap returns the guarded stream.
func (g *Writer) Unwrap() io.Writer { return g.w }

// Behind returns the stream that a guard writes to, for output that must not be
// filtered.
func Behind(w io.Writer) io.Writer {
	if gate, ok := w.(*Writer); ok {
		return gate.w
	}
	return w
}

// Flush writes what the guard of a stream holds back, if it has one.
func Flush(w io.Writer) error {
	if gate, ok := w.(*Writer); ok {
		return gate.Flush()
	}
	return nil
}

// Sealed filters a text for a file as a guard would.
func Sealed(text []byte, redactor func() *webhook.Redactor, commands bool) []byte {
	var b bytes.Buffer
	gate := New(&b, Options{Redactor: redactor, Colored: func() bool { return false }, Commands: func() bool { return commands }})
	gate.Write(text)
	gate.Flush() // a buffer accepts everything
	return b.Bytes()
}

// Write implements io.Writer.
func (g *Writer) Write(p []byte) (int, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	text := g.held + string(p)
	redact := g.options.Redactor()
	keep := max(redact.Held(text), unfinished(text))
	g.held = text[len(text)-keep:]
	if err := g.emit(text[:len(text)-keep], redact); err != nil {
		return 0, err
	}
	return len(p), nil
}

// Flush writes what was held back.
func (g *Writer) Flush() error {
	g.mu.Lock()
	defer g.mu.Unlock()
	text := g.held
	g.held = ""
	return g.emit(text, g.options.Redactor())
}

func (g *Writer) emit(text string, redact *webhook.Redactor) error {
	if text == "" {
		return nil
	}
	text = redact.Body(text)
	if g.options.Colored() {
		text = printable.Terminal(text)
	} else {
		text = printable.Uncoloured(text)
	}
	if g.options.Commands() {
		text = printable.InlineCommands(text)
	} else {
		text = printable.Commands(text, !g.stale)
	}
	g.stale = strings.TrimSpace(text[strings.LastIndexByte(text, '\n')+1:]) != ""
	_, err := io.WriteString(g.w, text)
	return err
}

// unfinished returns the length of a character, terminal sequence or line ending at the
// end of a text that may be incomplete.
func unfinished(text string) int {
	const longest = 4096 // bytes of a hyperlink
	for n := 1; n <= min(utf8.UTFMax-1, len(text)); n++ {
		if tail := text[len(text)-n:]; utf8.RuneStart(tail[0]) {
			if !utf8.FullRuneInString(tail) {
				return n
			}
			break
		}
	}
	if strings.HasSuffix(text, "\r") || strings.HasSuffix(text, "\x1b") {
		return 1
	}
	if i := strings.LastIndexByte(text, '\x1b'); i >= 0 && len(text)-i < longest {
		tail := text[i:]
		if strings.HasPrefix(tail, "\x1b[") && strings.Trim(tail[2:], "0123456789;") == "" || strings.HasPrefix(tail, "\x1b]8;;") {
			return len(tail)
		}
	}
	if last := text[strings.LastIndexByte(text, '\n')+1:]; strings.TrimSpace(last) == ":" {
		return len(last)
	}
	held := 0
	for _, command := range []string{"##[", "##vso[", "##teamcity["} {
		for n := 1; n < len(command); n++ {
			if strings.HasSuffix(text, command[:n]) {
				held = max(held, n)
			}
		}
	}
	return held
}
