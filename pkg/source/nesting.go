package source

import (
	"fmt"
	"strings"
)

// MaxNesting bounds how deeply the blocks of a template may nest. The parser of
// text/template has no limit, and exhausts the stack at some hundreds of thousands.
const MaxNesting = 10_000

// MaxLoops bounds how many of them may be loops: the time that text/template needs to
// return an error from nested loops grows with the square of their number.
const MaxLoops = 200

// MaxParentheses bounds how deeply parentheses may nest, because code that looks at an
// expression also looks at what is in it.
const MaxParentheses = 500

// NestingError is a template that nests too deeply.
type NestingError struct {
	Offset int // of the action or parenthesis that opens the level that is too deep, in bytes

	most int
	what string
}

func (e *NestingError) Error() string {
	return fmt.Sprintf("more than %d %s are nested", e.most, e.what)
}

// CheckNesting returns a *NestingError if blocks or parentheses nest too deeply. It
// only looks for keywords after delimiters, so it may be inexact for templates that do
// not parse.
func CheckNesting(text string) error {
	if err := tooDeep(text); err != nil {
		return err
	}
	if err := tooManyParentheses(text); err != nil {
		return err
	}
	return nil
}

// tooManyParentheses looks for parentheses within actions.
func tooManyParentheses(text string) *NestingError {
	if strings.Count(text, "(") <= MaxParentheses {
		return nil
	}
	for offset := 0; offset < len(text); {
		next := strings.Index(text[offset:], "{{")
		if next < 0 {
			return nil
		}
		depth := 0
		for offset += next + len("{{"); offset < len(text) && !strings.HasPrefix(text[offset:], "}}"); offset++ {
			switch c := text[offset]; c {
			case '"', '`', '\'':
				offset = QuoteEnd(text, offset)
			case '/':
				if comment := strings.Index(text[offset:], "*/"); comment > 0 && text[offset+1] == '*' {
					offset += comment
				}
			case ')':
				depth = max(depth-1, 0)
			case '(':
				if depth++; depth > MaxParentheses {
					return &NestingError{offset, MaxParentheses, "parentheses"}
				}
			}
		}
	}
	return nil
}

// tooDeep does the work of CheckNesting.
func tooDeep(text string) *NestingError {
	const left = "{{"
	if strings.Count(text, left) <= MaxLoops {
		return nil
	}
	type block struct {
		levels int // closed by its end: else if opens another
		loops  int // 1 for a loop
	}
	var open []block
	depth, loops := 0, 0
	for offset := 0; ; {
		next := strings.Index(text[offset:], left)
		if next < 0 {
			return nil
		}
		at := offset + next
		action := strings.TrimLeft(text[at+len(left):min(len(text), at+64)], "- \t\r\n")
		offset = at + len(left)
		if strings.HasPrefix(action, "/*") {
			end := strings.Index(text[offset:], "*/")
			if end < 0 {
				return nil
			}
			offset += end
			continue
		}
		word, rest := cutWord(action)
		switch {
		case isBlock(word):
			b := block{levels: 1}
			if word == "range" {
				b.loops = 1
			}
			open, depth, loops = append(open, b), depth+1, loops+b.loops
		case word == "else" && len(open) > 0 && elseOpens(rest):
			open[len(open)-1].levels++
			depth++
		case word == "end" && len(open) > 0:
			last := open[len(open)-1]
			depth, loops, open = depth-last.levels, loops-last.loops, open[:len(open)-1]
		}
		switch {
		case loops > MaxLoops:
			return &NestingError{at, MaxLoops, "loops"}
		case depth > MaxNesting:
			return &NestingError{at, MaxNesting, "blocks"}
		}
	}
}

// cutWord cuts the letters that a text begins with.
func cutWord(text string) (word, rest string) {
	end := strings.IndexFunc(text, notInWord)
	if end < 0 {
		end = len(text)
	}
	return text[:end], text[end:]
}

func notInWord(r rune) bool { return r < 'a' || r > 'z' }

// elseOpens reports whether the word after else opens a block.
func elseOpens(rest string) bool {
	word, _ := cutWord(strings.TrimLeftFunc(rest, notInWord))
	return isBlock(word)
}

func isBlock(word string) bool {
	switch word {
	case "if", "with", "range", "define", "block":
		return true
	}
	return false
}
