package automaton

import (
	"encoding/json"
	"strings"
)

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

// decodedKey returns a key as readers of the JSON see it: "te\u0078t" is "text". What
// is not a JSON string, because data goes into it, is returned as it is.
func decodedKey(key string) string {
	if !strings.Contains(key, `\`) {
		return key
	}
	var decoded string
	if json.Unmarshal([]byte(`"`+key+`"`), &decoded) != nil {
		return key
	}
	return decoded
}
