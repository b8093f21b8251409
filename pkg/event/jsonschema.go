package event

import (
	"encoding/json"
	"strings"
)

// JSONSchema returns a JSON Schema (draft 2020-12) of event files of a kind, indented
// and ending in a line break. It accepts one event, or an array of them; for the empty
// kind, events of every kind. It is made from Fields.
func JSONSchema(kind Kind) ([]byte, error) {
	kinds, title := []Kind{kind}, "event of Coroot: "+kind.String()
	if kind == "" {
		kinds, title = Kinds(), "event of Coroot"
	}
	defs := map[string]any{"application": applicationSchema()}
	var events []any
	for _, k := range kinds {
		defs[k.String()] = objectSchema(Fields(k), map[string]any{"type": "string", "description": "a custom field of the webhook"})
		events = append(events, reference(k.String()))
	}
	defs["event"] = map[string]any{"anyOf": events}
	schema, err := json.MarshalIndent(map[string]any{
		"$schema": "https://json-schema.org/draft/2020-12/schema",
		"title":   title,
		"anyOf":   []any{reference("event"), map[string]any{"type": "array", "items": reference("event")}},
		"$defs":   defs,
	}, "", "  ")
	return append(schema, '\n'), err
}

func reference(name string) map[string]any { return map[string]any{"$ref": "#/$defs/" + name} }

// objectSchema describes a struct. additional is the schema of other members.
func objectSchema(fields []Field, additional any) map[string]any {
	properties := map[string]any{}
	required := []string{}
	for _, field := range fields {
		properties[field.JSON] = fieldSchema(field)
		if !field.Optional {
			required = append(required, field.JSON)
		}
	}
	return map[string]any{"type": "object", "properties": properties, "required": required, "additionalProperties": additional}
}

func fieldSchema(field Field) map[string]any {
	schema := typeSchema(field)
	schema["description"] = field.Doc
	return schema
}

func typeSchema(field Field) map[string]any {
	element, isList := strings.CutPrefix(field.Type, "list of ")
	switch {
	case field.Type == "ApplicationID":
		return reference("application")
	case isList && len(field.Fields) > 0:
		return map[string]any{"type": []string{"array", "null"}, "items": objectSchema(field.Fields, false)}
	case isList:
		return map[string]any{"type": []string{"array", "null"}, "items": map[string]any{"type": element}}
	case field.Type == "bool":
		return map[string]any{"type": "boolean"}
	case len(field.Values) > 0:
		return map[string]any{"type": "string", "enum": field.Values}
	}
	return map[string]any{"type": "string"}
}

// applicationSchema describes the three forms of an application.
func applicationSchema() map[string]any {
	part := map[string]any{"type": "string"}
	kind := map[string]any{"anyOf": []any{map[string]any{"enum": ApplicationKinds()}, part}}
	return map[string]any{"anyOf": []any{
		map[string]any{
			"type": "string", "pattern": "^[^:]*:[^:]*:", "examples": []string{"a1b2c3d4:shop:Deployment:checkout", "shop:Deployment:checkout"},
			"description": "cluster:namespace:Kind:name, or the older namespace:Kind:name",
		},
		map[string]any{
			"type": "object", "additionalProperties": false, "required": []string{"namespace", "kind", "name"},
			"properties": map[string]any{"cluster_id": part, "namespace": part, "kind": kind, "name": part},
		},
	}}
}
