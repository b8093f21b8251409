package automaton

func isHex(c byte) bool { return IsDigit(c) || 'a' <= c|0x20 && c|0x20 <= 'f' }

func (c *Cursor) stringByte(b byte, pos int32) Error {
	switch c.Esc {
	case EscNone:
	case EscBackslash:
		return c.escapedByte(b)
	case EscHex1, EscHex2, EscHex3, EscHex4:
		return c.hexByte(b, pos)
	default:
		return c.pairByte(b, pos)
	}
	switch {
	case b == '"':
		c.endString(pos)
	case b == '\\':
		c.Esc = EscBackslash
	case b == '\n' && c.repairsBreak():
	case b < ' ':
		return ErrControl
	}
	return OK
}

// repairsBreak reports whether Coroot repairs a line break at this point.
func (c *Cursor) repairsBreak() bool {
	if c.Pool == nil {
		return c.Repaired()
	}
	return c.Pool.repairs(&c.Doc)
}

func (c *Cursor) escapedByte(b byte) Error {
	c.Esc = EscNone
	switch b {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		return OK
	case 'u':
		c.Esc = EscHex1
		return OK
	case '\n':
		if c.Repaired() {
			return ErrLostBackslash
		}
	}
	return ErrEscape
}

func (c *Cursor) hexByte(b byte, pos int32) Error {
	if !isHex(b) {
		c.Esc = EscNone
		if b == '"' {
			c.endString(pos)
		}
		return ErrHex
	}
	first := c.Literal
	switch c.Esc {
	case EscHex1:
		c.Literal = b | ' '
		c.Esc = EscHex2
		return OK
	case EscHex2:
		c.Literal = 0
		if first == 'd' && b >= '8' && c.Mode == ModeKeyString && c.Stack.Parent == nil {
			c.Literal = halfPair
		}
		c.Esc = EscHex3
	case EscHex3:
		c.Esc = EscHex4
	case EscHex4:
		c.Esc = EscNone
		if c.Literal == halfPair {
			c.Esc = EscPair
		}
		c.Literal = 0
	}
	return OK
}

// halfPair in Doc.Literal means that the escape being read is half of a surrogate pair.
const halfPair = 1

// pairByte reads a byte of the escape that must follow half of a surrogate pair.
func (c *Cursor) pairByte(b byte, pos int32) Error {
	lower := b | ' '
	switch {
	case c.Esc == EscPair && b == '\\':
		c.Esc = EscPairU
	case c.Esc == EscPairU && b == 'u':
		c.Esc = EscPairHex1
	case c.Esc == EscPairHex1 && lower == 'd':
		c.Esc = EscPairHex2
	case c.Esc == EscPairHex2 && lower >= 'c' && lower <= 'f':
		c.Esc = EscPairHex34
	case c.Esc == EscPairHex34 && isHex(b):
		if c.Literal++; c.Literal == 2 {
			c.Esc, c.Literal = EscNone, 0
		}
	default:
		c.Unpaired()
		c.stringByte(b, pos)
		return ErrSurrogateKey
	}
	return OK
}

// Unpaired continues as JSON does when the second half of a surrogate pair is missing.
func (c *Cursor) Unpaired() {
	switch c.Esc {
	case EscPair:
		c.Esc = EscNone
	case EscPairU:
		c.Esc = EscBackslash
	case EscPairHex1:
		c.Esc, c.Literal = EscHex1, 0
	case EscPairHex2:
		c.Esc, c.Literal = EscHex2, 'd'
	case EscPairHex34:
		if c.Esc = EscHex3; c.Literal > 0 {
			c.Esc = EscHex4
		}
		c.Literal = 0
	}
}

// endString handles the closing quote of a string.
func (c *Cursor) endString(pos int32) {
	if c.Mode == ModeKeyString {
		top := *c.Stack
		key := decodedKey(c.Key)
		c.Pool.noteKey(top, key, pos)
		top.key = key
		if top.key == "" {
			top.key = " " // the empty key, which a path shows as [" "]
		}
		c.Stack = c.Pool.Frame(top)
		c.Key = ""
		c.Mode = ModeColon
		return
	}
	c.EndValue()
}

// AddKey adds text to the key being written.
func (c *Cursor) AddKey(text string) {
	if len(c.Key) >= maxKey {
		return
	}
	if room := maxKey - len(c.Key); len(text) > room {
		text = text[:room]
	}
	c.Key += text
}
