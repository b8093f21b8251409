package markup

import "strings"

// entity is an open entity of MarkdownV2 or HTML.
type entity struct {
	name  string // as Telegram's errors call it
	kind  Kind
	begin int // its byte offset, for errors
}

// markdownV2 is the state of TDLib's parse_markdown_v2.
type markdownV2 struct {
	*builder
	open  []entity
	quote bool // a block quote is open
	start bool // a block quote may start here
}

func parseTelegramMarkdownV2(text string) (*Document, error) {
	p := &markdownV2{builder: newBuilder(text), start: true}
	for i := 0; i < len(text); {
		next, err := p.step(i)
		if err != nil {
			return nil, err
		}
		i = next
	}
	if err := p.finishQuote(); err != nil {
		return nil, err
	}
	return p.telegram(TelegramMarkdownV2), nil
}

// step reads what is at an offset and returns where the text continues.
func (p *markdownV2) step(i int) (int, error) {
	c := p.source[i]
	if next := at(p.source, i+1); c == '\\' && 1 <= next && next <= 126 {
		p.writeByte(next, i, i+2)
		if next != '\r' {
			p.start = next == '\n'
		}
		return i + 2, nil
	}
	if !p.reserved(c) {
		p.writeByte(c, i, i+1)
		if c != '\r' {
			p.start = false
		}
		return i + 1, nil
	}
	if p.ends(i) {
		return p.end(i)
	}
	return p.begin(i)
}

func (p *markdownV2) reserved(c byte) bool {
	if p.inCode() {
		return c == '`'
	}
	return strings.IndexByte("_*[]()~`>#+-=|{}.!\n", c) >= 0
}

func (p *markdownV2) inCode() bool {
	if len(p.open) == 0 {
		return false
	}
	kind := p.open[len(p.open)-1].kind
	return kind == Code || kind == CodeBlock
}

// ends reports whether the innermost entity ends at an offset.
func (p *markdownV2) ends(i int) bool {
	if len(p.open) == 0 {
		return false
	}
	c, next := p.source[i], at(p.source, i+1)
	if p.quote && c == '\n' && next != '>' {
		return true
	}
	switch p.open[len(p.open)-1].name {
	case "Bold":
		return c == '*'
	case "Italic":
		return c == '_' && next != '_'
	case "Underline":
		return c == '_' && next == '_'
	case "Strikethrough":
		return c == '~'
	case "Spoiler":
		return c == '|' && next == '|'
	case "Code":
		return c == '`'
	case "Pre", "PreCode":
		return strings.HasPrefix(p.source[i:], "```")
	case "TextUrl", "CustomEmoji":
		return c == ']'
	}
	return false
}

// begin reads the start of an entity, or a character that should be escaped.
func (p *markdownV2) begin(i int) (int, error) {
	rest := p.source[i:]
	for _, mark := range [...]struct {
		text, name string
		kind       Kind
	}{
		{"__", "Underline", Underline},
		{"_", "Italic", Italic},
		{"*", "Bold", Bold},
		{"~", "Strikethrough", Strikethrough},
		{"||", "Spoiler", Spoiler},
		{"[", "TextUrl", Link},
		{"![", "CustomEmoji", Emoji},
	} {
		if strings.HasPrefix(rest, mark.text) {
			p.push(mark.name, mark.kind, i)
			return i + len(mark.text), nil
		}
	}
	switch {
	case strings.HasPrefix(rest, "```"):
		return p.beginPre(i), nil
	case rest[0] == '`':
		p.push("Code", Code, i)
		return i + 1, nil
	case rest[0] == '\n':
		p.writeByte('\n', i, i+1)
		p.start = true
		return i + 1, nil
	case rest[0] == '>' && p.start:
		if !p.quote {
			p.push("BlockQuote", Quote, i)
			p.quote = true
		}
		return i + 1, nil
	}
	return 0, errorAt(i, `Character '%c' is reserved and must be escaped with the preceding '\'`, rest[0])
}

func (p *markdownV2) beginPre(i int) int {
	language, from := preHead(p.source, i+3)
	name := "Pre"
	if language != "" {
		name = "PreCode"
	}
	p.push(name, CodeBlock, i).Language = language
	return from
}

func (p *markdownV2) push(name string, kind Kind, begin int) *Node {
	p.open = append(p.open, entity{name, kind, begin})
	return p.builder.open(kind, begin)
}

func (p *markdownV2) pop() entity {
	last := p.open[len(p.open)-1]
	p.open = p.open[:len(p.open)-1]
	return last
}

// end reads the end of the innermost entity.
func (p *markdownV2) end(i int) (int, error) {
	if p.source[i] == '\n' && p.open[len(p.open)-1].kind != Quote {
		return p.endExpandable(i)
	}
	switch last := p.pop(); last.name {
	case "Underline", "Spoiler":
		p.close(i + 2)
		return i + 2, nil
	case "Pre", "PreCode":
		p.close(i + 3)
		return i + 3, nil
	case "TextUrl":
		return p.endLink(i)
	case "CustomEmoji":
		return p.endEmoji(i)
	case "BlockQuote":
		p.endQuote(i, Quote)
	default:
		p.close(i + 1)
	}
	return i + 1, nil
}

// endExpandable ends a block quote at a line that ends in ||, which makes it
// expandable. Anything else that is open at the end of a quote is an error.
func (p *markdownV2) endExpandable(i int) (int, error) {
	last := p.open[len(p.open)-1]
	marks := 2
	if p.source[i-1] == '\r' {
		marks = 3
	}
	under := len(p.open) - 2
	if last.kind != Spoiler || last.begin != i-marks || under < 0 || p.open[under].kind != Quote {
		return 0, p.unclosed()
	}
	p.pop()
	p.unwrap(i)
	p.pop()
	p.endQuote(i, ExpandableQuote)
	return i + 1, nil
}

// endQuote ends a block quote with the line break that belongs to it.
func (p *markdownV2) endQuote(i int, kind Kind) {
	p.writeByte('\n', i, i+1)
	p.close(i + 1).Kind = kind
	p.quote, p.start = false, true
}

// finishQuote ends the quote that is open at the end of the text.
func (p *markdownV2) finishQuote() error {
	size := len(p.source)
	top := len(p.open) - 1
	if p.quote && top >= 1 && p.open[top].kind == Spoiler && p.open[top].begin == size-2 && p.open[top-1].kind == Quote {
		p.pop()
		p.unwrap(size)
		p.pop()
		p.close(size).Kind = ExpandableQuote
		p.quote = false
	}
	if top = len(p.open) - 1; p.quote && p.open[top].kind == Quote {
		p.pop()
		p.close(size)
	}
	if len(p.open) > 0 {
		return p.unclosed()
	}
	return nil
}

func (p *markdownV2) unclosed() error {
	last := p.open[len(p.open)-1]
	return errorAt(last.begin, "Can't find end of %s entity at byte offset %d", last.name, last.begin)
}

// endLink ends the text of a link at its ]. Without a target the text is the target.
func (p *markdownV2) endLink(i int) (int, error) {
	if at(p.source, i+1) != '(' {
		p.closeLink(p.inner(), i+1)
		return i + 1, nil
	}
	target, end, err := p.target(i + 2)
	if err != nil {
		return 0, err
	}
	p.closeLink(target, end)
	return end, nil
}

// endEmoji ends a custom emoji or a time at its ].
func (p *markdownV2) endEmoji(i int) (int, error) {
	if at(p.source, i+1) != '(' {
		return 0, errorAt(i, "The entity must contain a tg://emoji or tg://time URL")
	}
	target, end, err := p.target(i + 2)
	if err != nil {
		return 0, err
	}
	if id, ok := telegramQuery(target, "emoji", "id"); ok {
		p.close(end).URL = "tg://emoji?id=" + id
		return end, nil
	}
	unix, isTime := telegramQuery(target, "time", "unix")
	query, _ := telegramLink(target, "time")
	if !isTime || !timeFormat(query.Get("format")) {
		return 0, errorAt(i+2, "Invalid tg://emoji or tg://time URL specified")
	}
	node := p.close(end)
	node.Kind, node.URL = Timestamp, timeURL(unix, query.Get("format"))
	return end, nil
}

// target reads a link's target up to its ), and returns what follows it.
func (p *markdownV2) target(begin int) (target string, end int, err error) {
	var b strings.Builder
	for i := begin; i < len(p.source); i++ {
		c := p.source[i]
		if next := at(p.source, i+1); c == '\\' && 1 <= next && next <= 126 {
			b.WriteByte(next)
			i++
			continue
		}
		if c == ')' {
			return b.String(), i + 1, nil
		}
		b.WriteByte(c)
	}
	return "", 0, errorAt(begin, "Can't find end of a URL at byte offset %d", begin)
}

// timeFormat reports whether Telegram supports the format of a time: "r" for relative
// to now, or letters for weekday, date and time.
func timeFormat(format string) bool {
	return format == "r" || format == "R" || strings.Trim(format, "tTdDwW") == ""
}

func timeURL(unix, format string) string {
	url := "tg://time?unix=" + unix
	if format != "" {
		url += "&format=" + format
	}
	return url
}
