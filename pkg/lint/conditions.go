package lint

import (
	"fmt"
	"slices"
	"strings"
	"text/template/parse"

	"github.com/hooktool/hooktool/internal/words"
	"github.com/hooktool/hooktool/pkg/source"
)

// verdict is the set of results a condition can have.
type verdict struct {
	canBeTrue, canBeFalse bool
	reason, hint          string // set if only one result is possible
}

func either() verdict { return verdict{canBeTrue: true, canBeFalse: true} }

func always(value bool, reason, hint string) verdict {
	return verdict{canBeTrue: value, canBeFalse: !value, reason: reason, hint: hint}
}

func (v verdict) negated() verdict {
	v.canBeTrue, v.canBeFalse = v.canBeFalse, v.canBeTrue
	return v
}

// key returns the key under which facts about a value are stored, or "" if the value is
// not tracked.
func (f *flow) key(node parse.Node, dot string) string {
	switch node := node.(type) {
	case *parse.DotNode:
		return dot
	case *parse.FieldNode:
		return dot + "." + strings.Join(node.Ident, ".")
	case *parse.VariableNode:
		return f.variableKey(node)
	case *parse.PipeNode:
		if len(node.Decl) <= 1 && !node.IsAssign && len(node.Cmds) == 1 && len(node.Cmds[0].Args) == 1 {
			return f.key(node.Cmds[0].Args[0], dot)
		}
	}
	return ""
}

func (f *flow) variableKey(node *parse.VariableNode) string {
	declared := f.variables.Declared[node]
	key := f.keys[declared]
	switch {
	case node.Ident[0] == "$":
		key = f.root
	case key == "" || f.variables.Assigned[declared]: // nothing is known about variables that change
		return ""
	}
	return strings.Join(append([]string{key}, node.Ident[1:]...), ".")
}

// truthOf reports whether a value can be empty or not.
func (f *flow) truthOf(key string) verdict {
	if key == "" {
		return either()
	}
	name := strings.TrimPrefix(key, "$")
	if e, ok := f.enums[key]; ok && e.composite {
		return always(true, name+" is never empty, even without an application", "test a part of it: "+name+".Name")
	}
	if e, ok := f.enums[key]; ok && e.all != nil && !slices.Contains(e.all, "") {
		return always(true, name+" is never empty", "")
	}
	known := f.known[key]
	switch {
	case known.truth > 0:
		return always(true, f.knownFrom("it is not empty", known.where), "")
	case known.truth < 0:
		return always(false, f.knownFrom("it is empty", known.where), "")
	}
	return either()
}

// knownFrom adds the position of the source to a reason.
func (f *flow) knownFrom(what string, where int) string {
	return fmt.Sprintf("%s here, because of the condition at %s", what, placeOf(where))
}

// possible reports whether a field can have a value at this point.
func (f *flow) possible(key, value string) bool {
	allowed := f.known[key].allowed
	return f.excluded[valueOf{key, value}] == 0 && (allowed == nil || slices.Contains(allowed, value))
}

func (f *flow) pipe(pipe *parse.PipeNode, dot string) verdict {
	if len(pipe.Cmds) != 1 || pipe.IsAssign {
		return either()
	}
	v := f.command(pipe.Cmds[0], dot)
	if v.canBeTrue && v.canBeFalse {
		if key := f.opaque(pipe, dot); key != "" {
			return f.truthOfOpaque(key)
		}
	}
	return v
}

func (f *flow) truthOfOpaque(key string) verdict {
	known := f.known[key]
	switch {
	case known.truth > 0:
		return always(true, f.knownFrom("it is true", known.where), "")
	case known.truth < 0:
		return always(false, f.knownFrom("it is false", known.where), "")
	}
	return either()
}

// opaque returns the key of a whole condition that depends only on the dot and $. A
// second condition with the same text has the same result.
func (f *flow) opaque(pipe *parse.PipeNode, dot string) string {
	ok := len(pipe.Decl) == 0 && len(pipe.Cmds) == 1 && len(pipe.Cmds[0].Args) > 1
	source.Inspect(pipe, func(node parse.Node) bool {
		if v, is := node.(*parse.VariableNode); is && v.Ident[0] != "$" {
			ok = false
		}
		return ok
	})
	if !ok {
		return ""
	}
	return dot + " has " + pipe.String()
}

func (f *flow) argument(node parse.Node, dot string) verdict {
	const literal = "it is a constant"
	switch node := node.(type) {
	case *parse.BoolNode:
		return always(node.True, literal, "")
	case *parse.StringNode:
		return always(node.Text != "", literal, "")
	case *parse.NumberNode:
		return always(!(node.IsInt && node.Int64 == 0 || node.IsFloat && node.Float64 == 0), literal, "")
	case *parse.PipeNode:
		return f.pipe(node, dot)
	}
	return f.truthOf(f.key(node, dot))
}

func (f *flow) command(command *parse.CommandNode, dot string) verdict {
	if len(command.Args) == 1 {
		return f.argument(command.Args[0], dot)
	}
	name, ok := command.Args[0].(*parse.IdentifierNode)
	if !ok {
		return either()
	}
	args := command.Args[1:]
	switch name.Ident {
	case "not":
		return f.argument(args[0], dot).negated()
	case "and", "or":
		return f.logic(name.Ident == "and", args, dot)
	case "eq":
		return f.equality(args, dot)
	case "ne":
		if len(args) == 2 {
			return f.equality(args, dot).negated()
		}
	}
	if key, truth, ok := f.lengthTest(name.Ident, args, dot); ok {
		if v := f.truthOf(key); truth {
			return v
		} else {
			return v.negated()
		}
	}
	return f.impossibleLength(name.Ident, args)
}

// logic combines the verdicts of the arguments of and or or.
func (f *flow) logic(and bool, args []parse.Node, dot string) verdict {
	all := verdict{canBeTrue: and, canBeFalse: !and}
	if !and {
		all = verdict{canBeFalse: true}
	} else {
		all = verdict{canBeTrue: true}
	}
	for _, arg := range args {
		v := f.argument(arg, dot)
		switch {
		case and && !v.canBeTrue, !and && !v.canBeFalse:
			return v // this argument decides the result
		case v.canBeTrue && v.canBeFalse:
			all.canBeTrue, all.canBeFalse = true, true
		case all.reason == "":
			all.reason, all.hint = v.reason, v.hint
		}
	}
	return all
}

// comparison parses a condition of the form eq FIELD "A" "B", with the operands in
// either order.
func (f *flow) comparison(pipe *parse.PipeNode, dot string) (key string, values []string, ok bool) {
	if len(pipe.Cmds) != 1 || len(pipe.Decl) > 0 {
		return "", nil, false
	}
	args := pipe.Cmds[0].Args
	if name, is := args[0].(*parse.IdentifierNode); !is || name.Ident != "eq" {
		return "", nil, false
	}
	return f.operands(args[1:], dot)
}

func (f *flow) operands(args []parse.Node, dot string) (key string, values []string, ok bool) {
	if len(args) < 2 {
		return "", nil, false
	}
	if first, is := args[0].(*parse.StringNode); is && len(args) == 2 {
		args = []parse.Node{args[1], first}
	}
	if key = f.key(args[0], dot); key == "" {
		return "", nil, false
	}
	for _, arg := range args[1:] {
		text, is := arg.(*parse.StringNode)
		if !is {
			return "", nil, false
		}
		values = append(values, text.Text)
	}
	return key, values, true
}

// equality returns the verdict of eq.
func (f *flow) equality(args []parse.Node, dot string) verdict {
	key, values, ok := f.operands(args, dot)
	if !ok {
		if key, truth, ok := f.lengthTest("eq", args, dot); ok && !truth {
			return f.truthOf(key).negated()
		}
		return either()
	}
	e := f.enums[key]
	known := f.known[key]
	name := strings.TrimPrefix(key, "$")
	candidates := known.allowed
	if candidates == nil {
		candidates = e.all
	}
	v := verdict{canBeFalse: candidates == nil}
	for _, value := range values {
		if e.all != nil && !slices.Contains(e.all, value) {
			return either() // another rule reports this
		}
		v.canBeTrue = v.canBeTrue || f.possible(key, value)
	}
	for _, candidate := range candidates {
		if f.possible(key, candidate) && !slices.Contains(values, candidate) {
			v.canBeFalse = true
		}
	}
	switch {
	case !v.canBeTrue:
		v.reason = f.knownFrom(fmt.Sprintf("%s is not %s", name, words.Or(words.Quote(values))), known.where)
	case !v.canBeFalse && known.allowed == nil:
		return either() // naming the last remaining value is better than a bare else
	case !v.canBeFalse:
		v.reason = f.knownFrom(fmt.Sprintf("%s is %s", name, words.Or(words.Quote(values))), known.where)
	}
	return v
}

// lengthTest parses a test for emptiness by length, such as gt (len X) 0 or eq (len X)
// 0. truth reports whether it tests for a nonempty value.
func (f *flow) lengthTest(function string, args []parse.Node, dot string) (key string, truth, ok bool) {
	of, n, ok := lengthAnd(args)
	if !ok {
		return "", false, false
	}
	switch fmt.Sprint(function, n) {
	case "gt0", "ge1", "ne0":
		truth = true
	case "eq0", "lt1", "le0":
	default:
		return "", false, false
	}
	key = f.key(of, dot)
	return key, truth, key != ""
}

// lengthAnd parses the arguments (len X) N.
func lengthAnd(args []parse.Node) (of parse.Node, n int64, ok bool) {
	if len(args) != 2 {
		return nil, 0, false
	}
	pipe, isPipe := args[0].(*parse.PipeNode)
	number, isNumber := args[1].(*parse.NumberNode)
	if !isPipe || !isNumber || !number.IsInt || len(pipe.Cmds) != 1 || len(pipe.Cmds[0].Args) != 2 {
		return nil, 0, false
	}
	if name, is := pipe.Cmds[0].Args[0].(*parse.IdentifierNode); !is || name.Ident != "len" {
		return nil, 0, false
	}
	return pipe.Cmds[0].Args[1], number.Int64, true
}

// impossibleLength returns the verdict of comparing a length with a number that no
// length is below.
func (f *flow) impossibleLength(function string, args []parse.Node) verdict {
	_, n, ok := lengthAnd(args)
	switch {
	case !ok || n > 0:
	case function == "ge", function == "gt" && n < 0:
		return always(true, "a length is never below 0", "to test that there is something, write gt (len …) 0")
	case function == "lt":
		return always(false, "a length is never below 0", "to test that there is nothing, write eq (len …) 0")
	}
	return either()
}
