// Package generic describes receivers of which nothing is known but that they
// take JSON.
package generic

import (
	"embed"

	"github.com/hooktool/hooktool/pkg/destination"
	"github.com/hooktool/hooktool/pkg/webhook"
)

//go:embed schema.json webhook.yaml *.tmpl
var files embed.FS

// New returns the destination.
func New() *destination.Destination {
	return &destination.Destination{
		Name:    "generic",
		Title:   "generic JSON",
		Aliases: []string{"json", "webhook"},
		Summary: "a receiver that takes JSON of its own shape; what it accepts beyond that is not known",
		Docs:    "https://docs.coroot.com/alerting/webhook",
		Files:   files,
		Unknown: destination.UnknownKept,
		Rules:   []string{"the body must be valid JSON"},
		Example: `{"status": "CRITICAL", "application": "default:Deployment:checkout"}`,
		Answers: []destination.Answer{
			{Status: 202, Outcome: webhook.Accepted, Meaning: "the receiver queued the message; what becomes of it is not known yet"},
		},
	}
}
