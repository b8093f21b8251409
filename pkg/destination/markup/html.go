package markup

import "strings"

// looseHTML is HTML of which a system shows a few elements, and in which nothing is an
// error.
type looseHTML struct {
	dialect  Dialect
	elements map[string]Kind // by name; the Kind "" is a known element without effect in the tree
	drops    bool            // other tags vanish; otherwise they are shown as written
}

// pushoverHTML is the message of Pushover with html=1: https://pushover.net/api#html
func pushoverHTML() looseHTML {
	return looseHTML{dialect: PushoverHTML, elements: map[string]Kind{"b": Bold, "i": Italic, "u": Underline, "a": Link, "font": ""}}
}

// googleChatHTML is the text of Google Chat's cards:
// https://developers.google.com/workspace/chat/format-messages
func googleChatHTML() looseHTML {
	return looseHTML{dialect: GoogleChatHTML, drops: true, elements: map[string]Kind{
		"b": Bold, "strong": Bold, "i": Italic, "em": Italic, "u": Underline, "s": Strikethrough, "strike": Strikethrough, "del": Strikethrough,
		"a": Link, "code": "", "font": "", "time": "", "p": "",
	}}
}

// parse reads a text.
func (h looseHTML) parse(text string) (*Document, error) {
	b := newBuilder(text)
	var open []string
	for i := 0; i < len(text); {
		switch text[i] {
		case '&':
			if p, n := htmlEntity(text, i); n > 0 {
				b.write(p.text, i, i+n)
				i += n
				continue
			}
		case '<':
			if n := h.tag(b, i, &open); n > 0 {
				i += n
				continue
			}
		}
		b.writeByte(text[i], i, i+1)
		i++
	}
	for range open {
		b.close(len(text))
	}
	return b.document(h.dialect), nil
}

// deepestHTML bounds how many open elements are searched for the one that an end tag
// ends.
const deepestHTML = 50

// tag reads a tag and returns its length, or 0 if it is shown as written.
func (h looseHTML) tag(b *builder, i int, open *[]string) int {
	inner, n := angle(b.source, i)
	if n == 0 || h.drops && !isTag(inner) {
		return 0
	}
	dropped := 0
	if h.drops {
		dropped = n
	}
	if name, ok := strings.CutPrefix(inner, "/"); ok {
		return max(h.end(b, strings.ToLower(strings.TrimSpace(name)), n, i, open), dropped)
	}
	name, attributes, _ := strings.Cut(inner, " ")
	name = strings.ToLower(strings.TrimSuffix(name, "/"))
	kind, known := h.elements[name]
	switch {
	case known && kind == "": // such as a colour, which the tree does not have
		return n
	case h.drops && name == "br":
		b.write("\n", i, i+n)
		return n
	case !known || len(*open) >= deepestHTML:
		return dropped
	}
	*open = append(*open, name)
	b.open(kind, i).URL = attributeOf(attributes, "href")
	return n
}

// end ends an element, and those in it that were not closed.
func (h looseHTML) end(b *builder, name string, n, i int, open *[]string) int {
	if kind, known := h.elements[name]; known && kind == "" {
		return n
	}
	for k := len(*open) - 1; k >= 0; k-- {
		if (*open)[k] != name {
			continue
		}
		for len(*open) > k {
			b.close(i + n)
			*open = (*open)[:len(*open)-1]
		}
		return n
	}
	return 0
}

// isTag reports whether a browser takes what is in angle brackets for a tag: its name
// begins with a letter, possibly after a slash.
func isTag(inner string) bool {
	name := strings.TrimPrefix(inner, "/")
	return name != "" && ('a' <= name[0]|0x20 && name[0]|0x20 <= 'z' || name[0] == '!')
}

// LostTags returns the tags in a text that Google Chat's cards do not know, which
// therefore vanish, each with its offset in bytes.
func LostTags(text string) (tags []string, offsets []int) {
	known := googleChatHTML().elements
	for i := 0; i < len(text); i++ {
		if text[i] != '<' {
			continue
		}
		inner, n := angle(text, i)
		if n == 0 || !isTag(inner) {
			continue
		}
		name := strings.ToLower(strings.Trim(inner, "/"))
		name, _, _ = strings.Cut(name, " ")
		if _, ok := known[name]; !ok && name != "br" {
			tags, offsets = append(tags, text[i:i+n]), append(offsets, i)
		}
		i += n - 1
	}
	return tags, offsets
}

// attributeOf returns the value of an attribute.
func attributeOf(attributes, name string) string {
	_, rest, ok := strings.Cut(attributes, name+"=")
	if !ok || rest == "" {
		return ""
	}
	if quote := rest[0]; quote == '"' || quote == '\'' {
		value, _, _ := strings.Cut(rest[1:], string(quote))
		p, n := value, 0
		for k := strings.IndexByte(p[n:], '&'); k >= 0; k = strings.IndexByte(p[n:], '&') {
			n += k
			if e, size := htmlEntity(p, n); size > 0 {
				p = p[:n] + e.text + p[n+size:]
			}
			n++
		}
		return p
	}
	value, _, _ := strings.Cut(rest, " ")
	return value
}
