package workspace_test

import (
	"fmt"

	"github.com/hooktool/hooktool/pkg/config"
	"github.com/hooktool/hooktool/pkg/workspace"
)

// The buffers of an editor, or of a page, need no disk. The webhook that names a file
// says which fields the template in it can use and where its message goes.
func Example() {
	buffers := map[string]string{
		".hooktool.yaml": "webhooks:\n  chat:\n    destination: discord\n    customFields: {Team: shop}\n    alertTemplateFile: firing.tmpl\n",
		"firing.tmpl":    `{"content": {{ json .Team }}}`,
	}
	configuration, err := config.Parse(".hooktool.yaml", []byte(buffers[".hooktool.yaml"]), nil)
	if err != nil {
		panic(err)
	}
	w := workspace.New(workspace.Options{
		Files: workspace.NewOverlay(nil, buffers), Configs: []*config.File{configuration},
	})
	templates, err := w.Templates("firing.tmpl")
	if err != nil {
		panic(err)
	}
	for _, t := range templates {
		found, err := t.Detect()
		fmt.Println(t.Path, t.Kind, t.KindBy, t.Webhook, t.CustomKeys(), found.Destination.Name, err)
	}
	// Output: firing.tmpl alert key chat [Team] discord <nil>
}
