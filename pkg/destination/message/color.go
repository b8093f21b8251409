package message

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/hooktool/hooktool/internal/jsontree"
)

// Color reads a colour: #rgb, #rrggbb, rrggbb or a number. It is empty for
// anything else.
func Color(v *Value) string {
	if v.Is(jsontree.Number) {
		if i, err := strconv.ParseInt(v.Text, 10, 64); err == nil && i >= 0 && i <= 0xffffff {
			return fmt.Sprintf("#%06x", i)
		}
		return ""
	}
	s := strings.ToLower(strings.TrimPrefix(v.Str(), "#"))
	if strings.Trim(s, "0123456789abcdef") != "" {
		return ""
	}
	switch len(s) {
	case 3:
		return fmt.Sprintf("#%c%c%c%c%c%c", s[0], s[0], s[1], s[1], s[2], s[2])
	case 6:
		return "#" + s
	}
	return ""
}

// SeverityColor returns the colour of a word such as critical or P1.
func SeverityColor(word string) string {
	switch strings.ToLower(word) {
	case "critical", "p1", "fatal", "danger", "emergency", "urgent", "trigger", "firing":
		return "#d32f2f"
	case "error", "p2", "high":
		return "#e8590c"
	case "warning", "p3", "important":
		return "#b26a00"
	case "ok", "good", "resolve", "resolved", "recovery", "success":
		return "#2e7d32"
	case "info", "p4", "p5", "acknowledge", "acknowledgement":
		return "#1565c0"
	}
	return "#616161"
}
