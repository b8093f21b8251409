package source

import (
	"fmt"
	"strings"
)

// MaxNesting bounds how many blocks of a template may be nested. The
// parser of text/template has no limit for them and exhausts the stack at some
// hundreds of thousands.
const MaxNesting = 10_000

// NestingError is a template whose blocks nest too deeply.
type NestingError struct {
	Offset int // of the action that begins the block that is too deep, in bytes
}

func (e *NestingError) Error() string {
	return fmt.Sprintf("more than %d blocks are nested", MaxNesting)
}

// CheckNesting returns a *NestingError if blocks nest too deeply to be parsed. It
// looks for keywords after delimiters and need not be exact for templates that
// do not parse.
func CheckNesting(text string) error {
	if offset := tooDeep(text); offset >= 0 {
		return &NestingError{offset}
	}
	return nil
}

// tooDeep returns the offset of the block that nests too deeply, -1 if there is
// none.
func tooDeep(text string) int {
	const left = "{{"
	if strings.Count(text, left) <= MaxNesting {
		return -1
	}
	var open []int // for each block how many levels its end closes: else if adds one
	depth := 0
	for offset := 0; ; {
		next := strings.Index(text[offset:], left)
		if next < 0 {
			return -1
		}
		at := offset + next
		action := strings.TrimLeft(text[at+len(left):min(len(text), at+64)], "- \t\r\n")
		offset = at + len(left)
		if strings.HasPrefix(action, "/*") {
			end := strings.Index(text[offset:], "*/")
			if end < 0 {
				return -1
			}
			offset += end
			continue
		}
		words := strings.FieldsFunc(action, func(r rune) bool { return r < 'a' || r > 'z' })
		switch {
		case len(words) == 0 || !strings.HasPrefix(action, words[0]):
		case isBlock(words[0]):
			open, depth = append(open, 1), depth+1
		case words[0] == "else" && len(words) > 1 && isBlock(words[1]) && len(open) > 0:
			open[len(open)-1]++
			depth++
		case words[0] == "end" && len(open) > 0:
			depth -= open[len(open)-1]
			open = open[:len(open)-1]
		}
		if depth > MaxNesting {
			return at
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
