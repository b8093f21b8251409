package jsonflow

// literalWord returns one of the words of JSON. literal holds the word's index times 8 plus
// the number of letters that were read.
func literalWord(n uint8) string { return [...]string{"true", "false", "null"}[n/8] }

func (c *cursor) literalByte(b byte, pos int32) syntaxError {
	word, read := literalWord(c.literal), c.literal%8
	if int(read) == len(word) {
		c.endValue()
		return c.step(b, pos)
	}
	if b != word[read] {
		return errLiteral
	}
	c.literal++
	if int(read)+1 == len(word) {
		c.endValue()
	}
	return okByte
}

func (c *cursor) numberByte(b byte, pos int32) syntaxError {
	digit := isDigit(b)
	switch c.mode {
	case modeMinus:
		switch {
		case b == '0':
			c.mode = modeZero
		case digit:
			c.mode = modeInt
		default:
			return errNumber
		}
		return okByte
	case modePoint:
		if !digit {
			return errNumber
		}
		c.mode = modeFraction
		return okByte
	case modeE, modeSign:
		switch {
		case digit:
			c.mode = modeExponent
		case c.mode == modeE && (b == '+' || b == '-'):
			c.mode = modeSign
		default:
			return errNumber
		}
		return okByte
	}
	return c.numberEnd(b, pos, digit)
}

// numberEnd reads a byte where a number may already be complete.
func (c *cursor) numberEnd(b byte, pos int32, digit bool) syntaxError {
	switch {
	case digit && c.mode != modeZero:
	case digit:
		return errNumber
	case b == '.' && (c.mode == modeZero || c.mode == modeInt):
		c.mode = modePoint
	case b|0x20 == 'e':
		if c.mode == modeExponent {
			return errNumber
		}
		c.mode = modeE
	default:
		c.endValue()
		return c.step(b, pos)
	}
	return okByte
}
