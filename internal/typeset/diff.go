package typeset

import "strings"

// Diff colours a unified diff. Each line goes through clean without its line end; nil
// leaves the lines as they are.
func Diff(style Style, text string, clean func(string) string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		line, end := strings.CutSuffix(line, "\n")
		if clean != nil {
			line = clean(line)
		}
		b.WriteString(DiffLine(style, line))
		if end {
			b.WriteByte('\n')
		}
	}
	return b.String()
}

// DiffLine colours a line of a unified diff.
func DiffLine(style Style, line string) string {
	switch {
	case strings.HasPrefix(line, "--- "), strings.HasPrefix(line, "+++ "):
		return style.Bold(line)
	case strings.HasPrefix(line, "@@"):
		return style.Cyan(line)
	case strings.HasPrefix(line, "+"):
		return style.Green(line)
	case strings.HasPrefix(line, "-"):
		return style.Red(line)
	}
	return line
}
