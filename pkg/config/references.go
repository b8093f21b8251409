package config

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"sort"
	"strings"
	"sync"

	"go.yaml.in/yaml/v3"

	"github.com/hooktool/hooktool/pkg/source"
)

// Expansion is a place where Coroot inserts the value of a variable, or nothing, before
// it reads its configuration.
type Expansion struct {
	Path     string          // of the value, such as projects[0].notificationIntegrations.webhook.url; empty outside values
	Key      string          // the last key of Path
	Pos, End source.Position // of the reference, from its $
	Text     string          // the reference as it is written, such as $i or ${TOKEN}
	Name     string          // what is looked up; empty for ${} and for an unclosed ${
	Set      bool            // the variable is set, possibly to nothing
	InAction bool            // it is between {{ and }}
	Line     string          // the line that it is in, after the expansion, except that references to set variables stay as written; at most maxLine bytes
}

// Braced reports whether the reference is written as ${NAME}, which nobody writes by
// accident.
func (x Expansion) Braced() bool { return strings.HasPrefix(x.Text, "${") && isVariableName(x.Name) }

// Meant reports whether the author of the reference wants a variable's value there.
func (x Expansion) Meant() bool {
	return x.Braced() || x.Set && !x.InAction && isVariableName(x.Name)
}

// flux matches a substitution of Flux that Coroot does not understand: ${NAME:=default}
// and the like.
var flux = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*(:[=?+-]|[=?+-]|[:/#%^,]).*$`)
})

// Flux reports whether the reference is a substitution with a default, as in Flux and
// the shell. Coroot looks up a variable with that whole name.
func (x Expansion) Flux() bool { return strings.HasPrefix(x.Text, "${") && flux().MatchString(x.Name) }

// meant is Expansion.Meant for one reference of a text.
func (e *expansion) meant(ref reference) bool {
	return ref.braced(e.written) || e.isFlux(ref) || ref.set && isVariableName(ref.name) && !inAction(e.written, ref.start)
}

func (e *expansion) isFlux(ref reference) bool {
	return Expansion{Text: e.written[ref.start:ref.end], Name: ref.name}.Flux()
}

// inAction reports whether a byte of a template is between {{ and }}.
func inAction(text string, pos int) bool {
	opened, closed := strings.LastIndex(text[:pos], "{{"), strings.LastIndex(text[:pos], "}}")
	return opened >= 0 && opened > closed
}

// line returns the line that a reference is in after the expansion. Values may be
// secrets, so references to set variables stay as written.
func (e *expansion) line(ref reference) string {
	start := strings.LastIndexByte(e.written[:ref.start], '\n') + 1
	end := len(e.written)
	if i := strings.IndexByte(e.written[ref.end:], '\n'); i >= 0 {
		end = ref.end + i
	}
	for start < end && isBlankByte(e.written[start]) {
		start++
	}
	var b strings.Builder
	at := start
	first := sort.Search(len(e.refs), func(i int) bool { return e.refs[i].start >= start })
	for _, other := range e.refs[first:] {
		if other.end > end || b.Len() > maxLine {
			break
		}
		b.WriteString(e.written[at:other.start])
		if other.set && other.value != "" {
			b.WriteString(e.written[other.start:other.end])
		}
		at = other.end
	}
	b.WriteString(e.written[at:min(end, at+maxLine)])
	text := b.String()
	if len(text) > maxLine {
		text = strings.ToValidUTF8(text[:maxLine], "")
	}
	return strings.TrimSpace(text)
}

// maxLine bounds Expansion.Line, in bytes: otherwise a line with thousands of
// references would be copied as many times.
const maxLine = 1000

// expansions lists what is expanded below a node, in the order of the file.
func (r *reader) expansions(n node, path string) []Expansion {
	var found []Expansion
	seen := map[node]bool{}
	r.walk(n, path, "", seen, func(n node, path, key string) {
		if whole := r.layer.whole; whole != nil {
			found = append(found, r.wholeExpansions(whole, n, path, key)...)
			return
		}
		e := r.effective[n]
		if e.exp == nil {
			return
		}
		scalar, ok := r.layer.text.Scalar(e.written)
		for _, ref := range e.exp.refs {
			x := e.exp.describe(ref, path, key)
			x.Pos, x.End = r.position(e.written), r.position(e.written)
			if ok {
				x.Pos = r.index.Position(r.layer.locate(scalar.Source(ref.start)))
				x.End = r.index.Position(r.layer.locate(scalar.Source(ref.end)))
			}
			found = append(found, x)
		}
	})
	slices.SortStableFunc(found, func(a, b Expansion) int {
		return cmp.Or(cmp.Compare(a.Pos.Line, b.Pos.Line), cmp.Compare(a.Pos.Column, b.Pos.Column))
	})
	return found
}

// wholeExpansions lists the expansions of a file that is read from its expanded text
// which lie in one scalar.
func (r *reader) wholeExpansions(whole *expansion, n node, path, key string) []Expansion {
	scalar, ok := r.layer.text.Scalar(n)
	if !ok {
		return nil
	}
	start, end := scalar.Source(0), scalar.Source(len(scalar.Text))
	for end < len(whole.text) && isBlankByte(whole.text[end]) {
		end++
	}
	var found []Expansion
	first := sort.Search(len(whole.refs), func(i int) bool { return whole.refs[i].at >= start })
	for _, ref := range whole.refs[first:] {
		if ref.at > end {
			break
		}
		x := whole.describe(ref, path, key)
		offset := r.layer.offset(n) - whole.source(r.layer.text.Offset(n.Line, n.Column))
		x.Pos, x.End = r.index.Position(offset+ref.start), r.index.Position(offset+ref.end)
		found = append(found, x)
	}
	return found
}

func isBlankByte(b byte) bool { return b == ' ' || b == '\t' }

func (e *expansion) describe(ref reference, path, key string) Expansion {
	return Expansion{
		Path: path, Key: key, Text: e.written[ref.start:ref.end], Name: ref.name, Set: ref.set,
		InAction: inAction(e.written, ref.start), Line: e.line(ref),
	}
}

// walk calls visit for each scalar below a node, with the keys that lead to it.
func (r *reader) walk(n node, path, key string, seen map[node]bool, visit func(n node, path, key string)) {
	if n = target(n); n == nil || seen[n] || !r.visit(n) {
		return
	}
	seen[n] = true // until the walk leaves it: an alias can lead to itself
	defer delete(seen, n)
	switch n.Kind {
	case yaml.ScalarNode:
		visit(n, path, key)
	case yaml.SequenceNode:
		for i, child := range n.Content {
			r.walk(child, fmt.Sprintf("%s[%d]", path, i), key, seen, visit)
		}
	case yaml.MappingNode:
		for i := 0; i+1 < len(n.Content); i += 2 {
			name := n.Content[i].Value
			r.walk(n.Content[i], path, "", seen, visit)
			r.walk(n.Content[i+1], strings.TrimPrefix(path+"."+name, "."), name, seen, visit)
		}
	}
}

// asWritten returns the text of a scalar before its expansion.
func (r *reader) asWritten(n node) string {
	whole := r.layer.whole
	if whole == nil {
		return r.written(n).Value
	}
	scalar, ok := r.layer.text.Scalar(n)
	if !ok {
		return n.Value
	}
	start, end := whole.source(scalar.Source(0)), whole.source(scalar.Source(len(scalar.Text)))
	for _, ref := range whole.refs {
		if ref.start >= start && ref.start <= end {
			return whole.written[start:max(end, ref.end)]
		}
	}
	return n.Value
}

// lacks reports whether a scalar refers to a variable that is meant but not set.
func (r *reader) lacks(n node) bool {
	exp, start, end := r.effective[n].exp, 0, len(n.Value)
	if whole := r.layer.whole; whole != nil {
		scalar, ok := r.layer.text.Scalar(n)
		if !ok {
			return false
		}
		exp, start, end = whole, scalar.Source(0), scalar.Source(len(scalar.Text))
	}
	return exp != nil && slices.ContainsFunc(exp.refs, func(ref reference) bool {
		return !ref.set && exp.meant(ref) && ref.at >= start && ref.at <= end
	})
}
