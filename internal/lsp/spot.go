package lsp

import (
	"context"
	"sort"

	"github.com/hooktool/hooktool/pkg/source"
	"github.com/hooktool/hooktool/pkg/typecheck"
	"github.com/hooktool/hooktool/pkg/workspace"
)

// shape maps the bytes of a template to those of the document.
type shape struct {
	*workspace.Template
	doc encodedText
}

func (l *look) shape(t *workspace.Template) shape {
	return shape{Template: t, doc: l.doc.encoded(l.server.client.encoding)}
}

// outer returns the offset in the document of a byte of the template.
func (s shape) outer(offset int) int {
	if !s.Inside() {
		return offset
	}
	return s.doc.lines.Offset(s.Locate(min(max(offset, 0), len(s.Text))))
}

// inner returns the offset in the template of a byte of the document, if it is in the
// template.
func (s shape) inner(offset int) (int, bool) {
	if !s.Inside() {
		return offset, offset <= len(s.Text)
	}
	if offset < s.outer(0) || offset > s.outer(len(s.Text)) {
		return 0, false
	}
	i := sort.Search(len(s.Text)+1, func(i int) bool { return s.outer(i) > offset }) - 1
	return max(i, 0), true
}

// span returns the range of a part of the template.
func (s shape) span(start, end int) textRange {
	from, to := s.outer(start), s.outer(end)
	if s.Inside() && end > start { // what follows may be on another line
		to = s.outer(end-1) + 1
	}
	return textRange{s.doc.position(from), s.doc.position(max(from, to))}
}

// spot is a position in a template.
type spot struct {
	shape
	look   *look
	view   view
	offset int
}

// spot finds the template around a position of a document. It is not ok outside
// templates. If the kind is unknown, the dot has no fields.
func (s *Server) spot(p textDocumentPositionParams) (spot, bool) {
	l, ok := s.lookAt(p.TextDocument.URI)
	if !ok {
		return spot{}, false
	}
	v := l.open()
	at := l.doc.encoded(s.client.encoding).offset(p.Position)
	for i := range v.Templates {
		shape := l.shape(&v.Templates[i])
		if offset, ok := shape.inner(at); ok {
			return spot{shape, l, v, offset}, true
		}
	}
	return spot{look: l, view: v, offset: at}, false
}

// parsed returns the template as it is, or fixed around the position.
func (s spot) parsed() (*source.Template, bool) {
	if t, err := source.ParseTemplate(s.Kind.TemplateName(), s.Text); err == nil {
		return t, true
	}
	a, ok := actionAt(s.Text, s.offset)
	if !ok {
		return nil, false
	}
	end := s.offset
	for end < a.end && isWord(s.Text[end]) {
		end++
	}
	return mended(s.Text, a, end, end, "")
}

// survey describes the parts of the template.
func (s spot) survey() (*typecheck.Survey, bool) {
	t, ok := s.parsed()
	if !ok {
		return nil, false
	}
	return typecheck.SurveyTemplate(s.Kind, t, s.CustomKeys(), s.offset), true
}

// answer answers a request about a position in a template; there is nothing to say
// about any other.
func (s *Server) answer(say func(context.Context, spot) any) method {
	return with(func(ctx context.Context, p textDocumentPositionParams) (any, error) {
		at, ok := s.spot(p)
		if !ok {
			return nil, nil
		}
		return say(ctx, at), nil
	})
}
