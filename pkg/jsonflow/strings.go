package jsonflow

func isHex(c byte) bool { return isDigit(c) || 'a' <= c|0x20 && c|0x20 <= 'f' }

func (c *cursor) stringByte(b byte, pos int32) syntaxError {
	switch c.esc {
	case escBackslash:
		return c.escapedByte(b)
	case escHex1, escHex2, escHex3, escHex4:
		return c.hexByte(b, pos)
	}
	switch {
	case b == '"':
		c.endString(pos)
	case b == '\\':
		c.esc = escBackslash
	case b == '\n' && (c.repaired() || c.repairAll):
	case b < ' ':
		return errControl
	}
	return okByte
}

func (c *cursor) escapedByte(b byte) syntaxError {
	c.esc = escNone
	switch b {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		return okByte
	case 'u':
		c.esc = escHex1
		return okByte
	case '\n':
		if c.repaired() {
			return errLostBackslash
		}
	}
	return errEscape
}

func (c *cursor) hexByte(b byte, pos int32) syntaxError {
	if !isHex(b) {
		c.esc = escNone
		if b == '"' {
			c.endString(pos)
		}
		return errHex
	}
	surrogate := false
	if c.esc == escHex2 {
		surrogate = c.literal == 'd' && b >= '8' && c.mode == modeKeyString && c.stack.parent == nil
	}
	c.literal = 0
	switch c.esc {
	case escHex1:
		if b|0x20 == 'd' {
			c.literal = 'd'
		}
		c.esc = escHex2
	case escHex4:
		c.esc = escNone
	default:
		c.esc++
	}
	if surrogate {
		return errSurrogateKey
	}
	return okByte
}

// endString is called at the quote that closes a string.
func (c *cursor) endString(pos int32) {
	if c.mode == modeKeyString {
		top := *c.stack
		c.pool.noteKey(top, c.key, pos)
		top.key = c.key
		if top.key == "" {
			top.key = " " // the empty key; a path shows it as [" "]
		}
		c.stack = c.pool.frame(top)
		c.key = ""
		c.mode = modeColon
		return
	}
	c.endValue()
}

// addKey adds text to the key that is being written.
func (c *cursor) addKey(text string) {
	if len(c.key) >= maxKey {
		return
	}
	if room := maxKey - len(c.key); len(text) > room {
		text = text[:room]
	}
	c.key += text
}
