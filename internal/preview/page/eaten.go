package page

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/hooktool/hooktool/pkg/destination/markup"
	"github.com/hooktool/hooktool/pkg/event"
)

// eatenText is a text of the event from which markup removes characters, so that the
// reader never sees them.
type eatenText struct{ Parts []eatenPart }

// eatenPart is a part of it that is shown, or one that is not.
type eatenPart struct {
	Text  string
	Eaten bool
}

// The bounds of what is reported about eaten texts: how many, and how much of each, in
// bytes.
const (
	mostEaten     = 5
	mostEatenText = 240
)

// eaten finds the texts of the event that the message contains unchanged, but whose
// markup shows only a part of them. What becomes the URL of a link, a mention, an emoji
// or the bullet of a list is shown as something else, and is not eaten.
func eaten(d *drawing, ev event.Event) []eatenText {
	var found []eatenText
	values := texts(ev)
	for _, text := range d.Destination.Texts(d.Body) {
		doc, err := markup.Parse(text.Dialect, text.Value)
		if err != nil {
			continue // the message is refused, which is reported elsewhere
		}
		var shown []bool
		for _, value := range values {
			at := strings.Index(text.Value, value)
			if at < 0 {
				continue
			}
			if shown == nil {
				shown = visible(doc, text.Value)
			}
			parts := split(value, shown[at:at+len(value)])
			if parts == nil || slices.ContainsFunc(found, func(e eatenText) bool { return slices.Equal(e.Parts, parts) }) {
				continue // all of it is seen, or it was found in another text
			}
			if found = append(found, eatenText{parts}); len(found) == mostEaten {
				return found
			}
		}
	}
	return found
}

// meant matches intentional Markdown, such as Coroot's AI writes: if that is taken for
// markup, it is shown as it should be.
var meant = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile("\\*\\*[^\\s*][^*\n]*\\*\\*|(?m)^\\s*```") })

// texts returns the distinct strings of an event that could contain markup.
func texts(ev event.Event) []string {
	var list []string
	var walk func(any)
	walk = func(v any) {
		switch v := v.(type) {
		case map[string]any:
			for _, member := range v {
				walk(member)
			}
		case []any:
			for _, element := range v {
				walk(element)
			}
		case string:
			if strings.ContainsAny(v, "*_~`<>[]|\\#&{}") && !meant().MatchString(v) {
				list = append(list, v)
			}
		}
	}
	var value any
	if object, err := event.Marshal(ev); err == nil && json.Unmarshal(object, &value) == nil {
		walk(value)
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// visible reports for each byte of a text whether the reader sees it.
func visible(doc *markup.Document, text string) []bool {
	shown := make([]bool, len(text))
	mark := func(start, end int) {
		for i := max(start, 0); i < min(end, len(text)); i++ {
			shown[i] = true
		}
	}
	for n := range doc.Walk() {
		switch {
		case n.Kind == markup.Mention || n.Kind == markup.Emoji || n.Kind == markup.Timestamp:
			mark(n.Start, n.End)
		case (n.Kind == markup.Link || n.Kind == markup.Image) && n.URL != "":
			if at := strings.Index(text[n.Start:min(n.End, len(text))], n.URL); at >= 0 {
				mark(n.Start+at, n.Start+at+len(n.URL))
			}
		}
		if len(n.Nodes) > 0 || n.Start > n.End || n.End > len(text) {
			continue
		}
		rest := n.Text
		for i := n.Start; i < n.End && rest != ""; i++ { // what is shown is in the source, in the same order
			if text[i] == rest[0] || text[i] == '\n' && rest[0] == ' ' { // a line's end can be shown as a space
				shown[i], rest = true, rest[1:]
			}
		}
	}
	return shown
}

// split divides a text into what is shown and what is not. It returns nil if all of it
// is shown except spaces and bullets.
func split(text string, shown []bool) []eatenPart {
	var parts []eatenPart
	lost := false
	lineStart := 0
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		gone := !shown[i] && !unicode.IsSpace(r) && !isBullet(text[lineStart:i+size], text[i+size:])
		lost = lost || gone
		if n := len(parts); n > 0 && parts[n-1].Eaten == gone {
			parts[n-1].Text += text[i : i+size]
		} else {
			parts = append(parts, eatenPart{text[i : i+size], gone})
		}
		if i += size; r == '\n' {
			lineStart = i
		}
		if i >= mostEatenText && i < len(text) {
			parts = append(parts, eatenPart{"…", false})
			break
		}
	}
	if !lost {
		return nil
	}
	return parts
}

// isBullet reports whether the beginning of a line can be the bullet or the number of a
// list item.
func isBullet(s, rest string) bool {
	s = strings.TrimSpace(s)
	if next, _ := utf8.DecodeRuneInString(strings.TrimLeft(rest, "0123456789.)")); !unicode.IsSpace(next) {
		return false
	}
	return s == "-" || s == "*" || s == "+" || strings.Trim(s, "0123456789.)") == ""
}
