package markup

// isSpace is TDLib's is_space. It includes NUL, which TDLib reads after the end.
func isSpace(c byte) bool {
	return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == 0 || c == '\v'
}

// at returns a byte of a C string: NUL after its end.
func at(text string, i int) byte {
	if i < len(text) {
		return text[i]
	}
	return 0
}

// preHead reads what may follow the opening ``` of a block: a language, and one
// line break. It returns where the block's text begins.
func preHead(text string, i int) (language string, begin int) {
	end := i
	for !isSpace(at(text, end)) && at(text, end) != '`' {
		end++
	}
	if i != end && end < len(text) && text[end] != '`' {
		language = text[i:end]
		i = end
	}
	if c := at(text, i); c == '\n' || c == '\r' {
		if next := at(text, i+1); (next == '\n' || next == '\r') && next != c {
			return language, i + 2
		}
		return language, i + 1
	}
	return language, i
}

func parseTelegramPlain(text string) (*Document, error) {
	b := newBuilder(text)
	b.copy(0, len(text))
	return b.telegram(TelegramPlain), nil
}

// closeLink ends a link, which Telegram keeps only if it accepts the target. The text
// stays in any case.
func (b *builder) closeLink(target string, end int) {
	if id, ok := telegramUser(target); ok {
		node := b.close(end)
		node.Kind, node.URL, node.Ping = Mention, "tg://user?id="+id, true
		return
	}
	url, ok := telegramURL(target)
	if !ok {
		b.dropped = append(b.dropped, Dropped{target, b.top().Start})
		b.unwrap(end)
		return
	}
	b.close(end).URL = url
}
