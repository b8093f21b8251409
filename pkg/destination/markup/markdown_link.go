package markup

import "strings"

// link is the target of a link or an image.
type link struct {
	kind Kind
	url  string
}

// bracket reads [ and ![ and ](target).
func (in *inlineParser) bracket(i int) int {
	text := in.chunk.text
	switch {
	case !in.markdown.syntax.links:
		return 0
	case text[i] == '!' && (!in.images || at(text, i+1) != '['):
		return 0
	case text[i] == '!', text[i] == '[':
		n := 1
		if text[i] == '!' {
			n = 2
		}
		in.token(openToken, i, i+n, -1)
		in.brackets = append(in.brackets, len(in.tokens)-1)
		return n
	case len(in.brackets) == 0:
		return 0
	}
	open := &in.tokens[in.brackets[len(in.brackets)-1]]
	in.brackets = in.brackets[:len(in.brackets)-1]
	target, n := linkTarget(text, i+1)
	if n == 0 {
		return 0
	}
	kind := Link
	if open.end-open.start == 2 {
		kind = Image
	} else {
		in.brackets = in.brackets[:0] // a link contains no other
	}
	in.links = append(in.links, link{kind, target})
	open.ref = len(in.links) - 1
	return in.token(closeToken, i, i+1+n, open.ref)
}

// deepestParentheses bounds the nesting of those in a target.
const deepestParentheses = 32

// linkTarget reads (target) or (target "title") and returns its length, or 0.
func linkTarget(text string, i int) (target string, n int) {
	if at(text, i) != '(' {
		return "", 0
	}
	from, depth := i+1, 1
	for j := from; j < len(text); j++ {
		switch c := text[j]; {
		case c == '\\' && isPunct(at(text, j+1)):
			j++
		case c == '(':
			if depth++; depth > deepestParentheses {
				return "", 0
			}
		case c == ')':
			if depth--; depth == 0 {
				return plainTarget(text[from:j]), j + 1 - i
			}
		case c == ' ' || c == '\t' || c == '\n':
			return titledTarget(text, i, from, j)
		}
	}
	return "", 0
}

// longestTitle bounds how far the end of a title is searched for.
const longestTitle = 1000

// titledTarget reads the title after a target, which is not shown.
func titledTarget(text string, i, from, end int) (string, int) {
	rest := text[end:min(len(text), end+longestTitle)]
	title := strings.TrimLeft(rest, " \t\n")
	if title == "" {
		return "", 0
	}
	if title[0] == ')' && end > from {
		return plainTarget(text[from:end]), end + len(rest) - len(title) + 1 - i
	}
	if title[0] != '"' && title[0] != '\'' {
		return "", 0
	}
	last := strings.IndexByte(title[1:], title[0])
	if last < 0 {
		return "", 0
	}
	after := strings.TrimLeft(title[last+2:], " \t\n")
	if !strings.HasPrefix(after, ")") {
		return "", 0
	}
	return plainTarget(text[from:end]), end + len(rest) - len(after) + 1 - i
}

// plainTarget removes the angle brackets and escapes from a target.
func plainTarget(target string) string {
	if strings.HasPrefix(target, "<") && strings.HasSuffix(target, ">") && len(target) > 1 {
		target = target[1 : len(target)-1]
	}
	if strings.IndexByte(target, '\\') < 0 {
		return target
	}
	var b strings.Builder
	for i := 0; i < len(target); i++ {
		if target[i] == '\\' && isPunct(at(target, i+1)) {
			i++
		}
		b.WriteByte(target[i])
	}
	return b.String()
}
