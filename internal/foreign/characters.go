package foreign

import (
	"fmt"
	"strings"
	"sync"

	"github.com/hooktool/hooktool/internal/words"
)

// character is one that looks like another one, or is invisible.
type character struct {
	name  string
	plain string // what to write instead
}

// characters are those that word processors, chats and web pages substitute for plain
// ones.
var characters = sync.OnceValue(func() map[rune]character {
	return map[rune]character{
		'“': {"typographic quote", `"`}, '”': {"typographic quote", `"`}, '„': {"typographic quote", `"`}, '‟': {"typographic quote", `"`},
		'«': {"typographic quote", `"`}, '»': {"typographic quote", `"`}, '″': {"double prime", `"`}, '＂': {"full-width quote", `"`}, '〝': {"typographic quote", `"`}, '〞': {"typographic quote", `"`},
		'‘': {"typographic quote", "'"}, '’': {"typographic quote", "'"}, '‚': {"typographic quote", "'"}, '‛': {"typographic quote", "'"}, '‹': {"typographic quote", "'"}, '›': {"typographic quote", "'"}, '′': {"prime", "'"}, '´': {"accent", "'"},
		'–': {"en dash", "-"}, '—': {"em dash", "-"}, '‐': {"hyphen", "-"}, '‑': {"no-break hyphen", "-"}, '−': {"minus sign", "-"}, '―': {"dash", "-"}, '…': {"ellipsis", "..."},
		'\u00a0': {"no-break space", " "}, '\u202f': {"narrow no-break space", " "}, '\u2007': {"figure space", " "}, '\u3000': {"ideographic space", " "}, '\u205f': {"mathematical space", " "}, '\u1680': {"ogham space", " "}, '\u0085': {"next-line character", " "},
		'\u2000': {"en quad", " "}, '\u2001': {"em quad", " "}, '\u2002': {"en space", " "}, '\u2003': {"em space", " "}, '\u2004': {"thin space", " "}, '\u2005': {"thin space", " "}, '\u2006': {"thin space", " "},
		'\u2008': {"punctuation space", " "}, '\u2009': {"thin space", " "}, '\u200a': {"hair space", " "}, '\u2028': {"line separator", " "}, '\u2029': {"paragraph separator", " "}, '\v': {"vertical tab", " "}, '\f': {"form feed", " "},
		'\u200b': {"zero-width space", ""}, '\u200c': {"zero-width non-joiner", ""}, '\u200d': {"zero-width joiner", ""}, '\u200e': {"left-to-right mark", ""}, '\u200f': {"right-to-left mark", ""},
		'\u2060': {"word joiner", ""}, '\ufeff': {"byte order mark", ""}, '\u00ad': {"soft hyphen", ""}, '\u180e': {"vowel separator", ""}, '\u202a': {"direction mark", ""}, '\u202b': {"direction mark", ""}, '\u202c': {"direction mark", ""}, '\u202d': {"direction mark", ""}, '\u202e': {"direction mark", ""}, '\u2066': {"direction mark", ""}, '\u2067': {"direction mark", ""}, '\u2068': {"direction mark", ""}, '\u2069': {"direction mark", ""},
		'｛': {"full-width brace", "{"}, '｝': {"full-width brace", "}"}, '：': {"full-width colon", ":"}, '，': {"full-width comma", ","}, '、': {"ideographic comma", ","}, '［': {"full-width bracket", "["}, '］': {"full-width bracket", "]"}, '（': {"full-width parenthesis", "("}, '）': {"full-width parenthesis", ")"}, '＝': {"full-width equals sign", "="}, '≠': {"sign", "!="}, '≥': {"sign", ">="}, '≤': {"sign", "<="},
	}
})

// Plain returns what to write instead of a character that only looks like another one,
// or is invisible; ok is false for every other character.
func Plain(r rune) (plain string, ok bool) {
	c, ok := characters()[r]
	return c.plain, ok
}

// IsSpace reports whether a character looks like white space or is invisible, but is
// not white space to JSON and text/template.
func IsSpace(r rune) bool {
	c, ok := characters()[r]
	return ok && (c.plain == " " || c.plain == "")
}

// Name returns the name of a character: "a no-break space, U+00A0".
func Name(r rune) string {
	c, ok := characters()[r]
	switch {
	case !ok:
		return fmt.Sprintf("the character %q, U+%04X", string(r), r)
	case IsSpace(r):
		return fmt.Sprintf("%s, U+%04X", words.WithArticle(c.name), r)
	}
	return fmt.Sprintf("%s, %c (U+%04X)", words.WithArticle(c.name), r, r)
}

// Instead says what to write instead of a character that Plain knows. JSON and templates
// have no texts in single quotes.
func Instead(r rune) string {
	switch plain := characters()[r].plain; plain {
	case "'":
		return `write "`
	case "":
		return "remove this invisible character"
	case " ":
		return "write an ordinary space"
	default:
		return "write " + plain
	}
}

// escapedQuotes are the double quote in other languages' escapes.
var escapedQuotes = []string{"&quot;", "&#34;", "&#x22;", "&#034;", `\"`}

// EscapedQuote returns the escaped double quote that a text begins with, or "".
func EscapedQuote(text string) string {
	for _, quote := range escapedQuotes {
		if strings.HasPrefix(text, quote) {
			return quote
		}
	}
	return ""
}

// EscapedIs says what an escaped quote is.
func EscapedIs(quote string) string {
	if quote[0] == '&' {
		return "HTML for a quote"
	}
	return "an escaped quote, which belongs inside a text"
}

// LineContinues returns the length of the backslash and line break that a text begins
// with, with which a shell continues a line; 0 if it does not.
func LineContinues(text string) int {
	for _, end := range []string{"\\\n", "\\\r\n"} {
		if strings.HasPrefix(text, end) {
			return len(end)
		}
	}
	return 0
}
