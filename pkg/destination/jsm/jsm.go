// Package jsm describes the alerts of Jira Service Management, the successor of
// Opsgenie.
//
// The facts come from developer.atlassian.com (the collection jira-service-desk-ops).
// That it accepts Opsgenie's body with Opsgenie's limits is not documented in one
// place, but it is true of the integration API.
package jsm

import (
	"embed"

	"github.com/hooktool/hooktool/pkg/destination"
	"github.com/hooktool/hooktool/pkg/destination/opsgenie"
)

//go:embed schema.json webhook.yaml *.tmpl
var files embed.FS

// New returns the destination.
func New() *destination.Destination {
	d := opsgenie.AlertAPI("jsm", "Jira Service Management")
	d.Aliases = []string{"jira-service-management", "jiraservicemanagement", "jsm-ops"}
	d.Summary = "an alert, through the integration API of Jira Service Management's operations, the successor to Opsgenie"
	d.Docs = "https://developer.atlassian.com/cloud/jira/service-desk-ops/rest/v2/intro/"
	d.Files = files
	d.Endpoint = "/jsm/ops/integration/v2/alerts"
	d.URLs = []destination.URLForm{
		{
			Pattern: `^api\.atlassian\.com/jsm/ops/integration/v2/alerts/?$`,
			Example: "https://api.atlassian.com/jsm/ops/integration/v2/alerts", Note: "the secret is the header Authorization: GenieKey …",
		},
		{
			Pattern: `^api\.atlassian\.com/jsm/ops/api/[^/]+/v1/alerts/?$`,
			Example: "https://api.atlassian.com/jsm/ops/api/00000000-0000-0000-0000-000000000000/v1/alerts",
			Note:    "the REST API needs basic auth with a user's email and API token; an integration key is the better choice",
		},
		{
			Pattern: `/jsm/ops/integration/v2/alerts/?$`, AnyHost: true,
			Example: "http://127.0.0.1:8080/jsm/ops/integration/v2/alerts", Note: "a proxy or a stand-in",
		},
	}
	for i := range d.Limits {
		d.Limits[i].Soft = true
	}
	d.Notice = "the limits are those of Opsgenie, which this service replaces"
	return d
}
