package lint

import (
	"math"
	"slices"
	"text/template/parse"

	"github.com/hooktool/hooktool/pkg/jsonflow"
	"github.com/hooktool/hooktool/pkg/source"
)

// keysFromData reports keys that a loop creates from data: whether they repeat depends
// on the event.
func (p *pass) keysFromData() {
	parsed, analysis := p.parse(), p.flow()
	if parsed.source == nil || analysis == nil {
		return
	}
	structure := structureOf(analysis) // a value is no key, even if the proof took it for one after a mistake
	places := keyPlacesOf(parsed.source)
	found := map[int]bool{}
	for _, f := range p.findings {
		if f.Rule == p.rule {
			found[f.start] = true
		}
	}
	for _, action := range analysis.Actions {
		isKey := slices.ContainsFunc(action.Contexts, func(c jsonflow.Context) bool { return c.Place == jsonflow.AsKey || c.Place == jsonflow.InKey })
		if !isKey || found[action.Pipe] {
			continue
		}
		var around []keyLoop
		for _, loop := range places.loops {
			if loop.start < action.Start && action.Start < loop.end && !within(places.objects, loop.start, action.Start) {
				around = append(around, loop)
			}
		}
		if len(around) == 0 || len(around) == 1 && around[0].index != "" && places.keyHolds(action, around[0].index) {
			continue
		}
		if around[0].start < structure.first && structure.first < around[0].end {
			continue
		}
		f := p.report(at{action.Pipe, action.PipeEnd}, "keys from data can repeat, and receivers keep only one of them", `where names repeat, write a list: [{"name": …, "value": …}]`)
		if !p.overridden() {
			f.Severity = Info
		}
	}
}

// keyPlaces holds what decides whether keys repeat, as offsets in ascending order.
type keyPlaces struct {
	loops     []keyLoop
	objects   []int            // {, in text
	edges     []int            // quotes and line breaks, in text
	variables map[string][]int // where each variable is mentioned
}

func keyPlacesOf(t *source.Template) *keyPlaces {
	places := &keyPlaces{variables: map[string][]int{}}
	t.Inspect(func(node parse.Node) bool {
		switch node := node.(type) {
		case *parse.RangeNode:
			if nodes := node.List.Nodes; len(nodes) > 0 {
				places.loops = append(places.loops, keyLoop{at{int(node.Pos), int(nodes[len(nodes)-1].Position()) + 1}, indexOf(node)})
			}
		case *parse.VariableNode:
			places.variables[node.Ident[0]] = append(places.variables[node.Ident[0]], int(node.Pos))
		case *parse.TextNode:
			for i, c := range node.Text {
				switch c {
				case '{':
					places.objects = append(places.objects, int(node.Pos)+i)
				case '"', '\n':
					places.edges = append(places.edges, int(node.Pos)+i)
				}
			}
		}
		return true
	})
	slices.Sort(places.objects)
	slices.Sort(places.edges)
	for _, offsets := range places.variables {
		slices.Sort(offsets)
	}
	return places
}

// within reports whether any of the offsets lies between two others.
func within(offsets []int, start, end int) bool {
	i, _ := slices.BinarySearch(offsets, start)
	return i < len(offsets) && offsets[i] < end
}

// keyLoop is a loop and its index variable, which is empty if it has none.
type keyLoop struct {
	at
	index string
}

func indexOf(loop *parse.RangeNode) string {
	if len(loop.Pipe.Decl) == 2 {
		return loop.Pipe.Decl[0].Ident[0]
	}
	return ""
}

// keyHolds reports whether a variable is printed within the same quotes as an action.
func (k *keyPlaces) keyHolds(action jsonflow.Action, variable string) bool {
	start, end := 0, math.MaxInt
	i, _ := slices.BinarySearch(k.edges, action.Start)
	if i > 0 {
		start = k.edges[i-1]
	}
	if i < len(k.edges) {
		end = k.edges[i]
	}
	return within(k.variables[variable], start, end)
}
