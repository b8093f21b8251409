// Package automaton reads JSON byte by byte, as an automaton with a stack. What it
// knows after a piece of text is a [Doc], which is interned, so that two texts after
// which the same can come lead to the same pointer. After a mistake it goes on as
// if the text had been right, where there is such a reading.
//
// A proof moves a [Cursor] over what a template prints; where branches of the
// template meet, equal Docs are one.
package automaton

// Mode is where an automaton for JSON is between two bytes.
type Mode uint8

// The modes.
const (
	ModeStart      Mode = iota // nothing but space has come yet
	ModeValue                  // a value must come: after a colon, or after a comma in an array
	ModeFirstValue             // after [: a value or ]
	ModeFirstKey               // after {: a key or }
	ModeKey                    // after a comma in an object
	ModeColon                  // after a key
	ModeAfter                  // after a value in an array or object
	ModeDone                   // after the value that is the document
	ModeString                 // inside a string that is a value
	ModeKeyString              // inside a string that is a key
	ModeMinus                  // inside a number, after its minus
	ModeZero                   // after a leading zero
	ModeInt                    // after a digit of the integer part
	ModePoint                  // after the decimal point
	ModeFraction               // after a digit of the fraction
	ModeE                      // after e or E
	ModeSign                   // after the sign of the exponent
	ModeExponent               // after a digit of the exponent
	ModeLiteral                // inside true, false or null
	ModeText                   // this is not JSON but plain text
)

// Escape is where the automaton is in an escape sequence of a string.
type Escape uint8

// The escapes.
const (
	EscNone Escape = iota
	EscBackslash
	EscHex1 // after \u
	EscHex2
	EscHex3
	EscHex4

	// In a key of the document: after half a surrogate pair, up to the escape that
	// completes it, since Coroot's parser refuses any other.
	EscPair      // the backslash must come
	EscPairU     // its u
	EscPairHex1  // its digits, of which the first is a d
	EscPairHex2  // and the second one of c to f
	EscPairHex34 // the last two: see Doc.Literal
)

// Error says what is wrong at one byte.
type Error uint8

// The errors.
const (
	OK Error = iota
	ErrControl
	ErrEscape
	ErrHex
	ErrLostBackslash // valid, but the text will be wrong
	ErrMissingComma
	ErrExtraComma
	ErrTrailingComma
	ErrMissingColon
	ErrNumber
	ErrLiteral
	ErrUnquoted    // a letter or the like where a value must stand
	ErrKeyUnquoted // or where a key must stand
	ErrBracket     // a bracket that closes what is not open
	ErrUnexpected
	ErrAfterDocument
	ErrDepth
	ErrSurrogateKey // the repair of newlines may give up: an escape that Coroot's parser does not take in a key
)

// WholeContainer marks a document that is an array or an object.
const WholeContainer = 1

// Cursor is a Doc that is being moved over text.
type Cursor struct {
	Doc
	Pool *Pool
}

// IsSpace reports whether JSON takes a byte for white space.
func IsSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' }

// IsDigit reports whether a byte is a decimal digit.
func IsDigit(c byte) bool { return '0' <= c && c <= '9' }

// Step reads one byte. After an error the cursor stands as if the text had been
// right, so that what follows can be read, or, after errors for which there is no
// such reading, as it stood before: see Recoverable.
func (c *Cursor) Step(b byte, pos int32) Error {
	switch c.Mode {
	case ModeString, ModeKeyString:
		return c.stringByte(b, pos)
	case ModeText:
		return OK
	case ModeLiteral:
		return c.literalByte(b, pos)
	case ModeMinus, ModeZero, ModeInt, ModePoint, ModeFraction, ModeE, ModeSign, ModeExponent:
		return c.numberByte(b, pos)
	}
	if IsSpace(b) {
		return OK
	}
	switch c.Mode {
	case ModeStart, ModeValue, ModeFirstValue:
		return c.valueByte(b)
	case ModeFirstKey, ModeKey:
		return c.keyByte(b)
	case ModeColon:
		return c.colonByte(b)
	case ModeAfter:
		return c.afterByte(b, pos)
	}
	return ErrAfterDocument
}

// EndValue is called after a value.
func (c *Cursor) EndValue() {
	c.Esc, c.Literal, c.Comma = EscNone, 0, 0
	if c.Stack == nil {
		c.Mode = ModeDone
		return
	}
	if c.Stack.key != "" {
		top := *c.Stack
		top.key = ""
		c.Stack = c.Pool.Frame(top)
	}
	c.Mode = ModeAfter
}

func (c *Cursor) valueByte(b byte) Error {
	switch {
	case b == '"':
		c.Mode, c.Comma = ModeString, 0
	case b == '{' || b == '[':
		return c.open(b == '[')
	case b == '-':
		c.Mode, c.Comma = ModeMinus, 0
	case b == '0':
		c.Mode, c.Comma = ModeZero, 0
	case IsDigit(b):
		c.Mode, c.Comma = ModeInt, 0
	case b == 't':
		c.Mode, c.Literal, c.Comma = ModeLiteral, 0*8+1, 0
	case b == 'f':
		c.Mode, c.Literal, c.Comma = ModeLiteral, 1*8+1, 0
	case b == 'n':
		c.Mode, c.Literal, c.Comma = ModeLiteral, 2*8+1, 0
	case b == ']' && c.Stack != nil && c.Stack.Array:
		trailing := c.Mode == ModeValue
		c.close()
		if trailing {
			return ErrTrailingComma
		}
	case b == ',' && c.Stack != nil && c.Stack.Array:
		return ErrExtraComma // after [ or another comma: as if it were not there
	case b == ']' || b == '}':
		return ErrBracket
	default:
		return ErrUnquoted
	}
	return OK
}

func (c *Cursor) open(array bool) Error {
	depth := 1
	if c.Stack != nil {
		depth = c.Stack.Depth + 1
	}
	if depth > MaxDepth {
		return ErrDepth
	}
	c.Stack = c.Pool.Frame(Frame{Parent: c.Stack, Array: array, Depth: depth})
	c.Comma = 0
	c.Mode = ModeFirstKey
	if array {
		c.Mode = ModeFirstValue
	}
	return OK
}

func (c *Cursor) close() {
	c.Stack = c.Stack.Parent
	c.EndValue()
	if c.Stack == nil {
		c.Literal = WholeContainer
	}
}

func (c *Cursor) keyByte(b byte) Error {
	switch b {
	case '"':
		c.Mode, c.Key, c.Comma = ModeKeyString, "", 0
		return OK
	case '}':
		trailing := c.Mode == ModeKey
		c.close()
		if trailing {
			return ErrTrailingComma
		}
		return OK
	case ',':
		return ErrExtraComma
	case ']':
		return ErrBracket
	}
	return ErrKeyUnquoted
}

func (c *Cursor) colonByte(b byte) Error {
	if b == ':' {
		c.Mode, c.Comma = ModeValue, 0
		return OK
	}
	if b == ',' || b == '}' {
		return ErrMissingColon
	}
	return ErrUnexpected
}

func (c *Cursor) afterByte(b byte, pos int32) Error {
	switch {
	case b == ',':
		c.Comma = pos
		c.Mode = ModeKey
		if c.Stack.Array {
			c.Mode = ModeValue
		}
	case b == ']' && c.Stack.Array, b == '}' && !c.Stack.Array:
		c.close()
	case b == ']' || b == '}':
		return ErrBracket
	case b == '"' || c.Stack.Array && (b == '{' || b == '[' || IsDigit(b) || b == '-' || b == 't' || b == 'f' || b == 'n'):
		c.Comma = 0
		if c.Stack.Array {
			c.Mode = ModeValue
			c.valueByte(b)
		} else {
			c.Mode = ModeKey
			c.keyByte(b)
		}
		return ErrMissingComma
	default:
		return ErrUnexpected
	}
	return OK
}
