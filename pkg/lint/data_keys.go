package lint

import (
	"regexp"
	"slices"
	"strings"
	"sync"
	"text/template/parse"

	"github.com/hooktool/hooktool/pkg/jsonflow"
)

// keysFromData reports keys that a loop creates from data: whether they repeat depends
// on the event.
func (p *pass) keysFromData() {
	parsed, analysis := p.parse(), p.flow()
	if parsed.source == nil || analysis == nil {
		return
	}
	var loops []keyLoop
	parsed.source.Inspect(func(node parse.Node) bool {
		if loop, ok := node.(*parse.RangeNode); ok && len(loop.List.Nodes) > 0 {
			last := loop.List.Nodes[len(loop.List.Nodes)-1]
			loops = append(loops, keyLoop{at{int(loop.Pos), int(last.Position()) + 1}, indexOf(loop)})
		}
		return true
	})
	for _, action := range analysis.Actions {
		isKey := slices.ContainsFunc(action.Contexts, func(c jsonflow.Context) bool { return c.Place == jsonflow.AsKey || c.Place == jsonflow.InKey })
		if !isKey || p.foundAt(action.Pipe) {
			continue
		}
		around := slices.DeleteFunc(slices.Clone(loops), func(loop keyLoop) bool {
			return action.Start <= loop.start || loop.end <= action.Start || strings.Contains(withoutActions(p.template.Text[loop.start:action.Start]), "{")
		})
		if len(around) == 0 || len(around) == 1 && around[0].index != "" && p.keyHolds(action, around[0].index) {
			continue
		}
		f := p.report(at{action.Pipe, action.PipeEnd}, "keys from data can repeat, and receivers keep only one of them", `where names repeat, write a list: [{"name": …, "value": …}]`)
		if !p.overridden() {
			f.Severity = Info
		}
	}
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
func (p *pass) keyHolds(action jsonflow.Action, variable string) bool {
	text := p.template.Text
	start := strings.LastIndexByte(text[:action.Start], '\n') + 1
	end := len(text)
	if n := strings.IndexByte(text[action.End:], '\n'); n >= 0 {
		end = action.End + n
	}
	blanked := actionText().ReplaceAllStringFunc(text[start:end], func(s string) string { return strings.Repeat(" ", len(s)) })
	if n := strings.IndexByte(blanked[action.End-start:], '"'); n >= 0 {
		end = action.End + n
	}
	start += strings.LastIndexByte(blanked[:action.Start-start], '"') + 1
	return regexp.MustCompile(regexp.QuoteMeta(variable) + `\b`).MatchString(text[start:end])
}

// foundAt reports whether the running rule has a finding at a position.
func (p *pass) foundAt(start int) bool {
	return slices.ContainsFunc(p.findings, func(f Finding) bool { return f.Rule == p.rule && f.start == start })
}

// withoutActions returns the text of a loop without its actions. The text starts inside
// the loop's own action.
func withoutActions(text string) string {
	_, text, _ = strings.Cut(text, "}}")
	return actionText().ReplaceAllString(text, "")
}

var actionText = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`\{\{.*?\}\}`) })
