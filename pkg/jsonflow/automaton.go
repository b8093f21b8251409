package jsonflow

import (
	"strconv"
	"strings"
)

// mode is where an automaton for JSON stands between two bytes.
type mode uint8

const (
	modeStart      mode = iota // nothing but space has come yet
	modeValue                  // a value must come: behind a colon, or behind a comma in an array
	modeFirstValue             // behind [: a value or ]
	modeFirstKey               // behind {: a key or }
	modeKey                    // behind a comma in an object
	modeColon                  // behind a key
	modeAfter                  // behind a value in an array or object
	modeDone                   // behind the value that is the document
	modeString                 // inside a string that is a value
	modeKeyString              // inside a string that is a key
	modeMinus                  // inside a number, behind its minus
	modeZero                   // behind a leading zero
	modeInt                    // behind a digit of the integer part
	modePoint                  // behind the decimal point
	modeFraction               // behind a digit of the fraction
	modeE                      // behind e or E
	modeSign                   // behind the sign of the exponent
	modeExponent               // behind a digit of the exponent
	modeLiteral                // inside true, false or null
	modeText                   // this is no JSON but plain text
)

// escape is where the automaton stands in an escape sequence of a string.
type escape uint8

const (
	escNone escape = iota
	escBackslash
	escHex1 // behind \u
	escHex2
	escHex3
	escHex4
)

// frame is one array or object that is open. Frames are interned: two of the
// same contents are the same pointer.
type frame struct {
	parent *frame
	array  bool
	key    string // the key of the member that is being written, as it stands in the text
	depth  int
}

// doc is a configuration of the automaton: all that has to be known about the
// output so far. docs are interned as well.
type doc struct {
	mode    mode
	esc     escape
	literal uint8 // modeLiteral: which word and how much of it was read; modeDone: wholeContainer
	comma   int32 // modeKey and modeValue: where the comma stands in the template, for messages
	key     string
	stack   *frame
}

// maxDepth is encoding/json's limit of nesting.
const maxDepth = 10000

// maxKey bounds the text of a key that is kept.
const maxKey = 48

// dynamic stands in a key for what an action prints there.
const dynamic = "…"

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

// pool interns frames and docs.
type pool struct {
	frames map[frame]*frame
	docs   map[doc]*doc

	keys      map[keyPlace]int32 // where each key of each object was printed first
	repeated  []repeatedKey
	loopDepth int // how many arrays and objects were open where the innermost loop began, -1 outside of loops
}

func newPool() *pool {
	return &pool{frames: map[frame]*frame{}, docs: map[doc]*doc{}, keys: map[keyPlace]int32{}, loopDepth: -1}
}

func (p *pool) frame(f frame) *frame {
	if known, ok := p.frames[f]; ok {
		return known
	}
	p.frames[f] = &f
	return &f
}

func (p *pool) doc(d doc) *doc {
	if known, ok := p.docs[d]; ok {
		return known
	}
	p.docs[d] = &d
	return &d
}

// inString reports whether text that comes next is part of a string.
func (d *doc) inString() bool { return d.mode == modeString || d.mode == modeKeyString }

// repaired reports whether Coroot repairs a newline that comes next: it does in
// string values of an object that is the whole document.
func (d *doc) repaired() bool {
	return d.mode == modeString && d.stack != nil && d.stack.parent == nil && !d.stack.array
}

// maxPath bounds the parts of a path that are shown.
const maxPath = 32

// path returns the JSON path of the value that is being written.
func (d *doc) path() string {
	var parts []string
	key := ""
	if d.mode == modeKeyString {
		key = d.key
	}
	for f := d.stack; f != nil; f = f.parent {
		if len(parts) == maxPath {
			parts = append(parts, dynamic)
			break
		}
		switch {
		case f.array:
			parts = append(parts, "[*]")
		case f == d.stack && key != "":
			parts = append(parts, pathPart(key))
		case f.key != "":
			parts = append(parts, pathPart(f.key))
		}
	}
	var b strings.Builder
	b.WriteByte('$')
	for i := len(parts) - 1; i >= 0; i-- {
		b.WriteString(parts[i])
	}
	return b.String()
}

func pathPart(key string) string {
	for i := 0; i < len(key); i++ {
		c := key[i]
		if c != '_' && (c < '0' || c > '9') && (c|0x20 < 'a' || c|0x20 > 'z') {
			return "[" + strconv.Quote(key) + "]"
		}
	}
	return "." + key
}

// wholeContainer marks a document that is an array or an object.
const wholeContainer = 1

// literalWord returns one of the words of JSON. literal holds the word's index times 8 plus
// the number of letters that were read.
func literalWord(n uint8) string { return [...]string{"true", "false", "null"}[n/8] }

// cursor is a doc that is being moved over text.
type cursor struct {
	doc
	pool      *pool
	repairAll bool // a fault that tests plant
}

func isSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' }

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func isHex(c byte) bool { return isDigit(c) || 'a' <= c|0x20 && c|0x20 <= 'f' }

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

// endValue is called behind a value.
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
		return errExtraComma // behind [ or another comma: as if it were not there
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

// complete reports whether the document may end here.
func (d *doc) complete() bool {
	if d.stack != nil {
		return false
	}
	switch d.mode {
	case modeDone, modeZero, modeInt, modeFraction, modeExponent:
		return true
	}
	return false
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
