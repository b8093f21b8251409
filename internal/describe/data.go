package describe

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/hooktool/hooktool/internal/typeset"
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// schemaFields returns the fields of a kind, including custom ones.
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

// customFieldsSince is the Coroot version that introduced custom fields.
const customFieldsSince = "1.19.1"

// Data describes what templates can use.
type Data struct {
	kinds []event.Kind
	types map[event.Kind][]event.Field
}

// DataOf returns what templates of the given kinds can use. Only the names of a
// webhook's custom fields matter.
func DataOf(kinds []event.Kind, custom map[string]string) (Data, error) {
	d := Data{kinds, map[event.Kind][]event.Field{}}
	for _, kind := range kinds {
		fields, err := schemaFields(kind, custom)
		if err != nil {
			return Data{}, err
		}
		d.types[kind] = fields
	}
	return d, nil
}

// Text is what hooktool schema prints for people.
func (d Data) Text(style typeset.Style) string {
	t := dataText{style: style}
	for _, kind := range d.kinds {
		t.kind(kind, d.types[kind])
	}
	t.callables()
	return t.String()
}

// dataText builds the text of Data.
type dataText struct {
	strings.Builder
	style typeset.Style
}

// schemaRow is one line of the schema for people.
type schemaRow struct{ name, typ, since, doc string }

func (t *dataText) kind(kind event.Kind, fields []event.Field) {
	fmt.Fprintf(t, "%s\n", t.style.Bold(fmt.Sprintf("%s (%s)", strings.ToUpper(kind.String()), kind.TemplateName())))
	var rows []schemaRow
	for _, field := range fields {
		rows = append(rows, fieldRow("."+field.Name, field))
		for _, inner := range field.Fields {
			rows = append(rows, fieldRow("  ."+inner.Name, inner))
		}
	}
	t.rows(rows)
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

func (t *dataText) callables() {
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
	fmt.Fprintf(t, "%s\n", t.style.Bold("METHODS"))
	t.rows(methods)
	fmt.Fprintf(t, "%s\n", t.style.Bold("FUNCTIONS"))
	t.rows(functions)
}

// rows writes rows in aligned columns.
func (t *dataText) rows(rows []schemaRow) {
	var name, typ, since int
	for _, row := range rows {
		name, typ, since = max(name, len(row.name)), max(typ, len(row.typ)), max(since, len(row.since))
	}
	for _, row := range rows {
		line := fmt.Sprintf("  %-*s  %s  %s  %s", name, row.name,
			t.style.Cyan(fmt.Sprintf("%-*s", typ, row.typ)), t.style.Dim(fmt.Sprintf("%-*s", since, row.since)), row.doc)
		t.WriteString(strings.TrimRight(line, " ") + "\n")
	}
	t.WriteByte('\n')
}
