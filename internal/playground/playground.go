package playground

import (
	"embed"
	"path"

	"github.com/hooktool/hooktool/internal/preview"
	"github.com/hooktool/hooktool/internal/preview/page"
	"github.com/hooktool/hooktool/pkg/destination/catalog"
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/workspace"
)

// documented are the templates of Coroot's documentation.
//
//go:embed documented
var documented embed.FS

// own is the text that a template of your own begins with: something valid that belongs
// to no destination, to be replaced.
const own = "{{/* Put your own template here: its shape tells the destination. */ -}}\n{\"text\": {{ json (print .) }}}\n"

// New returns the page. Its templates are texts in memory, and nothing is written.
func New() (*page.Pages, error) {
	paths, texts, headings, err := templates()
	if err != nil {
		return nil, err
	}
	w := page.Workspace{
		Heading:     func(t *workspace.Template) page.Heading { return headings[t.Path] },
		Brief:       true,
		Limits:      preview.DefaultLimits(),
		ShowSecrets: true, // they are the visitor's own, and go nowhere
		Paths:       paths,
		Open: func() (*workspace.Workspace, error) {
			return workspace.New(workspace.Options{Files: workspace.NewOverlay(nil, texts)}), nil
		},
	}
	return page.New(w, page.Options{Playground: true}), nil
}

// templates lists what there is to try, in the order in which it is shown. The
// playground opens with the first, whose JSON breaks and can be repaired.
func templates() (paths []string, texts map[string]string, headings map[string]page.Heading, err error) {
	texts, headings = map[string]string{}, map[string]page.Heading{}
	add := func(path, text string, heading page.Heading) {
		paths = append(paths, path)
		texts[path], headings[path] = text, heading
	}
	kinds := []event.Kind{event.KindAlert, event.KindIncident, event.KindDeployment}
	for _, name := range []string{"telegram", "discord", "mattermost"} {
		for _, kind := range kinds {
			file := path.Join("documented", name, kind.String()+".tmpl")
			text, err := documented.ReadFile(file)
			if err != nil {
				return nil, nil, nil, err
			}
			add(file, string(text), page.Heading{Group: "From Coroot's documentation", Title: catalog.ByName(name).Title + ": " + kind.String()})
		}
	}
	for _, kind := range kinds {
		add("own/"+kind.String()+".tmpl", own, page.Heading{Group: "Your own", Title: kind.String(), Clean: true})
	}
	for _, d := range catalog.All() {
		for _, kind := range kinds {
			if text := d.Starter(kind); text != "" {
				add(path.Join(d.Name, kind.String()+".tmpl"), text, page.Heading{Group: d.Title, Title: kind.String(), Clean: true}) // tests check it with every rule
			}
		}
	}
	return paths, texts, headings, nil
}
