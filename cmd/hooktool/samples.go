package main

import (
	"cmp"
	"context"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/hooktool/hooktool/cmd/internal/exit"
	"github.com/hooktool/hooktool/cmd/internal/help"
	"github.com/hooktool/hooktool/cmd/internal/option"
	"github.com/hooktool/hooktool/internal/jsontree"
	"github.com/hooktool/hooktool/internal/meeting"
	"github.com/hooktool/hooktool/pkg/config"
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

func (a *app) printSample(name, hook string) error {
	sample, err := meeting.BuiltIn(name)
	if err != nil {
		return err
	}
	ev := sample.Event
	fields, unset, err := a.webhookFields(hook)
	if err = cmp.Or(err, exit.Misused(workspace.UnsetError(unset))); err != nil {
		return err
	}
	ev.CustomFields = fields
	text, err := event.MarshalIndent(ev)
	if err != nil {
		return err
	}
	return printAll(a.out, string(text)+"\n")
}

// sampleRow is a sample in the list.
type sampleRow struct {
	Name string     `json:"name"`
	Type event.Kind `json:"type"`
	Doc  string     `json:"doc"`
}

func (a *app) listSamples(kind event.Kind, format, hookName string) error {
	var hook config.Webhook
	if hookName != "" {
		var err error
		if hook, err = a.webhook(hookName); err != nil {
			return err
		}
	}
	rows := []sampleRow{}
	for _, sample := range event.Samples() {
		if (kind == "" || kind == sample.Kind) && (hookName == "" || hook.Enabled(sample.Kind)) {
			rows = append(rows, sampleRow{sample.Name, sample.Kind, sample.Doc})
		}
	}
	if format == "json" {
		return jsontree.Write(a.out, map[string]any{"version": 1, "samples": rows})
	}
	width := 0
	for _, row := range rows {
		width = max(width, len(row.Name))
	}
	p := a.outPalette()
	for _, row := range rows {
		if _, err := fmt.Fprintf(a.out, "%s  %s\n", p.Bold(fmt.Sprintf("%-*s", width, row.Name)), row.Doc); err != nil {
			return err
		}
	}
	return nil
}

// printAll writes a text to an output.
func printAll(w io.Writer, text string) error {
	_, err := io.WriteString(w, text)
	return err
}
