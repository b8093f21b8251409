package typecheck

import (
	"fmt"
	"slices"
	"strings"
	"text/template/parse"

	"github.com/hooktool/hooktool/pkg/source"
)

// declaration is a variable and how it is used.
type declaration struct {
	node    *parse.VariableNode
	partner *declaration // the other variable of {{ range $i, $e := … }}
	shadows *declaration // the variable of this name in an outer block
	loops   []*span      // the loops around it, outermost first
	control bool         // declared by if, with or range rather than an action
	reads   []int        // where it is read
	writes  []int        // where it is assigned
}

// scopes tracks the variables of one template by name.
type scopes struct {
	checker  *checker
	visible  []*declaration
	byName   map[string][]*declaration // the visible ones, innermost last
	declared []*declaration
	loops    []*span
	last     int                                         // the position of the last variable read
	resolved map[*parse.VariableNode]*parse.VariableNode // the declaration of each use; nil if not wanted
}

// checkScopes reports variables that are never read, and := in a block where = was
// intended.
func (c *checker) checkScopes() {
	for _, tree := range c.trees {
		s := &scopes{checker: c, byName: map[string][]*declaration{}}
		s.list(tree.Root)
		for _, d := range s.declared {
			s.unused(d)
			s.shadowed(d)
		}
	}
}

func (s *scopes) list(list *parse.ListNode) {
	if list == nil {
		return
	}
	for _, node := range list.Nodes {
		switch node := node.(type) {
		case *parse.ActionNode:
			s.pipeline(node.Pipe, false)
		case *parse.TemplateNode:
			s.pipeline(node.Pipe, false)
		case *parse.IfNode:
			s.branch(&node.BranchNode, false)
		case *parse.WithNode:
			s.branch(&node.BranchNode, false)
		case *parse.RangeNode:
			s.branch(&node.BranchNode, true)
		}
	}
}

func (s *scopes) branch(node *parse.BranchNode, loop bool) {
	height := len(s.visible)
	s.pipeline(node.Pipe, true)
	inner := len(s.visible)
	if loop {
		this := &span{start: int(node.List.Position())}
		s.loops = append(s.loops, this)
		s.list(node.List)
		this.end = s.last + 1
		s.loops = s.loops[:len(s.loops)-1]
	} else {
		s.list(node.List)
	}
	s.hide(inner)
	s.list(node.ElseList)
	s.hide(height)
}

func (s *scopes) hide(height int) {
	for _, d := range s.visible[height:] {
		name := d.node.Ident[0]
		s.byName[name] = s.byName[name][:len(s.byName[name])-1]
	}
	s.visible = s.visible[:height]
}

// pipeline records the variables that a pipeline reads and declares, in the order of
// text/template.
func (s *scopes) pipeline(pipe *parse.PipeNode, control bool) {
	if pipe == nil {
		return
	}
	for _, command := range pipe.Cmds {
		for _, arg := range command.Args {
			s.argument(arg)
		}
	}
	if pipe.IsAssign {
		for _, variable := range pipe.Decl {
			if d := s.find(variable.Ident[0]); d != nil {
				d.writes = append(d.writes, source.NodeStart(variable))
			}
		}
		return
	}
	var first *declaration
	for _, variable := range pipe.Decl {
		d := &declaration{node: variable, control: control, loops: slices.Clone(s.loops), shadows: s.find(variable.Ident[0])}
		if first != nil {
			first.partner, d.partner = d, first
		}
		first = d
		s.visible = append(s.visible, d)
		s.byName[variable.Ident[0]] = append(s.byName[variable.Ident[0]], d)
		s.declared = append(s.declared, d)
	}
}

func (s *scopes) argument(node parse.Node) {
	switch node := node.(type) {
	case *parse.PipeNode:
		s.pipeline(node, true)
	case *parse.ChainNode:
		s.argument(node.Node)
	case *parse.VariableNode:
		if d := s.find(node.Ident[0]); d != nil {
			s.last = source.NodeStart(node)
			d.reads = append(d.reads, s.last)
			if s.resolved != nil {
				s.resolved[node] = d.node
			}
		}
	}
}

func (s *scopes) find(name string) *declaration {
	if found := s.byName[name]; len(found) > 0 {
		return found[len(found)-1]
	}
	return nil
}

// unused reports a variable that is never read. In a range with two variables, it is
// enough that one of them is read.
func (s *scopes) unused(d *declaration) {
	name := d.node.Ident[0]
	if len(d.reads) > 0 || strings.HasPrefix(name, "$_") || d.partner != nil && len(d.partner.reads) > 0 || s.shadowing(d) {
		return
	}
	s.checker.report(UnusedVariable, s.checker.spanOf(d.node), fmt.Sprintf("variable %s is never read", name), "remove it")
}

// shadowed reports a declaration that hides a variable whose old value is read
// afterwards.
func (s *scopes) shadowed(d *declaration) {
	if !s.shadowing(d) {
		return
	}
	name := d.node.Ident[0]
	s.checker.report(ShadowedAssignment, s.checker.spanOf(d.node),
		fmt.Sprintf("%s := declares a new variable %s, which ends with this block; the one that is read later keeps its value", name, name),
		fmt.Sprintf("to set the variable, write %s = …", name))
}

// shadowing reports whether a declaration hides a variable of an outer block that is
// read later, either after it or in the next iteration of a loop inside that variable's
// scope.
func (s *scopes) shadowing(d *declaration) bool {
	outer := d.shadows
	if outer == nil || d.control {
		return false
	}
	at := source.NodeStart(d.node)
	for _, read := range outer.reads {
		if read > at {
			return true
		}
		for _, loop := range d.loops {
			if loop.start > source.NodeStart(outer.node) && loop.start <= read && read < loop.end {
				return true
			}
		}
	}
	return false
}
