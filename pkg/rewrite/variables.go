package rewrite

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	"text/template/parse"
)

// separatorName returns the variable that separates the members of the n-th container:
// the existing one if it has no other use, or else a new one.
func (f *fixer) separatorName(e *edits, c container, name string, n int) string {
	if name != "" {
		return name
	}
	if own := f.ownSeparator(c); own != "" {
		f.removeSetters(e, own)
		return own
	}
	base := "$sep"
	if n > 0 {
		base = fmt.Sprint("$sep", n+1)
	}
	return f.unusedVariable(base)
}

// ownSeparator returns the variable that prints the commas of this container and of no
// other.
func (f *fixer) ownSeparator(c container) string {
	for _, comma := range c.commas {
		name := printedVariable(f.text[comma.start:comma.end])
		if name == "" || !f.variables().separators[name] {
			continue
		}
		own := 0
		for _, other := range c.commas {
			if printedVariable(f.text[other.start:other.end]) == name {
				own++
			}
		}
		if f.variables().reads[name] == own {
			return name
		}
	}
	return ""
}

// printedVariable returns the variable that an action prints, if the action does
// nothing else.
func printedVariable(action string) string {
	name := strings.Trim(action, "{}- \t\r\n")
	if !strings.HasPrefix(action, leftDelim) || !strings.HasPrefix(name, "$") || strings.ContainsAny(name, " \t\r\n.=|") {
		return ""
	}
	return name
}

// removeSetters removes the actions that declare or set a variable.
func (f *fixer) removeSetters(e *edits, name string) {
	for _, tree := range f.trees {
		inspect(tree.Root, func(node parse.Node) {
			if action, ok := node.(*parse.ActionNode); ok && len(action.Pipe.Decl) == 1 && action.Pipe.Decl[0].Ident[0] == name {
				e.remove(actionSpan(f.text, int(action.Pos)))
			}
		})
	}
}

// variableUses counts, by name, how often variables are read, and how often they are
// set or declared.
func variableUses(trees map[string]*parse.Tree) (reads, sets map[string]int) {
	reads, sets = map[string]int{}, map[string]int{}
	for _, tree := range trees {
		inspect(tree.Root, func(node parse.Node) {
			switch node := node.(type) {
			case *parse.VariableNode:
				reads[node.Ident[0]]++
			case *parse.PipeNode:
				for _, variable := range node.Decl {
					reads[variable.Ident[0]]-- // inspect visits the assigned variable as well
					sets[variable.Ident[0]]++
				}
			}
		})
	}
	return reads, sets
}

// variables caches repeated lookups about a template's variables.
type variables struct {
	separators map[string]bool
	reads      map[string]int
	words      []string // those that begin with $, sorted
}

var variableWord = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`\$[\pL\pN_]*`) })

// variables returns the cached lookups for this round.
func (f *fixer) variables() *variables {
	if f.names == nil {
		words := variableWord().FindAllString(f.text, -1)
		slices.Sort(words)
		reads, _ := variableUses(f.trees)
		f.names = &variables{separators: separatorVariables(f.trees), reads: reads, words: slices.Compact(words)}
	}
	return f.names
}

// unusedVariable returns a name that is neither a variable of the template nor a prefix
// of one.
func (f *fixer) unusedVariable(name string) string {
	if f.options.OutOfShell {
		name = strings.NewReplacer("$sep", "$σ", "$i", "$ι").Replace(name)
	}
	words := f.variables().words
	for candidate, i := name, 2; ; i++ {
		if at, _ := slices.BinarySearch(words, candidate); at == len(words) || !strings.HasPrefix(words[at], candidate) {
			return candidate
		}
		candidate = fmt.Sprint(name, i)
	}
}

// separatorVariables finds the variables that are only ever set to commas and spaces,
// and at least once to a comma.
func separatorVariables(trees map[string]*parse.Tree) map[string]bool {
	is := map[string]bool{}
	no := map[string]bool{}
	for _, tree := range trees {
		inspect(tree.Root, func(node parse.Node) {
			pipe, ok := node.(*parse.PipeNode)
			if !ok || len(pipe.Decl) == 0 {
				return
			}
			name := pipe.Decl[len(pipe.Decl)-1].Ident[0]
			if len(pipe.Cmds) != 1 || len(pipe.Cmds[0].Args) != 1 {
				no[name] = true
				return
			}
			value, ok := pipe.Cmds[0].Args[0].(*parse.StringNode)
			switch {
			case !ok || strings.Trim(value.Text, ", \n\t\r") != "":
				no[name] = true
			case strings.Contains(value.Text, ","):
				is[name] = true
			}
		})
	}
	for name := range no {
		delete(is, name)
	}
	return is
}

// uses counts how often a variable occurs, including in declarations.
func uses(trees treesByName, name string) int {
	reads, sets := variableUses(trees)
	return reads[name] + sets[name]
}
