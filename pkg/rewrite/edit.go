package rewrite

import (
	"cmp"
	"slices"
	"sort"
	"strings"
)

// edit replaces the bytes from start to end of a template. Insertions at the same
// offset keep the order in which they were made.
type edit struct {
	start, end int
	text       string
}

// edits are changes to one text. An edit that lies within another is dropped.
type edits []edit

func (e *edits) insert(at int, text string)          { *e = append(*e, edit{at, at, text}) }
func (e *edits) remove(start, end int)               { *e = append(*e, edit{start, end, ""}) }
func (e *edits) replace(start, end int, text string) { *e = append(*e, edit{start, end, text}) }

// apply returns the changed text.
func (e edits) apply(text string) string {
	sorted := e.sorted()
	var b strings.Builder
	at := 0
	for _, edit := range sorted {
		b.WriteString(text[at:edit.start])
		b.WriteString(edit.text)
		at = edit.end
	}
	b.WriteString(text[at:])
	return b.String()
}

// sorted returns the edits in text order, without those that overlap an earlier one.
func (e edits) sorted() edits {
	sorted := slices.Clone(e)
	slices.SortStableFunc(sorted, func(a, b edit) int { return cmp.Compare(a.start, b.start) })
	kept := sorted[:0]
	at := 0
	for _, edit := range sorted {
		if edit.start < at {
			continue
		}
		kept = append(kept, edit)
		at = edit.end
	}
	return kept
}

// narrowed returns the edits that apply makes, without the ends that they leave as they
// were, so that origin finds the place of those.
func (e edits) narrowed(text string) edits {
	narrow := e.sorted()
	for i := range narrow {
		n := &narrow[i]
		for n.start < n.end && n.text != "" && text[n.start] == n.text[0] {
			n.start, n.text = n.start+1, n.text[1:]
		}
		for n.start < n.end && n.text != "" && text[n.end-1] == n.text[len(n.text)-1] {
			n.end, n.text = n.end-1, n.text[:len(n.text)-1]
		}
	}
	return narrow
}

// made are edits that were made to a text, in text order.
type made struct {
	edits
	shifts []int // by how many bytes those before each edit have moved what follows
}

// made returns the edits that apply makes.
func (e edits) made(text string) made {
	m := made{edits: e.narrowed(text)}
	shift := 0
	for _, edit := range m.edits {
		m.shifts = append(m.shifts, shift)
		shift += len(edit.text) - (edit.end - edit.start)
	}
	return m
}

// origin maps an offset in the changed text to the offset in the old text. kept reports
// whether the byte there was in the old text.
func (m made) origin(offset int) (old int, kept bool) {
	last := sort.Search(len(m.edits), func(i int) bool { return m.edits[i].start+m.shifts[i] > offset }) - 1
	if last < 0 {
		return offset, true
	}
	e, shift := m.edits[last], m.shifts[last]
	if offset < e.start+shift+len(e.text) {
		return e.start, false
	}
	return offset - shift - len(e.text) + (e.end - e.start), true
}
