package automaton

// literalWord returns one of the words of JSON. n is the word's index times 8 plus the
// number of letters read.
func literalWord(n uint8) string { return [...]string{"true", "false", "null"}[n/8] }

func (c *Cursor) literalByte(b byte, pos int32) Error {
	word, read := literalWord(c.Literal), c.Literal%8
	if int(read) == len(word) {
		c.EndValue()
		return c.Step(b, pos)
	}
	if b != word[read] {
		return ErrLiteral
	}
	c.Literal++
	if int(read)+1 == len(word) {
		c.EndValue()
	}
	return OK
}

func (c *Cursor) numberByte(b byte, pos int32) Error {
	digit := IsDigit(b)
	switch c.Mode {
	case ModeMinus:
		switch {
		case b == '0':
			c.Mode = ModeZero
		case digit:
			c.Mode = ModeInt
		default:
			return ErrNumber
		}
		return OK
	case ModePoint:
		if !digit {
			return ErrNumber
		}
		c.Mode = ModeFraction
		return OK
	case ModeE, ModeSign:
		switch {
		case digit:
			c.Mode = ModeExponent
		case c.Mode == ModeE && (b == '+' || b == '-'):
			c.Mode = ModeSign
		default:
			return ErrNumber
		}
		return OK
	}
	return c.numberEnd(b, pos, digit)
}

// numberEnd reads a byte where the number may already be complete.
func (c *Cursor) numberEnd(b byte, pos int32, digit bool) Error {
	switch {
	case digit && c.Mode != ModeZero:
	case digit:
		return ErrNumber
	case b == '.' && (c.Mode == ModeZero || c.Mode == ModeInt):
		c.Mode = ModePoint
	case b|0x20 == 'e':
		if c.Mode == ModeExponent {
			return ErrNumber
		}
		c.Mode = ModeE
	default:
		c.EndValue()
		return c.Step(b, pos)
	}
	return OK
}
