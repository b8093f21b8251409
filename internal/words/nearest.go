package words

import (
	"strings"
	"unicode/utf8"
)

// Nearest returns the candidate that is the fewest changes away from a word: letters
// added, left out, replaced or swapped with their neighbour. Case does not count as a
// change. It returns "" if none is near, that is, if more than a third of the word, or
// more than one of up to four letters, would have to change. The beginning of a single candidate, or of one and others that
// begin with it, means that one.
func Nearest(word string, candidates []string) string {
	if begun := begins(word, candidates); begun != "" {
		return begun
	}
	letters := utf8.RuneCountInString(word)
	most := (letters + 2) / 3
	if letters <= 4 {
		most = 1
	}
	best, bestDistance := "", most+1
	for _, candidate := range candidates {
		if d := distance(strings.ToLower(word), strings.ToLower(candidate)); d < bestDistance {
			best, bestDistance = candidate, d
		}
	}
	return best
}

// begins returns the candidate that begins with a word of at least three letters, if all
// others that do begin with that candidate.
func begins(word string, candidates []string) string {
	const shortest = 3
	if utf8.RuneCountInString(word) < shortest {
		return ""
	}
	found := ""
	for _, candidate := range candidates {
		switch {
		case !hasPrefix(candidate, word), found != "" && hasPrefix(candidate, found):
		case found == "", hasPrefix(found, candidate):
			found = candidate
		default:
			return ""
		}
	}
	return found
}

func hasPrefix(text, prefix string) bool {
	return len(text) >= len(prefix) && strings.EqualFold(text[:len(prefix)], prefix)
}

// Suggest returns the hint about a misspelt word: the candidates that may have been
// meant, or otherwise if there is none.
func Suggest(word string, candidates []string, otherwise string) string {
	nearest := Nearest(word, candidates)
	if nearest == "" {
		nearest = Or(Alike(word, candidates))
	}
	return Hint(nearest, otherwise)
}

// Alike returns the candidates that begin with a word of at least three letters, or if
// there are none, those that contain it. It returns none if there are too many to choose
// from.
func Alike(word string, candidates []string) []string {
	const shortest, most = 3, 12
	if utf8.RuneCountInString(word) < shortest {
		return nil
	}
	lower := strings.ToLower(word)
	var begin, contain []string
	for _, candidate := range candidates {
		switch strings.Index(strings.ToLower(candidate), lower) {
		case -1:
		case 0:
			begin = append(begin, candidate)
		default:
			contain = append(contain, candidate)
		}
	}
	if len(begin) == 0 {
		begin = contain
	}
	if len(begin) > most {
		return nil
	}
	return begin
}

// Hint asks whether the nearest word was meant, and returns otherwise if there is none.
func Hint(nearest, otherwise string) string {
	if nearest == "" {
		return otherwise
	}
	return DidYouMean(nearest)
}

// DidYouMean asks whether something else was meant.
func DidYouMean(text string) string { return "did you mean " + text + "?" }

// distance is the optimal string alignment distance of two words.
func distance(a, b string) int {
	s, t := []rune(a), []rune(b)
	before, last, row := make([]int, len(t)+1), make([]int, len(t)+1), make([]int, len(t)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(s); i++ {
		row[0] = i
		for j := 1; j <= len(t); j++ {
			cost := 1
			if s[i-1] == t[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && s[i-1] == t[j-2] && s[i-2] == t[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(t)]
}
