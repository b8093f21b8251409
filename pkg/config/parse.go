package config

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	goccy "github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/parser"
	"go.yaml.in/yaml/v3"

	"github.com/hooktool/hooktool/pkg/source"
)

// maxFileSize bounds a YAML file, in bytes.
const maxFileSize = 8 << 20

// documents parses all documents of a file. It returns nothing when one of
// them cannot be read.
func (r *reader) documents(data []byte) []node {
	switch {
	case len(data) > maxFileSize:
		r.add(&source.Problem{Path: r.path, Message: fmt.Sprintf("the file is larger than %d MiB", maxFileSize>>20)})
		return nil
	case bytes.HasPrefix(data, []byte("\xFF\xFE")), bytes.HasPrefix(data, []byte("\xFE\xFF")):
		r.add(&source.Problem{Path: r.path, Message: "the file is in UTF-16", Hint: "save it in UTF-8"})
		return nil
	}
	if line := tooDeep(data); line > 0 {
		r.add(&source.Problem{Path: r.path, Pos: source.Position{Line: line}, Message: fmt.Sprintf("more than %d brackets are open", maxBrackets)})
		return nil
	}
	docs, err := parseDocuments(data)
	if err != nil {
		r.syntaxError(data, err)
		return nil
	}
	return docs
}

// maxBrackets bounds how many flow collections may be nested: the
// time that parsers of YAML take grows with the square of it. Brackets in text
// count too, as nobody leaves so many open.
const maxBrackets = 1000

// tooDeep returns the line at which too many brackets are open, 0 if there is
// none.
func tooDeep(data []byte) int {
	depth, line := 0, 1
	for _, c := range data {
		switch c {
		case '\n':
			line++
		case '[', '{':
			if depth++; depth > maxBrackets {
				return line
			}
		case ']', '}':
			depth = max(0, depth-1)
		}
	}
	return 0
}

func parseDocuments(data []byte) (docs []node, err error) {
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	for {
		var doc yaml.Node
		switch err := decoder.Decode(&doc); {
		case errors.Is(err, io.EOF):
			return docs, nil
		case err != nil:
			return nil, err
		case len(doc.Content) > 0:
			docs = append(docs, doc.Content[0])
		}
	}
}

// maxWorded bounds the files whose mistakes are read a second time, by a parser
// that takes long over deep nesting.
const maxWorded = 1 << 15

// syntaxError reports why a file cannot be parsed.
func (r *reader) syntaxError(data []byte, err error) {
	if p := r.chartProblem(); p != nil {
		r.add(p)
		return
	}
	p := r.syntaxProblem(data, err)
	p.Pos = r.layer.position(r.index, p.Pos, data)
	r.add(p)
}

// position returns the place in the file of a place in a layer's text. One
// without a column keeps none.
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

// syntaxProblem says why a text cannot be parsed, with the place in it. The
// parser's own message has at best a line; another parser often knows the place
// better, and says it in clearer words.
func (r *reader) syntaxProblem(data []byte, err error) *source.Problem {
	p := &source.Problem{Path: r.path}
	message := strings.TrimPrefix(err.Error(), "yaml: ")
	if name, ok := strings.CutPrefix(message, "unknown anchor '"); ok {
		name = strings.TrimSuffix(name, "' referenced")
		p.Pos = source.NewIndex(string(data)).Position(strings.Index(string(data), "*"+name))
		p.Message = fmt.Sprintf("there is no anchor %q for this alias", name)
		return p
	}
	if rest, ok := strings.CutPrefix(message, "line "); ok {
		if line, rest, ok := strings.Cut(rest, ": "); ok {
			if n, err := strconv.Atoi(line); err == nil {
				p.Pos, message = source.Position{Line: n}, rest
			}
		}
	}
	p.Message = "YAML: " + message
	if len(data) < maxWorded {
		_, err = parser.ParseBytes(data, 0)
	}
	var syntax goccy.Error
	if errors.As(err, &syntax) && syntax.GetToken() != nil {
		at := syntax.GetToken().Position
		p.Message, p.Pos = "YAML: "+syntax.GetMessage(), source.Position{Line: at.Line, Column: at.Column}
	}
	return p
}
