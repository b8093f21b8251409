package automaton

import "strings"

// keyPlace is a key of an object.
type keyPlace struct {
	object Frame
	key    string
}

// RepeatedKey is a key that may occur twice in an object.
type RepeatedKey struct {
	Key string
	Pos int32 // where the second occurrence may be
}

// maxRepeated limits the number of repeated keys recorded.
const maxRepeated = 16

// noteKey records where a key was printed.
func (p *Pool) noteKey(object Frame, key string, pos int32) {
	if strings.Contains(key, Dynamic) || len(key) >= maxKey {
		return
	}
	object.key = ""
	place := keyPlace{object, key}
	first, known := p.keys[place]
	switch {
	case !known:
		p.keys[place] = pos
	case first == pos:
	case len(p.Repeated) < maxRepeated:
		p.Repeated = append(p.Repeated, RepeatedKey{key, max(pos, first)})
		return
	}
	if object.Depth <= p.LoopDepth && len(p.Repeated) < maxRepeated {
		p.Repeated = append(p.Repeated, RepeatedKey{key, pos})
	}
}
