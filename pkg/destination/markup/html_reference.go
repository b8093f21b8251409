package markup

// reference writes the character for an entity such as &lt;.
func (p *htmlParser) reference() bool {
	code, end := htmlReference(p.source, p.i)
	if code == 0 {
		return false
	}
	p.write(p.character(code), p.i, end)
	p.i = end
	return true
}

func (p *htmlParser) character(code rune) string {
	if 0xd800 <= code && code <= 0xdfff {
		p.surrogates = true
		return "\ufffd"
	}
	return string(code)
}

// htmlReference decodes the four names and the numbers that Telegram supports. The
// semicolon may be missing. It returns 0 for anything else.
func htmlReference(text string, i int) (code rune, end int) {
	end = i + 1
	if at(text, end) == '#' {
		code, end = htmlNumber(text, i)
	} else {
		for isAlpha(at(text, end)) {
			end++
		}
		switch text[i+1 : end] {
		case "lt":
			code = '<'
		case "gt":
			code = '>'
		case "amp":
			code = '&'
		case "quot":
			code = '"'
		}
	}
	if at(text, end) == ';' {
		end++
	}
	return code, end
}

func htmlNumber(text string, i int) (code rune, end int) {
	end = i + 2
	base, digit := uint32(10), isDigit
	if at(text, end) == 'x' {
		base, digit = 16, isHex
		end++
	}
	var n uint32
	for digit(at(text, end)) {
		d := uint32(text[end] - '0')
		if !isDigit(text[end]) {
			d = uint32(text[end]|0x20-'a') + 10
		}
		n = n*base + d
		end++
	}
	if n == 0 || n >= 0x10ffff || end-i >= 10 {
		return 0, end
	}
	return rune(n), end
}
