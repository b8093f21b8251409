package webhook

import (
	"math/bits"
	"slices"
	"strings"
)

// span is a part of a text, in bytes.
type span struct{ start, end int }

// phraseKey is the number of bytes by which a place is told where no phrase can begin.
// No phrase is shorter.
const phraseKey = 4

// vocabulary is a growing set of phrases that are looked for in texts. A text is read
// once, however many phrases there are: a run can know ten thousand secrets, and masks
// them in each line that it prints.
type vocabulary struct {
	known map[string]bool
	young []string   // not in an index yet
	old   []*phrases // each less than half as large as the one before it, so that a phrase is sorted into few of them
}

// add adds a phrase and reports whether it is new.
func (v *vocabulary) add(phrase string) bool {
	if v.known[phrase] {
		return false
	}
	if v.known == nil {
		v.known = map[string]bool{}
	}
	v.known[phrase] = true
	v.young = append(v.young, phrase)
	return true
}

// settle makes all phrases searchable.
func (v *vocabulary) settle() {
	if len(v.young) == 0 {
		return
	}
	texts := v.young
	v.young = nil
	for n := len(v.old); n > 0 && len(v.old[n-1].sorted) <= 2*len(texts); n-- {
		texts = append(texts, v.old[n-1].sorted...)
		v.old = v.old[:n-1]
	}
	v.old = append(v.old, newPhrases(texts))
}

// find calls a function with each occurrence of each phrase, those of an index in order.
func (v *vocabulary) find(s string, found func(span)) {
	for _, p := range v.old {
		for i := range p.places(s) {
			for k := p.longestAt(s[i:]); k >= 0; k = p.shorter[k] {
				found(span{i, i + len(p.sorted[k])})
			}
		}
	}
}

// findHeads calls a function with the longest part of each place of a text that a phrase
// begins with, if it has at least this many bytes.
func (v *vocabulary) findHeads(s string, shortest int, found func(span)) {
	for _, p := range v.old {
		for i := range p.places(s) {
			if n := p.headAt(s[i:]); n >= shortest {
				found(span{i, i + n})
			}
		}
	}
}

// begun returns the length of the longest end of a text that a phrase begins with, but
// is longer than.
func (v *vocabulary) begun(s string) int {
	longest := 0
	for _, p := range v.old {
		for n := min(p.longest-1, len(s)); n > longest; n-- {
			if p.continues(s[len(s)-n:]) {
				longest = n
			}
		}
	}
	return longest
}

// across returns the first place before another where a phrase begins that ends after
// it; the other place itself if there is none.
func (v *vocabulary) across(s string, at int) int {
	first := at
	for _, p := range v.old {
		from := max(0, at-p.longest+1)
		for i := range p.places(s[from:]) {
			if from+i >= first {
				break
			}
			if k := p.longestAt(s[from+i:]); k >= 0 && from+i+len(p.sorted[k]) > at {
				first = from + i
			}
		}
	}
	return first
}

// phrases is an index of phrases. All that a text begins with are found from its place
// in their order: the one before it, and those that this one begins with.
type phrases struct {
	sorted  []string
	shorter []int // for each the longest other that it begins with, or -1
	longest int   // length in bytes

	keys  []uint64 // a bit for each hash that the first bytes of a phrase have
	shift int
}

func newPhrases(texts []string) *phrases {
	const bitsEach = 32 // so that few other places have a hash of theirs
	slices.Sort(texts)
	size := bits.Len(uint(bitsEach*len(texts) + 63))
	p := &phrases{sorted: texts, shorter: make([]int, len(texts)), keys: make([]uint64, 1<<size/64), shift: 32 - size}
	for i, text := range texts {
		p.longest = max(p.longest, len(text))
		hash := p.hash(text)
		p.keys[hash/64] |= 1 << (hash % 64)
		k := i - 1
		for k >= 0 && !strings.HasPrefix(text, texts[k]) {
			k = p.shorter[k]
		}
		p.shorter[i] = k
	}
	return p
}

func (p *phrases) hash(s string) uint32 {
	const golden = 0x9E3779B1 // 2^32 divided by the golden ratio spreads the keys
	key := uint32(s[0]) | uint32(s[1])<<8 | uint32(s[2])<<16 | uint32(s[3])<<24
	return key * golden >> p.shift
}

// places yields the places of a text where a phrase may begin.
func (p *phrases) places(s string) func(yield func(int) bool) {
	return func(yield func(int) bool) {
		for i := 0; i+phraseKey <= len(s); i++ {
			if p.mayBegin(s[i:]) && !yield(i) {
				return
			}
		}
	}
}

func (p *phrases) mayBegin(s string) bool {
	hash := p.hash(s)
	return p.keys[hash/64]>>(hash%64)&1 != 0
}

// longestAt returns the longest phrase that a text begins with, or -1.
func (p *phrases) longestAt(s string) int {
	k, equal := slices.BinarySearch(p.sorted, s)
	if equal {
		return k
	}
	for k--; k >= 0 && !strings.HasPrefix(s, p.sorted[k]); {
		k = p.shorter[k]
	}
	return k
}

// headAt returns how much of a text a phrase begins with. That is one of the two between
// which the text is in their order.
func (p *phrases) headAt(s string) int {
	k, _ := slices.BinarySearch(p.sorted, s)
	longest := 0
	for _, phrase := range p.sorted[max(0, k-1):min(k+1, len(p.sorted))] {
		longest = max(longest, common(s, phrase))
	}
	return longest
}

// continues reports whether a phrase begins with a text and is longer.
func (p *phrases) continues(s string) bool {
	if len(s) >= phraseKey && !p.mayBegin(s) {
		return false
	}
	k, equal := slices.BinarySearch(p.sorted, s)
	if equal {
		k++
	}
	return k < len(p.sorted) && strings.HasPrefix(p.sorted[k], s)
}

// common returns how many bytes two texts begin with alike.
func common(a, b string) int {
	n := 0
	for step := 1; step > 0; { // by longer and longer steps, then shorter ones
		if end := n + step; end <= min(len(a), len(b)) && a[n:end] == b[n:end] {
			n, step = end, step*2
		} else {
			step /= 2
		}
	}
	return n
}
