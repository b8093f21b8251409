package markup

import "strings"

// parsePushoverHTML reads the few elements that Pushover shows. What is no such
// element stays as it is, and nothing is an error.
func parsePushoverHTML(text string) (*Document, error) {
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
			if n := b.pushoverTag(i, &open); n > 0 {
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
	return b.document(PushoverHTML), nil
}

// deepestPushover bounds how deep elements are looked through for the one that an
// end tag ends.
const deepestPushover = 50

// pushoverTag reads a tag and returns its length, or 0 if it is none.
func (b *builder) pushoverTag(i int, open *[]string) int {
	inner, n := angle(b.source, i)
	if n == 0 {
		return 0
	}
	if name, ok := strings.CutPrefix(inner, "/"); ok {
		return b.pushoverEnd(strings.ToLower(strings.TrimSpace(name)), n, i, open)
	}
	name, attributes, _ := strings.Cut(inner, " ")
	name = strings.ToLower(name)
	kind := Kind("")
	switch name {
	case "b":
		kind = Bold
	case "i":
		kind = Italic
	case "u":
		kind = Underline
	case "a":
		kind = Link
	case "font": // its colour is not part of the tree
		return n
	}
	if kind == "" || len(*open) >= deepestPushover {
		return 0
	}
	*open = append(*open, name)
	b.open(kind, i).URL = attributeOf(attributes, "href")
	return n
}

// pushoverEnd ends an element, and those in it that were left open.
func (b *builder) pushoverEnd(name string, n, i int, open *[]string) int {
	if name == "font" {
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
