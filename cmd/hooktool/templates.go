package main

import (
	"slices"

	"github.com/spf13/cobra"

	"github.com/hooktool/hooktool/cmd/internal/exit"
	"github.com/hooktool/hooktool/cmd/internal/files"
	"github.com/hooktool/hooktool/cmd/internal/option"
	"github.com/hooktool/hooktool/cmd/internal/settings"
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/workspace"
)

// templateFlags are the flags that choose and describe templates. They mean the same in
// every command that has them.
type templateFlags struct {
	kind         string
	destination  string
	customFields []string
	webhooks     []string // by their names in the configuration
	single       bool     // only one can be given
	webhook      string   // in that case
}

func (f *templateFlags) register(a *app, cmd *cobra.Command) {
	cmd.Flags().SortFlags = false
	option.Define(cmd, "type", &f.kind, "destination", &f.destination, "custom-field", &f.customFields)
	s, _ := settings.ByName("webhook")
	if f.single {
		a.webhookVar(cmd, &f.webhook, s.Usage)
		return
	}
	a.webhookVar(cmd, &f.webhooks, s.Usage+"; repeatable")
}

// hooks returns the names of the webhooks, each once.
func (f *templateFlags) hooks() []string {
	if f.single && f.webhook != "" {
		return []string{f.webhook}
	}
	var names []string
	for _, name := range f.webhooks {
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// said returns what the flags say about all templates.
func (f *templateFlags) said() workspace.Said {
	return workspace.Said{Kind: event.Kind(f.kind), Destination: f.destination, Webhooks: f.hooks(), CustomFields: option.Values(f.customFields)}
}

// workspace returns what finds the templates that the user means, according to the
// current files and configuration.
func (a *app) workspace(said workspace.Said, stdin string) *workspace.Workspace {
	return a.workspaceSkipping(said, stdin, false)
}

func (a *app) workspaceSkipping(said workspace.Said, stdin string, unrelated bool) *workspace.Workspace {
	return a.config.Workspace(workspace.Options{
		Stdin: a.files().Stdin(), StdinName: stdin, Found: a.learnWebhook, Read: a.learnText, Said: said, SkipUnrelated: unrelated,
		Skipped: func(path string) { a.detail("%s is skipped: it uses nothing that Coroot sends", path) },
		Borrowed: func(path, owner, hook string) {
			if _, noted := a.borrowed.LoadOrStore(path+hook, true); !noted {
				a.note("%s is a template of the webhook %s; it is used here as one of %s", path, owner, hook)
			}
		},
	})
}

// checkStdin rejects standard input that is given twice, and a name for it where none of
// the paths is it. others are further files, to which the name does not apply.
func (a *app) checkStdin(name string, paths, others []string) error {
	n := files.CountStdin(paths...)
	switch {
	case n+files.CountStdin(others...) > 1:
		return exit.Usage("use files for the other inputs", "standard input (-) can be read only once")
	case n == 0 && name != "" && a.given["stdin-filename"]:
		return exit.Usage("add -, or leave out --stdin-filename", "--stdin-filename names standard input (-), which is not read")
	}
	return nil
}
