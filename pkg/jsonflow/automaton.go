package jsonflow

// mode is where an automaton for JSON is between two bytes.
type mode uint8

const (
	modeStart      mode = iota // nothing but space has come yet
	modeValue                  // a value must come: after a colon, or after a comma in an array
	modeFirstValue             // after [: a value or ]
	modeFirstKey               // after {: a key or }
	modeKey                    // after a comma in an object
	modeColon                  // after a key
	modeAfter                  // after a value in an array or object
	modeDone                   // after the value that is the document
	modeString                 // inside a string that is a value
	modeKeyString              // inside a string that is a key
	modeMinus                  // inside a number, after its minus
	modeZero                   // after a leading zero
	modeInt                    // after a digit of the integer part
	modePoint                  // after the decimal point
	modeFraction               // after a digit of the fraction
	modeE                      // after e or E
	modeSign                   // after the sign of the exponent
	modeExponent               // after a digit of the exponent
	modeLiteral                // inside true, false or null
	modeText                   // this is no JSON but plain text
)

// escape is where the automaton is in an escape sequence of a string.
type escape uint8

const (
	escNone escape = iota
	escBackslash
	escHex1 // after \u
	escHex2
	escHex3
	escHex4

	// In a key of the document: after half a surrogate pair, up to the escape that
	// completes it, since Coroot's parser refuses any other.
	escPair      // the backslash must come
	escPairU     // its u
	escPairHex1  // its digits, of which the first is a d
	escPairHex2  // and the second one of c to f
	escPairHex34 // the last two: see doc.literal
)

// syntaxError says what is wrong at one byte.
type syntaxError uint8

const (
	okByte syntaxError = iota
	errControl
	errEscape
	errHex
	errLostBackslash // valid, but the text will be wrong
	errMissingComma
	errExtraComma
	errTrailingComma
	errMissingColon
	errNumber
	errLiteral
	errUnquoted    // a letter or the like where a value must stand
	errKeyUnquoted // or where a key must stand
	errBracket     // a bracket that closes what is not open
	errUnexpected
	errAfterDocument
	errDepth
	errSurrogateKey // the repair of newlines may give up: an escape that Coroot's parser does not take in a key
)

// wholeContainer marks a document that is an array or an object.
const wholeContainer = 1

// cursor is a doc that is being moved over text.
type cursor struct {
	doc
	pool *pool
}

func isSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' }

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// step reads one byte. After an error the cursor stands as if the text had been
// right, so that what follows can be read, or, after errors for which there is no
// such reading, as it stood before: see recoverable.
func (c *cursor) step(b byte, pos int32) syntaxError {
	switch c.mode {
	case modeString, modeKeyString:
		return c.stringByte(b, pos)
	case modeText:
		return okByte
	case modeLiteral:
		return c.literalByte(b, pos)
	case modeMinus, modeZero, modeInt, modePoint, modeFraction, modeE, modeSign, modeExponent:
		return c.numberByte(b, pos)
	}
	if isSpace(b) {
		return okByte
	}
	switch c.mode {
	case modeStart, modeValue, modeFirstValue:
		return c.valueByte(b)
	case modeFirstKey, modeKey:
		return c.keyByte(b)
	case modeColon:
		return c.colonByte(b)
	case modeAfter:
		return c.afterByte(b, pos)
	}
	return errAfterDocument
}

// endValue is called after a value.
func (c *cursor) endValue() {
	c.esc, c.literal, c.comma = escNone, 0, 0
	if c.stack == nil {
		c.mode = modeDone
		return
	}
	if c.stack.key != "" {
		top := *c.stack
		top.key = ""
		c.stack = c.pool.frame(top)
	}
	c.mode = modeAfter
}

func (c *cursor) valueByte(b byte) syntaxError {
	switch {
	case b == '"':
		c.mode, c.comma = modeString, 0
	case b == '{' || b == '[':
		return c.open(b == '[')
	case b == '-':
		c.mode, c.comma = modeMinus, 0
	case b == '0':
		c.mode, c.comma = modeZero, 0
	case isDigit(b):
		c.mode, c.comma = modeInt, 0
	case b == 't':
		c.mode, c.literal, c.comma = modeLiteral, 0*8+1, 0
	case b == 'f':
		c.mode, c.literal, c.comma = modeLiteral, 1*8+1, 0
	case b == 'n':
		c.mode, c.literal, c.comma = modeLiteral, 2*8+1, 0
	case b == ']' && c.stack != nil && c.stack.array:
		trailing := c.mode == modeValue
		c.close()
		if trailing {
			return errTrailingComma
		}
	case b == ',' && c.stack != nil && c.stack.array:
		return errExtraComma // after [ or another comma: as if it were not there
	case b == ']' || b == '}':
		return errBracket
	default:
		return errUnquoted
	}
	return okByte
}

func (c *cursor) open(array bool) syntaxError {
	depth := 1
	if c.stack != nil {
		depth = c.stack.depth + 1
	}
	if depth > maxDepth {
		return errDepth
	}
	c.stack = c.pool.frame(frame{parent: c.stack, array: array, depth: depth})
	c.comma = 0
	c.mode = modeFirstKey
	if array {
		c.mode = modeFirstValue
	}
	return okByte
}

func (c *cursor) close() {
	c.stack = c.stack.parent
	c.endValue()
	if c.stack == nil {
		c.literal = wholeContainer
	}
}

func (c *cursor) keyByte(b byte) syntaxError {
	switch b {
	case '"':
		c.mode, c.key, c.comma = modeKeyString, "", 0
		return okByte
	case '}':
		trailing := c.mode == modeKey
		c.close()
		if trailing {
			return errTrailingComma
		}
		return okByte
	case ',':
		return errExtraComma
	case ']':
		return errBracket
	}
	return errKeyUnquoted
}

func (c *cursor) colonByte(b byte) syntaxError {
	if b == ':' {
		c.mode, c.comma = modeValue, 0
		return okByte
	}
	if b == ',' || b == '}' {
		return errMissingColon
	}
	return errUnexpected
}

func (c *cursor) afterByte(b byte, pos int32) syntaxError {
	switch {
	case b == ',':
		c.comma = pos
		c.mode = modeKey
		if c.stack.array {
			c.mode = modeValue
		}
	case b == ']' && c.stack.array, b == '}' && !c.stack.array:
		c.close()
	case b == ']' || b == '}':
		return errBracket
	case b == '"' || c.stack.array && (b == '{' || b == '[' || isDigit(b) || b == '-' || b == 't' || b == 'f' || b == 'n'):
		c.comma = 0
		if c.stack.array {
			c.mode = modeValue
			c.valueByte(b)
		} else {
			c.mode = modeKey
			c.keyByte(b)
		}
		return errMissingComma
	default:
		return errUnexpected
	}
	return okByte
}
