package rewrite

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"text/template/parse"

	"github.com/hooktool/hooktool/internal/foreign"
	"github.com/hooktool/hooktool/pkg/source"
	"github.com/hooktool/hooktool/pkg/typecheck"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// StandInField begins the names of the custom fields in place of what is missing.
const StandInField = "Hooktool"

// standInAction puts something in the place of the action that does not parse: a digit if
// it prints, a custom field if it is a condition.
func (x *Executable) standInAction(failed *webhook.TemplateError) bool {
	at := x.place(failed).start
	open := strings.LastIndex(x.f.text[:min(at+len(leftDelim), len(x.f.text))], leftDelim)
	if open < 0 || actionEnd(x.f.text, open+len(leftDelim)) <= at {
		return false
	}
	from := open + len(leftDelim)
	to := pipelineEnd(x.f.text, actionEnd(x.f.text, from))
	inner := strings.TrimLeft(x.f.text[from:max(to, from)], "- \t\r\n")
	from = to - len(inner)
	with := "0"
	switch word := keyword(inner); word {
	case "if", "with":
		if x.inDefinition(open) {
			return false
		}
		from += len(word) + 1
		x.tainted = x.tainted || word == "with"
		with, x.Loose = "$."+x.key(inner[min(len(word)+1, len(inner)):]), true
	case "else", "end", "range", "define", "block", "template", "break", "continue":
		return false
	}
	if strings.Contains(inner, leftDelim) || strings.Contains(inner, ":=") || inner == "0" || from > to {
		return false
	}
	x.guessed = append(x.guessed, span{x.f.origin(from), x.f.origin(to)})
	x.f.change(edits{{from, to, with}})
	return true
}

// inDefinition reports whether a {{ define }} or {{ block }} comes before an offset, so
// that $ may not be the event there.
func (x *Executable) inDefinition(offset int) bool {
	return regexp.MustCompile(`\{\{-?\s*(?:define|block)\b`).MatchString(x.f.text[:offset])
}

// standIn puts something in the place of each problem.
func (x *Executable) standIn(parsed *source.Template, problems []typecheck.Problem) error {
	s := standIns{x: x, text: x.f.text, parsed: parsed, taken: map[int]bool{}}
	s.collect()
	for _, p := range problems {
		if len(x.texts) > maxStandIns || !s.put(p) {
			return fmt.Errorf("nothing can be assumed in place of %s", x.f.text[p.Start:p.End])
		}
	}
	for _, e := range s.edits.sorted() {
		x.guessed = append(x.guessed, span{x.f.origin(e.start), x.f.origin(e.end)})
	}
	x.f.change(s.edits)
	return nil
}

// maxStandIns bounds how many different texts have a custom field in their place.
const maxStandIns = 100

// standIns are the edits that put something in the place of problems of one text.
type standIns struct {
	x      *Executable
	text   string
	parsed *source.Template
	pipes  []piped // in the order of the text
	edits  edits
	taken  map[int]bool // the starts of what has been replaced
}

// piped is a node with a pipeline. root says whether $ is the event there.
type piped struct {
	node parse.Node
	at   span // of the pipeline
	root bool
}

// collect finds the pipelines of all templates.
func (s *standIns) collect() {
	for name, tree := range s.parsed.Trees {
		source.Inspect(tree.Root, func(node parse.Node) bool {
			if pipe := source.Pipe(node); pipe != nil {
				at := s.spanOf(pipe)
				if call, ok := node.(*parse.TemplateNode); ok {
					at.start = int(call.Pos)
				}
				s.pipes = append(s.pipes, piped{node, at, name == s.parsed.Name})
			}
			return true
		})
	}
	slices.SortFunc(s.pipes, func(a, b piped) int { return cmp.Compare(a.at.start, b.at.start) })
}

// put puts something in the place of a problem: a digit, which is right within quotes
// and as a value, where an action prints it; a custom field, which can be any text, in
// conditions and variables. It reports whether it could.
func (s *standIns) put(p typecheck.Problem) bool {
	next, _ := slices.BinarySearchFunc(s.pipes, p.Start+1, func(pipe piped, at int) int { return cmp.Compare(pipe.at.start, at) })
	return next > 0 && s.putIn(s.pipes[next-1], p)
}

// putIn is put for a problem in the pipeline of one node.
func (s *standIns) putIn(in piped, p typecheck.Problem) bool {
	pipe, at, root := source.Pipe(in.node), in.at, in.root
	if at.end <= p.Start {
		return false
	}
	switch in.node.(type) {
	case *parse.ActionNode:
		if len(pipe.Decl) == 0 {
			return s.replace(at, "0")
		}
	case *parse.RangeNode:
		list := foreign.SomeList(s.x.f.kind)
		if at.start = source.NodeStart(pipe.Cmds[0]); !root || !p.OfEvent {
			return false
		}
		s.x.Lists, s.x.tainted = true, true
		return s.replace(at, "$"+list)
	case *parse.TemplateNode:
		word := strings.LastIndex(s.text[:at.start], "template")
		return p.Rule == typecheck.UndefinedTemplate && word >= 0 && s.replace(span{word, at.end}, "0")
	}
	if field, ok := s.chain(pipe, p); ok && p.OfEvent {
		s.x.tainted = s.x.tainted || len(pipe.Decl) > 0 || in.node.Type() == parse.NodeWith
		return s.replace(field, "."+s.key(field))
	}
	if len(pipe.Cmds) == 0 || !root {
		return false
	}
	at.start = source.NodeStart(pipe.Cmds[0])
	if assign := strings.LastIndexByte(s.text[:at.start], '='); pipe.IsAssign && p.Start < assign { // the variable is declared nowhere
		return s.replace(span{assign, assign}, ":")
	}
	s.x.Loose = s.x.Loose || len(pipe.Decl) == 0
	return s.replace(at, "$."+s.key(at))
}

func (s *standIns) replace(at span, with string) bool {
	if !s.taken[at.start] {
		s.taken[at.start] = true
		s.edits.replace(at.start, at.end, with)
	}
	return true
}

func (s *standIns) key(at span) string { return s.x.key(s.text[at.start:at.end]) }

// key returns the name of the field that is in place of a text, the same for the same
// text, which then has the same value everywhere.
func (x *Executable) key(text string) string {
	i := slices.Index(x.texts, text)
	if i < 0 {
		i = len(x.texts)
		x.texts = append(x.texts, text)
		x.Keys = append(x.Keys, fmt.Sprintf(StandInField+"%d", i))
	}
	return fmt.Sprintf(StandInField+"%d", i)
}

// chain returns the rest of a chain of fields that begins with a problem.
func (s *standIns) chain(pipe *parse.PipeNode, p typecheck.Problem) (at span, ok bool) {
	source.Inspect(pipe, func(node parse.Node) bool {
		if node.Type() == parse.NodeChain {
			return !ok // its fields are of a value in parentheses
		}
		names := source.Parts(node)
		for i, start := range source.PartStarts(node) {
			if start == p.Start {
				at, ok = span{start, start + len(strings.TrimPrefix("."+strings.Join(names[i:], "."), ".$"))}, true
			}
		}
		return !ok
	})
	return at, ok
}

// spanOf returns the span of a pipeline.
func (s *standIns) spanOf(pipe *parse.PipeNode) span {
	start := int(pipe.Pos)
	start += len(s.text[start:]) - len(strings.TrimLeft(s.text[start:], " \t\r\n"))
	return span{start, pipelineEnd(s.text, actionEnd(s.text, start))}
}
