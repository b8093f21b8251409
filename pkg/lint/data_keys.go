package lint

import (
	"regexp"
	"slices"
	"strings"
	"sync"
	"text/template/parse"

	"github.com/hooktool/hooktool/pkg/jsonflow"
)

// keysFromData notes the keys that a loop makes of data: whether they repeat is up
// to the event.
func (p *pass) keysFromData() {
	parsed, analysis := p.parse(), p.flow()
	if parsed.source == nil || analysis == nil {
		return
	}
	var loops []at
	parsed.source.Inspect(func(node parse.Node) bool {
		if loop, ok := node.(*parse.RangeNode); ok && len(loop.List.Nodes) > 0 {
			last := loop.List.Nodes[len(loop.List.Nodes)-1]
			loops = append(loops, at{int(loop.Pos), int(last.Position()) + 1})
		}
		return true
	})
	for _, action := range analysis.Actions {
		isKey := slices.ContainsFunc(action.Contexts, func(c jsonflow.Context) bool { return c.Place == jsonflow.AsKey || c.Place == jsonflow.InKey })
		inLoop := slices.ContainsFunc(loops, func(loop at) bool {
			return loop.start < action.Start && action.Start < loop.end && !strings.Contains(withoutActions(p.template.Text[loop.start:action.Start]), "{")
		})
		if !isKey || !inLoop || p.foundAt(action.Pipe) {
			continue
		}
		f := p.report(at{action.Pipe, action.PipeEnd}, "keys from data can repeat, and receivers keep only one of them", `where names repeat, write a list: [{"name": …, "value": …}]`)
		if !p.overridden() {
			f.Severity = Info
		}
	}
}

// foundAt reports whether the rule that is run has found something at a place.
func (p *pass) foundAt(start int) bool {
	return slices.ContainsFunc(p.findings, func(f Finding) bool { return f.Rule == p.rule && f.start == start })
}

// withoutActions returns the text of a loop without what is between
// delimiters, given from within its own action on.
func withoutActions(text string) string {
	_, text, _ = strings.Cut(text, "}}")
	return actionText().ReplaceAllString(text, "")
}

var actionText = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`\{\{.*?\}\}`) })
