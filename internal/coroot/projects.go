package coroot

import (
	"context"
	"fmt"
	"strings"

	"github.com/hooktool/hooktool/internal/words"
)

// Project returns the project with a name or an ID. An empty name means the only
// project that there is. An ID takes precedence over a name.
func (c *Client) Project(name string) (Project, error) {
	projects := c.user.Projects
	if len(projects) == 0 {
		return Project{}, &Error{Message: "this user cannot see any project", Hint: "you are signed in as " + c.user.String()}
	}
	if name == "" {
		if len(projects) == 1 {
			return projects[0], nil
		}
		return Project{}, &Error{Usage: true, Message: fmt.Sprintf("there are %d projects", len(projects)), Hint: "choose one with --project: " + words.Or(describeProjects(projects))}
	}
	var named []Project
	for _, p := range projects {
		if p.ID == name {
			return p, nil
		}
		if p.Name == name {
			named = append(named, p)
		}
	}
	switch len(named) {
	case 1:
		return named[0], nil
	case 0:
		return Project{}, &Error{
			Usage: true, Message: fmt.Sprintf("there is no project %q", name),
			Hint: words.Suggest(name, projectNames(projects), "the projects are "+words.And(describeProjects(projects))),
		}
	}
	ids := make([]string, len(named))
	for i, p := range named {
		ids[i] = p.ID
	}
	return Project{}, &Error{Usage: true, Message: fmt.Sprintf("%d projects have the name %q", len(named), name), Hint: "choose one by its id: " + words.Or(ids)}
}

func projectNames(projects []Project) []string {
	var names []string
	for _, p := range projects {
		names = append(names, p.Name, p.ID)
	}
	return names
}

func describeProjects(projects []Project) []string {
	var described []string
	for _, p := range projects {
		described = append(described, p.String())
	}
	return described
}

// String returns the name and the ID, or one of them if they are the same.
func (p Project) String() string {
	if p.Name == "" || p.Name == p.ID {
		return p.ID
	}
	return p.Name + " (" + p.ID + ")"
}

// String describes the user, for people.
func (u User) String() string {
	name := u.Email
	if u.Anonymous || name == "" {
		name = "anonymous"
	}
	if u.Role == "" {
		return name
	}
	return name + ", " + u.Role
}

// MayWrite reports whether the user may write and test the webhook. Of Coroot's own
// roles only Admin may; for an unknown role it makes no prediction, and Coroot decides.
func (u User) MayWrite() bool {
	return !strings.EqualFold(u.Role, "Viewer") && !strings.EqualFold(u.Role, "Editor")
}

// Integrations is what Coroot says about a project's integrations.
type Integrations struct {
	BaseURL string // what Coroot puts before the links in its messages
	Webhook Integration
	// ReadOnly says that they come from Coroot's configuration file: changes to them
	// are undone when it restarts.
	ReadOnly bool
}

// Integration is the state of the webhook.
type Integration struct {
	Configured  bool `json:"configured"`
	Incidents   bool `json:"incidents"`
	Deployments bool `json:"deployments"`
	Alerts      bool `json:"alerts"`
}

// Integrations reads whether a project has a webhook and whether it can be written.
func (c *Client) Integrations(ctx context.Context, p Project) (Integrations, error) {
	var read struct {
		BaseURL      string `json:"base_url"`
		ReadOnly     bool   `json:"readonly"`
		Integrations []struct {
			Type string `json:"type"`
			Integration
		} `json:"integrations"`
	}
	if err := c.getJSON(ctx, "reading the integrations of "+p.String(), &read, "project", p.ID, "integrations"); err != nil {
		return Integrations{}, err
	}
	result := Integrations{BaseURL: read.BaseURL, ReadOnly: read.ReadOnly}
	for _, each := range read.Integrations {
		if each.Type == "webhook" {
			result.Webhook = each.Integration
		}
	}
	return result, nil
}
