package lsp

import (
	"github.com/hooktool/hooktool/pkg/lint"
	"github.com/hooktool/hooktool/pkg/source"
	"github.com/hooktool/hooktool/pkg/typecheck"
	"github.com/hooktool/hooktool/pkg/workspace"
)

// related returns the other places that a finding is about: the other variables of that
// name, and where the variable gets its values.
func (l *look) related(t *workspace.Template, f lint.Finding) []relatedInformation {
	switch f.Rule {
	case typecheck.ShadowedAssignment, typecheck.VariableTypeChange, typecheck.UndeclaredAssignment:
	default:
		return nil
	}
	if t == nil {
		return nil
	}
	parsed, err := source.ParseTemplate(t.Kind.TemplateName(), t.Text)
	if err != nil {
		return nil
	}
	shape := l.shape(t)
	offset, ok := shape.inner(l.doc.index.Offset(f.Pos))
	if !ok {
		return nil
	}
	survey := typecheck.SurveyTemplate(t.Kind, parsed, t.CustomKeys(), offset)
	name := nameIn(survey, offset, l.doc.index.Offset(f.End)-l.doc.index.Offset(f.Pos))
	var found []relatedInformation
	for _, other := range survey.Names {
		if other.Text != name || other.Template {
			continue
		}
		at := other.At[0]
		if at.Start != offset {
			found = append(found, relatedInformation{location{l.doc.uri, shape.span(at.Start, at.End)}, name + " is declared here"})
		}
	}
	return found
}

// nameIn returns the variable at a place of a template.
func nameIn(survey *typecheck.Survey, offset, length int) string {
	for _, part := range survey.Parts {
		if part.Receiver.Text == "" && offset <= part.Start && part.Start <= offset+length {
			return part.Name
		}
	}
	return ""
}
