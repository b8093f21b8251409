package config

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"sync"

	"github.com/hooktool/hooktool/internal/yamltext"
	"github.com/hooktool/hooktool/pkg/source"
)

// read reads all documents of the current layer, and reports whether any has a known
// format.
func (r *reader) read(file *File, settings []string) (known bool) {
	before := len(r.problems)
	docs := r.documents(r.layer.data)
	broken := r.problems[before:]
	r.layer.docs = docs
	docs, ok := r.expandFile(docs, len(broken) > 0)
	if ok {
		r.problems = append(r.problems[:before:before], r.problems[before+len(broken):]...)
	}
	for _, doc := range docs {
		known = r.document(file, doc, settings) || known
	}
	return known
}

// expandFile returns the documents of Coroot's own configuration as Coroot reads them,
// after expanding the whole file. ok says that it could read them although the file as
// it is written cannot be parsed.
func (r *reader) expandFile(docs []node, broken bool) (expanded []node, ok bool) {
	if !broken && !slices.ContainsFunc(docs, r.isCoroot) {
		return docs, false
	}
	exp, err := expand(string(r.layer.data), r.lookup)
	var tooLarge *tooLargeError
	if errors.As(err, &tooLarge) {
		r.add(&source.Problem{Path: r.path, Pos: r.index.Position(r.layer.locate(tooLarge.at)), Message: tooLarge.Error(), Hint: "Coroot expands $ in its whole configuration"})
		return docs, false
	}
	if len(exp.refs) == 0 {
		return docs, false
	}
	read, err := yamltext.Parse([]byte(exp.text))
	switch {
	case err != nil && broken:
		return docs, false
	case err != nil:
		r.brokenExpansion(exp, err)
		return r.expandCoroot(docs, nil), false
	case !broken && r.sameShape(docs, read):
		return r.expandCoroot(docs, read), false
	case !slices.ContainsFunc(read, r.isCoroot):
		return docs, false
	}
	written := r.layer
	r.layer = newLayer([]byte(exp.text), func(offset int) int { return written.locate(exp.source(offset)) })
	r.layer.docs = read
	r.layer.frozen = "the values of variables change the structure of this file: write them in quotes"
	r.layer.whole = exp
	r.layer.in, r.layer.at = written.in, written.at
	return read, broken
}

// expandCoroot expands the scalars of the documents that are Coroot's.
func (r *reader) expandCoroot(docs, read []node) []node {
	docs = slices.Clone(docs)
	for i, doc := range docs {
		var other node
		if read != nil {
			other = read[i]
		}
		if r.isCoroot(doc) {
			docs[i] = r.expandTree(doc, other)
		}
	}
	return docs
}

// isCoroot reports whether a document is Coroot's own configuration.
func (r *reader) isCoroot(doc node) bool {
	if r.child(doc, "apiVersion") != nil {
		return false
	}
	format, ok := r.projectsFormat(doc)
	return ok && format == FormatCoroot && !r.layer.values
}

// brokenExpansion reports that the file cannot be parsed after its expansion. It blames
// the likeliest variable: the last one before the fault whose value could matter.
func (r *reader) brokenExpansion(exp *expansion, err error) {
	p := r.syntaxProblem([]byte(exp.text), err)
	line := source.NewIndex(exp.text)
	end := len(exp.text)
	if p.Pos.Line > 0 {
		end = line.Offset(source.Position{Line: p.Pos.Line + 1, Column: 1})
	}
	cause := exp.refs[0]
	for _, ref := range exp.refs {
		if ref.at <= end {
			cause = ref
		}
		if message := ref.unreadable(); message != "" {
			p.Message = message
			cause = ref
			break
		}
	}
	p.Pos = r.index.Position(r.layer.locate(cause.start))
	p.Message = fmt.Sprintf("Coroot expands %s before it parses this file, which it then cannot read: %s", exp.written[cause.start:cause.end], p.Message)
	p.Hint = "put the value in quotes, or write ${DOLLAR} for a $ that must stay"
	r.add(p)
}

// chartAction is what only the template of a Helm chart has. chartValue is one in the
// place of a value, which can be YAML all the same: a mapping in a mapping.
var (
	chartAction = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(ofChart) })
	chartValue  = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(?m)^[ \t-]*[\w.-]+:[ \t]+` + ofChart) })
)

const ofChart = `\{\{[^}]*(\.Values\b|\.Release\b|\.Chart\b|\.Capabilities\b|\binclude\s+"|\btoYaml\b|\bnindent\b)`

// chartProblem returns the problem of a text that is a Helm chart's template, and nil
// for any other text.
func (r *reader) chartProblem(sign func() *regexp.Regexp) *source.Problem {
	at := sign().FindIndex(r.layer.data)
	if at == nil {
		return nil
	}
	if value := bytes.IndexByte(r.layer.data[at[0]:at[1]], '{'); value > 0 {
		at[0] += value
	}
	return &source.Problem{
		Path: r.path, Pos: r.index.Position(r.layer.locate(at[0])),
		Message: "this is the template of a Helm chart, which Helm must render first",
		Hint:    "check the output of helm template: helm template CHART | hooktool validate -",
	}
}
