package coroot

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"reflect"

	"github.com/hooktool/hooktool/internal/jsontree"
	"github.com/hooktool/hooktool/pkg/destination/catalog"
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// hiddenURL replaces the URL if the user may not see it.
const hiddenURL = "<hidden>"

// Definition is the webhook of a project in the API's format. Writing replaces all of
// it.
type Definition struct {
	URL                string            `json:"url"`
	TLSSkipVerify      bool              `json:"tls_skip_verify"`
	BasicAuth          *BasicAuth        `json:"basic_auth"`
	CustomHeaders      []Header          `json:"custom_headers"`
	CustomFields       map[string]string `json:"custom_fields"`
	Incidents          bool              `json:"incidents"`
	Deployments        bool              `json:"deployments"`
	Alerts             bool              `json:"alerts"`
	IncidentTemplate   string            `json:"incident_template"`
	DeploymentTemplate string            `json:"deployment_template"`
	AlertTemplate      string            `json:"alert_template"`
}

// BasicAuth is the user and the password of a webhook.
type BasicAuth struct {
	User     string `json:"user"`
	Password string `json:"password"`
}

// Header is a header of a webhook.
type Header struct {
	Key   string `json:"key"`
	Value string `json:"value"`
}

// NewDefinition returns the definition of a webhook in the API's format.
func NewDefinition(w webhook.Webhook) Definition {
	d := Definition{
		URL: w.URL, TLSSkipVerify: w.TLSSkipVerify, CustomFields: maps.Clone(w.CustomFields),
		Incidents: w.Incidents, Deployments: w.Deployments, Alerts: w.Alerts,
		IncidentTemplate:   w.Templates[event.KindIncident],
		DeploymentTemplate: w.Templates[event.KindDeployment],
		AlertTemplate:      w.Templates[event.KindAlert],
	}
	if w.BasicAuth != nil {
		d.BasicAuth = &BasicAuth{User: w.BasicAuth.Username, Password: w.BasicAuth.Password}
	}
	for _, h := range w.CustomHeaders {
		d.CustomHeaders = append(d.CustomHeaders, Header(h))
	}
	return d
}

// Webhook converts the definition to a webhook.Webhook, leaving out empty templates.
func (d Definition) Webhook() webhook.Webhook {
	w := webhook.Webhook{
		URL: d.URL, TLSSkipVerify: d.TLSSkipVerify, CustomFields: maps.Clone(d.CustomFields),
		Incidents: d.Incidents, Deployments: d.Deployments, Alerts: d.Alerts, Templates: map[event.Kind]string{},
	}
	if d.BasicAuth != nil && *d.BasicAuth != (BasicAuth{}) {
		w.BasicAuth = &webhook.BasicAuth{Username: d.BasicAuth.User, Password: d.BasicAuth.Password}
	}
	for _, h := range d.CustomHeaders {
		w.CustomHeaders = append(w.CustomHeaders, webhook.Header(h))
	}
	for _, kind := range event.Kinds() {
		if text := d.template(kind); text != "" {
			w.Templates[kind] = text
		}
	}
	return w
}

// template returns the template of a kind.
func (d Definition) template(kind event.Kind) string {
	switch kind {
	case event.KindIncident:
		return d.IncidentTemplate
	case event.KindDeployment:
		return d.DeploymentTemplate
	case event.KindAlert:
		return d.AlertTemplate
	}
	return ""
}

// Equal reports whether two definitions mean the same: to Coroot, no headers and an
// empty list of them are equal.
func (d Definition) Equal(other Definition) bool {
	return reflect.DeepEqual(d.normal(), other.normal())
}

func (d Definition) normal() Definition {
	if d.BasicAuth != nil && *d.BasicAuth == (BasicAuth{}) {
		d.BasicAuth = nil
	}
	if len(d.CustomHeaders) == 0 {
		d.CustomHeaders = nil
	}
	if len(d.CustomFields) == 0 {
		d.CustomFields = nil
	}
	return d
}

// Hidden reports whether Coroot has hidden the URL, as it does for everybody except an
// Admin.
func (d Definition) Hidden() bool { return d.URL == hiddenURL }

// JSON returns the definition in the API's format, indented, with < and > unescaped.
func (d Definition) JSON() ([]byte, error) {
	var b bytes.Buffer
	err := jsontree.Write(&b, d)
	return b.Bytes(), err
}

// Webhook reads the definition of a project's webhook. One that is not configured
// has no URL.
func (c *Client) Webhook(ctx context.Context, p Project) (Definition, error) {
	var d Definition
	err := c.getJSON(ctx, "reading the webhook of "+p.String(), &d, "project", p.ID, "integrations", "webhook")
	return d, err
}

// SetWebhook replaces the definition of a project's webhook. Coroot answers with
// success to much that has no effect: check Integrations.ReadOnly before, and read the
// webhook again afterwards.
func (c *Client) SetWebhook(ctx context.Context, p Project, d Definition) error {
	return c.send(ctx, "writing the webhook of "+p.String(), http.MethodPut, p, d)
}

// TestWebhook makes Coroot send its test messages with a definition, which it does not
// store: an incident, and if that succeeds a deployment. Each may take 5 seconds. The
// alert template is not tested. The error contains what Coroot says, which can quote the
// secrets of the definition: they are masked unless showSecrets is set.
func (c *Client) TestWebhook(ctx context.Context, p Project, d Definition, showSecrets bool) error {
	err := c.send(ctx, "letting Coroot test the webhook of "+p.String(), http.MethodPost, p, d)
	var e *Error
	if errors.As(err, &e) && e.Refused() {
		if !showSecrets {
			e.Message = webhook.NewRedactorKnowing(d.Webhook(), catalog.Secrets(d.URL)).Answer(e.Message)
		}
		e.Hint = cmp.Or(e.Hint, "this is what happened in Coroot's own network; test-send sends the same from here")
	}
	return err
}

func (c *Client) send(ctx context.Context, doing, method string, p Project, d Definition) error {
	body, err := json.Marshal(d)
	if err != nil {
		return fmt.Errorf("%s: %w", doing, err)
	}
	answer, err := c.do(ctx, doing, method, body, "project", p.ID, "integrations", "webhook")
	if err != nil {
		return err
	}
	if isPage(answer.contentType, answer.body) {
		return c.pageError(doing)
	}
	return nil
}

// Tested says what Coroot has sent when it tested a definition; empty if nothing.
func (d Definition) Tested() string {
	switch {
	case d.Incidents && d.Deployments:
		return "an incident and a deployment were accepted"
	case d.Incidents:
		return "an incident was accepted"
	case d.Deployments:
		return "a deployment was accepted"
	}
	return ""
}
