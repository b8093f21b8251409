package typecheck

import "fmt"

// blindCall is where a template is called without a value.
type blindCall struct {
	caller string
	dot    value
}

// misses records that the current template reads something where there is no value:
// text/template prints <no value> and does not fail.
func (c *checker) misses(what string) {
	if _, known := c.missed[c.current]; !known && !c.vars.dead {
		c.missed[c.current] = what
	}
}

// checkBlindCalls reports each {{ template "x" }} without a dot whose template reads a
// field, or prints its dot.
func (c *checker) checkBlindCalls() {
	for node, call := range c.blind {
		what := c.missedBy(node.Name, map[string]bool{})
		if node.Pipe != nil || what == "" {
			continue
		}
		c.report(MissingValue, c.quotedSpan(int(node.Position())),
			fmt.Sprintf("the template %q is called without a value, so %s in it is missing", node.Name, what),
			fmt.Sprintf("write {{ template %q %s }}", node.Name, c.dotWith(call.dot, what)))
	}
}

// missedBy returns what a template without a value reads, itself or in the templates to
// which it passes its dot.
func (c *checker) missedBy(name string, visited map[string]bool) string {
	if what := c.missed[name]; what != "" || visited[name] {
		return what
	}
	visited[name] = true
	least := ""
	for node, call := range c.blind {
		if call.caller != name || node.Pipe == nil {
			continue
		}
		if what := c.missedBy(node.Name, visited); what != "" && (least == "" || what < least) {
			least = what
		}
	}
	return least
}

// dotWith returns the value that has a field: the dot, or the event.
func (c *checker) dotWith(dot value, field string) string {
	has := func(types typeSet) bool {
		for _, m := range c.universe.members(types) {
			if m.typ == nil || len(field) < 2 {
				return false
			}
			if _, _, ok := c.universe.lookup(m.typ, field[1:]); !ok {
				return false
			}
		}
		return !value{types: types}.unknown()
	}
	if dot.types != c.dot && !has(dot.types) && has(c.dot) {
		return "$"
	}
	return "."
}
