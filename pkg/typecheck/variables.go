package typecheck

import "maps"

// variable is a variable in scope.
type variable struct {
	name  string
	value value
	maybe bool // declared in an argument of and/or that may be skipped
}

// variables is the variable stack of text/template. It logs assignments, so that the
// cost of a branch depends on its assignments and not on the number of variables in
// scope.
type variables struct {
	stack  []variable
	byName map[string][]int // indexes of the variables with a name, innermost last
	log    []assignment
	dead   bool // after break or continue, or otherwise unreachable
	work   int  // assignments examined again where branches merge
}

type assignment struct {
	index int
	old   value
}

// outcome is the effect of part of a template on the variables: the new values of those
// assigned, by index. It is nil if the end of the part is unreachable.
type outcome map[int]value

func (v *variables) push(name string, val value) {
	v.declare(variable{name: name, value: val.stored()})
}

func (v *variables) declare(added variable) {
	v.byName[added.name] = append(v.byName[added.name], len(v.stack))
	v.stack = append(v.stack, added)
}

// stored returns the value as stored in a variable.
func (v value) stored() value {
	v.variable = ""
	return v
}

func (v *variables) height() int { return len(v.stack) }

func (v *variables) pop(height int) {
	for i := len(v.stack) - 1; i >= height; i-- {
		name := v.stack[i].name
		v.byName[name] = v.byName[name][:len(v.byName[name])-1]
	}
	v.stack = v.stack[:height]
}

// find returns the index of the innermost variable with a name, or -1.
func (v *variables) find(name string) int {
	if indexes := v.byName[name]; len(indexes) > 0 {
		return indexes[len(indexes)-1]
	}
	return -1
}

func (v *variables) set(index int, val value) {
	v.log = append(v.log, assignment{index, v.stack[index].value})
	v.stack[index].value = val.stored()
}

// mark is a point that the variables can be rewound to.
type mark struct{ log, height int }

func (v *variables) mark() mark { return mark{len(v.log), len(v.stack)} }

// since returns the assignments since a mark to variables that existed then.
func (v *variables) since(m mark) outcome {
	changed := outcome{}
	v.work += len(v.log) - m.log
	for _, a := range v.log[m.log:] {
		if a.index < m.height {
			changed[a.index] = v.stack[a.index].value
		}
	}
	return changed
}

// rewind undoes everything since a mark.
func (v *variables) rewind(m mark) {
	v.pop(m.height)
	for i := len(v.log) - 1; i >= m.log; i-- {
		if a := v.log[i]; a.index < m.height {
			v.stack[a.index].value = a.old
		}
	}
	v.log = v.log[:m.log]
}

// branch runs one of several alternatives and returns its outcome. It restores the
// variables afterwards.
func (v *variables) branch(run func()) outcome {
	m, dead := v.mark(), v.dead
	run()
	var out outcome
	if !v.dead {
		out = v.since(m)
	}
	v.rewind(m)
	v.dead = dead
	return out
}

// merge continues after branches: a variable can have its value from any of them.
func (v *variables) merge(outcomes ...outcome) {
	assigned := map[int]bool{}
	reached := false
	for _, out := range outcomes {
		reached = reached || out != nil
		for index := range maps.Keys(out) {
			assigned[index] = true
		}
	}
	if !reached {
		v.dead = true
		return
	}
	for index := range assigned {
		v.set(index, v.joined(index, outcomes))
	}
}

func (v *variables) joined(index int, outcomes []outcome) value {
	var joined value
	first := true
	for _, out := range outcomes {
		if out == nil {
			continue
		}
		val, ok := out[index]
		if !ok {
			val = v.stack[index].value
		}
		if first {
			joined, first = val, false
		} else {
			joined = join(joined, val)
		}
	}
	return joined
}

// widen adds an outcome to the current values and reports whether they changed.
func (v *variables) widen(out outcome) bool {
	changed := false
	for index, val := range out {
		old := v.stack[index].value
		if joined := join(old, val); joined != old {
			v.set(index, joined)
			changed = true
		}
	}
	return changed
}
