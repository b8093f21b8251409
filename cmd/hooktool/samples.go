package main

import (
	"context"
	"io"
	"slices"

	"github.com/spf13/cobra"

	"github.com/hooktool/hooktool/cmd/internal/exit"
	"github.com/hooktool/hooktool/cmd/internal/help"
	"github.com/hooktool/hooktool/cmd/internal/option"
	"github.com/hooktool/hooktool/internal/describe"
	"github.com/hooktool/hooktool/internal/jsontree"
	"github.com/hooktool/hooktool/internal/meeting"
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/workspace"
)

const samplesLong = `List the built-in events, or print one as JSON.

There is one for every state that Coroot can send. Commands that take an event also
take --sample NAME.`

const samplesExample = `  hooktool samples
  hooktool samples --type alert
  hooktool samples alert-kubernetes-events > event.json
  hooktool samples -w telegram incident-critical`

func newSamplesCmd(a *app) *cobra.Command {
	var kind, format, hook string
	cmd := about{"samples [NAME]", "List the built-in events, or print one", samplesLong, samplesExample}.command(func(_ context.Context, args []string) error {
		if len(args) == 1 {
			return a.printSample(args[0], hook)
		}
		return a.listSamples(event.Kind(kind), format, hook)
	})
	cmd.Args = help.Args(0, 1, "hooktool samples [NAME]")
	cmd.ValidArgsFunction = option.Samples
	option.DefineAs(cmd, "type", &kind, "list only samples of this `kind`")
	option.Format(cmd, &format, "text", "json")
	a.webhookVar(cmd, &hook, "include the custom fields of the webhook with this `name`, and list only what it has switched on")
	return cmd
}

func (a *app) printSample(name, hookName string) error {
	sample, err := meeting.BuiltIn(name)
	if err != nil {
		return err
	}
	hook, err := a.anyWebhook(hookName)
	if err != nil {
		return err
	}
	ev := sample.Event
	if hook.BaseURL != "" {
		ev = ev.Rebase(hook.BaseURL)
	}
	fields, unset := hook.CustomFields(a.getenv)
	if err := workspace.UnsetError(unset); err != nil {
		return exit.Misused(err)
	}
	ev.CustomFields = fields
	text, err := event.MarshalIndent(ev)
	if err != nil {
		return err
	}
	return printAll(a.out, string(text)+"\n")
}

func (a *app) listSamples(kind event.Kind, format, hookName string) error {
	hook, err := a.anyWebhook(hookName)
	if err != nil {
		return err
	}
	samples := slices.DeleteFunc(event.Samples(), func(s event.Sample) bool {
		return kind != "" && kind != s.Kind || hookName != "" && !hook.Enabled(s.Kind)
	})
	if format == "json" {
		return jsontree.Write(a.out, describe.SamplesJSON(samples))
	}
	switch {
	case len(samples) == 0 && kind != "":
		a.note("%ss are turned off in the webhook %q, so there is no sample of them for it", kind, hookName)
	case len(samples) == 0:
		a.note("everything is turned off in the webhook %q, so there is no sample for it", hookName)
	}
	return printAll(a.out, describe.Samples(samples, a.outPalette()))
}

// printAll writes a text to an output.
func printAll(w io.Writer, text string) error {
	_, err := io.WriteString(w, text)
	return err
}
