package preview

import (
	"bufio"
	"fmt"
	"io"
	"math"
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/hooktool/hooktool/pkg/destination"
)

// TextOptions say how to write a preview to a terminal.
type TextOptions struct {
	Width   int     // in columns
	Painter Painter // Plain{} for output without colour
	Links   bool    // the terminal supports hyperlinks (OSC 8)
	Facts   []Fact  // what else is known: the kind, the sample, the verdict of the proof
}

// Fact is an item in the line above the message.
type Fact struct {
	Text  string
	Color Color
}

// WriteText writes the preview: a line of facts, the message, and what the
// destination would refuse or change.
func (p *Preview) WriteText(w io.Writer, o TextOptions) error {
	out := &textWriter{w: bufio.NewWriter(w), o: o}
	d := drawer{links: o.Links}
	columns := max(o.Width, narrowest)
	out.lines(p.facts(o.Facts, columns))
	out.lines([]line{nil})
	if p.Message.Empty() {
		out.lines(wrap([]run{{text: "(this message shows nothing)", style: Style{Dim: true}}}, columns))
	}
	out.lines(prefixed(d.message(p.Message, columns-2), indent(2), indent(2)))
	var body []byte
	if len(p.Problems) > 0 {
		out.lines([]line{nil})
		body = p.hidden()
	}
	for _, problem := range p.Problems {
		out.lines(p.problem(problem, body, columns))
	}
	return out.w.Flush()
}

// facts draws the line above the message. It only breaks between facts.
func (p *Preview) facts(facts []Fact, columns int) []line {
	items := []line{{{text: p.Destination.Title, style: Style{Bold: true}}}}
	for _, fact := range facts {
		items = append(items, line{{text: clean(fact.Text), style: Style{Color: fact.Color}}})
	}
	if l := p.Limit; l != nil {
		share := run{text: bar(l.Share()), style: Style{Color: shareColor(l.Share())}}
		items = append(items, line{share, {text: fmt.Sprintf(" %s: %d of %d %s", l.Label, l.Used, l.Max, l.Unit)}})
	}
	lines := []line{nil}
	for _, item := range items {
		last := &lines[len(lines)-1]
		switch {
		case len(*last) == 0:
			*last = item
		case last.width()+len(" · ")+item.width() <= columns:
			*last = append(append(*last, run{text: " · ", style: Style{Dim: true}}), item...)
		default:
			lines = append(lines, wrap(item, columns)...)
		}
	}
	return lines
}

// barColumns is the length of the bar of a limit.
const barColumns = 10

// bar draws how much of a limit is used.
func bar(share float64) string {
	full := min(int(math.Ceil(share*barColumns)), barColumns)
	return strings.Repeat("▰", full) + strings.Repeat("▱", barColumns-full)
}

// NearlyFull is the share of a limit from which a limit is highlighted.
const NearlyFull = 0.8

func shareColor(share float64) Color {
	switch {
	case share > 1:
		return Red
	case share > NearlyFull:
		return Yellow
	}
	return Green
}

// problem draws a problem with its place in the body.
func (p *Preview) problem(problem destination.Problem, body []byte, columns int) []line {
	mark := run{text: "! ", style: Style{Color: Yellow, Bold: true}}
	switch problem.Severity {
	case destination.Error:
		mark = run{text: "✗ ", style: Style{Color: Red, Bold: true}}
	case destination.Info:
		mark = run{text: "i ", style: Style{Color: Cyan, Bold: true}}
	}
	text := []run{{text: problem.Message}}
	if problem.Path != "" {
		text = append(text, run{text: " (" + strings.ReplaceAll(problem.Path, " ", "\u00a0") + ")", style: Style{Dim: true}})
	}
	lines := prefixed(wrap(text, columns-2), mark, indent(2))
	lines = append(lines, excerpt(body, problem.Offset, columns-4)...)
	if problem.Hint != "" {
		lines = append(lines, prefixed(wrap([]run{{text: problem.Hint}}, columns-8), run{text: "  hint: ", style: Style{Color: Cyan}}, indent(8))...)
	}
	return lines
}

// excerpt shows the body around a place, with a caret below it.
func excerpt(body []byte, offset, columns int) []line {
	if offset <= 0 || offset > len(body) {
		return nil
	}
	before, after := window(body, offset, columns)
	return []line{
		{indent(4), {text: before + after, style: Style{Dim: true}}},
		{indent(4 + width(before)), {text: "^", style: Style{Color: Red, Bold: true}}},
	}
}

// window cuts an excerpt that fits on a line out of a text, two thirds of it before the
// place.
func window(body []byte, offset, columns int) (before, after string) {
	start := offset - 2*columns/3
	for start > 0 && !utf8.RuneStart(body[start]) {
		start--
	}
	start = max(start, 0)
	before, after = visible(body[start:offset]), visible(body[offset:min(offset+columns*utf8.UTFMax, len(body))])
	cuts := runeStarts(before)
	n := sort.Search(len(cuts), func(n int) bool { return width(before[cuts[n]:]) <= 2*columns/3 })
	before = before[cuts[n]:]
	cuts = runeStarts(after)
	n = sort.Search(len(cuts)-1, func(n int) bool { return width(before)+width(after[:cuts[n+1]]) > columns })
	return before, after[:cuts[n]]
}

// runeStarts returns the offsets at which a text can be cut, including its ends.
func runeStarts(text string) []int {
	var starts []int
	for i := range text {
		starts = append(starts, i)
	}
	return append(starts, len(text))
}

// visible makes a piece of the body fit on a line.
func visible(piece []byte) string {
	text := strings.ToValidUTF8(string(piece), string(utf8.RuneError))
	return clean(strings.NewReplacer("\n", "⏎", "\t", "⇥").Replace(text))
}

// textWriter writes lines in colour.
type textWriter struct {
	w *bufio.Writer
	o TextOptions
}

func (t *textWriter) lines(lines []line) {
	for _, l := range lines {
		for len(l) > 0 && strings.TrimRight(l[len(l)-1].text, " ") == "" { // nothing to see
			l = l[:len(l)-1]
		}
		for i, r := range l {
			text := strings.ReplaceAll(r.text, "\u00a0", " ")
			if i == len(l)-1 {
				text = strings.TrimRight(text, " ")
			}
			text = t.o.Painter.Paint(text, r.style)
			if r.url != "" {
				text = "\x1b]8;;" + r.url + "\x1b\\" + text + "\x1b]8;;\x1b\\"
			}
			t.w.WriteString(text) // the writer keeps the error until Flush
		}
		t.w.WriteByte('\n')
	}
}
