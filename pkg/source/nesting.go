package source

import (
	"fmt"
	"strings"
)

// MaxNesting bounds how many blocks of a template may be nested. The
// parser of text/template has no limit for them and exhausts the stack at some
// hundreds of thousands.
const MaxNesting = 10_000

// MaxLoops bounds how many of them may be loops: text/template needs time in the
// square of their number to come out of them with an error.
const MaxLoops = 200

// NestingError is a template whose blocks nest too deeply.
type NestingError struct {
	Offset int // of the action that begins the block that is too deep, in bytes

	loops bool
}

func (e *NestingError) Error() string {
	if e.loops {
		return fmt.Sprintf("more than %d loops are nested", MaxLoops)
	}
	return fmt.Sprintf("more than %d blocks are nested", MaxNesting)
}

// CheckNesting returns a *NestingError if blocks nest too deeply to be parsed. It
// looks for keywords after delimiters and need not be exact for templates that
// do not parse.
func CheckNesting(text string) error {
	if err := tooDeep(text); err != nil {
		return err
	}
	return nil
}

// tooDeep is CheckNesting.
func tooDeep(text string) *NestingError {
	const left = "{{"
	if strings.Count(text, left) <= MaxLoops {
		return nil
	}
	type block struct {
		levels int // that its end closes: else if adds one
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
		words := strings.FieldsFunc(action, func(r rune) bool { return r < 'a' || r > 'z' })
		switch {
		case len(words) == 0 || !strings.HasPrefix(action, words[0]):
		case isBlock(words[0]):
			b := block{levels: 1}
			if words[0] == "range" {
				b.loops = 1
			}
			open, depth, loops = append(open, b), depth+1, loops+b.loops
		case words[0] == "else" && len(words) > 1 && isBlock(words[1]) && len(open) > 0:
			open[len(open)-1].levels++
			depth++
		case words[0] == "end" && len(open) > 0:
			last := open[len(open)-1]
			depth, loops, open = depth-last.levels, loops-last.loops, open[:len(open)-1]
		}
		if depth > MaxNesting || loops > MaxLoops {
			return &NestingError{at, loops > MaxLoops}
		}
	}
}

func isBlock(word string) bool {
	switch word {
	case "if", "with", "range", "define", "block":
		return true
	}
	return false
}
