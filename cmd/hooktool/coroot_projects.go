package main

import (
	"context"
	"fmt"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/hooktool/hooktool/cmd/internal/terminal"
	"github.com/hooktool/hooktool/internal/coroot"
	"github.com/hooktool/hooktool/pkg/destination/catalog"
	"github.com/hooktool/hooktool/pkg/webhook"
)

const corootProjectsLong = `List the projects of Coroot, and for each whether it has a webhook, what that one
sends, where it goes (masked), and whether it comes from Coroot's configuration
file, so that what is written through the API is undone at the next start.`

const corootProjectsExample = `  COROOT_BASE_URL=https://coroot.example.com COROOT_USERNAME=viewer hooktool coroot projects
  hooktool coroot projects --coroot-url https://coroot.example.com --format json`

func newCorootProjectsCmd(a *app) *cobra.Command {
	f := corootFlags{app: a}
	var format string
	cmd := &cobra.Command{
		Use:     "projects",
		Short:   "List the projects and what their webhooks send",
		Long:    corootProjectsLong,
		Example: corootProjectsExample,
		Args:    args(0, 0, "hooktool coroot projects"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := oneOf("format", format, "text", "json"); err != nil {
				return err
			}
			return runCorootProjects(cmd.Context(), &f, format)
		},
	}
	f.register(cmd)
	cmd.Flags().StringVar(&format, "format", "text", "print as `text` or json")
	completeWith(cmd, "format", "text", "json")
	return cmd
}

// corootProject is what is said of one project.
type corootProject struct {
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

func runCorootProjects(ctx context.Context, f *corootFlags, format string) error {
	client, err := f.open(ctx)
	if err != nil {
		return err
	}
	all := []corootProject{}
	for _, p := range client.User().Projects {
		if f.project != "" && f.project != p.ID && f.project != p.Name {
			continue
		}
		described, err := describeProject(ctx, client, p, f.app.showSecrets)
		if err != nil {
			return corootError(err)
		}
		all = append(all, described)
	}
	if len(all) == 0 {
		if _, err := client.Project(f.project); err != nil {
			return corootError(err)
		}
	}
	user := client.User()
	if format == "json" {
		return printJSON(f.app.out, map[string]any{"version": 1, "user": map[string]any{"email": user.Email, "role": user.Role, "anonymous": user.Anonymous}, "projects": all})
	}
	if err := printProjects(f.app, all); err != nil {
		return err
	}
	if !user.MayWrite() {
		f.app.note("you are %s: you may read, but only an Admin may write and test a webhook", terminal.Printable(user.String()))
	}
	return nil
}

func describeProject(ctx context.Context, client *coroot.Client, p coroot.Project, showSecrets bool) (corootProject, error) {
	state, err := client.Integrations(ctx, p)
	if err != nil {
		return corootProject{}, err
	}
	w := state.Webhook
	described := corootProject{
		ID: p.ID, Name: p.Name, Configured: w.Configured, Incident: w.Incidents, Deployment: w.Deployments, Alert: w.Alerts,
		ReadOnly: state.ReadOnly, BaseURL: state.BaseURL,
	}
	if !w.Configured {
		return described, nil
	}
	d, err := client.Webhook(ctx, p)
	if err != nil {
		return corootProject{}, err
	}
	switch described.URL = d.URL; {
	case d.Hidden(), showSecrets:
	default:
		described.URL = maskedURL(d.URL)
	}
	return described, nil
}

// maskedURL shows of a webhook's URL what is not secret.
func maskedURL(url string) string {
	return webhook.NewRedactorKnowing(webhook.Webhook{URL: url}, catalog.Secrets(url)).URL(url)
}

func printProjects(a *app, projects []corootProject) error {
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
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\n", oneLine(p.Name), oneLine(p.ID), p.sends(), oneLine(url), from)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	head, rest, _ := strings.Cut(b.String(), "\n")
	_, err := fmt.Fprintf(a.out, "%s\n%s", a.outPalette().Bold(strings.TrimRight(head, " ")), rest)
	if err != nil {
		return writeError(err)
	}
	return nil
}

func (p corootProject) sends() string {
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
		return "nothing: all is switched off"
	}
	return strings.Join(kinds, ", ")
}
