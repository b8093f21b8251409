package destination

import (
	"fmt"
	"strings"
	"sync"
)

// A pattern is a JSON path that can match many values. Its text is a chain of
//
//	.name         the member of that name; .* is every member
//	[*]           every element
//	..            the value itself and everything below it
//	[name=value]  the object, if its member has this string as its value
//
// after a $, which is the whole body.
type pattern []segment

type segment struct {
	kind  segmentKind
	name  string
	value string
}

type segmentKind int

const (
	toMember segmentKind = iota
	toElements
	toAll
	toOnly
)

// parsePattern reads a pattern. All patterns are in this module, and tests read each of
// them.
func parsePattern(text string) (pattern, error) {
	rest, ok := strings.CutPrefix(text, "$")
	if !ok {
		return nil, fmt.Errorf("the path %q does not begin with $", text)
	}
	var p pattern
	for rest != "" {
		var s segment
		switch {
		case strings.HasPrefix(rest, ".."):
			s, rest = segment{kind: toAll}, rest[2:]
		case strings.HasPrefix(rest, "[*]"):
			s, rest = segment{kind: toElements}, rest[3:]
		case rest[0] == '[':
			condition, after, ok := strings.Cut(rest[1:], "]")
			name, value, isCondition := strings.Cut(condition, "=")
			if !ok || !isCondition {
				return nil, fmt.Errorf("the path %q has a bracket that is neither [*] nor [name=value]", text)
			}
			s, rest = segment{kind: toOnly, name: name, value: value}, after
		case rest[0] == '.' || len(p) > 0 && p[len(p)-1].kind == toAll:
			name := strings.TrimPrefix(rest, ".")
			end := strings.IndexAny(name, ".[")
			if end < 0 {
				end = len(name)
			}
			s, rest = segment{kind: toMember, name: name[:end]}, name[end:]
		default:
			return nil, fmt.Errorf("the path %q cannot be read at %q", text, rest)
		}
		p = append(p, s)
	}
	return p, nil
}

// each calls visit for every value below v that the pattern matches, in the
// order of the body.
func (p pattern) each(v *Value, visit func(*Value)) {
	if v == nil {
		return
	}
	if len(p) == 0 {
		visit(v)
		return
	}
	rest := p[1:]
	switch s := p[0]; s.kind {
	case toMember:
		if s.name != "*" {
			rest.each(v.Get(s.name), visit)
			return
		}
		for _, member := range v.Members {
			rest.each(member.Value, visit)
		}
	case toElements:
		for _, element := range v.Elements {
			rest.each(element, visit)
		}
	case toOnly:
		if v.Get(s.name).Str() == s.value {
			rest.each(v, visit)
		}
	case toAll:
		rest.each(v, visit)
		for _, member := range v.Members {
			p.each(member.Value, visit)
		}
		for _, element := range v.Elements {
			p.each(element, visit)
		}
	}
}

// patternOf returns the parsed form of a pattern, parsing it on first use.
func patternOf(text string) (pattern, error) {
	if p, ok := readPatterns.Load(text); ok {
		return p.(pattern), nil //nolint:forcetypeassert // nothing else is stored
	}
	p, err := parsePattern(text)
	if err == nil {
		readPatterns.Store(text, p)
	}
	return p, err
}

// readPatterns caches the patterns that were used so far. All of them are in code, so
// there are few.
var readPatterns sync.Map // from string to pattern

// CheckPath reports whether a pattern can be read.
func CheckPath(path string) error {
	_, err := parsePattern(path)
	return err
}
