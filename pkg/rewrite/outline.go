package rewrite

import (
	"cmp"
	"slices"
	"text/template/parse"
)

// lexeme is the JSON state of the template's output between two bytes.
type lexeme uint8

const (
	lexBegin   lexeme = iota // nothing but space so far
	lexBetween               // in an object or array, before or after a member
	lexColon                 // after a key
	lexValue                 // after a colon
	lexKeyString
	lexString
	lexBare // in a number, a word, or text in place of a value
	lexDone // after the document

	// In a lenient sketch only:
	lexLine  // in a comment that extends to the end of the line
	lexBlock // in a block comment
)

// count says how many members of an object or array have been written.
type count uint8

const (
	countNone  count = iota
	countSome        // at least one
	countMaybe       // zero or more, depending on the event
)

func joinCounts(a, b count) count {
	if a == b {
		return a
	}
	return countMaybe
}

// frame is an open object or array. Frames are immutable.
type frame struct {
	parent  *frame
	open    int // the offset of its bracket, which identifies it
	array   bool
	members count
	depth   int // how many frames are around it

	// In a lenient sketch only:
	swapped bool // it was opened with the other kind of bracket
	doubled bool // the same bracket was opened right before it
}

// place is a state of the outline: what has been written so far, as JSON without regard
// to commas. Ignoring commas keeps it to one state where a proof needs many.
type place struct {
	lex   lexeme
	esc   int // in a string: how many bytes of an escape remain
	frame *frame
	dead  bool // after break or continue
	whole bool // an unquoted value consists only of what json writes

	// In a lenient sketch only:
	quote rune   // the quote that opened the string, unless it is JSON's
	back  lexeme // the state to return to after the comment
	from  int    // where the comment, text or unquoted value begins
}

func (p place) inString() bool { return p.lex == lexString || p.lex == lexKeyString }

// inComment reports whether a comment of another language is open.
func (p place) inComment() bool { return p.lex == lexLine || p.lex == lexBlock }

// repaired reports whether Coroot repairs a line break in this state.
func (p place) repaired() bool {
	return p.lex == lexString && p.frame != nil && p.frame.parent == nil && !p.frame.array
}

// outline is the structure of a template's output.
type outline struct {
	actions  []*action               // those that print, in text order
	controls map[int]control         // by offset
	escapes  map[int]bool            // the backslashes of escapes that JSON does not have
	words    map[int]bool            // where text in place of a value begins: a number, true, or no JSON value
	elements map[int]*element        // by offset
	moved    map[int]int             // from a member that a called template prints first, to the call that counts as its place
	commas   map[int]*comma          // by offset
	closings map[int]int             // by offset, the opening bracket
	noValue  map[int]bool            // by offset of a condition that may omit a value: whether it has an else
	lists    map[int]*parse.ListNode // by offset of an opening bracket, the list that contains it
	same     map[int]int             // alternative brackets of one container, in branches of which one is taken

	comments *foundComment // the first that can be read as a part of a value without quotes; nil if there is none

	spaced   bool               // a comma with a space is somewhere in the text
	members  map[int]*container // set by collect
	brackets []span             // set by around

	// In a lenient sketch only:
	strays     map[int]Stray // by offset
	begins     int           // where the document begins
	root       int           // its bracket
	losing     bool          // another document follows the document
	rootArray  bool          // the document is an array
	quotedKeys int           // bytes at which a quoted key begins, counting repeats
	bareKeys   int
	ends       map[int]bool // where values that are put into quotes end
	dataKeys   []*action    // those that print a key with its quotes
	prose      bool         // a value is neither quoted text nor a JSON word
}

// action is an action that prints, possibly a comma held in a variable.
type action struct {
	node   *parse.ActionNode
	list   *parse.ListNode // the list that contains it
	index  int
	places []place // where it prints, without duplicates
}

// control is a control character within a string in the template's text.
type control struct {
	char     byte
	repaired bool
	escaped  bool // preceded by a backslash
}

// element is where a member of an object or array begins.
type element struct {
	offset    int
	container int
	before    count // how many members precede it
	list      *parse.ListNode
	loop      *parse.RangeNode // the innermost loop around it within its container
}

// comma is a comma between members, or an action that prints one.
type comma struct {
	start, end int
	container  int
	list       *parse.ListNode
}

// container returns the bracket that identifies a container.
func (o *outline) container(open int) int {
	for {
		other, ok := o.same[open]
		if !ok {
			return open
		}
		open = other
	}
}

// collect returns the containers and their contents, keyed by the bracket that
// identifies each.
func (o *outline) collect() map[int]*container {
	if o.members != nil {
		return o.members
	}
	o.members = map[int]*container{}
	in := func(open int) *container {
		id := o.container(open)
		if o.members[id] == nil {
			o.members[id] = &container{opens: []int{id}}
		}
		return o.members[id]
	}
	for open := range o.same {
		c := in(open)
		c.opens = append(c.opens, open)
	}
	for _, e := range o.elements {
		c := in(e.container)
		c.elements = append(c.elements, e)
	}
	for _, comma := range o.commas {
		c := in(comma.container)
		c.commas = append(c.commas, comma)
	}
	for _, c := range o.members {
		slices.Sort(c.opens)
		slices.SortFunc(c.elements, func(a, b *element) int { return cmp.Compare(a.offset, b.offset) })
		slices.SortFunc(c.commas, func(a, b *comma) int { return cmp.Compare(a.start, b.start) })
	}
	return o.members
}

// around returns the opening bracket of the innermost container around an offset, or -1
// if there is none.
func (o *outline) around(at int) int {
	if o.brackets == nil {
		for closing, opening := range o.closings {
			o.brackets = append(o.brackets, span{opening, closing})
		}
		slices.SortFunc(o.brackets, func(a, b span) int { return cmp.Compare(a.start, b.start) })
	}
	after, _ := slices.BinarySearchFunc(o.brackets, at+1, func(b span, at int) int { return cmp.Compare(b.start, at) })
	for _, b := range slices.Backward(o.brackets[:after]) {
		if at < b.end {
			return b.start
		}
	}
	return -1
}

func samePlace(a, b place) bool {
	if a.lex != b.lex || a.esc != b.esc || a.dead != b.dead || a.quote != b.quote {
		return false
	}
	f, g := a.frame, b.frame
	for ; f != g; f, g = f.parent, g.parent {
		if f == nil || g == nil || f.array != g.array || f.members != g.members {
			return false
		}
	}
	return true
}
