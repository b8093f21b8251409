package webhook

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A secret shorter than shortSecret is masked only where its place is known, as in a URL
// or a header: ?x=1 must not turn HTTP/1.1 into HTTP/***.***. One shorter than shortWord
// that is all letters is masked as a whole word. A part of a token that is masked has at
// least half bytes.
const (
	shortSecret = phraseKey
	shortWord   = 8
	halfToken   = 16
	half        = halfToken / 2
)

// search says what else than learned secrets is looked for.
type search struct {
	looks bool // what looks like a secret, or is the value of a member that holds one
	words bool
}

// cover returns the parts of a text that are masked, in order. Each occurrence of a
// secret is in one of them, even if it overlaps another's.
func (r *Redactor) cover(s string, also search) []span {
	var found, words []span
	if also.looks {
		for _, l := range looks(s, r.members) {
			found = append(found, span{l.Start, l.End})
		}
	}
	r.secrets.find(s, func(at span) {
		if isWord(s[at.start:at.end]) {
			words = append(words, at)
		} else {
			found = append(found, at)
		}
	})
	found = r.halves(s, addAlone(s, union(found), words))
	if also.words {
		words = words[:0]
		r.words.find(s, func(at span) { words = append(words, at) })
		found = addAlone(s, found, words)
	}
	return found
}

// halves adds what begins or ends as a token does and is too long to be chance, as in an
// answer that shows the beginning of a token.
func (r *Redactor) halves(s string, found []span) []span {
	r.heads.findHeads(s, half, func(at span) {
		if random(s[at.start : at.start+half]) {
			found = append(found, wholeRunes(s, at))
		}
	})
	if len(r.tails.old) > 0 {
		r.tails.findHeads(backwards(s), half, func(at span) {
			at = span{len(s) - at.end, len(s) - at.start}
			if random(s[at.end-half : at.end]) {
				found = append(found, wholeRunes(s, at))
			}
		})
	}
	return union(found)
}

// wholeRunes extends a part of a text to whole characters.
func wholeRunes(s string, at span) span {
	for range utf8.UTFMax - 1 {
		if !utf8.RuneStart(s[at.start]) && at.start > 0 {
			at.start--
		}
		if at.end < len(s) && !utf8.RuneStart(s[at.end]) {
			at.end++
		}
	}
	return at
}

// addAlone adds those words that are not part of longer ones. Next to what is masked
// already, a word is alone.
func addAlone(s string, covered, words []span) []span {
	if len(words) == 0 {
		return covered
	}
	all := covered
	for _, at := range words {
		before, after := 0, len(s)
		if n, _ := slices.BinarySearchFunc(covered, at.start, func(c span, start int) int { return c.start - start }); n > 0 {
			before = min(covered[n-1].end, at.start)
		}
		if n, _ := slices.BinarySearchFunc(covered, at.end, func(c span, end int) int { return c.end - end - 1 }); n < len(covered) {
			after = max(covered[n].start, at.end)
		}
		last, _ := utf8.DecodeLastRuneInString(s[before:at.start])
		first, _ := utf8.DecodeRuneInString(s[at.end:after])
		if !wordRune(last) && !wordRune(first) {
			all = append(all, at)
		}
	}
	return union(all)
}

// union sorts spans and joins those that overlap.
func union(spans []span) []span {
	slices.SortFunc(spans, func(a, b span) int { return a.start - b.start })
	joined := spans[:0]
	for _, s := range spans {
		if n := len(joined); n > 0 && s.start < joined[n-1].end {
			joined[n-1].end = max(joined[n-1].end, s.end)
		} else {
			joined = append(joined, s)
		}
	}
	return joined
}

// replaced returns a text with parts of it replaced by the result of a function.
func replaced(s string, parts []span, with func(string) string) string {
	if len(parts) == 0 {
		return s
	}
	var b strings.Builder
	from := 0
	for _, p := range parts {
		b.WriteString(s[from:p.start])
		b.WriteString(with(s[p.start:p.end]))
		from = p.end
	}
	b.WriteString(s[from:])
	return b.String()
}

// backwards reverses the bytes of a text.
func backwards(s string) string {
	b := []byte(s)
	slices.Reverse(b)
	return string(b)
}

// isWord reports whether a secret is masked only as a whole word.
func isWord(secret string) bool {
	return len(secret) < shortWord && strings.IndexFunc(secret, func(c rune) bool { return !unicode.IsLetter(c) }) < 0
}

// random reports whether some characters are not part of a word or of a number.
func random(s string) bool {
	odd := 0
	for _, c := range s[1:] {
		if unicode.IsUpper(c) || unicode.IsDigit(c) {
			odd++
		}
	}
	return odd >= 2 && strings.IndexFunc(s, unicode.IsLetter) >= 0
}

func wordRune(r rune) bool {
	return '0' <= r && r <= '9' || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || r == '_' || r >= utf8.RuneSelf && r != utf8.RuneError
}
