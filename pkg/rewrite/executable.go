package rewrite

import (
	"cmp"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	"text/template/parse"

	"github.com/hooktool/hooktool/internal/foreign"
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/source"
	"github.com/hooktool/hooktool/pkg/typecheck"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// Executable is a template that fails for its syntax or types, with its mistakes
// corrected as the hints say, or with something harmless in their place, so that the
// rest of it can be checked.
type Executable struct {
	Text string
	Keys []string // of the custom fields that are in place of what the event lacks
	// Found are mistakes that the first ones hide: they appear once those are corrected
	// as the hints say. The first ones themselves are not among them.
	Found []Mend

	// Lists says that a list has another in its place, with elements of another type.
	Lists bool

	// Loose says that a condition has something in its place that knows nothing of other
	// conditions: what prints on which path is then uncertain.
	Loose bool

	f       *fixer
	guessed []span   // in the given template: what has something else in its place
	texts   []string // what the custom fields are in place of
	tainted bool     // a variable or the dot may have another type than the given template gives it
}

// MakeExecutable corrects a template, or puts something in the place of its mistakes. The
// error says what prevents that; only Found is known then.
func MakeExecutable(kind event.Kind, text string, keys []string) (*Executable, error) {
	x := &Executable{f: &fixer{kind: kind, given: text, text: text}, Keys: slices.Clone(keys)}
	for first, tries := true, min(maxCorrections, 1+maxParsed/max(len(text), 1)); tries > 0; first, tries = false, tries-1 {
		_, err := webhook.Parse(kind, "template", x.f.text)
		if failed := (*webhook.TemplateError)(nil); errors.As(err, &failed) && (len(failed.Corrections) > 0 || !x.parses()) {
			if !first && !x.isGuess(x.span(failed)) {
				x.foundParse(failed)
			}
			if !x.correctAll(failed.Corrections) && !x.standInAction(failed) {
				return x, errUnparsed
			}
			continue
		}
		parsed, problems, typed := x.problems()
		switch {
		case typed != nil:
			return x, typed
		case len(problems) == 0 && err != nil:
			return x, errUnparsed
		case len(problems) == 0:
			x.Text = x.f.text
			return x, nil
		case !first:
			x.foundTypes(problems)
		}
		if x.correctTypes(parsed, problems) {
			continue
		}
		if err := x.standIn(parsed, problems); err != nil {
			return x, err
		}
	}
	return x, errors.New("it has too many mistakes")
}

var errUnparsed = errors.New("it cannot be parsed")

// problems returns what keeps the current text from being executed, apart from its
// syntax.
func (x *Executable) problems() (*source.Template, []typecheck.Problem, error) {
	parsed, err := source.ParseTemplate(x.f.kind.TemplateName(), x.f.text)
	if err != nil {
		return nil, nil, errUnparsed
	}
	problems, err := typecheck.CheckTemplate(x.f.kind, parsed, x.Keys)
	return parsed, slices.DeleteFunc(problems, func(p typecheck.Problem) bool { return !prevents(p.Rule) }), err
}

// StandInField begins the names of the custom fields in place of what is missing.
const StandInField = "Hooktool"

// prevents reports whether a template that breaks a rule of package typecheck cannot be
// executed.
func prevents(rule string) bool {
	return typecheck.IsTypeRule(rule) || rule == typecheck.UnknownFunction || rule == typecheck.EndlessRecursion
}

// Given maps a range of Text to the given template. It is not ok if that has something
// else in its place, or if the range begins with what a correction inserted.
func (x *Executable) Given(start, end int) (givenStart, givenEnd int, ok bool) {
	givenStart, kept := x.f.place(start)
	givenEnd = max(x.f.origin(end), givenStart)
	return givenStart, givenEnd, kept && !x.isGuess(givenStart, givenEnd)
}

// Named returns a message with what the given template has in place of custom fields.
func (x *Executable) Named(message string) string {
	for i, text := range slices.Backward(x.texts) { // the tenth before the first
		message = strings.ReplaceAll(message, fmt.Sprintf("."+StandInField+"%d", i), text)
	}
	return message
}

// GuessedText reports whether the JSON string that begins at an offset of the given
// template has something else in its place.
func (x *Executable) GuessedText(start int) bool {
	text := x.f.given
	if start >= len(text) || text[start] != '"' {
		return false
	}
	return x.isGuess(start, stringEnd(text, start))
}

func (x *Executable) isGuess(start, end int) bool {
	return slices.ContainsFunc(x.guessed, func(g span) bool { return start < max(g.end, g.start+1) && g.start < max(end, start+1) })
}

// parses reports whether the current text is a template, apart from its functions.
func (x *Executable) parses() bool {
	_, err := source.ParseTemplate(x.f.kind.TemplateName(), x.f.text)
	return err == nil
}

// span returns the place of a parse error in the given template.
func (x *Executable) span(failed *webhook.TemplateError) (start, end int) {
	at := x.place(failed)
	return x.f.origin(at.start), x.f.origin(at.end)
}

// place returns the place of a parse error in the current text.
func (x *Executable) place(failed *webhook.TemplateError) span {
	index := source.NewIndex(x.f.text)
	at := index.Offset(failed.Pos)
	if failed.End.IsValid() {
		return span{at, max(at, index.Offset(failed.End))}
	}
	return span{at, at}
}

func (x *Executable) foundParse(failed *webhook.TemplateError) {
	at := x.place(failed)
	rule := "parse-error"
	if strings.HasSuffix(failed.Err.Error(), " not defined") && strings.Contains(failed.Err.Error(), "function ") {
		rule = typecheck.UnknownFunction
	}
	x.f.mend(Mend{rule, at.start, at.end, failed.Message, failed.Hint})
	x.Found = x.f.mends
}

// foundTypes records problems. If something has changed the types of variables or of the
// dot, only those count that do not depend on them.
func (x *Executable) foundTypes(problems []typecheck.Problem) {
	for _, p := range problems {
		if x.tainted && !p.OfEvent && p.Rule != typecheck.UnknownFunction && p.Rule != typecheck.UndefinedTemplate {
			continue
		}
		x.f.mend(Mend{p.Rule, p.Start, p.End, p.Message, p.Hint})
	}
	x.Found = x.f.mends
}

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

func (x *Executable) correctAll(corrections []webhook.Correction) bool {
	var e edits
	for _, c := range corrections {
		e.replace(c.Start, c.End, c.Text)
	}
	if len(e) > 0 {
		x.f.change(e)
	}
	return len(e) > 0
}

// correctTypes corrects what the hints of problems say how to correct, and reports
// whether there was any: fields, and loops over a list of events, where there is one.
func (x *Executable) correctTypes(parsed *source.Template, problems []typecheck.Problem) bool {
	var e edits
	loops := map[int]*parse.RangeNode{} // by the offset of what they iterate over
	parsed.Inspect(func(node parse.Node) bool {
		if loop, ok := node.(*parse.RangeNode); ok && len(loop.Pipe.Cmds) == 1 && len(loop.Pipe.Decl) == 0 && loop.ElseList == nil {
			loops[source.NodeStart(loop.Pipe.Cmds[0])] = loop
		}
		return true
	})
	for _, p := range problems {
		loop := loops[p.Start]
		switch {
		case p.Meant != "" && (p.Instead != "" || p.Meant[0] == '.'):
			end := p.End
			if p.Whole {
				end += len(chainRest().FindString(x.f.text[end:]))
			}
			e.replace(p.Start, end, p.Meant)
		case loop != nil && p.OfEvent:
			list := loop.Pipe.Cmds[0].String()
			if word := strings.LastIndex(x.f.text[:p.Start], "range"); foreign.IsEvents(strings.TrimPrefix(list, ".")) {
				e.replace(word, p.Start+len(list), "with .")
			}
		}
	}
	if len(e) > 0 {
		x.f.change(e)
	}
	return len(e) > 0
}

// chainRest matches the fields that follow one in a chain.
var chainRest = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^(?:\.\w+)*`) })

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
