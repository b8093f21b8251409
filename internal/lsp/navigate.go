package lsp

import (
	"context"
	"encoding/json"
	"slices"

	"github.com/hooktool/hooktool/internal/words"
	"github.com/hooktool/hooktool/pkg/typecheck"
)

// nameAt returns the variable or template whose name is at a position.
func (s spot) nameAt() (typecheck.Name, typecheck.Place, bool) {
	survey, ok := s.survey()
	if !ok {
		return typecheck.Name{}, typecheck.Place{}, false
	}
	for _, name := range survey.Names {
		for _, at := range name.At {
			if at.Start <= s.offset && s.offset <= at.End {
				return name, at, true
			}
		}
	}
	return typecheck.Name{}, typecheck.Place{}, false
}

// definition returns where the name at a position is declared.
func (s *Server) definition(_ context.Context, at spot) any {
	name, _, ok := at.nameAt()
	if !ok {
		return nil
	}
	return location{at.look.doc.uri, at.span(name.At[0].Start, name.At[0].End)}
}

// references returns where the name at a position is used.
func (s *Server) references(_ context.Context, raw json.RawMessage) (any, error) {
	var p struct {
		textDocumentPositionParams
		Context struct {
			IncludeDeclaration bool `json:"includeDeclaration"`
		} `json:"context"`
	}
	if err := json.Unmarshal(raw, &p); err != nil {
		return nil, invalidParams(err)
	}
	at, ok := s.spot(p.textDocumentPositionParams)
	if !ok {
		return nil, nil
	}
	name, _, ok := at.nameAt()
	if !ok {
		return nil, nil
	}
	found := []location{}
	for i, place := range name.At {
		if i > 0 || p.Context.IncludeDeclaration {
			found = append(found, location{at.look.doc.uri, at.span(place.Start, place.End)})
		}
	}
	return found, nil
}

// highlights returns the same places, within the document.
func (s *Server) highlights(_ context.Context, at spot) any {
	name, _, ok := at.nameAt()
	if !ok {
		return nil
	}
	var found []map[string]textRange
	for _, place := range name.At {
		found = append(found, map[string]textRange{"range": at.span(place.Start, place.End)})
	}
	return found
}

type documentSymbol struct {
	Name           string           `json:"name"`
	Detail         string           `json:"detail,omitempty"`
	Kind           int              `json:"kind"`
	Range          textRange        `json:"range"`
	SelectionRange textRange        `json:"selectionRange"`
	Children       []documentSymbol `json:"children,omitempty"`
}

type symbolInformation struct {
	Name     string   `json:"name"`
	Kind     int      `json:"kind"`
	Location location `json:"location"`
}

// The kinds of symbols.
const (
	symbolModule    = 2
	symbolFunction  = 12
	symbolNamespace = 3
)

type documentParams struct {
	TextDocument textDocumentIdentifier `json:"textDocument"`
}

// symbols lists the templates of a document, what they define, and their blocks.
func (s *Server) symbols(_ context.Context, p documentParams) (any, error) {
	l, ok := s.lookAt(p.TextDocument.URI)
	if !ok {
		return nil, nil
	}
	all := []documentSymbol{}
	seen := map[int]bool{}
	v := l.open()
	for i := range v.Templates {
		t := &v.Templates[i]
		shape := l.shape(t)
		if seen[shape.outer(0)] {
			continue // including that of another webhook
		}
		seen[shape.outer(0)] = true
		blocks := shape.symbols()
		if !t.Inside() {
			all = append(all, blocks...)
			continue
		}
		whole := shape.span(0, len(t.Text))
		all = append(all, documentSymbol{Name: t.Webhook + "." + t.Name, Kind: symbolModule, Range: whole, SelectionRange: textRange{whole.Start, whole.Start}, Children: blocks})
	}
	if s.client.hierarchical {
		return all, nil
	}
	return flat(l.doc.uri, all), nil
}

func flat(uri documentURI, all []documentSymbol) []symbolInformation {
	flattened := []symbolInformation{}
	for _, symbol := range all {
		flattened = append(flattened, symbolInformation{symbol.Name, symbol.Kind, location{uri, symbol.Range}})
		flattened = append(flattened, flat(uri, symbol.Children)...)
	}
	return flattened
}

// block is what lies between an action that opens it and its end.
type block struct {
	first, last action
	within      []block
}

// blocksOf pairs the actions of a text. A block without an end extends to the end of
// the text.
func blocksOf(text string) []block {
	stack := []*block{{}}
	closeLast := func(last action) {
		top := stack[len(stack)-1]
		top.last = last
		stack = stack[:len(stack)-1]
		stack[len(stack)-1].within = append(stack[len(stack)-1].within, *top)
	}
	for _, a := range actionsOf(text) {
		switch {
		case a.opens():
			stack = append(stack, &block{first: a})
		case a.keyword == "end" && len(stack) > 1:
			closeLast(a)
		}
	}
	for len(stack) > 1 {
		closeLast(action{start: len(text), end: len(text)})
	}
	return stack[0].within
}

// symbols lists the blocks of a template.
func (s shape) symbols() []documentSymbol {
	var list func([]block) []documentSymbol
	list = func(blocks []block) []documentSymbol {
		var all []documentSymbol
		for _, b := range blocks {
			start, end := b.first.inner(s.Text)
			name := shortened(s.Text[start:end])
			symbol := documentSymbol{Name: name, Kind: symbolNamespace, Range: s.span(b.first.start, b.last.end), SelectionRange: s.span(b.first.start, b.first.end)}
			if b.first.keyword == "define" || b.first.keyword == "block" {
				symbol.Kind = symbolFunction
			}
			symbol.Children = list(b.within)
			all = append(all, symbol)
		}
		return all
	}
	return list(blocksOf(s.Text))
}

type foldingRange struct {
	StartLine int    `json:"startLine"`
	EndLine   int    `json:"endLine"`
	Kind      string `json:"kind,omitempty"`
}

// folds lists the ranges that can be folded: blocks and comments.
func (s *Server) folds(_ context.Context, p documentParams) (any, error) {
	l, ok := s.lookAt(p.TextDocument.URI)
	if !ok {
		return nil, nil
	}
	all := []foldingRange{}
	add := func(f foldingRange) {
		if f.EndLine > f.StartLine && !slices.Contains(all, f) {
			all = append(all, f)
		}
	}
	v := l.open()
	for i := range v.Templates {
		shape := l.shape(&v.Templates[i])
		for _, a := range actionsOf(shape.Text) {
			if a.comment {
				at := shape.span(a.start, a.end)
				add(foldingRange{at.Start.Line, at.End.Line, "comment"})
			}
		}
		var walk func([]block)
		walk = func(blocks []block) {
			for _, b := range blocks {
				from, to := shape.span(b.first.start, b.first.end), shape.span(b.last.start, b.last.end)
				add(foldingRange{from.End.Line, to.Start.Line - 1, ""}) // the end stays visible
				walk(b.within)
			}
		}
		walk(blocksOf(shape.Text))
	}
	return all, nil
}

// shortened returns a name on one line.
func shortened(text string) string { return words.Line(text, 60) }
