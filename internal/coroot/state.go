package coroot

import (
	"context"
	"fmt"
	"strings"
	"text/tabwriter"

	"github.com/hooktool/hooktool/internal/typeset"
	"github.com/hooktool/hooktool/pkg/destination/catalog"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// State describes one project and its webhook.
type State struct {
	ID         string `json:"id"`
	Name       string `json:"name"`
	Configured bool   `json:"webhook"`
	Incident   bool   `json:"incidents"`
	Deployment bool   `json:"deployments"`
	Alert      bool   `json:"alerts"`
	URL        string `json:"url,omitempty"` // masked, or <hidden>
	ReadOnly   bool   `json:"readonly"`
	BaseURL    string `json:"base_url,omitempty"`
}

// Overview is the states of projects, as a user sees them.
type Overview struct {
	User     User
	Projects []State
}

// JSON is what hooktool coroot projects --format json prints.
func (o *Overview) JSON() any {
	user := map[string]any{"email": o.User.Email, "role": o.User.Role, "anonymous": o.User.Anonymous}
	return map[string]any{"version": 1, "user": user, "projects": o.Projects}
}

// Overview requests the states of all projects, or of the one with a name or an ID.
func (c *Client) Overview(ctx context.Context, name string, showSecrets bool) (*Overview, error) {
	o := &Overview{c.user, []State{}}
	projects := c.user.Projects
	if name != "" || len(projects) == 0 {
		project, err := c.Project(name)
		if err != nil {
			return nil, err
		}
		projects = []Project{project}
	}
	for _, p := range projects {
		state, err := c.state(ctx, p, showSecrets)
		if err != nil {
			return nil, err
		}
		o.Projects = append(o.Projects, state)
	}
	return o, nil
}

// state requests the state of a project. Secrets in the URL are masked unless
// showSecrets is set.
func (c *Client) state(ctx context.Context, p Project, showSecrets bool) (State, error) {
	state, err := c.Integrations(ctx, p)
	if err != nil {
		return State{}, err
	}
	w := state.Webhook
	described := State{
		ID: p.ID, Name: p.Name, Configured: w.Configured, Incident: w.Incidents, Deployment: w.Deployments, Alert: w.Alerts,
		ReadOnly: state.ReadOnly, BaseURL: state.BaseURL,
	}
	if !w.Configured {
		return described, nil
	}
	d, err := c.Webhook(ctx, p)
	if err != nil {
		return State{}, err
	}
	switch described.URL = d.URL; {
	case d.Hidden(), showSecrets:
	default:
		described.URL = maskedURL(d.URL)
	}
	return described, nil
}

// maskedURL shows the parts of a webhook's URL that are not secret.
func maskedURL(url string) string {
	return webhook.NewRedactorKnowing(webhook.Webhook{URL: url}, catalog.Secrets(url)).URL(url)
}

// States lists projects for people.
func States(projects []State, style typeset.Style) string {
	var b strings.Builder
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "PROJECT\tID\tSENDS\tURL\tFROM")
	for _, p := range projects {
		url, from := p.URL, "its settings"
		if !p.Configured {
			url = "-"
		}
		if p.ReadOnly {
			from = "the configuration file (read-only)"
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\n", typeset.OneLine(p.Name), typeset.OneLine(p.ID), p.sends(), typeset.OneLine(url), from)
	}
	_ = w.Flush() // to a string
	head, rest, _ := strings.Cut(b.String(), "\n")
	return fmt.Sprintf("%s\n%s", style.Bold(strings.TrimRight(head, " ")), rest)
}

func (p State) sends() string {
	if !p.Configured {
		return "no webhook"
	}
	var kinds []string
	for _, each := range []struct {
		on   bool
		name string
	}{{p.Incident, "incidents"}, {p.Deployment, "deployments"}, {p.Alert, "alerts"}} {
		if each.on {
			kinds = append(kinds, each.name)
		}
	}
	if len(kinds) == 0 {
		return "nothing: everything is turned off"
	}
	return strings.Join(kinds, ", ")
}
