package rewrite

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"text/template/parse"

	"github.com/hooktool/hooktool/internal/foreign"
	"github.com/hooktool/hooktool/pkg/jsonflow"
	"github.com/hooktool/hooktool/pkg/source"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// asGiven returns a parse error with its position in the original template.
func (f *fixer) asGiven(err error) error {
	var failed *webhook.TemplateError
	if len(f.done) == 0 || !errors.As(err, &failed) {
		return err
	}
	now, given := source.NewIndex(f.text), source.NewIndex(f.given)
	moved := *failed
	moved.Pos = given.Position(f.origin(now.Offset(failed.Pos)))
	moved.End = moved.Pos
	moved.Corrections = nil
	return &moved
}

// giveUp reports a remaining problem that has no repair: the first one that the
// analysis does not consider repairable either.
func (f *fixer) giveUp() error {
	if err := f.foreignSyntax(); err != nil {
		return err
	}
	problems := slices.Clone(f.analysis.Problems)
	slices.SortStableFunc(problems, func(a, b jsonflow.Problem) int {
		return cmp.Compare(boolToInt(a.Fixable), boolToInt(b.Fixable))
	})
	if len(problems) > 0 {
		p := problems[0]
		return &Error{Start: f.origin(p.Start), End: f.origin(p.End), Message: "this cannot be repaired: " + p.Message, Hint: p.Hint}
	}
	if len(f.analysis.Unknown) > 0 {
		r := f.analysis.Unknown[0]
		message := r.Message
		if !r.TypeError {
			message = "this template cannot be proved to print valid JSON: " + message
		}
		return &Error{Start: f.origin(r.Start), End: f.origin(r.End), Message: message, Hint: r.Hint}
	}
	return &Error{Message: "this template cannot be repaired"}
}

// foreignSyntax returns the first text in the syntax of another tool, or nil.
func (f *fixer) foreignSyntax() *Error {
	root := f.analysis.Template.Parsed().Root()
	if root == nil {
		return nil
	}
	var first *Error
	inspect(root, func(n parse.Node) {
		text, ok := n.(*parse.TextNode)
		if !ok || first != nil {
			return
		}
		for _, found := range foreign.FindSyntax(string(text.Text), false, 1) {
			start, end := int(text.Pos)+found.Start, int(text.Pos)+found.End
			first = &Error{
				Start: f.origin(start), End: f.origin(end), Hint: found.Instead,
				Message: fmt.Sprintf("this cannot be repaired: %s is the syntax of %s", f.text[start:end], found.Of),
			}
		}
	})
	return first
}

// refuse returns an error that a node cannot be repaired.
func (f *fixer) refuse(node parse.Node, format string, args ...any) error {
	return f.refuseWith(node, "", format, args...)
}

// refuseWith is refuse with a hint.
func (f *fixer) refuseWith(node parse.Node, hint, format string, args ...any) error {
	start, end := actionSpan(f.text, int(node.Position()))
	return &Error{Start: f.origin(start), End: f.origin(end), Message: fmt.Sprintf(format, args...), Hint: hint}
}
