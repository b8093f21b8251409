package lint

import (
	"fmt"
	"slices"
	"strings"
	"text/template/parse"

	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/source"
	"github.com/hooktool/hooktool/pkg/typecheck"
)

// branches is what the conditions of a template reveal about its branches.
type branches struct {
	done       bool
	conditions []at
	dead       []deadBranch
	chains     []chain
}

// deadBranch is a part of a template that is never executed, or a condition that always
// has the same result.
type deadBranch struct {
	where         at
	message, hint string
}

// chain is an if with else ifs that all test one field and do not cover all its values.
type chain struct {
	where   at
	field   string
	missing []string
}

// branches analyzes the conditions of the template on first use.
func (p *pass) branches() *branches {
	b := &p.conditions
	if b.done || p.typecheck().err != nil {
		return b
	}
	b.done = true
	trees := p.parse().source.Trees
	f := &flow{
		pass: p, found: b, variables: typecheck.ResolveVariables(trees), keys: map[*parse.VariableNode]string{}, enums: enumsOf(p.template.Kind, p.options.CorootVersion),
		known: map[string]fact{}, excluded: map[valueOf]int{}, chained: map[*parse.BranchNode]bool{},
	}
	for name, tree := range trees {
		f.root = "$"
		if name != p.template.Kind.TemplateName() {
			f.root = "template " + name
		}
		f.list(tree.Root, f.root)
	}
	return b
}

// flow walks a template and tracks what is known at each point. Facts about a value are
// stored under its key: the field it is, resolved against its dot.
type flow struct {
	pass      *pass
	found     *branches
	variables typecheck.Variables
	keys      map[*parse.VariableNode]string // the keys of the values that variables were declared with
	enums     map[string]enum
	root      string // the key of $
	known     map[string]fact
	excluded  map[valueOf]int // how many earlier conditions have excluded this value
	undo      []undo
	chained   map[*parse.BranchNode]bool // the else ifs of chains already examined
}

// valueOf is one value of whatever a key stands for.
type valueOf struct{ key, value string }

// enum describes the values of an event field.
type enum struct {
	all       []string // every value; nil if any text can occur
	usual     []string
	composite bool // a struct, which is never empty
}

// fact is what earlier conditions establish about a value.
type fact struct {
	truth   int // 1: not empty, -1: empty, 0: unknown
	allowed []string
	where   int // the byte offset of the condition
}

type undo struct {
	key      string
	old      fact
	had      bool
	excluded []string // the values also excluded
}

func enumsOf(kind event.Kind, version Version) map[string]enum {
	enums := map[string]enum{}
	for _, field := range event.Fields(kind) {
		e := enum{all: field.Values, usual: field.SentBy(version), composite: field.Type == "ApplicationID"}
		if e.usual != nil || e.composite {
			enums["$."+field.Name] = e
		}
	}
	return enums
}

func (f *flow) list(list *parse.ListNode, dot string) {
	if list == nil {
		return
	}
	for i, node := range list.Nodes {
		switch node := node.(type) {
		case *parse.ActionNode:
			f.declare(node.Pipe, dot)
		case *parse.IfNode:
			f.conditional(&node.BranchNode, dot, false)
		case *parse.WithNode:
			f.conditional(&node.BranchNode, dot, true)
		case *parse.RangeNode:
			f.loop(node, dot)
		case *parse.BreakNode, *parse.ContinueNode:
			f.unreachable(node, list.Nodes[i+1:])
			return
		}
	}
}

// unreachable reports the nodes after break or continue.
func (f *flow) unreachable(leave parse.Node, rest []parse.Node) {
	for _, node := range rest {
		switch node := node.(type) {
		case *parse.CommentNode:
			continue
		case *parse.TextNode:
			if strings.TrimSpace(string(node.Text)) == "" {
				continue
			}
		}
		start := source.NodeStart(node)
		f.report(at{start, start}, fmt.Sprintf("this is never executed because it follows %s", leave), "remove it, or put a condition around "+leave.String())
		return
	}
}

func (f *flow) report(where at, message, hint string) {
	f.found.dead = append(f.found.dead, deadBranch{where, message, hint})
}

// scope runs a part of the walk and then discards what that part learned.
func (f *flow) scope(run func()) {
	undos := len(f.undo)
	run()
	for i := len(f.undo) - 1; i >= undos; i-- {
		u := f.undo[i]
		if u.had {
			f.known[u.key] = u.old
		} else {
			delete(f.known, u.key)
		}
		for _, value := range u.excluded {
			f.excluded[valueOf{u.key, value}]--
		}
	}
	f.undo = f.undo[:undos]
}

func (f *flow) learn(key string, change func(*fact)) {
	old, had := f.known[key]
	f.undo = append(f.undo, undo{key: key, old: old, had: had})
	next := old
	change(&next)
	f.known[key] = next
}

// exclude records that a value is none of the given ones.
func (f *flow) exclude(key string, values []string) {
	f.undo[len(f.undo)-1].excluded = values
	for _, value := range values {
		f.excluded[valueOf{key, value}]++
	}
}

// declare records the value that a variable is declared with.
func (f *flow) declare(pipe *parse.PipeNode, dot string) {
	if pipe == nil || pipe.IsAssign {
		return
	}
	for _, v := range pipe.Decl {
		key := fmt.Sprintf("%s at %d", v.Ident[0], v.Pos)
		if len(pipe.Decl) == 1 && len(pipe.Cmds) == 1 && len(pipe.Cmds[0].Args) == 1 {
			if of := f.key(pipe.Cmds[0].Args[0], dot); of != "" {
				key = of
			}
		}
		f.keys[v] = key
	}
}

// span returns the position of a condition in the template.
func (f *flow) span(pipe *parse.PipeNode) at {
	start := source.NodeStart(pipe.Cmds[0])
	end := start + len(strings.TrimSpace(pipe.Cmds[0].String()))
	if start < 0 || end > len(f.pass.template.Text) {
		return at{int(pipe.Pos), int(pipe.Pos)}
	}
	return at{start, end}
}

// conditional walks if and with.
func (f *flow) conditional(node *parse.BranchNode, dot string, with bool) {
	where := f.span(node.Pipe)
	f.found.conditions = append(f.found.conditions, where)
	if !with && !f.chained[node] {
		f.chain(node, dot, where)
	}
	f.scope(func() {
		v := f.pipe(node.Pipe, dot)
		f.declare(node.Pipe, dot)
		inner := dot
		if with {
			if inner = f.key(node.Pipe, dot); inner == "" {
				inner = fmt.Sprintf("with at %d", node.Pos)
			}
		}
		f.judge(node, where, v)
		if v.canBeTrue {
			f.scope(func() {
				f.assumePipe(node.Pipe, dot, true, where.start)
				f.list(node.List, inner)
			})
		}
		if v.canBeFalse {
			f.scope(func() {
				f.assumePipe(node.Pipe, dot, false, where.start)
				f.list(node.ElseList, dot)
			})
		}
	})
}

// judge reports a branch that is never executed.
func (f *flow) judge(node *parse.BranchNode, where at, v verdict) {
	switch {
	case v.canBeTrue && v.canBeFalse:
	case !v.canBeTrue:
		f.report(where, "this branch is never executed: "+v.reason, v.hint)
	case node.ElseList != nil:
		f.report(where, "the {{ else }} branch is never executed: "+v.reason, v.hint)
	default:
		f.report(where, "this condition is always true: "+v.reason, v.hint)
	}
}

// loop walks a range. In its body, the list is known not to be empty.
func (f *flow) loop(node *parse.RangeNode, dot string) {
	key := f.key(node.Pipe, dot)
	where := f.span(node.Pipe)
	v := f.truthOf(key)
	element := fmt.Sprintf("element at %d", node.Pos)
	switch {
	case key == "" || v.canBeTrue && v.canBeFalse:
	case !v.canBeTrue:
		f.report(where, "this loop never runs: "+v.reason, v.hint)
	case node.ElseList != nil:
		f.report(where, "the {{ else }} branch is never executed: "+v.reason, v.hint)
	}
	if v.canBeTrue {
		f.scope(func() {
			if key != "" {
				f.learn(key, func(known *fact) { known.truth, known.where = 1, where.start })
			}
			for _, variable := range node.Pipe.Decl {
				f.keys[variable] = element + " " + variable.Ident[0]
			}
			f.list(node.List, element)
		})
	}
	if v.canBeFalse {
		f.scope(func() {
			if key != "" {
				f.learn(key, func(known *fact) { known.truth, known.where = -1, where.start })
			}
			f.list(node.ElseList, dot)
		})
	}
}

// chain examines an if that has at least one else if and no else, and whose conditions
// all compare the same field with constants. Its else ifs are not examined separately
// because they would give the same result.
func (f *flow) chain(node *parse.BranchNode, dot string, where at) {
	field, named, arms := "", []string{}, 0
	for {
		key, values, ok := f.comparison(node.Pipe, dot)
		if !ok || field != "" && key != field {
			return
		}
		f.chained[node] = true
		field, named, arms = key, append(named, values...), arms+1
		if node.ElseList == nil {
			break
		}
		next, ok := onlyIf(node.ElseList)
		if !ok {
			return
		}
		node = &next.BranchNode
	}
	e, ok := f.enums[field]
	if !ok || arms < 2 {
		return
	}
	var missing []string
	for _, value := range e.usual {
		if !slices.Contains(named, value) && f.possible(field, value) {
			missing = append(missing, value)
		}
	}
	if len(missing) > 0 {
		f.found.chains = append(f.found.chains, chain{where, strings.TrimPrefix(field, "$"), missing})
	}
}

// onlyIf returns the if that is the sole content of an else, as in else if.
func onlyIf(list *parse.ListNode) (*parse.IfNode, bool) {
	var only *parse.IfNode
	for _, node := range list.Nodes {
		switch node := node.(type) {
		case *parse.CommentNode:
		case *parse.IfNode:
			if only != nil {
				return nil, false
			}
			only = node
		default:
			return nil, false
		}
	}
	return only, only != nil
}
