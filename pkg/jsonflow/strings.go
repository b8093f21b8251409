package jsonflow

func isHex(c byte) bool { return isDigit(c) || 'a' <= c|0x20 && c|0x20 <= 'f' }

func (c *cursor) stringByte(b byte, pos int32) syntaxError {
	switch c.esc {
	case escNone:
	case escBackslash:
		return c.escapedByte(b)
	case escHex1, escHex2, escHex3, escHex4:
		return c.hexByte(b, pos)
	default:
		return c.pairByte(b, pos)
	}
	switch {
	case b == '"':
		c.endString(pos)
	case b == '\\':
		c.esc = escBackslash
	case b == '\n' && c.repairsBreak():
	case b < ' ':
		return errControl
	}
	return okByte
}

// repairsBreak reports whether Coroot repairs a line break that comes next.
func (c *cursor) repairsBreak() bool {
	if c.pool == nil {
		return c.repaired()
	}
	return c.pool.repairs(&c.doc)
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
	first := c.literal
	switch c.esc {
	case escHex1:
		c.literal = b | ' '
		c.esc = escHex2
		return okByte
	case escHex2:
		c.literal = 0
		if first == 'd' && b >= '8' && c.mode == modeKeyString && c.stack.parent == nil {
			c.literal = halfPair
		}
		c.esc = escHex3
	case escHex3:
		c.esc = escHex4
	case escHex4:
		c.esc = escNone
		if c.literal == halfPair {
			c.esc = escPair
		}
		c.literal = 0
	}
	return okByte
}

// halfPair in doc.literal says that the escape that is being read is half a
// surrogate pair.
const halfPair = 1

// pairByte reads the escape that must follow half a surrogate pair.
func (c *cursor) pairByte(b byte, pos int32) syntaxError {
	lower := b | ' '
	switch {
	case c.esc == escPair && b == '\\':
		c.esc = escPairU
	case c.esc == escPairU && b == 'u':
		c.esc = escPairHex1
	case c.esc == escPairHex1 && lower == 'd':
		c.esc = escPairHex2
	case c.esc == escPairHex2 && lower >= 'c' && lower <= 'f':
		c.esc = escPairHex34
	case c.esc == escPairHex34 && isHex(b):
		if c.literal++; c.literal == 2 {
			c.esc, c.literal = escNone, 0
		}
	default:
		c.unpaired()
		c.stringByte(b, pos)
		return errSurrogateKey
	}
	return okByte
}

// unpaired goes on as JSON does where the second half of a surrogate pair does
// not come.
func (c *cursor) unpaired() {
	switch c.esc {
	case escPair:
		c.esc = escNone
	case escPairU:
		c.esc = escBackslash
	case escPairHex1:
		c.esc, c.literal = escHex1, 0
	case escPairHex2:
		c.esc, c.literal = escHex2, 'd'
	case escPairHex34:
		if c.esc = escHex3; c.literal > 0 {
			c.esc = escHex4
		}
		c.literal = 0
	}
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
