package automaton

import (
	"encoding/json"
	"slices"
	"strings"
)

// objects records where objects begin and where their keys are. What is known of an
// object is its frame: one after the other in an array, two objects have the same.
type objects struct {
	seen   map[place]bool
	opened map[Frame][]int32 // where objects begin
	keys   map[keyOf][]int32 // where keys are
	order  []keyOf           // in which the keys were found
	turns  []RepeatedKey     // by the turns of a loop
}

// keyOf is a key of an object.
type keyOf struct {
	object Frame
	key    string
}

// place is where an object begins, or where a key of it is.
type place struct {
	keyOf
	opens bool
	pos   int32
}

// RepeatedKey is a key that may occur twice in an object.
type RepeatedKey struct {
	Key string
	Pos int32 // where the second occurrence may be
}

// maxRepeated limits the number of repeated keys.
const maxRepeated = 64

func newObjects() objects {
	return objects{seen: map[place]bool{}, opened: map[Frame][]int32{}, keys: map[keyOf][]int32{}}
}

// noteObject records where an object begins.
func (p *Pool) noteObject(object Frame, pos int32) {
	o := &p.objects
	if at := (place{keyOf{object: object}, true, pos}); !o.seen[at] {
		o.seen[at] = true
		o.opened[object] = append(o.opened[object], pos)
	}
}

// noteKey records where a key was printed.
func (p *Pool) noteKey(object Frame, key string, pos int32) {
	if strings.Contains(key, Dynamic) || len(key) >= maxKey {
		return
	}
	object.key = ""
	o, k := &p.objects, keyOf{object, key}
	if at := (place{k, false, pos}); !o.seen[at] {
		o.seen[at] = true
		if o.keys[k] == nil {
			o.order = append(o.order, k)
		}
		o.keys[k] = append(o.keys[k], pos)
	}
	if again := (RepeatedKey{key, pos}); object.Depth <= p.LoopDepth && len(o.turns) < maxRepeated && !slices.Contains(o.turns, again) {
		o.turns = append(o.turns, again)
	}
}

// Repeated returns the keys that may occur twice in an object: by the turns of a loop, or
// because again returns their place. It is given the places of a key, and where objects
// begin that can be theirs, in the order of the text.
func (p *Pool) Repeated(again func(keys, objects []int32) []int32) []RepeatedKey {
	o := &p.objects
	for _, objects := range o.opened {
		slices.Sort(objects)
	}
	repeated := slices.Clone(o.turns)
	for _, k := range o.order {
		slices.Sort(o.keys[k])
		for _, pos := range again(o.keys[k], o.opened[k.object]) {
			if key := (RepeatedKey{k.key, pos}); len(repeated) < maxRepeated && !slices.Contains(repeated, key) {
				repeated = append(repeated, key)
			}
		}
	}
	return repeated
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
