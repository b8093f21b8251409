package source

import "strings"

// The delimiters of actions.
const (
	LeftDelim  = "{{"
	RightDelim = "}}"
)

const spaces = " \t\r\n"

// ActionEnd returns the offset of the }} that ends the action or comment that an offset,
// after its {{, is in, or -1 if it does not end. Quotes are skipped.
func ActionEnd(text string, from int) int {
	inner := strings.TrimLeft(strings.TrimPrefix(text[from:], "-"), spaces)
	if strings.HasPrefix(inner, "/*") { // quotes in it mean nothing
		end := strings.Index(inner, "*/")
		if end < 0 {
			return -1
		}
		from = len(text) - len(inner) + end
	}
	for i := from; i < len(text); i++ {
		switch c := text[i]; {
		case c == '"' || c == '\'' || c == '`':
			i = QuoteEnd(text, i)
		case strings.HasPrefix(text[i:], RightDelim):
			return i
		}
	}
	return -1
}

// PipeEnd returns where the pipeline of an action ends, given the offset of the }}: before
// white space and a trim marker, which follows white space.
func PipeEnd(text string, end int) int {
	inner := text[:end]
	if marked, ok := strings.CutSuffix(inner, "-"); ok && marked != "" && strings.IndexByte(spaces, marked[len(marked)-1]) >= 0 {
		inner = marked
	}
	return len(strings.TrimRight(inner, spaces))
}

// QuoteEnd returns the offset of the quote that closes the one at an offset of an action.
// One that is not closed ends with its line, but for a ` quote, which can span lines, with
// the text.
func QuoteEnd(text string, offset int) int {
	quote := text[offset]
	for i := offset + 1; i < len(text); i++ {
		switch c := text[i]; {
		case c == quote:
			return i
		case c == '\\' && quote != '`':
			i++
		case c == '\n' && quote != '`':
			return i
		}
	}
	return len(text)
}
