package lsp

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"github.com/hooktool/hooktool/pkg/lint"
	"github.com/hooktool/hooktool/pkg/rewrite"
	"github.com/hooktool/hooktool/pkg/source"
	"github.com/hooktool/hooktool/pkg/workspace"
)

type (
	codeActionParams struct {
		TextDocument textDocumentIdentifier `json:"textDocument"`
		Range        textRange              `json:"range"`
		Context      struct {
			Diagnostics []diagnostic `json:"diagnostics"`
			Only        []string     `json:"only"`
		} `json:"context"`
	}

	codeAction struct {
		Title       string         `json:"title"`
		Kind        string         `json:"kind"`
		Diagnostics []diagnostic   `json:"diagnostics,omitempty"`
		IsPreferred bool           `json:"isPreferred,omitempty"`
		Edit        *workspaceEdit `json:"edit,omitempty"`
	}

	workspaceEdit struct {
		Changes         map[documentURI][]textEdit `json:"changes,omitempty"`
		DocumentChanges []textDocumentEdit         `json:"documentChanges,omitempty"`
	}

	textDocumentEdit struct {
		TextDocument versionedTextDocumentIdentifier `json:"textDocument"`
		Edits        []textEdit                      `json:"edits"`
	}
)

// The kinds of code actions.
const (
	quickFix = "quickfix"
	rewriteA = "refactor.rewrite"
	fixAll   = "source.fixAll.hooktool"
)

// wants reports whether the client asks for a kind of action, or for one that includes
// it.
func (p codeActionParams) wants(kind string) bool {
	return len(p.Context.Only) == 0 && kind != fixAll || slices.ContainsFunc(p.Context.Only, func(only string) bool {
		return kind == only || strings.HasPrefix(kind, only+".")
	})
}

// codeActions lists what can be done about a part of a document.
func (s *Server) codeActions(ctx context.Context, p codeActionParams) (any, error) {
	l, ok := s.lookAt(p.TextDocument.URI)
	if !ok {
		return nil, nil
	}
	v := l.open()
	actions := []codeAction{}
	text := l.doc.encoded(s.client.encoding)
	from, to := text.offset(p.Range.Start), text.offset(p.Range.End)
	own := slices.DeleteFunc(slices.Clone(p.Context.Diagnostics), func(d diagnostic) bool { return d.Source != "hooktool" })
	if p.wants(fixAll) {
		if edit := l.repair(ctx, v, func(shape) bool { return true }); edit != nil {
			actions = append(actions, codeAction{Title: "Repair all templates of this file", Kind: fixAll, Edit: edit})
		}
	}
	if p.wants(quickFix) {
		actions = append(actions, l.quickFixes(ctx, v, own, from, to)...)
	}
	if p.wants(rewriteA) {
		actions = append(actions, l.quote(v, from)...)
	}
	return actions, nil
}

// quickFixes returns the repair of the template, if one of the findings needs it, and
// the comments that silence them.
func (l *look) quickFixes(ctx context.Context, v view, found []diagnostic, from, to int) []codeAction {
	var actions []codeAction
	fixable := slices.DeleteFunc(slices.Clone(found), func(d diagnostic) bool { return !strings.Contains(string(d.Data), "true") })
	if len(fixable) > 0 {
		if edit := l.repair(ctx, v, func(s shape) bool { return s.outer(0) <= to && from <= s.outer(len(s.Text)) }); edit != nil {
			actions = append(actions, codeAction{Title: "Repair this template so that its JSON is valid for every event", Kind: quickFix, Diagnostics: fixable, IsPreferred: true, Edit: edit})
		}
	}
	for _, d := range found {
		if edit := l.ignore(v, d); edit != nil {
			actions = append(actions, codeAction{Title: "Ignore " + d.Code + " here", Kind: quickFix, Diagnostics: []diagnostic{d}, Edit: edit})
		}
	}
	return actions
}

// repair returns rewrite's result for the templates of a document; nil if there is
// nothing to repair, or no repair.
func (l *look) repair(ctx context.Context, v view, wanted func(shape) bool) *workspaceEdit {
	var chosen []*workspace.Template
	for i := range v.Templates {
		if t := &v.Templates[i]; t.Err == nil && wanted(l.shape(t)) {
			chosen = append(chosen, t)
		}
	}
	changes, _ := rewrite.Templates(ctx, chosen, rewrite.Options{Now: v.Lint.Now}, nil) // diagnostics say what cannot be repaired
	if len(changes) == 0 {
		return nil
	}
	edits, err := workspace.Edits(changes...)
	if err != nil || len(edits) != 1 {
		return nil
	}
	return l.edit(differences(l.doc.text, string(edits[0].After))...)
}

// edit returns a change of the document at the offsets of its text.
func (l *look) edit(hunks ...hunk) *workspaceEdit {
	if len(hunks) == 0 {
		return nil
	}
	text := l.doc.encoded(l.server.client.encoding)
	var edits []textEdit
	for _, h := range hunks {
		edits = append(edits, textEdit{textRange{text.position(h.start), text.position(h.end)}, h.text})
	}
	if !l.server.client.editVersions {
		return &workspaceEdit{Changes: map[documentURI][]textEdit{l.doc.uri: edits}}
	}
	return &workspaceEdit{DocumentChanges: []textDocumentEdit{{versionedTextDocumentIdentifier{l.doc.uri, l.doc.version}, edits}}}
}

// ignore puts a comment before the action, or the text, that a finding is in. The
// comment prints nothing, and what the action trims stays trimmed.
func (l *look) ignore(v view, d diagnostic) *workspaceEdit {
	if _, ok := lint.ByID(d.Code); !ok {
		return nil
	}
	at := l.doc.encoded(l.server.client.encoding).offset(d.Range.Start)
	for i := range v.Templates {
		shape := l.shape(&v.Templates[i])
		offset, ok := shape.inner(at)
		if !ok {
			continue
		}
		comment := "{{/* hooktool:ignore " + d.Code + " */}}"
		if a, inside := actionAround(shape.Text, offset); inside {
			if strings.Contains(shape.Text[a.start:offset], "\n") {
				return nil // the comment would be too far away
			}
			if strings.HasPrefix(shape.Text[a.start:], "{{- ") {
				comment = strings.Replace(comment, "{{/*", "{{- /*", 1)
			}
			offset = a.start
		}
		return l.edit(hunk{shape.outer(offset), shape.outer(offset), comment})
	}
	return nil
}

// actionAround returns the action that a byte belongs to, including its delimiters.
func actionAround(text string, offset int) (action, bool) {
	for _, a := range actionsOf(text) {
		if a.start <= offset && offset < a.end {
			return a, true
		}
	}
	return action{}, false
}

// quote makes an action print its value as JSON.
func (l *look) quote(v view, at int) []codeAction {
	for i := range v.Templates {
		shape := l.shape(&v.Templates[i])
		offset, ok := shape.inner(at)
		if !ok {
			continue
		}
		a, ok := actionAround(shape.Text, offset)
		if !ok || !a.closed || a.comment || a.keyword != "" {
			return nil
		}
		start, end := a.inner(shape.Text)
		pipeline := strings.TrimSpace(shape.Text[start:end])
		before, after, ok := asJSON(pipeline)
		if !ok {
			return nil
		}
		start += strings.Index(shape.Text[start:end], pipeline)
		at := shape.outer(start)
		if after != "" {
			at = shape.outer(start+len(pipeline)-1) + 1
		}
		hunks := []hunk{{at, at, before + after}} // existing text stays, because a document may have escaped it
		if a.start > 0 && a.end < len(shape.Text) && shape.Text[a.start-1] == '"' && shape.Text[a.end] == '"' {
			hunks = []hunk{
				{shape.outer(a.start - 1), shape.outer(a.start), ""}, hunks[0], {shape.outer(a.end), shape.outer(a.end + 1), ""},
			}
		}
		return []codeAction{{Title: "Quote with json", Kind: rewriteA, Edit: l.edit(hunks...)}}
	}
	return nil
}

// asJSON returns what to put before or after a pipeline so that it prints its value as
// JSON. It is not ok if it does so already, or sets a variable.
func asJSON(pipeline string) (before, after string, ok bool) {
	t, err := source.ParseTemplate(mendedName, "{{"+blankVariables(pipeline)+"}}")
	if err != nil || t.Root() == nil || len(t.Root().Nodes) != 1 {
		return "", "", false
	}
	fields := strings.FieldsFunc(pipeline, func(r rune) bool { return r == ' ' || r == '|' || r == '(' })
	switch {
	case pipeline == "" || strings.Contains(pipeline, "=") || len(fields) > 0 && (fields[0] == "json" || fields[len(fields)-1] == "json"):
		return "", "", false
	case strings.ContainsAny(pipeline, " |("):
		return "", " | json", true
	}
	return "json ", "", true
}

// blankVariables replaces variables by the one that always exists, with the same number
// of parts.
func blankVariables(pipeline string) string {
	var b strings.Builder
	for i := 0; i < len(pipeline); i++ {
		b.WriteByte(pipeline[i])
		if pipeline[i] == '$' {
			for i+1 < len(pipeline) && isWord(pipeline[i+1]) {
				i++
			}
		}
	}
	return b.String()
}

func fixableData(fixable bool) json.RawMessage {
	if !fixable {
		return nil
	}
	return json.RawMessage(`{"fixable":true}`)
}
