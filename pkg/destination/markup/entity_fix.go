package markup

import "math"

// fixEntities is TDLib's fix_entities: links, code and the like (continuous entities)
// contain no others of their kind, quotes contain no quotes, and bold and the like
// (splittable entities) are cut where another begins.
func fixEntities(all []span) []span {
	sortSpans(all)
	if validEntities(all) {
		return all
	}
	var continuous, quotes, splittable []span
	for _, s := range all {
		switch {
		case s.splittable() >= 0:
			splittable = append(splittable, s)
		case s.priority() == 0:
			quotes = append(quotes, s)
		default:
			continuous = append(continuous, s)
		}
	}
	continuous, quotes = withoutOverlaps(continuous), withoutOverlaps(quotes)
	continuous = append(withinQuotes(continuous, quotes), quotes...)
	sortSpans(continuous)
	fixed := append(continuous, splitEntities(splittable, continuous)...)
	sortSpans(fixed)
	return fixed
}

// splittable returns the index of a type that can be split, or -1.
func (s span) splittable() int {
	if p := s.priority(); 90 <= p && p <= 94 {
		return p - 90
	}
	return -1
}

func (s span) continuous() bool { return s.splittable() < 0 && s.priority() != 0 }

func (s span) code() bool { return s.Type == "pre" || s.Type == "code" }

// validEntities reports whether nothing needs fixing: no entity is inside another
// except inside a quote.
func validEntities(sorted []span) bool {
	quoteEnd, end := 0, 0
	for i, s := range sorted {
		if s.from < end {
			return false
		}
		if s.priority() == 0 {
			if s.from < quoteEnd {
				return false
			}
			quoteEnd = s.to
			continue
		}
		if s.from < quoteEnd && s.to > quoteEnd {
			return false
		}
		end = s.to
		if j := s.splittable(); j >= 0 && i > 0 && sorted[i-1].Type == s.Type && sorted[i-1].to == s.from {
			return false
		}
	}
	return true
}

func withoutOverlaps(sorted []span) []span {
	kept, end := sorted[:0], 0
	for _, s := range sorted {
		if s.from >= end {
			kept = append(kept, s)
			end = s.to
		}
	}
	return kept
}

// withinQuotes removes what crosses the border of a quote.
func withinQuotes(sorted, quotes []span) []span {
	kept := sorted[:0:0]
	for _, s := range sorted {
		for len(quotes) > 0 && quotes[0].to <= s.from {
			quotes = quotes[1:]
		}
		if len(quotes) > 0 && s.to > quotes[0].from && (s.from < quotes[0].from || s.to > quotes[0].to) {
			continue
		}
		kept = append(kept, s)
	}
	return kept
}

// splitter is the state of TDLib's split_entities.
type splitter struct {
	pending []span
	open    [5]span // by splittable index; an empty range means none
	result  []span
}

// splitEntities cuts the splittable entities at the borders of the others, and removes
// them from code.
func splitEntities(splittable, others []span) []span {
	s := &splitter{pending: splittable}
	var stack []span
	advance := func(offset int) {
		for len(stack) > 0 && offset >= stack[len(stack)-1].to {
			inner := stack[len(stack)-1]
			before := len(s.result)
			s.addUntil(inner.to)
			if inner.code() {
				s.result = s.result[:before]
			}
			stack = stack[:len(stack)-1]
		}
		s.addUntil(offset)
	}
	for _, other := range others {
		advance(other.from)
		stack = append(stack, other)
	}
	advance(math.MaxInt)
	return s.result
}

// addUntil adds the entities that begin before an offset.
func (s *splitter) addUntil(offset int) {
	for len(s.pending) > 0 && s.pending[0].from < offset {
		next := s.pending[0]
		s.pending = s.pending[1:]
		open := &s.open[next.splittable()]
		if open.to != 0 && next.from <= open.to {
			open.to = max(open.to, next.to)
			continue
		}
		s.flush(next.from)
		*open = next
	}
	s.flush(offset)
}

// flush closes what ends before an offset and cuts the rest there.
func (s *splitter) flush(offset int) {
	for i := range s.open {
		open := &s.open[i]
		if open.to == 0 || open.from >= offset {
			continue
		}
		part := *open
		if open.to <= offset {
			*open = span{}
		} else {
			part.to, open.from = offset, offset
		}
		s.result = append(s.result, part)
	}
}
