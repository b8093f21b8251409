// Package words holds the wording that messages share: suggestions for misspelt words,
// lists, articles, and counts.
package words

import (
	"slices"
	"strconv"
	"strings"
)

// Or joins a list as in a sentence: "a, b or c".
func Or(list []string) string { return join(list, " or ") }

// And joins a list as in a sentence: "a, b and c".
func And(list []string) string { return join(list, " and ") }

func join(list []string, last string) string {
	if len(list) < 2 {
		return strings.Join(list, "")
	}
	return strings.Join(list[:len(list)-1], ", ") + last + list[len(list)-1]
}

// Cut shortens a text to a number of characters, and an ellipsis.
func Cut(text string, most int) string {
	n := 0
	for i := range text {
		if n == most {
			return text[:i] + "…"
		}
		n++
	}
	return text
}

// Line is Cut for a text that is to be on one line.
func Line(text string, most int) string {
	return Cut(strings.Join(strings.Fields(text), " "), most)
}

// Capital returns a text with its first letter in upper case; only ASCII letters change.
func Capital(text string) string {
	if text == "" {
		return ""
	}
	return strings.ToUpper(text[:1]) + text[1:]
}

// Quote returns the words in double quotes.
func Quote(list []string) []string {
	quoted := make([]string, len(list))
	for i, word := range list {
		quoted[i] = strconv.Quote(word)
	}
	return quoted
}

// Article returns "a" or "an", whichever a noun takes by its sound.
func Article(noun string) string {
	word := strings.FieldsFunc(noun, func(r rune) bool { return r == ' ' || r == '-' || r == '.' })
	switch {
	case len(word) == 0:
		return "a"
	case spelt(word[0]): // by the name of its first letter, such as "em"
		return anIf(strings.Contains("AEFHILMNORSX", word[0][:1]))
	}
	lower := strings.ToLower(word[0])
	for _, silent := range []string{"hour", "honest", "honour", "heir"} {
		if strings.HasPrefix(lower, silent) {
			return "an"
		}
	}
	for _, consonant := range []string{"eu", "one", "once", "ubi", "uni", "uri", "url", "us", "uti", "uuid"} {
		if strings.HasPrefix(lower, consonant) {
			return "a"
		}
	}
	return anIf(strings.Contains("aeiou", lower[:1]))
}

// spelt reports whether an abbreviation is pronounced letter by letter.
func spelt(word string) bool {
	return strings.ToUpper(word) == word && strings.ToLower(word) != word && !slices.Contains([]string{"JSON", "YAML"}, word)
}

func anIf(vowel bool) string {
	if vowel {
		return "an"
	}
	return "a"
}

// WithArticle writes a noun after its article: "an alert".
func WithArticle(noun string) string { return Article(noun) + " " + noun }

// plural returns the plural of a regular noun.
func plural(noun string) string {
	stem, y := strings.CutSuffix(noun, "y")
	switch {
	case y && stem != "" && !strings.ContainsAny(stem[len(stem)-1:], "aeiou"):
		return stem + "ies"
	case strings.HasSuffix(noun, "s"), strings.HasSuffix(noun, "x"), strings.HasSuffix(noun, "ch"), strings.HasSuffix(noun, "sh"):
		return noun + "es"
	}
	return noun + "s"
}

// IsOrAre returns the verb for a number of things.
func IsOrAre(n int) string {
	if n == 1 {
		return "is"
	}
	return "are"
}

// Count returns a number with its noun: "1 error", "2 errors".
func Count(n int, noun string) string {
	if n != 1 {
		noun = plural(noun)
	}
	return strconv.Itoa(n) + " " + noun
}
