package foreign

import (
	"strings"
	"sync"
)

// replacements maps words of other languages to those that text/template has in the
// same place.
var replacements = sync.OnceValue(func() map[string]string {
	return map[string]string{
		"elif": "else if", "elsif": "else if", "elseif": "else if", "elsIf": "else if", "elseIf": "else if", "else_if": "else if", "elf": "else if",
		"endif": "end", "endfor": "end", "endeach": "end", "endwith": "end", "endrange": "end", "endunless": "end", "endforeach": "end", "endIf": "end",
		"endblock": "end", "endmacro": "end", "endwhile": "end", "endcase": "end", "endswitch": "end", "enddefine": "end", "fi": "end", "done": "end", "esac": "end",
		"otherwise": "else", "foreach": "range", "forEach": "range", "each": "range", "unless": "if not", "macro": "define",
		"els": "else", "esle": "else", "eles": "else", "elese": "else", "edn": "end", "ned": "end", "rnage": "range", "rage": "range", "wiht": "with",
	}
})

// Keyword returns the equivalent in text/template of a word that begins an action in
// another language, such as "else if" for elif; empty if there is none.
func Keyword(word string) string {
	if own, ok := replacements()[word]; ok {
		return own
	}
	lower := strings.ToLower(word)
	if own, ok := replacements()[lower]; ok && word != lower {
		return own
	}
	if word != lower && IsKeyword(lower) {
		return lower
	}
	return ""
}

// IsKeyword reports whether a word begins an action in text/template.
func IsKeyword(word string) bool {
	switch word {
	case "if", "else", "end", "range", "with", "define", "block", "template", "break", "continue":
		return true
	}
	return false
}

// keyword returns the advice about a word that text/template does not have. Fields are
// written as in the advice of a family.
func keyword(word string) string {
	const list = ".L"
	switch own := Keyword(word); {
	case word == "unless":
		return "write {{ if not .X }}"
	case own == "range":
		return "write a loop as {{ range " + list + " }} … {{ end }}"
	case own != "":
		return "write {{ " + own + " }}"
	}
	switch word {
	case "for", "loop", "while", "iterate":
		return "write a loop as {{ range " + list + " }} … {{ end }}, with the element as the dot"
	case "as", "in":
		return "in a loop, name the element like this: {{ range $x := " + list + " }}"
	case "switch", "case", "when":
		return `write {{ if eq .Status "OK" }} … {{ else if eq .Status "WARNING" }} … {{ else }} … {{ end }}`
	case "then", "do":
		return "leave it out: {{ if .Status }} … {{ end }}"
	case "this", "self", "it":
		return "the dot is the element inside a loop, and the event outside: {{ json . }}"
	case "set", "let", "var", "const", "assign", "declare", "local", "capture":
		return "set a variable with {{ $x := .Status }}"
	case "import", "from", "extends", "include_tasks", "layout":
		return "a template is self-contained; {{ define }} and {{ template }} work only within it"
	case "raw", "verbatim", "endraw":
		return "to print text with braces, write {{ `{{ … }}` }}"
	case "comment":
		return "a comment is written {{/* … */}}"
	}
	return ""
}

// Leaves reports whether a word ends the head of a block in other languages and is
// omitted here.
func Leaves(word string) bool { return word == "then" || word == "do" }
