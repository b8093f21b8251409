// Package plaintext describes receivers that take the body as text.
package plaintext

import (
	"embed"

	"github.com/hooktool/hooktool/pkg/destination"
	"github.com/hooktool/hooktool/pkg/destination/markup"
	"github.com/hooktool/hooktool/pkg/webhook"
)

//go:embed schema.json webhook.yaml *.tmpl
var files embed.FS

// New returns the destination.
func New() *destination.Destination {
	return &destination.Destination{
		Name:    "plaintext",
		Title:   "plain text",
		Aliases: []string{"text", "plain"},
		Summary: "a receiver that takes the body as text, although Coroot always declares it as JSON",
		Docs:    "https://docs.coroot.com/alerting/webhook",
		Plain:   true,
		Files:   files,
		Visible: []destination.TextRule{{Path: "$", Label: "the body", Dialect: markup.PlainText}},
		Unknown: destination.UnknownKept,
		Rules:   []string{"Coroot sends Content-Type: application/json with every body"},
		Example: "checkout is down\n",
		Answers: []destination.Answer{
			{Status: 202, Outcome: webhook.Accepted, Meaning: "the receiver queued the message; the outcome is not known yet"},
			{Status: 415, Outcome: webhook.Rejected, Hint: "the receiver trusts the content type, so it takes no plain text from Coroot"},
		},
	}
}
