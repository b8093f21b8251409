package rewrite

import (
	"errors"
	"strings"
	"text/template/parse"

	"github.com/hooktool/hooktool/pkg/jsonflow"
	"github.com/hooktool/hooktool/pkg/source"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// maxCorrections bounds how many parse errors of a template are fixed in succession.
const maxCorrections = 200

// maxParsed bounds the total bytes parsed for that.
const maxParsed = 2 << 20

// correct fixes what keeps the template from parsing, and analyses the result. The
// repair is compared with what that corrected template says, because the original said
// nothing.
func (f *fixer) correct() error {
	for range min(maxCorrections, 1+maxParsed/max(len(f.text), 1)) {
		analysis, err := f.known()
		var failed *webhook.TemplateError
		switch {
		case err == nil && (f.separateFields(analysis.Template.Parsed()) || f.renameFields(analysis)):
			continue
		case err == nil:
			f.old, f.analysis = analysis.Template, analysis
			return f.refuseEscaped()
		case !errors.As(err, &failed) || len(failed.Corrections) == 0:
			return f.asGiven(err)
		}
		var e edits
		for _, c := range failed.Corrections {
			e.replace(c.Start, c.End, c.Text)
		}
		f.change(e)
	}
	return &Error{Message: "this template has too many mistakes to be parsed"}
}

// known returns the analysis of the template, and computes it if the caller did not
// provide one.
func (f *fixer) known() (*jsonflow.Analysis, error) {
	if len(f.done) == 0 && f.options.Analysis != nil {
		return f.options.Analysis, nil
	}
	return f.analyze(f.text)
}

// separateFields puts a space between a function and a field, as in json.Summary, which
// text/template parses as a field of the function's result when called without
// arguments.
func (f *fixer) separateFields(t *source.Template) bool {
	var e edits
	t.Inspect(func(node parse.Node) bool {
		if chain, ok := node.(*parse.ChainNode); ok {
			if _, function := chain.Node.(*parse.IdentifierNode); function {
				e.insert(source.PartStart(chain, 0), " ")
			}
		}
		return true
	})
	if len(e) > 0 {
		f.change(e)
	}
	return len(e) > 0
}

// renameFields corrects the case of fields that do not exist. The template fails where it
// reaches them, so nothing that was sent changes.
func (f *fixer) renameFields(a *jsonflow.Analysis) bool {
	if a.Verdict == jsonflow.Proved {
		return false
	}
	problems, err := a.Types()
	if err != nil {
		return false
	}
	var e edits
	for _, p := range problems {
		if p.Instead != "" && !f.silenced(p.Rule, p.Start) {
			e.replace(p.Start, p.End, p.Instead)
		}
	}
	if len(e) > 0 {
		f.change(e)
	}
	return len(e) > 0
}

// PrintsTemplate returns the offsets of an action that prints a template, as needed for
// Helm; ok is false if there is none.
func PrintsTemplate(t *source.Template) (start, end int, ok bool) {
	t.Inspect(func(node parse.Node) bool {
		action, isAction := node.(*parse.ActionNode)
		if ok || !isAction || len(action.Pipe.Decl) > 0 {
			return !ok
		}
		for _, cmd := range action.Pipe.Cmds {
			for _, arg := range cmd.Args {
				if text, isText := arg.(*parse.StringNode); isText && strings.Contains(text.Text, leftDelim) {
					start, end = actionSpan(t.Text, int(action.Pos))
					ok = true
				}
			}
		}
		return !ok
	})
	return start, end, ok
}

// refuseEscaped rejects a template that prints another template.
func (f *fixer) refuseEscaped() error {
	start, end, ok := PrintsTemplate(f.old.Parsed())
	if !ok {
		return nil
	}
	return &Error{
		Start: f.origin(start), End: f.origin(end), Message: "this prints a template instead of being one: it is escaped for Helm, and left alone",
		Hint: "repair the output of helm template",
	}
}
