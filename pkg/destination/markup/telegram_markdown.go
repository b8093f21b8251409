package markup

import "strings"

// parseTelegramMarkdown is TDLib's parse_markdown: no nesting, escapes only
// outside entities, and a single error.
func parseTelegramMarkdown(text string) (*Document, error) {
	b := newBuilder(text)
	for i := 0; i < len(text); {
		switch c := text[i]; c {
		case '\\':
			if next := at(text, i+1); next == '_' || next == '*' || next == '`' || next == '[' {
				b.writeByte(next, i, i+2)
				i += 2
				continue
			}
			b.writeByte(c, i, i+1)
			i++
		case '_', '*', '`', '[':
			next, err := b.markdownEntity(i)
			if err != nil {
				return nil, err
			}
			i = next
		default:
			end := i + 1
			for end < len(text) && !telegramSpecial(text[end]) {
				end++
			}
			b.copy(i, end)
			i = end
		}
	}
	return b.telegram(TelegramMarkdown), nil
}

func telegramSpecial(c byte) bool {
	return c == '_' || c == '*' || c == '`' || c == '[' || c == '\\'
}

// markdownEntity reads the entity at an offset, and returns where the text continues.
func (b *builder) markdownEntity(begin int) (int, error) {
	text := b.source
	if strings.HasPrefix(text[begin:], "```") {
		return b.markdownPre(begin)
	}
	last := text[begin]
	if last == '[' {
		last = ']'
	}
	length := strings.IndexByte(text[begin+1:], last)
	if length < 0 {
		return 0, errorAt(begin, "Can't find end of the entity starting at byte offset %d", begin)
	}
	end := begin + 1 + length
	removed := begin + 1 - len(b.out)
	b.open(markdownKind(text[begin]), begin)
	b.copy(begin+1, end)
	if last != ']' {
		b.close(end + 1)
		return end + 1, nil
	}
	if length == 0 || at(text, end+1) != '(' {
		b.closeLink(overwritten(text, begin+1, end, removed), end+1)
		return end + 1, nil
	}
	// A missing ) is not an error: the rest of the text is the target.
	target := text[end+2:]
	after := len(text)
	if n := strings.IndexByte(target, ')'); n >= 0 {
		target, after = target[:n], end+2+n+1
	}
	b.closeLink(target, after)
	return after, nil
}

// markdownPre reads a block of code. The search for its end begins at its text.
func (b *builder) markdownPre(begin int) (int, error) {
	language, from := preHead(b.source, begin+3)
	length := -1
	if from <= len(b.source) {
		length = strings.Index(b.source[from:], "```")
	}
	if length < 0 {
		return 0, errorAt(begin, "Can't find end of the entity starting at byte offset %d", begin)
	}
	end := from + length
	b.open(CodeBlock, begin).Language = language
	b.copy(from, end)
	b.close(end + 3)
	return end + 3, nil
}

func markdownKind(c byte) Kind {
	switch c {
	case '_':
		return Italic
	case '*':
		return Bold
	case '`':
		return Code
	}
	return Link
}

// overwritten is what Telegram takes for the target of a [text] without (target):
// it reads text[start:end] from a buffer into which it has already written the
// same text, moved by as many bytes as were removed before it.
func overwritten(text string, start, end, removed int) string {
	middle := max(start, end-removed)
	if middle == start {
		return text[start:end]
	}
	return text[start+removed:end] + text[middle:end]
}
