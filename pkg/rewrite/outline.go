package rewrite

import (
	"cmp"
	"slices"
	"text/template/parse"
)

// lexeme is where in JSON the template is between two bytes.
type lexeme uint8

const (
	lexBegin   lexeme = iota // nothing but space was written
	lexBetween               // in an object or array, before a member or after one
	lexColon                 // after a key
	lexValue                 // after a colon
	lexKeyString
	lexString
	lexBare // in a number, a word, or text that is where a value must
	lexDone // after the document

	// Of a lenient sketch:
	lexLine  // in a comment up to the end of the line
	lexBlock // in a comment with two ends
)

// count says how many members of an object or array were written.
type count uint8

const (
	countNone  count = iota
	countSome        // at least one
	countMaybe       // none or some, depending on the event
)

func joinCounts(a, b count) count {
	if a == b {
		return a
	}
	return countMaybe
}

// frame is an object or array that is open. Frames are never changed.
type frame struct {
	parent  *frame
	open    int // the offset of its bracket, by which it is known
	array   bool
	members count

	// Of a lenient sketch:
	swapped bool // it was opened with a bracket of the other kind
	doubled bool // its bracket was opened right before
}

// place is a state of the outline: what was written so far, as JSON but for the
// commas. That they are left out makes it one state where a proof needs many.
type place struct {
	lex   lexeme
	esc   int // in a string: how many bytes of an escape are still to come
	frame *frame
	dead  bool // after break or continue
	whole bool // a value without quotes is what json writes, and nothing else

	// Of a lenient sketch:
	quote rune   // that a string is in, when it is not JSON's
	back  lexeme // after the comment
	from  int    // where the comment, the text or the value without quotes begins
}

func (p place) inString() bool { return p.lex == lexString || p.lex == lexKeyString }

// repaired reports whether Coroot repairs a line break here.
func (p place) repaired() bool {
	return p.lex == lexString && p.frame != nil && p.frame.parent == nil && !p.frame.array
}

// outline is the structure of what a template writes.
type outline struct {
	actions  []*action               // that print, in the order of the text
	controls map[int]control         // by offset
	escapes  map[int]bool            // the backslashes of escapes that JSON does not know
	words    map[int]bool            // where text begins that stands for a value: a number, true, or none of JSON
	elements map[int]*element        // by offset
	commas   map[int]*comma          // by offset
	closings map[int]int             // by offset: the opening bracket
	noValue  map[int]bool            // where an if or with begins without which a key has no value; whether it has an else
	lists    map[int]*parse.ListNode // by offset of an opening bracket: the list that it is in
	same     map[int]int             // brackets of one container, in branches of which one is taken

	members  map[int]*container // made by collect
	brackets []span             // made by around

	// Of a lenient sketch:
	strays     map[int]Stray // by offset
	begins     int           // where the document begins
	root       int           // its bracket
	losing     bool          // what is after the document is a document as well
	rootArray  bool          // the document is a list
	quotedKeys int           // bytes at which a key in quotes begins, with repetition
	bareKeys   int
	ends       map[int]bool // where a value ends that is put into quotes
	dataKeys   []*action    // that print a key with its quotes
	prose      bool         // a value is neither text in quotes nor a word of JSON
}

// action is an action that prints, or a comma by a variable.
type action struct {
	node   *parse.ActionNode
	list   *parse.ListNode // that it is in
	index  int
	places []place // where it prints, without repetition
}

// control is a control character in a string of the template's text.
type control struct {
	char     byte
	repaired bool
	escaped  bool // a backslash is before it
}

// element is where a member of an object or array begins.
type element struct {
	offset    int
	container int
	before    count // members before it
	list      *parse.ListNode
	loop      *parse.RangeNode // the innermost loop that it is in, within its container
}

// comma is a comma between members, or an action that prints one.
type comma struct {
	start, end int
	container  int
	list       *parse.ListNode
}

// container returns the bracket by which a container is known.
func (o *outline) container(open int) int {
	for {
		other, ok := o.same[open]
		if !ok {
			return open
		}
		open = other
	}
}

// collect returns the containers with what is in them, by the bracket by which
// each is known.
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

// around returns the opening bracket of the innermost container around a place, -1
// when there is none.
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
