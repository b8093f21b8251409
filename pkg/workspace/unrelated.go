package workspace

import (
	"strings"
	"sync"
	"text/template/parse"

	"github.com/hooktool/hooktool/internal/words"
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/source"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// isUnrelated reports whether a source is a template of another system, such as a Helm
// chart or a web site: nothing says its kind, no webhook has it, and it uses nothing
// that Coroot gives to templates. Whatever may be meant for Coroot is not unrelated.
func (w *Workspace) isUnrelated(s *Source) bool {
	if s.Path == "-" || w.o.Kind != "" || len(w.o.Webhooks) > 0 || kindOfName(s.Path) != "" {
		return false
	}
	if s.read, s.err = w.look(s.Path); s.err != nil {
		return false
	}
	text := string(s.read.data)
	if webhook.Directive(text)["type"] != "" {
		return false
	}
	if owners, err := w.ownersOf(s.Path); err != nil || len(owners) > 0 {
		return false
	}
	return isForeign(text)
}

// isForeign reports whether a template uses fields, but none that Coroot has or that is
// spelt like one, does not use the function json, and does not begin like JSON.
func isForeign(text string) bool {
	parsed, err := source.ParseTemplate("", text)
	if err != nil {
		return false
	}
	foreign, ours := false, false
	for _, tree := range parsed.Trees {
		source.Inspect(tree.Root, func(node parse.Node) bool {
			name := ""
			switch node := node.(type) {
			case *parse.TextNode:
				ours = ours || strings.IndexAny(strings.TrimLeft(string(node.Text), " \t\r\n\ufeff"), "{[") == 0
			case *parse.IdentifierNode:
				ours = ours || node.Ident == "json"
			case *parse.FieldNode:
				name = node.Ident[0]
			case *parse.VariableNode:
				if len(node.Ident) > 1 && node.Ident[0] == "$" {
					name = node.Ident[1]
				}
			}
			foreign = foreign || name != ""
			ours = ours || name != "" && words.Nearest(name, fieldNames()) != ""
			return !ours
		})
	}
	return foreign && !ours
}

// fieldNames lists what the dot of a template has, for every kind.
var fieldNames = sync.OnceValue(func() []string {
	var names []string
	for _, kind := range event.Kinds() {
		for _, field := range event.Fields(kind) {
			names = append(names, field.Name)
		}
	}
	return names
})
