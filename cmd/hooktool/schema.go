package main

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/hooktool/hooktool/cmd/internal/help"
	"github.com/hooktool/hooktool/cmd/internal/option"
	"github.com/hooktool/hooktool/internal/describe"
	"github.com/hooktool/hooktool/internal/jsontree"
	"github.com/hooktool/hooktool/pkg/event"
)

const schemaLong = `Print what a template can use: fields, methods and functions, with the Coroot
version that introduced them and the values that occur.

--format jsonschema prints a JSON Schema of event files instead, so that editors can
check and complete them.`

const schemaExample = `  hooktool schema alert
  hooktool schema --format jsonschema incident > incident.schema.json`

func newSchemaCmd(a *app) *cobra.Command {
	var format, hook string
	cmd := about{"schema [KIND]", "Print the fields and functions that a template can use", schemaLong, schemaExample}.command(func(_ context.Context, args []string) error {
		var kind event.Kind
		if len(args) == 1 {
			var err error
			if kind, err = option.ParseKind(args[0]); err != nil {
				return err
			}
		}
		named, err := a.anyWebhook(hook)
		if err != nil {
			return err
		}
		custom, _ := named.CustomFields(a.getenv) // their names are enough
		return a.printSchema(kind, format, custom)
	})
	cmd.ValidArgs = event.KindNames()
	cmd.Args = help.Args(0, 1, "hooktool schema [incident|deployment|alert]")
	option.Format(cmd, &format, "text", "json", "jsonschema")
	a.webhookVar(cmd, &hook, "also show the custom fields of the webhook with this `name`")
	return cmd
}

func (a *app) printSchema(kind event.Kind, format string, custom map[string]string) error {
	kinds := event.Kinds()
	if kind != "" {
		kinds = []event.Kind{kind}
	}
	data, err := describe.DataOf(kinds, custom)
	if err != nil {
		return err
	}
	switch format {
	case "jsonschema":
		schema, err := event.JSONSchema(kind)
		if err != nil {
			return err
		}
		return printAll(a.out, string(schema))
	case "json":
		return jsontree.Write(a.out, data.JSON())
	}
	return printAll(a.out, data.Text(a.outPalette()))
}
