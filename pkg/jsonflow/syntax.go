package jsonflow

import (
	"reflect"
	"strings"

	"github.com/hooktool/hooktool/internal/automaton"
	"github.com/hooktool/hooktool/internal/jsonwords"
)

// syntaxProblem records an error of the automaton.
func (a *analyzer) syntaxProblem(st *state, e textError, at span, src *path) {
	f := finding{rule: ruleStructure, at: at, path: a.pool.Path(e.doc), src: src, harm: true, root: e.doc.Stack == nil && e.doc.Mode != automaton.ModeDone}
	switch {
	case !e.action:
		f.at = wholeWord(a.source, at, e)
	case e.char == '[' && src != nil && src.typ != nil && src.typ.Kind() == reflect.Struct: // see deepest
		e.char = '{'
	}
	f.message, f.hint = syntaxWords(e, a.source, f.at)
	if a.misplaced(&f, e, at, st) {
		a.record(f, st)
		return
	}
	switch e.err {
	case automaton.ErrBracket:
		f.bracket = automaton.ErrBracket
	case automaton.ErrControl:
		f.rule, f.fixable = ruleControl, true
	case automaton.ErrLostBackslash:
		f.rule, f.fixable, f.harm = ruleControl, true, false
	case automaton.ErrUnquoted, automaton.ErrLiteral, automaton.ErrKeyUnquoted:
		if e.action {
			a.unquoted(&f, e)
		} else {
			f.fixable = e.err != automaton.ErrKeyUnquoted && e.doc.Stack != nil // a word or a missing value
		}
	case automaton.ErrEscape, automaton.ErrHex:
		f.rule, f.fixable = ruleStructure, e.err == automaton.ErrEscape && src == nil
		if src != nil {
			f.rule = ruleUnescaped
		}
	case automaton.ErrTrailingComma, automaton.ErrMissingComma, automaton.ErrExtraComma:
		a.comma(&f, e, at)
	case automaton.ErrSurrogateKey:
		a.doubt(surrogateDoubt, at)
		return
	}
	if f.hint == closeBefore {
		f.bracket = automaton.ErrKeyUnquoted
	}
	a.record(f, st)
}

// misplaced words an error whose cause is not where it shows: a loop in place of a
// value, a value that is missing, or a word of which the first part is a value. It
// reports whether there is such a cause.
func (a *analyzer) misplaced(f *finding, e textError, at span, st *state) bool {
	switch word, start, wrong := badWord(a.source, e, at.start); {
	case a.loopAsValue(at.start) && (e.err == automaton.ErrKeyUnquoted || e.err == automaton.ErrMissingColon || e.err == automaton.ErrUnexpected || e.err == automaton.ErrMissingComma && e.action && !e.doc.Stack.InArray()):
		f.hint = listHint
	case missing(e) || a.keyAsValue(e, at.start):
		f.message, f.hint = "the value of "+f.path+" is missing", "write a value, such as null"
		if !missing(e) {
			f.message = "the value before this key is missing"
		}
		if hint := a.emptyLoopHint(a.memberStart(e, at.start)); hint != "" {
			f.hint = hint
		} else if missing(e) && a.sometimes(at.start) {
			f.message, f.hint = f.message+" in some cases", jsonwords.EveryBranch
		}
		if when := a.when(st); when != "" {
			f.message, f.hint, f.fixable = strings.TrimSuffix(f.message, " in some cases")+when, jsonwords.EveryBranch, true
		}
	case wrong:
		f.at = span{start, start + len(word)}
		f.message, f.hint = jsonwords.BadValue(word)
		f.fixable = e.doc.Stack != nil
	default:
		return false
	}
	return true
}

// comma words an error about a comma. What is wrong with one in front of a bracket does
// not depend on what is before it.
func (a *analyzer) comma(f *finding, e textError, at span) {
	f.fixable = true
	if bracket := a.closing(at); e.err == automaton.ErrExtraComma && bracket.start > 0 {
		f.at, f.comma, f.before = bracket, true, true
		f.message, f.hint = textWords(textError{err: automaton.ErrTrailingComma}, a.source[bracket.start:bracket.end], a.source, bracket)
		return
	}
	hint := a.commaHint(e, at.start)
	if e.err == automaton.ErrTrailingComma {
		comma := int(e.doc.Comma)
		switch {
		case comma > 0 && a.closing(span{comma, comma + 1}).start == at.start: // of each element
		case comma > 0 && a.inLoop(comma):
			f.rule, f.at = ruleSeparator, span{comma, comma + 1}
			f.message, f.hint = "this comma is printed after the last element too", a.separatorHint(comma)
		case hint != "":
			f.at = span{comma, comma + 1}
			f.message, f.hint = "nothing follows this comma in some cases", hint
		}
		return
	}
	f.comma = true
	if a.inLoop(at.start) || a.afterLoop(at.start) {
		f.rule = ruleSeparator
	}
	switch {
	case e.err == automaton.ErrMissingComma && f.hint != "": // a second value for one key
	case e.err == automaton.ErrMissingComma && a.beginsTurn(at.start):
		f.hint = a.separatorHint(at.start)
	case hint != "":
		f.hint = hint
	case e.err == automaton.ErrMissingComma:
		f.hint = "put a comma after the value before it"
	}
}

// closing returns the bracket that follows a comma in the text; zero if none does.
func (a *analyzer) closing(comma span) span {
	rest := strings.TrimLeft(a.source[comma.end:], " \t\r\n")
	if at := len(a.source) - len(rest); a.source[comma.start:comma.end] == "," && rest != "" && (rest[0] == ']' || rest[0] == '}') {
		return span{at, at + 1}
	}
	return span{}
}

const surrogateDoubt = "half a surrogate pair in a key, which Coroot's newline repair does not take"

// unquoted words an error about unquoted output of an action.
func (a *analyzer) unquoted(f *finding, e textError) {
	f.rule, f.fixable = ruleUnquoted, true
	what := "the text"
	if f.src != nil {
		what = a.named(f.src, f.at)
	}
	f.message = what + " is printed without quotes where a value belongs"
	if e.err == automaton.ErrKeyUnquoted {
		f.message = what + " is printed without quotes where a key belongs"
	}
	f.hint = a.quoteHint(f.at)
	f.src = nil // any text causes it
}
