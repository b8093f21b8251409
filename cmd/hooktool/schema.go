package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/webhook"
)

const schemaLong = `Print what a template can use: fields, methods and functions, with the Coroot
version that brought them and the values that occur.

--format jsonschema prints a JSON Schema of event files instead, so that an
editor can check and complete them.`

const schemaExample = `  hooktool schema alert
  hooktool schema --format jsonschema incident > incident.schema.json`

func newSchemaCmd(a *app) *cobra.Command {
	var format, hook string
	cmd := &cobra.Command{
		Use:       "schema [KIND]",
		Short:     "Print the fields and functions that a template can use",
		Long:      schemaLong,
		Example:   schemaExample,
		ValidArgs: event.KindNames(),
		Args:      args(0, 1, "hooktool schema [incident|deployment|alert]"),
		RunE: func(_ *cobra.Command, args []string) error {
			var kind event.Kind
			if len(args) == 1 {
				var err error
				if kind, err = parseKind(args[0]); err != nil {
					return err
				}
			}
			custom, err := a.webhookFields(hook)
			if err != nil {
				return err
			}
			return a.printSchema(kind, format, custom)
		},
	}
	formatVar(cmd, &format, "text", "json", "jsonschema")
	cmd.Flags().StringVarP(&hook, "webhook", "w", "", "show the custom fields of the webhook of this `name`, too")
	completeBy(cmd, "webhook", a.completeWebhooks)
	return cmd
}

// schemaFields returns the fields of a kind with custom ones.
func schemaFields(kind event.Kind, custom map[string]string) ([]event.Field, error) {
	fields := slices.Clone(event.Fields(kind))
	_, keys, err := webhook.DataType(kind, slices.Collect(maps.Keys(custom)))
	if err != nil {
		return nil, err
	}
	for _, key := range keys {
		fields = append(fields, event.Field{
			Name: webhook.FieldName(key), JSON: key, Type: "string", Since: customFieldsSince, Doc: "a custom field of the webhook",
		})
	}
	return fields, nil
}

// customFieldsSince is the Coroot version that brought custom fields.
const customFieldsSince = "1.19.1"

func (a *app) printSchema(kind event.Kind, format string, custom map[string]string) error {
	kinds := event.Kinds()
	if kind != "" {
		kinds = []event.Kind{kind}
	}
	types := map[event.Kind][]event.Field{}
	for _, k := range kinds {
		fields, err := schemaFields(k, custom)
		if err != nil {
			return err
		}
		types[k] = fields
	}
	switch format {
	case "jsonschema":
		schema, err := event.JSONSchema(kind)
		if err != nil {
			return err
		}
		return printAll(a.out, string(schema))
	case "json":
		return printJSON(a.out, map[string]any{
			"version": 1, "types": types, "methods": event.ApplicationMethods(), "functions": event.Functions(),
		})
	}
	var b strings.Builder
	for _, k := range kinds {
		a.writeKind(&b, k, types[k])
	}
	a.writeCallables(&b)
	return printAll(a.out, b.String())
}

// schemaRow is a line of the schema as people read it.
type schemaRow struct{ name, typ, since, doc string }

func (a *app) writeKind(b *strings.Builder, kind event.Kind, fields []event.Field) {
	p := a.outPalette()
	fmt.Fprintf(b, "%s\n", p.Bold(fmt.Sprintf("%s (%s)", strings.ToUpper(kind.String()), kind.TemplateName())))
	var rows []schemaRow
	for _, field := range fields {
		rows = append(rows, fieldRow("."+field.Name, field))
		for _, inner := range field.Fields {
			rows = append(rows, fieldRow("  ."+inner.Name, inner))
		}
	}
	a.writeRows(b, rows)
}

func fieldRow(name string, field event.Field) schemaRow {
	doc := field.Doc
	values := field.Values
	if len(field.Usual) > 0 {
		values = field.Usual
	}
	if len(values) > 0 {
		doc = strings.Join(values, ", ") + "; " + doc
	}
	return schemaRow{name, field.Type, field.Since, doc}
}

func (a *app) writeCallables(b *strings.Builder) {
	p := a.outPalette()
	var methods, functions []schemaRow
	for _, method := range event.ApplicationMethods() {
		methods = append(methods, schemaRow{".Application." + method.Name, method.Result, method.Since, method.Doc})
	}
	for _, function := range event.Functions() {
		origin := "Coroot"
		if function.Builtin {
			origin = "builtin"
		}
		functions = append(functions, schemaRow{function.Signature, origin, "", function.Doc})
	}
	fmt.Fprintf(b, "%s\n", p.Bold("METHODS"))
	a.writeRows(b, methods)
	fmt.Fprintf(b, "%s\n", p.Bold("FUNCTIONS"))
	a.writeRows(b, functions)
}

// writeRows aligns rows in columns.
func (a *app) writeRows(b *strings.Builder, rows []schemaRow) {
	var name, typ, since int
	for _, row := range rows {
		name, typ, since = max(name, len(row.name)), max(typ, len(row.typ)), max(since, len(row.since))
	}
	p := a.outPalette()
	for _, row := range rows {
		line := fmt.Sprintf("  %-*s  %s  %s  %s", name, row.name,
			p.Cyan(fmt.Sprintf("%-*s", typ, row.typ)), p.Dim(fmt.Sprintf("%-*s", since, row.since)), row.doc)
		b.WriteString(strings.TrimRight(line, " ") + "\n")
	}
	b.WriteByte('\n')
}
