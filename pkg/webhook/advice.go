package webhook

import (
	"html"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/hooktool/hooktool/internal/foreign"
)

// advise returns the advice for a parse error. The first function that has some wins:
// those about characters come before those about words.
func (s *slip) advise() advice {
	for _, look := range []func(*slip) (advice, bool){
		adviseCharacters, adviseBackslash, adviseEntities, adviseComment, adviseBraces, adviseHandlebars, adviseLoopVariable, adviseTrim,
		adviseKeyword, adviseInline, adviseSingleQuotes, adviseQuotes, adviseNesting, adviseIndex, adviseDash, adviseVariable, adviseFunction,
		adviseRangeParts, adviseClause, adviseElse, adviseExpanded, adviseOperator, adviseCall, adviseComma, advisePunctuation, adviseParentheses, adviseBlock,
	} {
		if a, ok := look(s); ok {
			if name, undefined := s.undefinedFunction(); undefined {
				return s.onlyKnown(a, name)
			}
			return a
		}
	}
	return advice{hint: "an action contains fields such as " + s.field(foreign.SomeField(s.kind)) + ", functions such as json, numbers, and text in quotes"}
}

// adviseCharacters handles characters that look like others or like nothing.
func adviseCharacters(s *slip) (advice, bool) {
	r, _ := utf8.DecodeRuneInString(s.text[min(s.start, len(s.text)):])
	if match := regexp.MustCompile(`character(?: in action: U\+|\s+U\+)([0-9A-F]+)`).FindStringSubmatch(s.message); match != nil {
		code, _ := strconv.ParseInt(match[1], 16, 32)
		r = rune(code)
	} else if !strings.Contains(s.message, "unexpected") || r < utf8.RuneSelf {
		return advice{}, false
	}
	if r < utf8.RuneSelf && r != '\v' && r != '\f' {
		return advice{}, false
	}
	message := foreign.Name(r) + ", appears here"
	if joined := s.joinedBody(); joined != nil {
		return s.corrected(message, "join texts with printf", joined), true
	}
	if _, ok := foreign.Plain(r); !ok {
		return advice{message: message, hint: `names of fields and functions are plain letters; put text in quotes: "` + string(r) + `"`}, true
	}
	var corrections []Correction
	outsideQuotes(s.inside(), func(part string, at int) {
		for i, c := range part {
			if plain, ok := foreign.Plain(c); ok {
				if plain == "'" {
					plain = `"`
				}
				corrections = append(corrections, Correction{s.from + at + i, s.from + at + i + utf8.RuneLen(c), plain})
			}
		}
	})
	if i := strings.IndexRune(s.text[s.start:min(len(s.text), max(s.end, s.start)+utf8.UTFMax)], r); i >= 0 {
		s.start += i
		s.end = s.start + utf8.RuneLen(r)
	}
	known := foreign.Instead(r)
	if plain, _ := foreign.Plain(r); strings.TrimSpace(plain) != "" && s.write(corrections) != "" {
		known = ""
	}
	return s.corrected(message, known, corrections), true
}

// adviseBackslash handles quotes that were escaped as if the action were in a JSON
// string or a shell string.
func adviseBackslash(s *slip) (advice, bool) {
	if !strings.Contains(s.message, `"\\"`) && !strings.Contains(s.message, `U+005C`) {
		return advice{}, false
	}
	var corrections []Correction
	for i := s.from; i+1 < s.to; i++ {
		if s.text[i] == '\\' {
			if s.text[i+1] == '\'' {
				corrections = append(corrections, Correction{i, i + 2, `"`})
			} else {
				corrections = append(corrections, Correction{i, i + 1, ""})
			}
			i++
		}
	}
	return s.corrected("a backslash cannot be here", "nothing is escaped inside {{ }}, even in a string", corrections), true
}

// adviseEntities handles what an HTML page or editor makes of quotes.
func adviseEntities(s *slip) (advice, bool) {
	if !strings.HasPrefix(s.message, `unexpected "&"`) {
		return advice{}, false
	}
	entity := regexp.MustCompile(`&(?:[a-z]+|#\d+|#x[0-9a-fA-F]+);`)
	if at := entity.FindStringIndex(s.text[s.start:s.to]); at == nil || at[0] != 0 {
		return advice{}, false
	}
	var corrections []Correction
	for _, at := range entity.FindAllStringIndex(s.inside(), -1) {
		plain := html.UnescapeString(s.inside()[at[0]:at[1]])
		if plain == "&" || plain == "<" || plain == ">" {
			return s.adviseOperatorEntities()
		}
		if r, size := utf8.DecodeRuneInString(plain); size == len(plain) {
			if ascii, ok := foreign.Plain(r); ok {
				plain = ascii
			}
		}
		corrections = append(corrections, Correction{s.from + at[0], s.from + at[1], plain})
	}
	first := entity.FindString(s.text[s.start:s.to])
	s.end = s.start + len(first)
	return s.corrected(first+" is HTML for "+html.UnescapeString(first), "the template is not HTML", corrections), true
}

// adviseOperatorEntities handles operators that came through an HTML page: it names the
// functions to use instead.
func (s *slip) adviseOperatorEntities() (advice, bool) {
	body, at := s.body()
	plain := html.UnescapeString(body)
	head := clauseHead().FindString(plain)
	translated, ok := translate(s.kind, plain[len(head):])
	if !ok {
		return advice{message: "this is HTML", hint: "the template is not HTML: write the characters themselves"}, true
	}
	return s.corrected("templates have no operators", "comparisons are functions", []Correction{{at, at + len(body), head + translated}}), true
}

// adviseComment handles comments that are not written as text/template wants them.
func adviseComment(s *slip) (advice, bool) {
	body, _ := s.body()
	body = strings.TrimPrefix(body, "-")
	text, isComment := "", false
	for _, marks := range [][2]string{{"/*", "*/"}, {"<!--", "-->"}, {"!--", "--"}, {"//", ""}, {"!", ""}, {"--", ""}, {"#", ""}} {
		rest, ok := strings.CutPrefix(body, marks[0])
		if !ok {
			continue
		}
		if marks[0] == "#" && (regexp.MustCompile(`^[a-z^>]`).MatchString(rest) || s.isSection(rest)) || marks[0] == "!" && !strings.HasPrefix(rest, " ") {
			break // that is Handlebars, or a negation
		}
		text, isComment = strings.TrimSpace(strings.TrimSuffix(rest, marks[1])), true
		break
	}
	if !isComment || strings.Contains(text, "*/") || s.close == s.to {
		return advice{}, false
	}
	left, right := "{{", "}}"
	if strings.HasPrefix(s.inside(), "-") {
		left = "{{- "
	}
	if strings.HasSuffix(s.inside(), "-") && !strings.HasSuffix(s.inside(), "--") {
		right = " -}}"
	}
	correction := []Correction{{s.open, s.close, left + "/* " + text + " */" + right}}
	s.start, s.end = s.open, s.close
	return s.corrected("this is not how a comment is written",
		"only a trim marker with its space can be between the braces and the stars", correction), true
}

// isSection reports whether what follows a # names a section of Mustache, which the
// template ends further on.
func (s *slip) isSection(rest string) bool {
	return regexp.MustCompile(`\{\{\s*/\s*` + regexp.QuoteMeta(strings.TrimSpace(rest)) + `\s*\}\}`).MatchString(s.text[s.close:])
}

// adviseTrim handles trim markers without a space beside them.
func adviseTrim(s *slip) (advice, bool) {
	in := s.inside()
	if !strings.Contains(s.message, "number syntax") && !strings.Contains(s.message, "U+002D") && !strings.Contains(s.message, `"-"`) {
		return advice{}, false
	}
	var corrections []Correction
	body := strings.TrimSpace(in)
	switch {
	case strings.HasPrefix(in, "-") && !strings.HasPrefix(in, "- "):
		corrections = append(corrections, Correction{s.from + 1, s.from + 1, " "})
	case strings.HasPrefix(body, "- ") && !strings.HasPrefix(in, "-"):
		at := s.from + strings.IndexByte(in, '-')
		corrections = append(corrections, Correction{s.from, at + 1, "-"})
	}
	switch {
	case strings.HasSuffix(in, "-") && !strings.HasSuffix(in, " -"):
		corrections = append(corrections, Correction{s.to - 1, s.to - 1, " "})
	case strings.HasSuffix(body, " -") && !strings.HasSuffix(in, "-"):
		at := s.from + strings.LastIndexByte(in, '-')
		corrections = append(corrections, Correction{at, s.to, "-"})
	}
	if corrections == nil {
		return advice{}, false
	}
	return s.corrected("the trim marker is not separated", "put a trim marker directly next to the braces, with a space on its other side", corrections), true
}

// adviseSingleQuotes handles text in apostrophes, which hold one character in Go.
func adviseSingleQuotes(s *slip) (advice, bool) {
	single := strings.HasPrefix(s.message, "malformed character constant") || s.message == "unterminated character constant" ||
		s.message == "invalid syntax" && strings.HasPrefix(s.text[s.start:], "'")
	if !single {
		return advice{}, false
	}
	var corrections []Correction
	outsideQuotes(s.inside(), func(part string, at int) {
		for _, m := range regexp.MustCompile(`'((?:[^'\\]|\\.)*)'`).FindAllStringSubmatchIndex(part, -1) {
			text := strings.ReplaceAll(part[m[2]:m[3]], `\'`, "'")
			corrections = append(corrections, Correction{s.from + at + m[0], s.from + at + m[1], quote(text)})
		}
	})
	if corrections == nil {
		return advice{message: "an apostrophe begins a character constant here, which is never closed", hint: "write text in double quotes or backticks"}, true
	}
	return s.corrected("text cannot be in single quotes", "write text in double quotes or backticks", corrections), true
}

// quote puts a text in double quotes, leaving its escapes as they are.
func quote(text string) string {
	return `"` + strings.ReplaceAll(strings.ReplaceAll(text, `\"`, `"`), `"`, `\"`) + `"`
}

// adviseQuotes handles text in double quotes that does not end, or that holds an
// invalid escape.
func adviseQuotes(s *slip) (advice, bool) {
	switch s.message {
	case "unterminated quoted string", "unterminated raw quoted string":
		first := strings.IndexByte(s.inside(), '"')
		if first < 0 {
			return advice{message: "this text is never closed", hint: "text in backticks ends at the next backtick"}, true
		}
		if strings.Count(s.inside(), `"`)%2 == 0 { // the text spans several lines
			var corrections []Correction
			for i := s.from + first; i < s.to; i++ {
				if s.text[i] == '\n' {
					corrections = append(corrections, Correction{i, i + 1, `\n`})
				}
			}
			return advice{"text in double quotes must end on the same line", "write \\n for a line break, or put the text in backticks", corrections}, true
		}
		return advice{message: "this text is never closed", hint: `close it with "`}, true
	case "invalid syntax":
		text := s.text[s.start:s.end]
		if !strings.HasPrefix(text, `"`) {
			return advice{}, false
		}
		escape := regexp.MustCompile(`\\(?:[abfnrtv\\"]|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[0-7]{3})|\\`)
		var corrections []Correction
		for _, m := range escape.FindAllStringIndex(text, -1) {
			if m[1]-m[0] == 1 {
				corrections = append(corrections, Correction{s.start + m[0], s.start + m[0], `\`})
			}
		}
		return s.corrected("this text contains an unknown escape sequence", `write a backslash as \\ in double quotes, and as \ in backticks`, corrections), true
	}
	return advice{}, false
}
