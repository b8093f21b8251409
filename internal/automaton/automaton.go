// Package automaton reads JSON byte by byte, as an automaton with a stack. What it
// knows after a piece of text is a [Doc]. Docs are interned, so two texts that allow
// the same continuations lead to the same pointer. After a mistake it continues as if
// the text had been correct, if there is such a reading.
//
// A proof moves a [Cursor] over what a template prints. Where branches of the template
// join, equal Docs become one.
package automaton

// Mode is the position of the automaton between two bytes of JSON.
type Mode uint8

// The modes.
const (
	ModeStart      Mode = iota // nothing but space so far
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

// Escape is the position of the automaton in an escape sequence of a string.
type Escape uint8

// The escapes.
const (
	EscNone Escape = iota
	EscBackslash
	EscHex1 // after \u
	EscHex2
	EscHex3
	EscHex4

	// In a key of the document, after half of a surrogate pair and up to the end of the
	// escape that completes it. Coroot's parser rejects any other continuation.
	EscPair      // expects the backslash
	EscPairU     // expects the u
	EscPairHex1  // expects the first digit, d
	EscPairHex2  // expects the second digit, c to f
	EscPairHex34 // expects the last two digits; see Doc.Literal
)

// Error is what is wrong with one byte.
type Error uint8

// The errors.
const (
	OK Error = iota
	ErrControl
	ErrEscape
	ErrHex
	ErrLostBackslash // valid, but the text is wrong
	ErrMissingComma
	ErrExtraComma
	ErrTrailingComma
	ErrMissingColon
	ErrNumber
	ErrLiteral
	ErrUnquoted    // a letter or similar where a value is expected
	ErrKeyUnquoted // the same where a key is expected
	ErrBracket     // a closing bracket without an opening one
	ErrUnexpected
	ErrAfterDocument
	ErrDepth
	ErrSurrogateKey // Coroot's newline repair may reject this escape in a key
)

// WholeContainer in Doc.Literal marks a document that is an array or an object.
const WholeContainer = 1

// Cursor is a Doc that moves over text.
type Cursor struct {
	Doc
	Pool *Pool
}

// IsSpace reports whether a byte is JSON white space.
func IsSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' }

// IsDigit reports whether a byte is a decimal digit.
func IsDigit(c byte) bool { return '0' <= c && c <= '9' }

// Step reads one byte. After an error that is Recoverable, the cursor continues as if
// the text had been correct; after any other, it stays where it was.
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
		return c.valueByte(b, pos)
	case ModeFirstKey, ModeKey:
		return c.keyByte(b)
	case ModeColon:
		return c.colonByte(b)
	case ModeAfter:
		return c.afterByte(b, pos)
	}
	return ErrAfterDocument
}

// EndValue moves the cursor past the end of a value.
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

func (c *Cursor) valueByte(b byte, pos int32) Error {
	switch {
	case b == '"':
		c.Mode, c.Comma = ModeString, 0
	case b == '{' || b == '[':
		return c.open(b == '[', pos)
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
		return ErrExtraComma // after [ or another comma: ignore it
	case b == ']' || b == '}':
		return ErrBracket
	default:
		return ErrUnquoted
	}
	return OK
}

func (c *Cursor) open(array bool, pos int32) Error {
	depth := 1
	if c.Stack != nil {
		depth = c.Stack.Depth + 1
	}
	if depth > MaxDepth {
		return ErrDepth
	}
	opened := Frame{Parent: c.Stack, Array: array, Depth: depth}
	c.Stack = c.Pool.Frame(opened)
	if !array {
		c.Pool.noteObject(opened, pos)
	}
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
			c.valueByte(b, pos)
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
