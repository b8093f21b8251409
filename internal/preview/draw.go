package preview

import (
	"strings"

	"github.com/hooktool/hooktool/pkg/destination/message"
)

// narrowest is the smallest width to which a message is wrapped, in columns.
const narrowest = 20

// message draws a message at a width.
func (d drawer) message(m *message.Message, columns int) []line {
	columns = max(columns, narrowest)
	var lines []line
	if m.Sender != "" {
		lines = append(lines, wrap([]run{{text: m.Sender, style: Style{Bold: true, Color: Magenta}}}, columns)...)
	}
	return append(lines, d.blocks(m.Blocks, columns)...)
}

// blocks draws blocks below one another.
func (d drawer) blocks(blocks []*message.Block, columns int) []line {
	var lines []line
	for i := 0; i < len(blocks); i++ {
		if i > 0 && apart(blocks[i-1], blocks[i]) {
			lines = append(lines, nil)
		}
		if blocks[i].Kind == message.Badge { // badges share a line
			end := i
			for end < len(blocks) && blocks[end].Kind == message.Badge {
				end++
			}
			lines = append(lines, d.badges(blocks[i:end], columns)...)
			i = end - 1
			continue
		}
		lines = append(lines, d.block(blocks[i], columns)...)
	}
	return lines
}

// apart reports whether there is an empty line between two blocks.
func apart(before, b *message.Block) bool {
	switch {
	case before.Kind == message.Title || before.Kind == message.Badge:
		return b.Kind == message.Card
	case before.Kind == message.Small && b.Kind != message.Small:
		return b.Kind == message.Card
	case b.Kind == message.Small, before.Kind == message.Divider, b.Kind == message.Divider:
		return false
	}
	return true
}

func (d drawer) block(b *message.Block, columns int) []line {
	switch b.Kind {
	case message.Title:
		return d.titled(b, Style{Bold: true}, columns)
	case message.Small:
		return d.titled(b, Style{Dim: true}, columns)
	case message.Code:
		return prefixed(wrap([]run{{text: b.Text.Plain(), style: codeStyle()}}, columns-2), indent(2), indent(2))
	case message.Card:
		bar := run{text: "▌ ", style: Style{Color: Color(b.Color)}}
		return prefixed(d.blocks(b.Blocks, columns-2), bar, bar)
	case message.Fields:
		return d.fields(b.Fields, columns)
	case message.Facts:
		return d.facts(b.Fields, columns)
	case message.Buttons:
		return d.buttons(b.Buttons, columns)
	case message.Image:
		return wrap(d.image(nil, b.Text.Plain(), b.Link, Style{}), columns)
	case message.Divider:
		return []line{rule(columns)}
	}
	return d.text(b.Text, Style{}, columns)
}

// text draws a text. One whose markup is refused is shown as is.
func (d drawer) text(t *message.Text, style Style, columns int) []line {
	if t == nil {
		return nil
	}
	return trimEmpty(d.nodes(Tidy(t.Nodes), style, columns))
}

// trimEmpty drops empty lines at both ends.
func trimEmpty(lines []line) []line {
	for len(lines) > 0 && lines[0].width() == 0 {
		lines = lines[1:]
	}
	for len(lines) > 0 && lines[len(lines)-1].width() == 0 {
		lines = lines[:len(lines)-1]
	}
	return lines
}

// titled draws a text whose link, if any, covers all of it.
func (d drawer) titled(b *message.Block, style Style, columns int) []line {
	lines := d.text(b.Text, style, columns)
	if b.Link == "" {
		return lines
	}
	if target := d.target(b.Link); target != "" {
		for _, l := range lines {
			for i := range l {
				l[i].url = target
				l[i].style.Underline = true
			}
		}
		return lines
	}
	return append(lines, wrap([]run{{text: "(" + b.Link + ")", style: Style{Dim: true}}}, columns)...)
}

// badges draws badges next to one another.
func (d drawer) badges(badges []*message.Block, columns int) []line {
	var runs []run
	for i, b := range badges {
		if i > 0 {
			runs = append(runs, run{text: " "})
		}
		// Without colour, the brackets mark it as a badge.
		label := "[" + strings.Join(strings.Fields(b.Text.Plain()), "\u00a0") + "]"
		runs = append(runs, run{text: label, style: Style{Bold: true, Color: Color(b.Color)}})
	}
	return wrap(runs, columns)
}

// The smallest width of a field that has others next to it, in columns.
const fieldColumns = 24

// fields draws fields, the short ones next to one another.
func (d drawer) fields(fields []message.Field, columns int) []line {
	perRow := min(max(columns/fieldColumns, 1), 3)
	var lines []line
	for i := 0; i < len(fields); {
		n := 1
		for fields[i].Short && n < perRow && i+n < len(fields) && fields[i+n].Short {
			n++
		}
		slot := columns
		if n > 1 {
			slot = columns / perRow
		}
		cells := make([][]line, n)
		for j, field := range fields[i : i+n] {
			cells[j] = append(d.text(field.Name, Style{Bold: true}, slot-2), d.text(field.Value, Style{}, slot-min(2, n-1))...)
		}
		if i > 0 {
			lines = append(lines, nil)
		}
		lines = append(lines, beside(cells, slot)...)
		i += n
	}
	return lines
}

// facts draws fields as a table of names and values.
func (d drawer) facts(fields []message.Field, columns int) []line {
	names := 0
	for _, field := range fields {
		if w := width(clean(field.Name.Plain())); w <= columns/3 {
			names = max(names, w)
		}
	}
	var lines []line
	for _, field := range fields {
		name := d.text(field.Name, Style{Dim: true}, columns)
		value := d.text(field.Value, Style{}, columns-names-2)
		if len(name) == 1 && name[0].width() <= names {
			lines = append(lines, beside([][]line{name, value}, names+2)...)
			continue
		}
		lines = append(lines, name...)
		lines = append(lines, prefixed(value, indent(names+2), indent(names+2))...)
	}
	return lines
}

// buttons draws buttons, each on its own line if its URL must be visible.
func (d drawer) buttons(buttons []message.Button, columns int) []line {
	var runs []run
	for i, b := range buttons {
		style := Style{Bold: true}
		switch b.Style {
		case "primary":
			style.Color = Green
		case "danger":
			style.Color = Red
		}
		target := d.target(b.URL)
		if i > 0 {
			gap := "\n"
			if target != "" || b.URL == "" {
				gap = "  "
			}
			runs = append(runs, run{text: gap})
		}
		runs = append(runs, run{text: "[ " + b.Label + " ]", style: style, url: target})
		if target == "" && b.URL != "" {
			runs = append(runs, run{text: " " + b.URL, style: Style{Dim: true}})
		}
	}
	return wrap(runs, columns)
}
