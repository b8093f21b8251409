package message

import (
	"fmt"
	"strconv"
	"strings"
)

// node is a value with its path in the body. The zero node stands for a value
// that is not there, and everything asked of it is empty.
type node struct {
	*Value
	path string
}

// get returns a member of an object; of several with one key the last, as most
// parsers do.
func (n node) get(key string) node {
	found := node{path: n.path + pathStep(key)}
	if n.Value != nil {
		for _, m := range n.Members {
			if m.Key == key {
				found.Value = m.Value
			}
		}
	}
	return found
}

// pathStep writes a key as a step of a path.
func pathStep(key string) string {
	plain := key != "" && strings.IndexFunc(key, func(r rune) bool {
		return r != '_' && r != '-' && r != '@' && (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z')
	}) < 0
	if plain {
		return "." + key
	}
	return "[" + strconv.Quote(key) + "]"
}

// items returns the elements of an array.
func (n node) items() []node {
	if n.Value == nil {
		return nil
	}
	items := make([]node, len(n.Items))
	for i, v := range n.Items {
		items[i] = node{v, fmt.Sprintf("%s[%d]", n.path, i)}
	}
	return items
}

// members returns the members of an object.
func (n node) members() []node {
	if n.Value == nil {
		return nil
	}
	members := make([]node, len(n.Members))
	for i, m := range n.Members {
		members[i] = node{m.Value, n.path + pathStep(m.Key)}
	}
	return members
}

// is reports the type of the value.
func (n node) is(t ValueType) bool { return n.Value != nil && n.Type == t }

// str returns a string or a number as text, and "" for everything else.
func (n node) str() string {
	if n.is(String) || n.is(Number) {
		return n.Text
	}
	return ""
}

// first returns the first of several members that is there.
func (n node) first(keys ...string) node {
	for _, key := range keys {
		if found := n.get(key); found.Value != nil {
			return found
		}
	}
	return node{}
}

// color reads a colour: #rgb, #rrggbb, rrggbb or a number.
func (n node) color() string {
	if n.Value == nil {
		return ""
	}
	if n.Type == Number {
		if i, err := strconv.ParseInt(n.Text, 10, 64); err == nil && i >= 0 && i <= 0xffffff {
			return fmt.Sprintf("#%06x", i)
		}
		return ""
	}
	return hexColor(n.str())
}

// hexColor reads #rgb, #rrggbb or the same without #.
func hexColor(s string) string {
	s = strings.ToLower(strings.TrimPrefix(s, "#"))
	if strings.Trim(s, "0123456789abcdef") != "" {
		return ""
	}
	switch len(s) {
	case 3:
		return fmt.Sprintf("#%c%c%c%c%c%c", s[0], s[0], s[1], s[1], s[2], s[2])
	case 6:
		return "#" + s
	}
	return ""
}
