package config

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	yaml "github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"github.com/hooktool/hooktool/internal/suggest"
	"github.com/hooktool/hooktool/pkg/source"
)

// node is a value in a YAML document; nil is null.
type node = ast.Node

// reader reads values from YAML and collects what is wrong.
type reader struct {
	path     string
	anchors  map[string]node
	merges   int
	problems []error
}

// maxMerges bounds how many mappings are merged with <<, which could double
// with each level or go in a circle.
const maxMerges = 1000

// parse returns the root of the first document.
func (r *reader) parse(data []byte) (node, bool) {
	file, err := parser.ParseBytes(data, 0)
	if err != nil {
		r.syntaxError(err)
		return nil, false
	}
	if len(file.Docs) > 1 && file.Docs[1].Body != nil {
		r.problem(file.Docs[1].Body, "", "there is more than one document in the file")
		return nil, false
	}
	if len(file.Docs) == 0 {
		return nil, true
	}
	r.collectAnchors(file.Docs[0].Body)
	return file.Docs[0].Body, true
}

// collectAnchors finds the anchors of the whole document, because one can stand
// below a key that is not read.
func (r *reader) collectAnchors(root node) {
	ast.Walk(visitor(func(n node) {
		if anchor, ok := n.(*ast.AnchorNode); ok {
			r.anchors[anchor.Name.GetToken().Value] = anchor.Value
		}
	}), root)
}

type visitor func(node)

// Visit implements ast.Visitor.
func (v visitor) Visit(n node) ast.Visitor {
	v(n)
	return v
}

func (r *reader) syntaxError(err error) {
	p := &source.Problem{Path: r.path, Message: err.Error()}
	var syntax yaml.Error
	if errors.As(err, &syntax) {
		p.Message = "YAML: " + syntax.GetMessage()
		if token := syntax.GetToken(); token != nil {
			p.Pos = source.Position{Line: token.Position.Line, Column: token.Position.Column}
		}
	}
	r.problems = append(r.problems, p)
}

// position returns where a node begins. The parser gives a mapping the place
// of its first colon.
func position(n node) source.Position {
	switch n := n.(type) {
	case nil:
		return source.Position{}
	case *ast.MappingNode:
		if len(n.Values) > 0 {
			return position(n.Values[0].Key)
		}
	case *ast.MappingValueNode:
		return position(n.Key)
	}
	at := n.GetToken().Position
	return source.Position{Line: at.Line, Column: at.Column}
}

func (r *reader) problem(at node, hint, format string, args ...any) {
	r.problems = append(r.problems, &source.Problem{
		Path: r.path, Pos: position(at), Message: fmt.Sprintf(format, args...), Hint: hint,
	})
}

// resolve follows aliases and takes anchors and tags off. Null becomes nil.
func (r *reader) resolve(n node) node {
	for range 100 { // aliases cannot form a longer chain in a file made by people
		switch v := n.(type) {
		case *ast.AnchorNode:
			n = v.Value
		case *ast.AliasNode:
			target, ok := r.anchors[v.Value.GetToken().Value]
			if !ok {
				r.problem(n, "", "there is no anchor %q for this alias", v.Value.GetToken().Value)
				return nil
			}
			n = target
		case *ast.TagNode:
			n = v.Value
		case *ast.NullNode:
			return nil
		default:
			return n
		}
	}
	return nil
}

// object calls read for each key of a mapping. read returns false for a key
// that it does not know; then known is what the message offers instead.
func (r *reader) object(n node, what string, read func(key string, value node) bool, known []string) {
	r.members(n, what, map[string]bool{}, func(at node, key string, value node) {
		if read(key, value) {
			return
		}
		hint := "the keys are " + strings.Join(known, ", ")
		if nearest := suggest.Nearest(key, known); nearest != "" {
			hint = fmt.Sprintf("did you mean %s?", nearest)
		}
		r.problem(at, hint, "unknown key %q", key)
	})
}

// members calls visit for each key of a mapping, those of merged mappings
// included unless they are overridden.
func (r *reader) members(n node, what string, seen map[string]bool, visit func(at node, key string, value node)) {
	var values []*ast.MappingValueNode
	switch v := r.resolve(n).(type) {
	case nil:
		return
	case *ast.MappingNode:
		values = v.Values
	case *ast.MappingValueNode:
		values = []*ast.MappingValueNode{v}
	default:
		r.problem(n, "", "%s must be a mapping of keys to values, not %s", what, typeName(v))
		return
	}
	var merged []node
	for _, value := range values {
		if value.Key.IsMergeKey() {
			merged = append(merged, value.Value)
			continue
		}
		key := value.Key.GetToken().Value
		if !seen[key] {
			seen[key] = true
			visit(value.Key, key, value.Value)
		}
	}
	for _, other := range merged {
		r.merge(other, what, seen, visit)
	}
}

// merge visits the keys of what is merged with <<: a mapping, or a list of
// them.
func (r *reader) merge(n node, what string, seen map[string]bool, visit func(at node, key string, value node)) {
	if r.merges++; r.merges > maxMerges {
		if r.merges == maxMerges+1 {
			r.problem(n, "", "too many mappings are merged here, or one with itself")
		}
		return
	}
	sequence, ok := r.resolve(n).(*ast.SequenceNode)
	if !ok {
		r.members(n, what, seen, visit)
		return
	}
	for _, element := range sequence.Values {
		r.members(element, what, seen, visit)
	}
}

// list calls read for each element of a sequence.
func (r *reader) list(n node, what string, read func(element node)) {
	switch v := r.resolve(n).(type) {
	case nil:
	case *ast.SequenceNode:
		for _, element := range v.Values {
			read(element)
		}
	default:
		r.problem(n, "", "%s must be a list, not %s", what, typeName(v))
	}
}

// string reads text. A number or a truth value that stands where text is meant
// is taken as it is written.
func (r *reader) string(n node, what string) string {
	switch v := r.resolve(n).(type) {
	case nil:
		return ""
	case *ast.StringNode:
		return v.Value
	case *ast.LiteralNode:
		return v.Value.Value
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode:
		return v.GetToken().Value
	default:
		r.problem(n, "", "%s must be text, not %s", what, typeName(v))
	}
	return ""
}

func (r *reader) bool(n node, what string) bool {
	switch v := r.resolve(n).(type) {
	case nil:
		return false
	case *ast.BoolNode:
		return v.Value
	default:
		hint := ""
		if text, ok := v.(*ast.StringNode); ok {
			if _, err := strconv.ParseBool(text.Value); err == nil || strings.EqualFold(text.Value, "yes") || strings.EqualFold(text.Value, "no") {
				hint = "write true or false, without quotes"
			}
		}
		r.problem(n, hint, "%s must be true or false, not %s", what, typeName(v))
	}
	return false
}

func typeName(n node) string {
	switch n.(type) {
	case *ast.MappingNode, *ast.MappingValueNode:
		return "a mapping"
	case *ast.SequenceNode:
		return "a list"
	case *ast.StringNode, *ast.LiteralNode:
		return "text"
	case *ast.BoolNode:
		return "true or false"
	case *ast.IntegerNode, *ast.FloatNode:
		return "a number"
	}
	return "something else"
}
