package automaton

import (
	"strings"

	"github.com/hooktool/hooktool/internal/jsontree"
)

// Frame is an open array or object. Frames are interned: two with the same contents are
// the same pointer.
type Frame struct {
	Parent *Frame
	Array  bool
	key    string // the key of the member being written, as it appears in the text
	Depth  int
}

// Doc is a configuration of the automaton: all it needs to know about the output so
// far. Docs are interned too.
type Doc struct {
	Mode    Mode
	Esc     Escape
	Literal uint8 // ModeLiteral: the word and how much of it was read; ModeDone: WholeContainer
	Comma   int32 // ModeKey and ModeValue: the comma's offset in the template, for messages
	Key     string
	Stack   *Frame
}

// MaxDepth is the nesting limit of encoding/json.
const MaxDepth = 10000

// maxKey limits how many bytes of a key are kept.
const maxKey = 48

// Dynamic replaces the output of an action in a key.
const Dynamic = "…"

// Pool interns frames and docs.
type Pool struct {
	frames map[Frame]*Frame
	docs   map[Doc]*Doc
	paths  map[written]string

	objects   objects
	numbers   map[*Doc]int    // of docs, for use in keys
	repairs   func(*Doc) bool // whether Coroot repairs a line break at this point
	LoopDepth int             // open arrays and objects where the innermost loop began; -1 outside loops
}

// NewPool returns an empty pool. repairs reports whether a line break at this point is
// repaired before the JSON is sent; see Doc.Repaired.
func NewPool(repairs func(*Doc) bool) *Pool {
	return &Pool{frames: map[Frame]*Frame{}, docs: map[Doc]*Doc{}, paths: map[written]string{}, objects: newObjects(), numbers: map[*Doc]int{}, repairs: repairs, LoopDepth: -1}
}

// InString reports whether the next byte is inside a string.
func (d *Doc) InString() bool { return d.Mode == ModeString || d.Mode == ModeKeyString }

// Repaired reports whether Coroot repairs a newline at this point. It does so in string
// values directly in an object that is the whole document.
func (d *Doc) Repaired() bool {
	return d.Mode == ModeString && d.Stack != nil && d.Stack.Parent == nil && !d.Stack.Array
}

// maxPath limits the number of path elements shown.
const maxPath = 32

// written is what the path of a value depends on.
type written struct {
	stack *Frame
	key   string // that is being written; empty if none is
}

// Path returns the JSON path of the value being written.
func (p *Pool) Path(d *Doc) string {
	w := written{stack: d.Stack}
	if d.Mode == ModeKeyString {
		w.key = d.Key
	}
	path, known := p.paths[w]
	if !known {
		path = w.path()
		p.paths[w] = path
	}
	return path
}

func (w written) path() string {
	var parts []string
	for f := w.stack; f != nil; f = f.Parent {
		if len(parts) == maxPath {
			parts = append(parts, Dynamic)
			break
		}
		switch {
		case f.Array:
			parts = append(parts, jsontree.Every)
		case f == w.stack && w.key != "":
			parts = append(parts, jsontree.Step(w.key))
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

// Complete reports whether the document may end here.
func (d *Doc) Complete() bool {
	if d.Stack != nil {
		return false
	}
	switch d.Mode {
	case ModeDone, ModeZero, ModeInt, ModeFraction, ModeExponent:
		return true
	}
	return false
}

// Frame interns a frame.
func (p *Pool) Frame(f Frame) *Frame {
	if known, ok := p.frames[f]; ok {
		return known
	}
	p.frames[f] = &f
	return &f
}

// Doc interns a configuration.
func (p *Pool) Doc(d Doc) *Doc {
	if known, ok := p.docs[d]; ok {
		return known
	}
	p.docs[d] = &d
	return &d
}

// Number returns the unique number of a doc.
func (p *Pool) Number(d *Doc) int {
	id, ok := p.numbers[d]
	if !ok {
		id = len(p.numbers)
		p.numbers[d] = id
	}
	return id
}

// InArray reports whether a frame is an array or the top level.
func (f *Frame) InArray() bool { return f == nil || f.Array }
