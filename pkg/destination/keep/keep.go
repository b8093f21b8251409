// Package keep describes the alerts that Keep (keephq) accepts at its generic webhook.
//
// The facts come from the source of keephq/keep: keep/api/models/alert.py and the
// routes of alerts. An event is queued and answered with 202: problems with it are
// found later, and reported to nobody.
package keep

import (
	"embed"

	"github.com/hooktool/hooktool/pkg/destination"
	"github.com/hooktool/hooktool/pkg/destination/markup"
	"github.com/hooktool/hooktool/pkg/destination/message"
	"github.com/hooktool/hooktool/pkg/webhook"
)

//go:embed schema.json webhook.yaml *.tmpl
var files embed.FS

// New returns the destination.
func New() *destination.Destination {
	return &destination.Destination{
		Name:    "keep",
		Title:   "Keep",
		Aliases: []string{"keephq"},
		Summary: "an alert in Keep, through its generic webhook",
		Docs:    "https://docs.keephq.dev/overview/alertseverityandstatus",
		URLs: []destination.URLForm{
			{
				Pattern: `^api\.keephq\.dev/alerts/event/?$`, SecretQuery: []string{"api_key"},
				Example: "https://api.keephq.dev/alerts/event", Note: "the secret is the header X-API-KEY",
			},
			{
				Pattern: `/alerts/event/?$`, SecretQuery: []string{"api_key"}, AnyHost: true,
				Example: "https://keep.example.com/v2/alerts/event", Note: "your own server; the secret is the header X-API-KEY",
			},
			{
				Pattern: `/alerts/event/[a-z0-9_-]+/?$`, SecretQuery: []string{"api_key"}, AnyHost: true,
				Example: "https://keep.example.com/v2/alerts/event/coroot",
				Note:    "the part after event names a Keep provider, which reads its own JSON, such as {{ json . }}",
			},
		},
		Shapes: []destination.Shape{
			{"$.name", "$.lastReceived", "$.severity"}, {"$.name", "$.fingerprint", "$.severity"}, {"$.name", "$.fingerprint", "$.status=firing"},
		},
		SecretHeaders: []string{"X-API-KEY"},
		Files:         files,
		Look: message.Flat{
			Badges: []string{"status", "severity"}, Title: []string{"name"}, Body: []string{"message", "description"}, Link: []string{"url"}, Facts: true,
		}.Look,
		Visible: []destination.TextRule{
			{Path: "$.name", Label: "the name", Dialect: markup.PlainText},
			{Path: "$.message", Label: "the message", Dialect: markup.PlainText},
			{Path: "$.description", Label: "the description", Dialect: markup.CommonMarkdown},
			{Path: "$[*].name", Label: "the name", Dialect: markup.PlainText},
			{Path: "$[*].message", Label: "the message", Dialect: markup.PlainText},
		},
		Unknown: destination.UnknownKept,
		Null:    destination.NullTaken,
		Rules: []string{
			"the body is an alert or a list of alerts; name is required",
			"status is firing, resolved, acknowledged, suppressed or pending; severity critical, high, warning, info or low; others count as firing and info",
			"the same fingerprint means the same alert; without one it is derived from the name",
			"url must be a full URL, or be left out",
			"additional fields are kept",
			"the answer 202 means that the event was queued; one that cannot be read is silently dropped",
		},
		Example: `{"name": "checkout is down", "status": "firing", "severity": "critical", "fingerprint": "default/checkout", "source": ["coroot"], "message": "5xx responses"}`,
		Read:    read,
		Answers: answers(),

		Endpoint: "/v2/alerts/event?api_key=StandIn",
		Respond:  respond,
	}
}

// read reads {"task_name":"…"} and {"detail":"…"}.
func read(r webhook.Response) destination.Reading {
	reply, ok := destination.ReadReply(r)
	switch {
	case ok && r.StatusCode >= 300 && reply.Str("detail") != "":
		return destination.Reading{Outcome: webhook.Rejected, Reason: reply.Str("detail")}
	case r.StatusCode < 300 && !ok:
		return destination.Reading{Doubt: true}
	}
	return destination.Reading{}
}

func answers() []destination.Answer {
	const refused = webhook.Rejected
	return []destination.Answer{
		{Status: 202, Outcome: webhook.Accepted, Meaning: "Keep queued the event; what happens to it is not reported", Hint: "look at the alert feed"},
		{Status: 400, Outcome: refused, Hint: "the body must be JSON, and /alerts/event/ must be followed by a provider that Keep knows"},
		{Status: 401, Outcome: refused, Hint: "add the header X-API-KEY with a key of the role webhook"},
		{Status: 403, Outcome: refused, Hint: "the key must have the role webhook"},
		{Status: 404, Outcome: refused, Hint: "the URL is that of Keep's API, ending in /alerts/event; self-hosted servers often have it below /v2"},
		{Status: 422, Outcome: refused, Hint: "the body must be JSON"},
	}
}
