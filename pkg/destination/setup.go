package destination

import (
	"io/fs"
	"strings"
)

// setupFile is the file in each folder that Setup reads.
const setupFile = "webhook.yaml"

// Setup says how to set up a webhook to a destination.
type Setup struct {
	Steps []string // what must be done at the destination, in sentences without a full stop
	YAML  string   // a webhook's definition without its name and templates, with secrets as ${NAME}
}

// Setup reads webhook.yaml: comments are the steps, the rest is the definition.
func (d *Destination) Setup() Setup {
	text, err := fs.ReadFile(d.Files, setupFile)
	if err != nil {
		return Setup{}
	}
	var setup Setup
	for line := range strings.Lines(string(text)) {
		if step, ok := strings.CutPrefix(line, "# "); ok {
			setup.Steps = append(setup.Steps, strings.TrimSpace(step))
			continue
		}
		setup.YAML += line
	}
	return setup
}
