package preview

import (
	"io"
	"strings"

	"github.com/hooktool/hooktool/internal/jsontree"
	"github.com/hooktool/hooktool/internal/printable"
)

// WriteRaw writes a body for people: JSON with one member per line, in colour, with
// strings and numbers as written; anything else as it is.
func WriteRaw(w io.Writer, body []byte, painter Painter) error {
	p := rawPrinter{body: string(body), painter: painter}
	tree := jsontree.Parse(body)
	if tree.Fault != nil {
		_, err := io.WriteString(w, painter.Paint(strings.TrimRight(printable.Text(p.body), "\n"), Style{})+"\n")
		return err
	}
	p.value(tree.Root, "\n")
	p.b.WriteString("\n")
	_, writeErr := io.WriteString(w, p.b.String())
	return writeErr
}

type rawPrinter struct {
	body    string
	painter Painter
	b       strings.Builder
}

func (p *rawPrinter) paint(start, end int, style Style) {
	p.b.WriteString(p.painter.Paint(printable.Text(p.body[start:end]), style))
}

// mostIndent is the length of the longest indent: what is nested more deeply is not
// indented further, or the lines would grow with the square of the depth.
const mostIndent = 64

// value prints a value; indent is a line feed followed by spaces.
func (p *rawPrinter) value(v *jsontree.Value, indent string) {
	inner := indent
	if len(inner) < mostIndent {
		inner += "  "
	}
	switch v.Kind {
	case jsontree.Object:
		p.list("{", "}", indent, len(v.Members), func(i int) {
			m := v.Members[i]
			p.b.WriteString(inner)
			p.paint(m.KeyStart, m.KeyEnd, Style{Color: Blue, Bold: true})
			p.b.WriteString(": ")
			p.value(m.Value, inner)
		})
	case jsontree.Array:
		p.list("[", "]", indent, len(v.Elements), func(i int) {
			p.b.WriteString(inner)
			p.value(v.Elements[i], inner)
		})
	case jsontree.String:
		p.paint(v.Start, v.End, Style{Color: Green})
	case jsontree.Number:
		p.paint(v.Start, v.End, Style{Color: Cyan})
	default:
		p.paint(v.Start, v.End, Style{Color: Magenta})
	}
}

func (p *rawPrinter) list(open, end, indent string, n int, element func(int)) {
	p.b.WriteString(open)
	for i := range n {
		if i > 0 {
			p.b.WriteString(",")
		}
		element(i)
	}
	if n > 0 {
		p.b.WriteString(indent)
	}
	p.b.WriteString(end)
}
