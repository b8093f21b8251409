package jsonflow

import (
	"slices"
	"text/template/parse"
)

// Two places that print the same key may print it into two objects, such as the elements
// of an array, or never both, as the branches of a condition do. What the text of the
// template shows of this need not be executed. The turns of a loop are not considered:
// the automaton notes the keys that they may repeat.

const (
	maxTogether = 16 // places with which one is compared
	maxAround   = 64 // conditions and loops around a place
)

// again returns which of the places of a key may print it for the second time. Objects
// are where one begins in which the key can be.
func (a *analyzer) again(keys, objects []int32) []int32 {
	first, ok := a.once(keys[0])
	if !ok || first.root != a.parsed.Root() && a.begin(first, keys[0], objects) < 0 {
		return keys // each call may print it
	}
	var suspects []int32
	for i, key := range keys[1:] {
		here, ok := a.once(key)
		if !ok || here.root != first.root {
			return keys
		}
		begin := a.begin(here, key, objects)
		for j, compared := i, 0; j >= 0 && keys[j] > begin; j, compared = j-1, compared+1 {
			if there, _ := a.once(keys[j]); compared == maxTogether || !a.exclude(there.site, here.site) {
				suspects = append(suspects, key)
				break
			}
		}
	}
	return suspects
}

// begin returns an offset after which the object of a key begins; -1 if none is known.
// Of the objects that begin before the key, it is the last whose brace is printed whenever
// the key is.
func (a *analyzer) begin(key rooted, at int32, objects []int32) int32 {
	before, _ := slices.BinarySearch(objects, at)
	for i := before - 1; i >= max(before-maxTogether, 0); i-- {
		brace, ok := a.once(objects[i])
		if !ok {
			continue
		}
		for around := range a.within(key.site) {
			if around.list == brace.list {
				return objects[i]
			}
		}
	}
	return -1
}

// exclude reports whether two sites are in different branches of a condition.
func (a *analyzer) exclude(x, y site) bool {
	branches := map[parse.Node]*parse.ListNode{}
	inner := (*parse.ListNode)(nil)
	for around := range a.within(x) {
		if inner != nil {
			branches[around.node()] = inner
		}
		inner = around.list
	}
	inner = nil
	for around := range a.within(y) {
		if inner != nil {
			if other, shared := branches[around.node()]; shared {
				return other != inner
			}
		}
		inner = around.list
	}
	return false
}

// rooted is a site and the template that it is in.
type rooted struct {
	site
	root *parse.ListNode
}

// once returns the site of an offset in a text that each call of its template executes
// once and in order, unless it is in a loop.
func (a *analyzer) once(offset int32) (rooted, bool) {
	found, ok := a.nodeAt(int(offset))
	if !ok {
		return rooted{}, false
	}
	s := found.site
	text, ok := s.node().(*parse.TextNode)
	if !ok || int(offset) >= found.at+len(text.Text) {
		return rooted{}, false
	}
	outermost, depth := s, 0
	for around := range a.within(s) {
		if outermost = around; depth == maxAround {
			return rooted{}, false
		}
		depth++
	}
	return rooted{s, outermost.list}, !a.sites.calling[outermost.list]
}
