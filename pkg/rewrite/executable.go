package rewrite

import (
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
