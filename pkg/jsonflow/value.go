package jsonflow

import (
	"fmt"
	"math"
	"reflect"
	"strconv"
)

// sort is the kind of a value.
type sort uint8

const (
	sortText   sort = iota // a string, as parts
	sortNumber             // an int
	sortBool
	sortList
	sortStruct
	sortNil
	sortConstant // a number that is not an int or is too large for one; see value.constant
	sortOther    // anything else; prints as any text
)

// value is an abstract value: it describes all values that an expression can have at a
// place. Values are immutable, and equal ones have equal keys.
type value struct {
	sort  sort
	typ   reflect.Type // of a value from the event
	path  *path        // place in the event; nil if computed or from an earlier turn of a loop
	parts []part       // sortText
	num   number       // sortNumber; for sortList without a path, the length
	truth *formula     // sortBool; for sortOther, if the condition for being true is known

	constant any // sortConstant: a float64, complex128 or int
	key      string
	interned bool // it stands for all values with its key
}

// class is the set of texts that a part may be.
type class uint8

const (
	classText   class = iota // any text
	classLit                 // exactly part.lit
	classSet                 // one of part.set
	classBody                // the inside of a JSON string
	classSafe                // letters, digits and marks that never need escaping
	classNumber              // an integer
	classBool                // true or false
	classJSON                // an array, an object or null
	classValue               // any JSON value
	classJS                  // output of js
	classHTML                // output of html
	classQuoted              // the inside of a printf "%q" string
	classRun                 // items of an array or members of an object: part.run
)

// part is a piece of text.
type part struct {
	class    class
	lit      string
	set      []string
	path     *path // classSet: the field whose value determines the text; nil if none does
	src      *path // where the text comes from in the event; used to break the template
	lo       int   // classNumber: the minimum
	json     bool  // classLit: a quote of a JSON string written by the function json
	goQuote  bool  // classLit: a quote written by printf "%q"
	nonEmpty bool
	run      run // classRun
}

const (
	noMaximum = math.MaxInt32
	noMinimum = math.MinInt32
)

// number is the set of ints from lo to hi. If base is set, the number is also known
// relative to a list or text; see form.
type number struct {
	lo, hi int
	form   form
	base   *path // the list, the text, or the element of the loop over the list
	plus   int
	expr   string // the expression whose length in bytes, less plus, this is; valid within one pipeline
}

// form says how a number is derived.
type form uint8

const (
	formPlain form = iota
	formLen        // len(base) + plus
	formIndex      // index of the turn of base + plus
	formRest       // length of the list of base - index of its turn + plus
	formBytes      // bytes in the text base + plus
)

func literal(s string) *value { return newText([]part{{class: classLit, lit: s}}) }

func anyText(src *path) *value { return newText([]part{{class: classText, src: src}}) }

// Texts that are longer or have more parts are treated as any text.
const (
	maxText  = 1 << 16
	maxParts = 256
)

// newText returns a text made of parts. It joins adjacent literals.
func newText(parts []part) *value {
	joined := make([]part, 0, len(parts))
	size := 0
	for _, p := range parts {
		if p.class == classLit && p.lit == "" {
			continue
		}
		size += len(p.lit)
		for _, s := range p.set {
			size += len(s)
		}
		if size > maxText || len(joined) > maxParts {
			return anyText((&value{parts: parts}).source())
		}
		if n := len(joined); n > 0 && p.class == classLit && joined[n-1].class == classLit &&
			!p.json && !joined[n-1].json && !p.goQuote && !joined[n-1].goQuote {
			joined[n-1].lit += p.lit
			continue
		}
		joined = append(joined, p)
	}
	return (&value{sort: sortText, parts: joined}).named()
}

func newNumber(n number) *value { return (&value{sort: sortNumber, num: n}).named() }

func constant(n int) *value { return newNumber(number{lo: n, hi: n}) }

func newBool(f *formula) *value { return (&value{sort: sortBool, truth: f}).named() }

// named sets the key of the value.
func (v *value) named() *value {
	var short [128]byte // most keys fit
	b := append(short[:0], '0'+byte(v.sort))
	if v.path != nil {
		b = strconv.AppendInt(append(b, '@'), int64(v.path.id), 10)
	}
	if v.typ != nil && v.path == nil {
		b = append(b, v.typ.String()...)
	}
	for i := range v.parts {
		b = v.parts[i].append(b)
	}
	if v.sort == sortNumber || v.sort == sortList {
		b = v.num.append(b)
	}
	if v.truth != nil {
		b = v.truth.append(append(b, '?'))
	}
	if v.sort == sortConstant {
		b = fmt.Appendf(b, "%T %v", v.constant, v.constant)
	}
	v.key, v.interned = string(b), false
	return v
}

func (n number) append(b []byte) []byte {
	for _, i := range [...]int{n.lo, n.hi, int(n.form), n.plus} {
		b = append(strconv.AppendInt(b, int64(i), 10), ',')
	}
	if n.base != nil {
		b = strconv.AppendInt(b, int64(n.base.id), 10)
	}
	return append(b, n.expr...)
}

func (p *part) append(b []byte) []byte {
	b = appendText(append(b, 'A'+byte(p.class)), p.lit)
	for _, s := range p.set {
		b = appendText(b, s)
	}
	for _, q := range [...]*path{p.path, p.src} {
		b = append(b, '@')
		if q != nil {
			b = strconv.AppendInt(b, int64(q.id), 10)
		}
	}
	b = strconv.AppendInt(b, int64(p.lo), 10)
	if p.class == classRun {
		b = fmt.Appendf(b, "%v", p.run)
	}
	for _, flag := range [...]bool{p.json, p.goQuote, p.nonEmpty} {
		b = append(b, ".!"[btoi(flag)])
	}
	return b
}

// appendText appends a text so that its end is unambiguous.
func appendText(b []byte, s string) []byte {
	return append(append(strconv.AppendInt(b, int64(len(s)), 10), '"'), s...)
}

// text returns the text of v if there is only one.
func (v *value) text() (string, bool) {
	if v.sort != sortText {
		return "", false
	}
	text := ""
	for i, p := range v.parts {
		if p.class != classLit {
			return "", false
		}
		if i == 0 {
			text = p.lit
		} else {
			text += p.lit
		}
	}
	return text, true
}

// source returns the place in the event from which a text comes.
func (v *value) source() *path {
	if v.path != nil {
		return v.path
	}
	for _, p := range v.parts {
		if p.src != nil {
			return p.src
		}
	}
	return nil
}

// forget returns what is known about v after a turn of a loop. It is no longer the
// element of that turn.
func (v *value) forget(t turn) *value {
	gone := v.path.within(t) || v.num.base.within(t) || v.truth.mentions(t)
	for _, p := range v.parts {
		gone = gone || p.path.within(t)
	}
	if !gone {
		return v
	}
	w := *v
	if w.path.within(t) {
		w.path = nil
		if w.sort == sortList {
			w.num = number{hi: noMaximum}
		}
	}
	if w.num.base.within(t) {
		w.num.base, w.num.form, w.num.plus = nil, formPlain, 0
	}
	if w.truth.mentions(t) {
		w.truth = nil
	}
	w.parts = append([]part(nil), v.parts...)
	for i := range w.parts {
		if w.parts[i].path.within(t) {
			w.parts[i].path = nil
		}
	}
	return w.named()
}
