package config

import (
	"errors"
	"fmt"

	"github.com/hooktool/hooktool/internal/yamltext"
	"github.com/hooktool/hooktool/pkg/source"
)

// maxFileSize bounds a YAML file, in bytes.
const maxFileSize = 8 << 20

// documents parses all documents of a file. It returns none if one of them cannot be
// read.
func (r *reader) documents(data []byte) []node {
	switch {
	case len(data) > maxFileSize:
		r.add(&source.Problem{Path: r.path, Message: fmt.Sprintf("the file is larger than %d MiB", maxFileSize>>20)})
		return nil
	case source.UTF16(r.path, data) != nil:
		r.add(source.UTF16(r.path, data))
		return nil
	}
	docs, err := yamltext.Parse(data)
	if err != nil {
		r.syntaxError(data, err)
		return nil
	}
	return docs
}

// syntaxError reports why a file cannot be parsed.
func (r *reader) syntaxError(data []byte, err error) {
	if p := r.chartProblem(chartAction); p != nil {
		r.add(p)
		return
	}
	p := r.syntaxProblem(data, err)
	p.Pos = r.layer.position(r.index, p.Pos, data)
	r.add(p)
}

// position converts a place in a layer's text to one in the file. A place without a
// column stays without one.
func (l *layer) position(file *source.Index, pos source.Position, data []byte) source.Position {
	if l.in == nil && l.frozen == "" || !pos.IsValid() {
		return pos
	}
	at := file.Position(l.locate(source.NewIndex(string(data)).Offset(source.Position{Line: pos.Line, Column: max(pos.Column, 1)})))
	if pos.Column == 0 {
		at.Column = 0
	}
	return at
}

// syntaxProblem explains why a text cannot be parsed, with the place in it.
func (r *reader) syntaxProblem(data []byte, err error) *source.Problem {
	p := &source.Problem{Path: r.path, Message: err.Error(), Err: err}
	var syntax *yamltext.SyntaxError
	if errors.As(err, &syntax) {
		p.Message, p.Hint, p.Pos = syntax.Message, syntax.Hint, source.Position{Line: syntax.Line}
		if syntax.Offset >= 0 {
			p.Pos = source.NewIndex(string(data)).Position(syntax.Offset)
		}
	}
	return p
}
