package main

import (
	"github.com/spf13/cobra"

	"github.com/hooktool/hooktool/cmd/internal/option"
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/workspace"
)

// templateFlags are the flags that say which templates are meant, and what they
// are. They mean the same in every command that has them.
type templateFlags struct {
	kind         string
	destination  string
	customFields []string
	webhook      string

	several  bool     // --webhook can be given several times
	webhooks []string // then; webhook is the one that is looked at
}

func (f *templateFlags) register(a *app, cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.SortFlags = false
	option.Kind(cmd, &f.kind, "the `kind` of the templates")
	option.Destination(cmd, &f.destination)
	flags.StringArrayVar(&f.customFields, "custom-field", nil, "a custom field of the webhook, as `KEY=VALUE`; repeatable")
	const use = "use the webhook of this `name` in the configuration"
	if f.several {
		flags.StringArrayVarP(&f.webhooks, "webhook", "w", nil, use+"; repeatable")
		option.CompleteBy(cmd, "webhook", a.completeWebhooks)
		return
	}
	a.webhookVar(cmd, &f.webhook, use)
}

// said is what the flags say of all templates.
func (f *templateFlags) said() (workspace.Said, error) {
	fields, err := option.Values("custom-field", f.customFields)
	return workspace.Said{Kind: event.Kind(f.kind), Destination: f.destination, Webhook: f.webhook, CustomFields: fields}, err
}

// workspace returns what finds the templates that the user means, as files and
// configuration are now.
func (a *app) workspace(said workspace.Said, stdin string) *workspace.Workspace {
	return a.workspaceSkipping(said, stdin, false)
}

// skipUnrelatedVar registers the flag for hooks, which give every file that changed.
func skipUnrelatedVar(cmd *cobra.Command, skip *bool) {
	cmd.Flags().BoolVar(skip, "skip-unrelated", false, "skip YAML files without webhooks; finding nothing at all is not an error")
}

func (a *app) workspaceSkipping(said workspace.Said, stdin string, unrelated bool) *workspace.Workspace {
	return a.config.Workspace(workspace.Options{
		Stdin: a.stdin(), StdinName: stdin, Found: a.learnWebhook, Read: a.learnText, Said: said, SkipUnrelated: unrelated,
	})
}
