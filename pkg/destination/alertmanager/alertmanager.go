// Package alertmanager describes the alerts API of Prometheus Alertmanager.
//
// The facts come from the source of prometheus/alertmanager of 2026-08-22 (api/v2).
package alertmanager

import (
	"embed"
	"encoding/json"
	"strings"
	"time"

	"github.com/hooktool/hooktool/pkg/destination"
	"github.com/hooktool/hooktool/pkg/destination/markup"
	"github.com/hooktool/hooktool/pkg/webhook"
)

//go:embed schema.json webhook.yaml *.tmpl
var files embed.FS

// New returns the destination.
func New() *destination.Destination {
	return &destination.Destination{
		Name:    "alertmanager",
		Title:   "Alertmanager",
		Aliases: []string{"prometheus-alertmanager"},
		Summary: "alerts that Prometheus Alertmanager groups, silences and forwards",
		Docs:    "https://prometheus.io/docs/alerting/latest/alerts_api/",
		URLs: []destination.URLForm{
			{
				Pattern: `/api/v2/alerts/?$`, AnyHost: true,
				Example: "http://alertmanager.example.com:9093/api/v2/alerts",
			},
			{
				Pattern: `/api/v1/alerts/?$`, AnyHost: true, Retired: true,
				Example: "http://alertmanager.example.com:9093/api/v1/alerts", Note: "version 1 of the API no longer exists: use /api/v2/alerts",
			},
		},
		Shapes:        []destination.Shape{{"$[*].labels"}, {"$[*].labels", "$[*].labels.alertname"}},
		SecretHeaders: []string{"Authorization"},
		SelfHosted:    true,
		Files:         files,
		Look:          show,
		Visible: []destination.TextRule{
			{Path: "$[*].labels.alertname", Label: "the name of the alert", Dialect: markup.PlainText},
			{Path: "$[*].annotations.*", Label: "an annotation", Dialect: markup.PlainText},
		},
		Unknown: destination.UnknownUnsaid,
		Null:    destination.NullTaken,
		Rules: []string{
			"the body is an array of alerts, so Coroot's repair of line breaks never applies",
			"an alert is identified by its labels: put what changes into annotations",
			"startsAt and endsAt may be empty, a date, or without a zone; generatorURL is a full URL",
			"null means the same as leaving out the member",
			"a label with an empty value counts as missing",
			"an alert without endsAt resolves when it is not sent again within resolve_timeout, which is 5 minutes by default; Coroot sends once",
		},
		Extra:   extra,
		Example: `[{"labels": {"alertname": "checkout", "severity": "critical"}, "annotations": {"summary": "checkout is down"}, "generatorURL": "https://coroot.example.com"}]`,
		Read:    read,
		Answers: answers(),

		Endpoint: "/api/v2/alerts",
		Respond:  respond,
	}
}

// extra finds alerts whose labels are all empty, and those that end before they begin.
func extra(p *destination.Payload) []destination.Problem {
	var problems []destination.Problem
	p.Each("$[*]", func(alert *destination.Value) {
		from, err1 := time.Parse(time.RFC3339, alert.Get("startsAt").Str())
		to, err2 := time.Parse(time.RFC3339, alert.Get("endsAt").Str())
		if err1 == nil && err2 == nil && to.Before(from) {
			problems = append(problems, destination.ProblemAt(alert.Get("endsAt"), destination.Error, destination.Refused,
				"endsAt must not be before startsAt: Alertmanager answers \"start time must be before end time\"", ""))
		}
	})
	p.Each("$[*].labels", func(labels *destination.Value) {
		for _, label := range labels.Members {
			if label.Value.Str() != "" {
				return
			}
		}
		problems = append(problems, destination.ProblemAt(labels, destination.Error, destination.Refused,
			"an alert must have a label with a value", "add \"alertname\""))
	})
	return problems
}

// read reads the errors of the API: a JSON string, or {"code":N,"message":"…"}.
func read(r webhook.Response) destination.Reading {
	if r.StatusCode < 300 {
		if strings.TrimSpace(r.Body) != "" {
			return destination.Reading{Doubt: true}
		}
		return destination.Reading{}
	}
	if reply, ok := destination.ReadReply(r); ok {
		return destination.Reading{Outcome: webhook.Rejected, Reason: reply.Str("message")}
	}
	var text string
	if json.Unmarshal([]byte(r.Body), &text) == nil {
		return destination.Reading{Outcome: webhook.Rejected, Reason: text}
	}
	return destination.Reading{}
}

func answers() []destination.Answer {
	const refused = webhook.Rejected
	return []destination.Answer{
		{Status: 200, Outcome: webhook.Delivered},
		{Says: "label", Outcome: refused, Hint: "label names consist of letters, digits and _, and at least one label needs a value"},
		{Says: "start time must be before end time", Outcome: refused, Hint: "endsAt must not be before startsAt"},
		{Status: 400, Outcome: refused, Hint: "the body must be an array of alerts with labels, all of them strings"},
		{Status: 422, Outcome: refused, Hint: "the answer names the field that is wrong"},
		{Status: 401, Outcome: refused, Hint: "give the user and password with --user"},
		{Status: 404, Outcome: refused, Hint: "the URL is http://<server>:9093/api/v2/alerts, after the server's route prefix if it has one"},
		{Status: 410, Outcome: refused, Hint: "use /api/v2/alerts"},
	}
}
