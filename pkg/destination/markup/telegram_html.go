package markup

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// htmlParser is the state of TDLib's parse_html.
type htmlParser struct {
	*builder
	i          int // the next byte
	open       []tag
	surrogates bool // half of a surrogate pair was decoded
}

// tag is an open element.
type tag struct {
	name     string
	argument string // the attribute that matters
	format   string // of tg-time
	begin    int
}

func parseTelegramHTML(text string) (*Document, error) {
	p := &htmlParser{builder: newBuilder(text)}
	for p.i < len(text) {
		var err error
		switch c := text[p.i]; {
		case c == '<' && at(text, p.i+1) == '/':
			err = p.endTag()
		case c == '<':
			err = p.startTag()
		case c == '&' && p.reference():
		default:
			p.writeByte(c, p.i, p.i+1)
			p.i++
		}
		if err != nil {
			return nil, err
		}
	}
	if len(p.open) > 0 {
		last := p.open[len(p.open)-1]
		return nil, errorAt(last.begin, "Can't find end tag corresponding to start tag %s", quoted(last.name))
	}
	if p.surrogates {
		return nil, errorAt(NoOffset, "Text contains invalid Unicode characters after decoding HTML entities, check for unmatched surrogate code units")
	}
	return p.telegram(TelegramHTML), nil
}

// quoted puts a name in quotes unchanged, which %q would not.
func quoted(s string) string { return `"` + s + `"` }

// startTag reads a start tag with its attributes.
func (p *htmlParser) startTag() error {
	text, begin := p.source, p.i
	i := begin + 1
	for !isSpace(at(text, i)) && text[i] != '>' {
		i++
	}
	if at(text, i) == 0 {
		return errorAt(begin, "Unclosed start tag at byte offset %d", begin)
	}
	t := tag{name: lowerASCII(text[begin+1 : i]), begin: begin}
	if !telegramTag(t.name) {
		return errorAt(begin, "Unsupported start tag %s at byte offset %d", quoted(t.name), begin)
	}
	p.i = i
	for {
		more, err := p.attribute(&t)
		if err != nil {
			return err
		}
		if !more {
			break
		}
	}
	p.i++
	switch {
	case t.name == "span" && t.argument != "spoiler":
		return errorAt(begin, `Tag "span" must have class "tg-spoiler" at byte offset %d`, begin)
	case t.name == "tg-time" && !timeFormat(t.format):
		return errorAt(begin, "Invalid date format used")
	}
	p.open = append(p.open, t)
	p.builder.open(t.kind(), begin)
	return nil
}

func telegramTag(name string) bool {
	return slices.Contains([]string{
		"a", "b", "strong", "i", "em", "s", "strike", "del", "u", "ins", "tg-spoiler", "tg-emoji", "tg-time", "span",
		"pre", "code", "blockquote",
	}, name)
}

func (t tag) kind() Kind {
	switch t.name {
	case "b", "strong":
		return Bold
	case "i", "em":
		return Italic
	case "u", "ins":
		return Underline
	case "s", "strike", "del":
		return Strikethrough
	case "tg-spoiler", "span":
		return Spoiler
	case "tg-emoji":
		return Emoji
	case "tg-time":
		return Timestamp
	case "pre":
		return CodeBlock
	case "code":
		return Code
	case "blockquote":
		if t.argument != "" {
			return ExpandableQuote
		}
		return Quote
	}
	return Link
}

// attribute reads one attribute of a start tag; more is false at its end.
func (p *htmlParser) attribute(t *tag) (more bool, err error) {
	text := p.source
	p.skipSpaces()
	if at(text, p.i) == '>' {
		return false, nil
	}
	from := p.i
	for c := at(text, p.i); !isSpace(c) && strings.IndexByte(`=>/"'`, c) < 0; c = at(text, p.i) {
		p.i++
	}
	name := text[from:p.i]
	if name == "" {
		return false, errorAt(t.begin, "Empty attribute name in the tag %s at byte offset %d", quoted(t.name), t.begin)
	}
	p.skipSpaces()
	value, valued := "", at(text, p.i) == '='
	if valued {
		p.i++
		p.skipSpaces()
	}
	if p.i >= len(text) || text[p.i] == 0 {
		return false, errorAt(t.begin, "Unclosed start tag %s at byte offset %d", quoted(t.name), t.begin)
	}
	if valued {
		if value, err = p.value(); err != nil {
			return false, err
		}
		if at(text, p.i) == 0 {
			return false, errorAt(t.begin, "Unclosed start tag at byte offset %d", t.begin)
		}
	}
	t.set(name, value)
	return true, nil
}

func (p *htmlParser) skipSpaces() {
	for c := at(p.source, p.i); c != 0 && isSpace(c); c = at(p.source, p.i) {
		p.i++
	}
}

// value reads the value of an attribute: a word in lower case, or a quoted text.
func (p *htmlParser) value() (string, error) {
	text, from := p.source, p.i
	quote := text[p.i]
	if quote != '\'' && quote != '"' {
		for c := at(text, p.i); isAlnum(c) || c == '.' || c == '-'; c = at(text, p.i) {
			p.i++
		}
		if c := at(text, p.i); !isSpace(c) && c != '>' {
			return "", errorAt(from, "Unexpected end of name token at byte offset %d", from)
		}
		return lowerASCII(text[from:p.i]), nil
	}
	p.i++
	var b strings.Builder
	for c := at(text, p.i); c != quote && c != 0; c = at(text, p.i) {
		if c == '&' {
			if code, end := htmlReference(text, p.i); code != 0 {
				b.WriteRune(code)
				p.i = end
				continue
			}
		}
		b.WriteByte(c)
		p.i++
	}
	if at(text, p.i) == quote {
		p.i++
	}
	return b.String(), nil
}

// set keeps the attributes that have a meaning.
func (t *tag) set(name, value string) {
	switch {
	case t.name == "a" && name == "href", t.name == "tg-emoji" && name == "emoji-id", t.name == "tg-time" && name == "unix":
		t.argument = value
	case t.name == "tg-time" && name == "format":
		t.format = value
	case t.name == "code" && name == "class" && strings.HasPrefix(value, "language-"):
		t.argument = value[len("language-"):]
	case t.name == "span" && name == "class" && strings.HasPrefix(value, "tg-"):
		t.argument = value[len("tg-"):]
	case t.name == "blockquote" && name == "expandable":
		t.argument = "1"
	}
}

// endTag reads an end tag. </> ends any element.
func (p *htmlParser) endTag() error {
	text, begin := p.source, p.i
	if len(p.open) == 0 {
		return errorAt(begin, "Unexpected end tag at byte offset %d", begin)
	}
	i := begin + 2
	for !isSpace(at(text, i)) && text[i] != '>' {
		i++
	}
	name := lowerASCII(text[begin+2 : i])
	p.i = i
	p.skipSpaces()
	if at(text, p.i) != '>' {
		return errorAt(begin, "Unclosed end tag at byte offset %d", begin)
	}
	p.i++
	last := p.open[len(p.open)-1]
	if name != "" && name != last.name {
		return errorAt(begin, "Unmatched end tag at byte offset %d, expected %s, found %s", begin, quoted("</"+last.name+">"), quoted("</"+name+">"))
	}
	p.open = p.open[:len(p.open)-1]
	return p.endElement(last)
}

// endElement ends an element. One without text leaves nothing, not even an error.
func (p *htmlParser) endElement(t tag) error {
	if p.top().from == len(p.out) {
		p.unwrap(p.i)
		return nil
	}
	switch t.name {
	case "a":
		target := t.argument
		if target == "" {
			target = p.inner()
		}
		p.closeLink(target, p.i)
	case "tg-emoji":
		id, err := strconv.ParseInt(t.argument, 10, 64)
		if err != nil || id == 0 || strconv.FormatInt(id, 10) != t.argument {
			return errorAt(t.begin, "Invalid custom emoji identifier specified")
		}
		p.close(p.i).URL = "tg://emoji?id=" + t.argument
	case "tg-time":
		p.close(p.i).URL = timeURL(t.argument, t.format)
	case "pre", "code":
		p.endCode(t)
	default:
		p.close(p.i)
	}
	return nil
}

// endCode ends pre or code. If one is directly inside the other, with a language, they
// are a block of that language.
func (p *htmlParser) endCode(t tag) {
	node := p.top()
	p.flush()
	var inner *Node
	if len(node.Nodes) == 1 && (node.Nodes[0].Kind == Code || node.Nodes[0].Kind == CodeBlock) {
		inner = node.Nodes[0]
	}
	p.close(p.i)
	node.Language = t.argument
	if inner == nil || inner.Kind == node.Kind || inner.from != node.from || inner.to != node.to {
		return
	}
	if language := t.argument + inner.Language; language != "" {
		node.Kind, node.Language = CodeBlock, language
	} else if inner.Kind == CodeBlock {
		node.Kind = CodeBlock
	}
}

func lowerASCII(s string) string {
	return strings.Map(func(r rune) rune {
		if 'A' <= r && r <= 'Z' {
			return r | 0x20
		}
		return r
	}, validUTF8(s))
}

// validUTF8 replaces broken bytes, so that strings.Map does not count them twice.
func validUTF8(s string) string {
	if utf8.ValidString(s) {
		return s
	}
	return strings.ToValidUTF8(s, "\ufffd")
}
