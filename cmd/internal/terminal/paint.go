package terminal

import (
	"strconv"

	"github.com/fatih/color"

	"github.com/hooktool/hooktool/internal/preview"
)

// Paint implements preview.Painter.
func (p Palette) Paint(text string, style preview.Style) string {
	return p.paint(text, attributes(style)...)
}

func attributes(s preview.Style) []color.Attribute {
	var all []color.Attribute
	for _, each := range []struct {
		on        bool
		attribute color.Attribute
	}{
		{s.Bold, color.Bold},
		{s.Dim, color.Faint},
		{s.Italic, color.Italic},
		{s.Underline, color.Underline},
		{s.Reverse, color.ReverseVideo},
		{s.Strike, color.CrossedOut},
	} {
		if each.on {
			all = append(all, each.attribute)
		}
	}
	return append(all, foreground(s.Color)...)
}

func foreground(c preview.Color) []color.Attribute {
	switch c {
	case "":
		return nil
	case preview.Red:
		return []color.Attribute{color.FgRed}
	case preview.Green:
		return []color.Attribute{color.FgGreen}
	case preview.Yellow:
		return []color.Attribute{color.FgYellow}
	case preview.Blue:
		return []color.Attribute{color.FgBlue}
	case preview.Magenta:
		return []color.Attribute{color.FgMagenta}
	case preview.Cyan:
		return []color.Attribute{color.FgCyan}
	}
	return indexed(string(c))
}

// indexed returns the colour nearest to #rrggbb among the 256 that every terminal has.
func indexed(hex string) []color.Attribute {
	if len(hex) != len("#rrggbb") {
		return nil
	}
	rgb, err := strconv.ParseUint(hex[1:], 16, 32)
	if err != nil {
		return nil
	}
	step := func(shift uint) color.Attribute { return color.Attribute((int(rgb>>shift&0xff)*5 + 127) / 255) }
	const extended, byIndex, cube = 38, 5, 16
	return []color.Attribute{extended, byIndex, cube + 36*step(16) + 6*step(8) + step(0)}
}

// Hyperlinks reports whether a terminal supports hyperlinks (OSC 8). Terminals cannot
// be asked, so this relies on the names of those that do.
func Hyperlinks(stream any, getenv func(string) string) bool {
	if force := getenv("FORCE_HYPERLINK"); force != "" {
		return force != "0"
	}
	if !IsTerminal(stream) || getenv("TERM") == "dumb" {
		return false
	}
	switch getenv("TERM_PROGRAM") {
	case "iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper", "Tabby", "rio":
		return true
	}
	if vte, err := strconv.Atoi(getenv("VTE_VERSION")); err == nil && vte >= 5000 {
		return true
	}
	for _, variable := range []string{"WT_SESSION", "KITTY_WINDOW_ID", "KONSOLE_VERSION", "DOMTERM", "ALACRITTY_WINDOW_ID"} {
		if getenv(variable) != "" {
			return true
		}
	}
	return false
}
