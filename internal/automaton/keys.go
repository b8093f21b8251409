package automaton

import (
	"cmp"
	"encoding/json"
	"iter"
	"maps"
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
	data   map[Frame][]dataKey
}

// dataKey is a key that data goes into, and where it is.
type dataKey struct {
	key string
	pos int32
}

// maxData limits the keys from data that are compared with one of the text.
const maxData = 16

// canBe reports whether data can make it another key.
func (d dataKey) canBe(key string) bool {
	before, after := d.key[:strings.Index(d.key, Dynamic)], d.key[strings.LastIndex(d.key, Dynamic)+len(Dynamic):]
	return len(before)+len(after) <= len(key) && strings.HasPrefix(key, before) && strings.HasSuffix(key, after)
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
	Key  string // with Dynamic in it for one that both occurrences take from data
	Pos  int32  // where the second occurrence may be
	Data bool   // one of the occurrences comes from data, which may print another key
}

// maxRepeated limits the number of repeated keys.
const maxRepeated = 64

func newObjects() objects {
	return objects{seen: map[place]bool{}, opened: map[Frame][]int32{}, keys: map[keyOf][]int32{}, data: map[Frame][]dataKey{}}
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
	if len(key) >= maxKey {
		return
	}
	object.key = ""
	o, k := &p.objects, keyOf{object, key}
	at := place{k, false, pos}
	known := o.seen[at]
	o.seen[at] = true
	if strings.Contains(key, Dynamic) {
		if !known {
			o.data[object] = append(o.data[object], dataKey{key, pos})
		}
		return
	}
	if !known {
		if o.keys[k] == nil {
			o.order = append(o.order, k)
		}
		o.keys[k] = append(o.keys[k], pos)
	}
	if object.Depth <= p.LoopDepth {
		o.turns = added(o.turns, RepeatedKey{Key: key, Pos: pos})
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
			repeated = added(repeated, RepeatedKey{Key: k.key, Pos: pos})
		}
	}
	for _, k := range o.order { // last, so that they do not displace what the text repeats
		from := o.fromData(k)
		if len(from) == 0 || len(repeated) == maxRepeated {
			continue
		}
		places := slices.Concat(o.keys[k], from)
		slices.Sort(places)
		for _, pos := range again(places, o.opened[k.object]) {
			repeated = added(repeated, RepeatedKey{Key: k.key, Pos: pos, Data: true})
		}
	}
	for _, object := range o.withData() {
		for key, places := range o.alike(object) {
			if len(places) < 2 {
				continue
			}
			for _, pos := range again(places, o.opened[object]) {
				repeated = added(repeated, RepeatedKey{Key: key, Pos: pos, Data: true})
			}
		}
	}
	return repeated
}

// withData returns the objects that have keys from data, in the order of the first ones.
func (o *objects) withData() []Frame {
	return slices.SortedFunc(maps.Keys(o.data), func(a, b Frame) int {
		return cmp.Or(int(o.data[a][0].pos)-int(o.data[b][0].pos), a.Depth-b.Depth)
	})
}

// alike yields the keys of an object into which data goes in the same way, each with its
// places.
func (o *objects) alike(object Frame) iter.Seq2[string, []int32] {
	return func(yield func(string, []int32) bool) {
		all := o.data[object]
		all = all[:min(len(all), maxData)]
		seen := map[string]bool{}
		for i, d := range all {
			var places []int32
			for _, other := range all[i:] {
				if other.key == d.key {
					places = append(places, other.pos)
				}
			}
			slices.Sort(places)
			if !seen[d.key] && !yield(d.key, places) {
				return
			}
			seen[d.key] = true
		}
	}
}

// added returns repeated keys with another one, unless they have it or are too many.
func added(repeated []RepeatedKey, key RepeatedKey) []RepeatedKey {
	if len(repeated) == maxRepeated || slices.Contains(repeated, key) {
		return repeated
	}
	return append(repeated, key)
}

// fromData returns where data can make a key of the same object the same.
func (o *objects) fromData(k keyOf) (places []int32) {
	all := o.data[k.object]
	for _, d := range all[:min(len(all), maxData)] {
		if d.canBe(k.key) && !slices.Contains(o.keys[k], d.pos) {
			places = append(places, d.pos)
		}
	}
	return places
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
