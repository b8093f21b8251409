package playground

import (
	"cmp"
	"context"
	"embed"
	"path"
	"time"

	"github.com/hooktool/hooktool/internal/preview/page"
	"github.com/hooktool/hooktool/pkg/destination/catalog"
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/lint"
	"github.com/hooktool/hooktool/pkg/rewrite"
	"github.com/hooktool/hooktool/pkg/webhook"
	"github.com/hooktool/hooktool/pkg/workspace"
)

// documented are the templates of Coroot's documentation.
//
//go:embed documented
var documented embed.FS

// own is the text that a template of one's own begins with: something valid that
// belongs to no destination, to be replaced.
const own = "{{/* Put your own template here: its destination is told by its shape. */ -}}\n{\"text\": {{ json (print .) }}}\n"

// place is where a template is listed.
type place struct {
	path, group, title string
	clean              bool // tests hold it to every rule
}

// New returns the page. Its templates are texts in memory, and nothing is written.
func New() (*page.Pages, error) {
	places, texts, err := templates()
	if err != nil {
		return nil, err
	}
	files := workspace.NewOverlay(nil, texts)
	w := page.Workspace{
		Scan: func(context.Context) page.Scan { return scan(files, places) },
		Check: func(ctx context.Context, t workspace.Template) lint.Result {
			return lint.Check(ctx, t, lint.Options{Now: time.Now(), Brief: true})
		},
		Fix: func(ctx context.Context, t workspace.Template) (string, error) {
			result, err := rewrite.Template(ctx, &t, rewrite.Options{Brief: true})
			if err != nil {
				return "", err
			}
			return result.Text, nil
		},
		Limits:      webhook.DefaultLimits(),
		ShowSecrets: true, // they are the visitor's own, and go nowhere
	}
	return page.New(w, page.Options{Playground: true}), nil
}

// templates lists what there is to try, in the order in which it is shown. The
// playground opens with the first, whose JSON breaks and can be repaired.
func templates() ([]place, map[string]string, error) {
	var places []place
	texts := map[string]string{}
	add := func(p place, text string) {
		places = append(places, p)
		texts[p.path] = text
	}
	kinds := []event.Kind{event.KindAlert, event.KindIncident, event.KindDeployment}
	for _, name := range []string{"telegram", "discord", "mattermost"} {
		for _, kind := range kinds {
			file := path.Join("documented", name, kind.String()+".tmpl")
			text, err := documented.ReadFile(file)
			if err != nil {
				return nil, nil, err
			}
			add(place{file, "From Coroot's documentation", catalog.ByName(name).Title + ": " + kind.String(), false}, string(text))
		}
	}
	for _, kind := range kinds {
		add(place{"own/" + kind.String() + ".tmpl", "Your own", kind.String(), true}, own)
	}
	for _, d := range catalog.All() {
		for _, kind := range kinds {
			if text := d.Starter(kind); text != "" {
				add(place{path.Join(d.Name, kind.String()+".tmpl"), d.Title, kind.String(), true}, text)
			}
		}
	}
	return places, texts, nil
}

// scan reads the templates as hooktool reads files.
func scan(files workspace.FS, places []place) page.Scan {
	var found page.Scan
	w := workspace.New(workspace.Options{Files: files})
	for _, p := range places {
		all, err := w.Templates(p.path)
		if err != nil || len(all) != 1 {
			found.Err = cmp.Or(found.Err, err)
			continue
		}
		found.Templates = append(found.Templates, page.Template{Template: all[0], ID: p.path, Group: p.group, Title: p.title, Clean: p.clean})
	}
	return found
}
