package lint

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/hooktool/hooktool/pkg/source"
	"github.com/hooktool/hooktool/pkg/workspace"
)

// checked is the outcome of checking a template, wherever the template is: the result
// without positions and lines of the file, in which secrets are masked.
type checked struct {
	result  Result
	members []string          // the members of payloads that hold secrets
	lines   map[string]string // the lines that were shown last, masked, by what they are in the file
}

// size returns about how many bytes the outcome takes.
func (c *checked) size() int {
	const (
		itself    = 1 << 10
		aFinding  = 256
		anExample = 1 << 10 // the event of evidence
	)
	size := itself
	of := func(e *Evidence) {
		if e != nil {
			size += anExample + len(e.Body) + len(e.Error)
		}
	}
	for _, f := range c.result.Findings {
		size += aFinding + len(f.Message) + len(f.Hint)
		of(f.Evidence)
	}
	if c.result.JSON != nil {
		of(c.result.JSON.Counterexample)
	}
	for line, masked := range c.lines {
		size += len(line) + len(masked)
	}
	return size
}

// place returns the result for a template with this text.
func (c *checked) place(t *workspace.Template, h hiding) Result {
	l, r := newLocator(t), c.result
	r.Path, r.Name, r.Webhook, r.Pos = t.Path, t.Name, t.Webhook, l.locate(0)
	if hook := t.Hook(); hook != nil {
		r.Definition = hook.Path
	}
	if r.JSON != nil {
		verdict := *r.JSON
		verdict.Reason = l.words(verdict.Reason)
		r.JSON = &verdict
	}
	shown := map[string]string{}
	r.Findings = l.placed(r.Findings, func(line string) string {
		if masked, again := shown[line]; again {
			return masked
		}
		line = strings.Clone(line) // so that the file can be freed
		masked, known := c.lines[line]
		if !known {
			masked = h.inPlace(line)
		}
		shown[line] = masked
		return masked
	})
	c.lines = shown
	return r
}

// locator finds places of a template in the file that contains it.
type locator struct {
	text   string
	index  *source.Index // of the text
	file   *source.Index // of the file
	locate func(offset int) source.Position
	last   struct { // the last position that near returned
		offset int
		pos    source.Position
	}
}

func newLocator(t *workspace.Template) *locator {
	l := &locator{text: t.Text, file: t.File, locate: t.Locate}
	if l.locate == nil || l.file == nil {
		l.index = source.NewIndex(t.Text)
		l.locate, l.file = l.near, l.index
	}
	return l
}

// near is like index.Position, but fast for successive positions on one long line.
func (l *locator) near(offset int) source.Position {
	offset = min(max(offset, 0), len(l.text))
	if from := l.last.offset; from > 0 && from <= offset {
		between := l.text[from:offset]
		if strings.IndexByte(between, '\n') < 0 && utf8.ValidString(between) {
			l.last.offset = offset
			l.last.pos.Column += utf8.RuneCountInString(between)
			return l.last.pos
		}
	}
	l.last.offset, l.last.pos = offset, l.index.Position(offset)
	return l.last.pos
}

// placed returns findings with their places, in that order. mask hides the
// secrets in a line of the file.
func (l *locator) placed(findings []Finding, mask func(line string) string) []Finding {
	findings = slices.Clone(findings)
	for i := range findings {
		f := &findings[i]
		f.Pos, f.End = l.locate(f.start), l.locate(f.end)
		f.Message, f.Hint = l.words(f.Message), l.words(f.Hint)
		f.Lines = []string{mask(l.file.Line(f.Pos.Line))}
		if f.End.Line == f.Pos.Line+1 { // more are too many
			f.Lines = append(f.Lines, mask(l.file.Line(f.End.Line)))
		}
		if e := f.Evidence; e != nil && strings.Contains(e.Error, placeMark) {
			placed := *e
			placed.Error = l.words(e.Error)
			f.Evidence = &placed
		}
	}
	return sortFindings(findings)
}

// placeMark is around an offset of the template in words about it. A template has no
// zero bytes.
const placeMark = "\x00"

// placeOf stands for the position of a byte of the template in words about it. The
// position is not yet known: the template may move in its file.
func placeOf(offset int) string { return placeMark + strconv.Itoa(offset) + placeMark }

// words puts positions in the place of what placeOf returned.
func (l *locator) words(text string) string {
	before, rest, ok := strings.Cut(text, placeMark)
	if !ok {
		return text
	}
	var b strings.Builder
	for ; ok; before, rest, ok = strings.Cut(rest, placeMark) {
		b.WriteString(before)
		number, after, closed := strings.Cut(rest, placeMark)
		if offset, err := strconv.Atoi(number); closed && err == nil {
			fmt.Fprint(&b, l.locate(offset))
			rest = after
			continue
		}
		b.WriteString(placeMark)
	}
	b.WriteString(before)
	return b.String()
}
