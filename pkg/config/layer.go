package config

import (
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/hooktool/hooktool/internal/yamltext"
	"github.com/hooktool/hooktool/pkg/source"
)

// layer is a text of YAML: the file itself, or one that is a scalar in another layer.
type layer struct {
	data     []byte
	docs     []node
	text     *yamltext.File
	followed map[node]bool        // the aliases that were followed to what was read
	locate   func(offset int) int // where a byte of data is in the file
	values   bool                 // it holds Helm values
	whole    *expansion           // data is the layer's text after expansion, when the file is read that way
	frozen   string               // why nothing in it can be changed; empty if it can

	in     *layer                   // the layer that contains this one; nil for the file
	at     node                     // the scalar that holds this layer there
	encode func(text string) string // set if the scalar holds something other than the text
}

func newLayer(data []byte, locate func(int) int) *layer {
	return &layer{data: data, text: yamltext.NewFile(data), followed: map[node]bool{}, locate: locate}
}

// offset returns the offset in the file at which a node begins.
func (l *layer) offset(n node) int { return l.locate(l.text.Offset(n.Line, n.Column)) }

// depth returns how many layers are around this one.
func (l *layer) depth() (n int) {
	for ; l.in != nil; l = l.in {
		n++
	}
	return n
}

// effective is what Coroot reads in place of an expanded scalar.
type effective struct {
	written node
	exp     *expansion // nil: nothing in it is expanded
}

// expandTree returns a copy of a tree in which each scalar holds its expanded value.
// read, if not nil, is the same tree as parsed from the expanded file, which determines
// the type of each scalar.
func (r *reader) expandTree(n, read node) node {
	if n == nil {
		return nil
	}
	return r.copyTree(n, read, map[node]node{})
}

func (r *reader) copyTree(n, read node, done map[node]node) node {
	if c := done[n]; c != nil {
		return c
	}
	c := *n
	done[n] = &c
	r.effective[&c] = effective{written: n}
	switch n.Kind {
	case yaml.ScalarNode:
		r.expandScalar(&c, n, read)
	case yaml.AliasNode:
		if read != nil {
			read = read.Alias
		}
		c.Alias = r.copyTree(n.Alias, read, done)
	}
	c.Content = nil
	for i, child := range n.Content {
		var other node
		if read != nil {
			other = read.Content[i]
		}
		c.Content = append(c.Content, r.copyTree(child, other, done))
	}
	return &c
}

func (r *reader) expandScalar(c, n, read node) {
	if read != nil && read.Value == n.Value {
		return // a $ that is written as an escape is visible only to YAML
	}
	exp, err := expand(n.Value, r.lookup)
	if err != nil {
		r.problem(n, "", "%v", err)
		return
	}
	if len(exp.refs) == 0 {
		return
	}
	for _, ref := range exp.refs {
		if message := ref.unreadable(); message != "" {
			r.unreadable(n, exp, ref, message)
		}
	}
	c.Value = exp.text
	if read != nil {
		c.Value, c.Tag = read.Value, read.Tag
	}
	r.effective[c] = effective{written: n, exp: exp}
}

func (r *reader) unreadable(n node, exp *expansion, ref reference, message string) {
	pos := r.position(n)
	if scalar, ok := r.layer.text.Scalar(n); ok {
		pos = r.index.Position(r.layer.locate(scalar.Source(ref.start)))
	}
	r.add(&source.Problem{Path: r.path, Pos: pos, Message: message, Hint: "give the variable a text"})
}

// written returns the node of the file for one in an expanded tree.
func (r *reader) written(n node) node {
	if e, ok := r.effective[n]; ok {
		return e.written
	}
	return n
}

// sameShape reports whether two trees differ only in that the scalars of the second are
// the expanded ones of the first.
func (r *reader) sameShape(a, b []node) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i].Kind != b[i].Kind || a[i].Anchor != b[i].Anchor || len(a[i].Content) != len(b[i].Content) {
			return false
		}
		if a[i].Kind == yaml.ScalarNode && a[i].Value != b[i].Value {
			exp, err := expand(a[i].Value, r.lookup)
			if err != nil {
				return false
			}
			if a[i].Style == 0 { // blanks at the end of a plain scalar are ignored
				exp.text = strings.TrimRight(exp.text, " \t")
			}
			if exp.text != b[i].Value {
				return false
			}
		}
		if !r.sameShape(a[i].Content, b[i].Content) {
			return false
		}
	}
	return true
}
