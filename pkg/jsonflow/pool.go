package jsonflow

import (
	"strings"

	"github.com/hooktool/hooktool/internal/jsontree"
)

// frame is one array or object that is open. Frames are interned: two of the
// same contents are the same pointer.
type frame struct {
	parent *frame
	array  bool
	key    string // the key of the member that is being written, as it is in the text
	depth  int
}

// doc is a configuration of the automaton: all that has to be known about the
// output so far. docs are interned as well.
type doc struct {
	mode    mode
	esc     escape
	literal uint8 // modeLiteral: which word and how much of it was read; modeDone: wholeContainer
	comma   int32 // modeKey and modeValue: where the comma is in the template, for messages
	key     string
	stack   *frame
}

// maxDepth is encoding/json's limit of nesting.
const maxDepth = 10000

// maxKey bounds the text of a key that is kept.
const maxKey = 48

// dynamic is in a key for what an action prints there.
const dynamic = "…"

// pool interns frames and docs.
type pool struct {
	frames map[frame]*frame
	docs   map[doc]*doc

	keys      map[keyPlace]int32 // where each key of each object was printed first
	repeated  []repeatedKey
	numbers   map[*doc]int    // of docs, for keys
	repairs   func(*doc) bool // whether Coroot repairs a line break that comes next
	loopDepth int             // how many arrays and objects were open where the innermost loop began, -1 outside of loops
}

func newPool(repairs func(*doc) bool) *pool {
	return &pool{frames: map[frame]*frame{}, docs: map[doc]*doc{}, keys: map[keyPlace]int32{}, numbers: map[*doc]int{}, repairs: repairs, loopDepth: -1}
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
			parts = append(parts, jsontree.Every)
		case f == d.stack && key != "":
			parts = append(parts, jsontree.Step(key))
		case f.key != "":
			parts = append(parts, jsontree.Step(f.key))
		}
	}
	var b strings.Builder
	b.WriteByte('$')
	for i := len(parts) - 1; i >= 0; i-- {
		b.WriteString(parts[i])
	}
	return b.String()
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
