package markup

import "strings"

// ticks records where the last run of each length of backticks is, so that no search is
// in vain.
type ticks map[int]int

func (in *inlineParser) codeSpan(i int) int {
	if !in.codeSpans {
		return 0
	}
	text := in.chunk.text
	if in.ticks == nil {
		in.ticks = lastTicks(text)
	}
	n := tickRun(text, i)
	if in.ticks[n] <= i {
		return in.token(textToken, i, i+n, 0)
	}
	j := i + n
	for {
		j += strings.IndexByte(text[j:], '`')
		m := tickRun(text, j)
		if m == n {
			break
		}
		j += m
	}
	code := text[i+n : j]
	if in.dialect == SlackMrkdwn || in.dialect == GoogleChatText {
		if strings.Contains(code, "\n") { // in that dialect, code ends with its line
			return in.token(textToken, i, i+n, 0)
		}
	}
	return in.piece(i, j+n-i, piece{kind: Code, text: in.codeText(code)})
}

func (in *inlineParser) codeText(code string) string {
	if in.dialect == SlackMrkdwn {
		return slackUnescape(code)
	}
	if in.spaced {
		code = strings.ReplaceAll(code, "\n", " ")
	}
	if len(code) > 2 && code[0] == ' ' && code[len(code)-1] == ' ' && strings.Trim(code, " ") != "" {
		code = code[1 : len(code)-1]
	}
	return code
}

func tickRun(text string, i int) int {
	n := 0
	for at(text, i+n) == '`' {
		n++
	}
	return n
}

func lastTicks(text string) ticks {
	last := ticks{}
	for i := 0; i < len(text); {
		next := strings.IndexByte(text[i:], '`')
		if next < 0 {
			break
		}
		i += next
		n := tickRun(text, i)
		last[n] = i
		i += n
	}
	return last
}
