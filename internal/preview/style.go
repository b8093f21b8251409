package preview

// Style is how a piece of text looks on a terminal.
type Style struct {
	Bold, Italic, Underline, Strike, Dim, Reverse bool

	Color Color
}

// Color is the name of one of the terminal's own colours, or #rrggbb. The empty Color
// is that of normal text.
type Color string

// The terminal's own colours.
const (
	Red     Color = "red"
	Green   Color = "green"
	Yellow  Color = "yellow"
	Blue    Color = "blue"
	Magenta Color = "magenta"
	Cyan    Color = "cyan"
)

// Painter applies styles to text for one stream. Its result must be as wide as the
// text.
type Painter interface {
	Paint(text string, style Style) string
}

// Plain is the Painter that returns text unchanged.
type Plain struct{}

// Paint implements Painter.
func (Plain) Paint(text string, _ Style) string { return text }

// with returns the style combined with another.
func (s Style) with(o Style) Style {
	s.Bold = s.Bold || o.Bold
	s.Italic = s.Italic || o.Italic
	s.Underline = s.Underline || o.Underline
	s.Strike = s.Strike || o.Strike
	s.Dim = s.Dim || o.Dim
	s.Reverse = s.Reverse || o.Reverse
	if o.Color != "" {
		s.Color = o.Color
	}
	return s
}
