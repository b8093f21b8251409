package config

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"go.yaml.in/yaml/v3"

	"github.com/hooktool/hooktool/internal/yamltext"
	"github.com/hooktool/hooktool/pkg/source"
)

// Change replaces the text of a template in a file.
type Change struct {
	Template Template // one that is in this file, not in a file of its own
	Text     string   // the text that is executed: after Coroot's expansion
}

// Apply returns the file with changed templates. Everything else stays as it
// is, byte for byte: other values, comments, line ends, the style in which a
// template is written, and its indentation.
//
// Where Coroot expands the file, the text is written so that the expansion gives
// it back: see Template.Write.
//
// If that is not possible it fails with the reason and the place: the style cannot hold
// the text, or others share the template through an alias, so that it would have to
// become two.
func (f *File) Apply(changes ...Change) ([]byte, error) {
	texts := map[*layer]map[node]string{}
	templates := map[node]Template{}
	for _, change := range changes {
		t := change.Template
		if t.node == nil || t.File {
			return nil, f.refuse(t, "", "this template is not in the file itself")
		}
		if t.layer.frozen != "" {
			if change.Text != t.Text {
				return nil, f.refuse(t, "", "%s", t.layer.frozen)
			}
			continue
		}
		text, err := t.Write(change.Text)
		if err != nil {
			return nil, err
		}
		if other, ok := texts[t.layer][t.node]; ok && other != text {
			return nil, f.refuse(t, "write it twice, once for each", "this template is shared, but its uses would need different changes")
		}
		put(texts, t.layer, t.node, text)
		templates[t.node] = t
	}
	if err := f.checkShared(changes, texts); err != nil {
		return nil, err
	}
	return f.applyLayers(texts, templates)
}

func put(texts map[*layer]map[node]string, l *layer, n node, text string) {
	if texts[l] == nil {
		texts[l] = map[node]string{}
	}
	texts[l][n] = text
}

// applyLayers changes the innermost texts first, each of which changes a scalar
// of the text around it.
func (f *File) applyLayers(texts map[*layer]map[node]string, templates map[node]Template) ([]byte, error) {
	for {
		l := f.root
		for other := range texts {
			if other.depth() > l.depth() || other.depth() == l.depth() && other.offset(other.docs[0]) < l.offset(l.docs[0]) {
				l = other
			}
		}
		data, err := f.applyTo(l, texts[l], templates)
		if err != nil || l == f.root {
			return data, err
		}
		delete(texts, l)
		text := string(data)
		if l.encode != nil {
			text = l.encode(text)
		}
		put(texts, l.in, l.at, text)
		for n := range templates { // what messages call the scalar around
			templates[l.at] = templates[n]
			break
		}
	}
}

// applyTo changes the texts of scalars in one layer.
func (f *File) applyTo(l *layer, texts map[node]string, templates map[node]Template) ([]byte, error) {
	for n, text := range texts {
		if n.Value == text {
			delete(texts, n)
		}
	}
	if data, ok := l.replaceAll(texts); ok {
		return data, nil
	}
	data := l.data
	var err error
	for _, n := range sortedNodes(texts) {
		if data, err = f.replace(l, data, templates[n], n, texts[n]); err != nil {
			return nil, err
		}
	}
	return data, nil
}

func sortedNodes(texts map[node]string) []node {
	return slices.SortedFunc(maps.Keys(texts), func(a, b node) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
}

// replaceAll changes the texts of all scalars at once, each in the way that changes
// least.
func (l *layer) replaceAll(texts map[node]string) ([]byte, bool) {
	var rewrites []yamltext.Rewrite
	for n, text := range texts {
		scalar, ok := l.text.Scalar(n)
		if !ok {
			return nil, false
		}
		ways := scalar.Rewrites(text)
		if len(ways) == 0 {
			return nil, false
		}
		rewrites = append(rewrites, ways[0])
	}
	slices.SortFunc(rewrites, func(a, b yamltext.Rewrite) int { return cmp.Compare(a.Start, b.Start) })
	var data []byte
	at := 0
	for _, r := range rewrites {
		if r.Start < at {
			return nil, false
		}
		data = append(append(data, l.data[at:r.Start]...), r.Text...)
		at = r.End
	}
	data = append(data, l.data[at:]...)
	docs, err := yamltext.Parse(data)
	return data, err == nil && sameDocuments(l.docs, docs, texts)
}

func (f *File) refuse(t Template, hint, format string, args ...any) error {
	return &source.Problem{Path: f.Path, Pos: t.Pos, Message: fmt.Sprintf(format, args...), Hint: hint}
}

// checkShared refuses to change a scalar that is also used where no template was read,
// or where the template should not change.
func (f *File) checkShared(changes []Change, texts map[*layer]map[node]string) error {
	for _, w := range f.Webhooks {
		for kind, t := range w.Templates {
			if _, ok := texts[t.layer][t.node]; ok && !changed(changes, t) {
				return f.refuse(t, "write it twice, once for each", "this %s template is shared with another that changes", kind)
			}
		}
	}
	for l, changed := range texts {
		if err := f.checkAliases(l, changed); err != nil {
			return err
		}
	}
	return nil
}

func (f *File) checkAliases(l *layer, texts map[node]string) error {
	shared := map[node]node{} // from a node to an alias, of it or of one around it, that was not followed
	for _, doc := range l.docs {
		collectAliases(doc, func(alias node) {
			if !l.followed[alias] {
				shared[alias.Alias] = alias
			}
		})
	}
	for _, doc := range l.docs {
		if err := f.findShared(doc, shared, nil, texts); err != nil {
			return err
		}
	}
	return nil
}

// changed reports whether a template of this kind, in this place, changes.
func changed(changes []Change, t Template) bool {
	return slices.ContainsFunc(changes, func(c Change) bool { return c.Template.node == t.node && c.Template.Kind == t.Kind })
}

// findShared visits the scalars that change. alias is the one that leads to n.
func (f *File) findShared(n node, shared map[node]node, alias node, texts map[node]string) error {
	if other := shared[n]; other != nil {
		alias = other
	}
	if _, ok := texts[n]; ok && alias != nil {
		t := f.template(n)
		return f.refuse(t, "write the template where it is used, without an alias", "this template is also used in line %d, through the alias *%s", alias.Line, alias.Value)
	}
	for _, child := range n.Content {
		if err := f.findShared(child, shared, alias, texts); err != nil {
			return err
		}
	}
	return nil
}

func (f *File) template(n node) Template {
	for _, w := range f.Webhooks {
		for _, t := range w.Templates {
			if t.node == n {
				return t
			}
		}
	}
	return Template{}
}

func collectAliases(n node, visit func(alias node)) {
	if n.Kind == yaml.AliasNode {
		visit(n)
		return
	}
	for _, child := range n.Content {
		collectAliases(child, visit)
	}
}

// replace changes the text of one scalar in a layer. data is the layer after earlier
// replacements. Those changed no structure, so the scalar is found by its path from the
// root.
func (f *File) replace(l *layer, data []byte, t Template, old node, text string) ([]byte, error) {
	path, ok := wayTo(l.docs, old)
	docs, err := yamltext.Parse(data)
	if !ok || err != nil {
		return nil, f.refuse(t, "", "this template cannot be found again")
	}
	n := follow(docs, path)
	scalar, ok := yamltext.NewFile(data).Scalar(n)
	if !ok {
		return nil, f.refuse(t, "write it as a block: |", "the way in which this template is written is not understood")
	}
	for _, way := range scalar.Rewrites(text) {
		candidate := slices.Concat(data[:way.Start], []byte(way.Text), data[way.End:])
		after, err := yamltext.Parse(candidate)
		if err == nil && sameDocuments(docs, after, map[node]string{n: text}) {
			return candidate, nil
		}
	}
	return nil, f.refuse(t, "write it as a literal block: |", "the changed template cannot be written in the style of this one")
}

// wayTo returns the indexes that lead from the documents to a node.
func wayTo(nodes []node, n node) ([]int, bool) {
	for i, child := range nodes {
		if child == n {
			return []int{i}, true
		}
		if way, ok := wayTo(child.Content, n); ok {
			return append([]int{i}, way...), true
		}
	}
	return nil, false
}

func follow(nodes []node, way []int) (n node) {
	for _, i := range way {
		if i >= len(nodes) {
			return nil
		}
		n = nodes[i]
		nodes = n.Content
	}
	return n
}

// sameDocuments reports whether two files say the same except for the texts of some
// scalars. Comments need no check: they are never within a scalar.
func sameDocuments(before, after []node, texts map[node]string) bool {
	if len(before) != len(after) {
		return false
	}
	for i := range before {
		if !sameNode(before[i], after[i], texts) {
			return false
		}
	}
	return true
}

func sameNode(a, b node, texts map[node]string) bool {
	want, changed := texts[a]
	if !changed {
		want = a.Value
	}
	return b.Value == want && a.Kind == b.Kind && a.ShortTag() == b.ShortTag() && a.Anchor == b.Anchor &&
		(changed || a.Style == b.Style) && sameDocuments(a.Content, b.Content, texts)
}
