package webhook

import (
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// learned returns a redactor that knows these secrets, in a fixed order.
func learned(secrets ...string) *Redactor {
	r := NewRunRedactor()
	for _, secret := range secrets {
		r.Learn(Webhook{CustomHeaders: []Header{{Key: "X-Token", Value: secret}}}, Secrets{})
		r.Text("") // an index for each, so that there are several
	}
	return r
}

// TestCover compares what is masked with two simple ways to say it: byte by byte, and
// one secret after another.
func TestCover(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 2))
	word := func(longest int) string {
		letters := []rune("abABab1ü/ -") // few, so that secrets overlap, repeat and begin alike
		var b strings.Builder
		for range 1 + random.IntN(longest) {
			b.WriteRune(letters[random.IntN(len(letters))])
		}
		return b.String()
	}
	masked, overlapped := 0, 0
	for range 300 {
		var secrets, parts []string
		shared := word(4)
		for range 1 + random.IntN(5) {
			secret := shared + word(6) + word(12)
			if random.IntN(3) == 0 {
				shared = word(8)
			}
			secrets = append(secrets, secret+shared)
			parts = append(parts, secret)
			if random.IntN(3) == 0 {
				parts = append(parts, shared, word(3), secret[:random.IntN(len(secret))], word(3), secret[random.IntN(len(secret)):])
			}
		}
		parts = append(parts, shared)
		text := strings.ToValidUTF8(strings.Join(parts, ""), "")
		redact := learned(secrets...)
		got := redact.InPlace(text)
		if want := maskedByPlaces(redact, text); got != want {
			t.Fatalf("with %q\n%q becomes\n%q, want\n%q", secrets, text, got, want)
		}
		before := maskedOneByOne(redact, text)
		shown := []rune(got)
		for i, c := range []rune(before) {
			if c == '*' && shown[i] != '*' {
				t.Fatalf("with %q\n%q becomes\n%q, but one by one\n%q", secrets, text, got, before)
			}
		}
		if got != text {
			masked++
		}
		if got != before {
			overlapped++
		}
	}
	if masked < 100 || overlapped < 30 {
		t.Errorf("only %d texts have secrets, and %d secrets that overlap", masked, overlapped)
	}
}

// TestHeld cuts texts into pieces, as the writes to a stream do, and expects no secret
// to show in the pieces together.
func TestHeld(t *testing.T) {
	t.Parallel()
	redact := learned("pass-word-A1", "A1-another", "1-third-secret", "other-A2")
	const text = "a pass-word-A1 b A1-another c pass-word-A1-another 1-third-secret A1-third-secret pass-word-A, other-A2"
	want := redact.InPlace(text)
	for size := 1; size <= len(text); size++ {
		shown, held := "", ""
		for piece := range slices.Chunk([]byte(text), size) {
			held += string(piece)
			keep := redact.Held(held)
			shown += redact.InPlace(held[:len(held)-keep])
			held = held[len(held)-keep:]
		}
		if shown += redact.InPlace(held); shown != want {
			t.Errorf("in pieces of %d bytes, the text becomes\n%s, want\n%s", size, shown, want)
		}
	}
}

// maskedByPlaces masks each character that is in something to mask.
func maskedByPlaces(r *Redactor, s string) string {
	covered := make([]bool, len(s)+1)
	cover := func(when func(start, end int) bool) {
		also := slices.Clone(covered)
		for i := range s {
			for j := i + 1; j <= len(s); j++ {
				if when(i, j) {
					for k := i; k < j; k++ {
						also[k] = true
					}
				}
			}
		}
		covered = also
	}
	cover(func(i, j int) bool { return r.secrets.known[s[i:j]] && !isWord(s[i:j]) })
	cover(func(i, j int) bool {
		last, _ := utf8.DecodeLastRuneInString(s[:i])
		next, _ := utf8.DecodeRuneInString(s[j:])
		return r.secrets.known[s[i:j]] && (!wordRune(last) || covered[i-1]) && (!wordRune(next) || covered[j])
	})
	tokens := slices.Collect(maps.Keys(r.heads.known))
	cover(func(i, j int) bool {
		part := s[i:j]
		isHead := func(token string) bool { return strings.HasPrefix(token, part) }
		isTail := func(token string) bool { return strings.HasSuffix(token, part) }
		return len(part) >= half && (random(part[:half]) && slices.ContainsFunc(tokens, isHead) || random(part[len(part)-half:]) && slices.ContainsFunc(tokens, isTail))
	})
	var b strings.Builder
	for i, c := range s {
		if n := utf8.RuneLen(c); slices.Contains(covered[i:i+n], true) {
			c = '*'
		}
		b.WriteRune(c)
	}
	return b.String()
}

// maskedOneByOne looks for one secret after another, the longest first, in what those
// before it have left.
func maskedOneByOne(r *Redactor, s string) string {
	cut := func(s string, part func(string) (start, end int)) string {
		for from := 0; ; {
			start, end := part(s[from:])
			if start < 0 {
				return s
			}
			at := wholeRunes(s, span{from + start, from + end})
			hidden := strings.Repeat("*", utf8.RuneCountInString(s[at.start:at.end]))
			s, from = s[:at.start]+hidden+s[at.end:], at.start+len(hidden)
		}
	}
	for _, secret := range r.Values() {
		if !isWord(secret) {
			s = cut(s, func(s string) (int, int) { i := strings.Index(s, secret); return i, i + len(secret) })
		}
	}
	for _, token := range slices.Sorted(maps.Keys(r.heads.known)) {
		if head := token[:half]; random(head) {
			s = cut(s, func(s string) (int, int) {
				i := strings.Index(s, head)
				if i < 0 {
					return i, i
				}
				return i, i + common(s[i:], token)
			})
		}
	}
	return s
}
