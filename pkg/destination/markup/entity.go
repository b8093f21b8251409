package markup

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"
)

// Entity is a part of a message's text as Telegram's API describes it. Offset and
// Length are in UTF-16 code units of Document.Text.
type Entity struct {
	Type          string `json:"type"`
	Offset        int    `json:"offset"`
	Length        int    `json:"length"`
	URL           string `json:"url,omitempty"`
	Language      string `json:"language,omitempty"`
	CustomEmojiID string `json:"custom_emoji_id,omitempty"`
	User          *User  `json:"user,omitempty"`
}

// User is who a text_mention is about.
type User struct {
	ID string `json:"id"`
}

// Entities returns what Telegram's API returns as the entities of the message: sorted,
// without those that hold only spaces, and with the overlapping ones split as TDLib
// splits them. Of what Telegram itself finds in plain text they include names and URLs
// with a scheme, but not hashtags, commands, e-mail addresses and phone numbers.
func (d *Document) Entities() []Entity {
	var all []span
	for node := range d.Walk() {
		if e, ok := node.entity(); ok && !node.auto {
			all = append(all, span{Entity: e, from: node.from, to: node.to})
		}
	}
	all = fixEntities(trimSpans(d.Text, fixEntities(all)))
	all = fixEntities(append(all, d.foundSpans(all)...))
	units := utf16Offsets(d.Text, all)
	entities := make([]Entity, 0, len(all))
	for _, s := range all {
		e := s.Entity
		e.Offset = units[s.from]
		if e.Length = units[s.to] - e.Offset; e.Length > 0 {
			entities = append(entities, e)
		}
	}
	return entities
}

// foundSpans returns what Telegram finds in the text outside its links and code. It
// treats the text as a whole, across bold and the like.
func (d *Document) foundSpans(sorted []span) []span {
	var more []span
	for _, f := range findInTelegram(d.Text) {
		for len(sorted) > 0 && (sorted[0].to <= f.start || !sorted[0].continuous()) {
			sorted = sorted[1:]
		}
		if len(sorted) > 0 && sorted[0].from < f.end {
			continue
		}
		e := Entity{Type: "mention"}
		if f.kind == Link {
			e.Type = "url"
		}
		more = append(more, span{e, f.start, f.end})
	}
	return more
}

// span is an entity by its range of bytes in the text.
type span struct {
	Entity
	from, to int
}

// trimSpans removes leading spaces from entities, and entities that hold nothing else.
func trimSpans(text string, all []span) []span {
	kept := all[:0]
	for _, s := range all {
		for s.from < s.to && (text[s.from] == ' ' || text[s.from] == '\n') {
			s.from++
		}
		if s.from < s.to {
			kept = append(kept, s)
		}
	}
	return kept
}

// entity returns the Telegram entity of a node, if it is one.
func (n *Node) entity() (Entity, bool) {
	switch n.Kind {
	case Bold, Italic, Underline, Strikethrough, Spoiler, Code:
		return Entity{Type: string(n.Kind)}, true
	case CodeBlock:
		return Entity{Type: "pre", Language: n.Language}, true
	case Quote:
		return Entity{Type: "blockquote"}, true
	case ExpandableQuote:
		return Entity{Type: "expandable_blockquote"}, true
	case Link:
		return Entity{Type: "text_link", URL: n.URL}, true
	case Mention:
		return Entity{Type: "text_mention", User: &User{ID: strings.TrimPrefix(n.URL, "tg://user?id=")}}, true
	case Emoji:
		return Entity{Type: "custom_emoji", CustomEmojiID: strings.TrimPrefix(n.URL, "tg://emoji?id=")}, true
	case Timestamp:
		return Entity{Type: "date_time"}, true
	}
	return Entity{}, false
}

// priority orders entities with the same range.
func (s span) priority() int {
	switch s.Type {
	case "blockquote", "expandable_blockquote":
		return 0
	case "pre":
		return 11
	case "code":
		return 20
	case "bold":
		return 90
	case "italic":
		return 91
	case "underline":
		return 92
	case "strikethrough":
		return 93
	case "spoiler":
		return 94
	case "custom_emoji":
		return 99
	}
	return 50
}

func sortSpans(all []span) {
	slices.SortStableFunc(all, func(a, b span) int {
		return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(b.to, a.to), cmp.Compare(a.priority(), b.priority()))
	})
}

// utf16Offsets returns the UTF-16 offset of each boundary of the spans.
func utf16Offsets(text string, all []span) map[int]int {
	bounds := make([]int, 0, 2*len(all))
	for _, s := range all {
		bounds = append(bounds, s.from, s.to)
	}
	slices.Sort(bounds)
	units := make(map[int]int, len(bounds))
	last, n := 0, 0
	for _, bound := range slices.Compact(bounds) {
		n += UTF16Length(text[last:bound])
		last = bound
		units[bound] = n
	}
	return units
}

// UTF16Length counts the UTF-16 code units of a text: one for each character, two for
// those beyond the Basic Multilingual Plane.
func UTF16Length(s string) int {
	n := 0
	for i := range len(s) {
		switch c := s[i]; {
		case c >= 0xf0:
			n += 2
		case utf8.RuneStart(c):
			n++
		}
	}
	return n
}
