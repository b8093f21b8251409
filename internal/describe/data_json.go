package describe

import "github.com/hooktool/hooktool/pkg/event"

// The JSON of hooktool schema.
type (
	jsonField struct {
		Name     string      `json:"name,omitempty"` // empty for the elements of a list
		JSON     string      `json:"json,omitempty"`
		Type     string      `json:"type"`
		Since    string      `json:"since,omitempty"`
		Optional bool        `json:"optional"`
		Form     event.Form  `json:"form,omitempty"`
		Values   []string    `json:"values,omitempty"`
		Usual    []string    `json:"usual,omitempty"`
		Dated    []jsonDated `json:"dated,omitempty"`
		Empty    string      `json:"empty,omitempty"`
		Filled   []string    `json:"filled,omitempty"`
		Examples []string    `json:"examples,omitempty"`
		Prefixes []string    `json:"prefixes,omitempty"`
		Longest  int         `json:"max_length,omitempty"`
		Uncut    []string    `json:"uncut,omitempty"`
		Fields   []jsonField `json:"fields,omitempty"`
		Doc      string      `json:"doc,omitempty"`
	}

	jsonDated struct {
		Value string `json:"value"`
		Since string `json:"since,omitempty"`
		Until string `json:"until,omitempty"`
	}

	jsonMethod struct {
		Name   string `json:"name"`
		Result string `json:"result"`
		Since  string `json:"since"`
		Doc    string `json:"doc"`
	}

	jsonFunction struct {
		Name      string `json:"name"`
		Signature string `json:"signature"`
		Doc       string `json:"doc"`
		Builtin   bool   `json:"builtin"`
	}
)

// JSON is what hooktool schema --format json prints.
func (d Data) JSON() any {
	types := map[event.Kind][]jsonField{}
	for kind, fields := range d.types {
		types[kind] = newJSONFields(fields)
	}
	var methods []jsonMethod
	for _, m := range event.ApplicationMethods() {
		methods = append(methods, jsonMethod(m))
	}
	var functions []jsonFunction
	for _, f := range event.Functions() {
		functions = append(functions, jsonFunction(f))
	}
	return map[string]any{"version": 1, "types": types, "methods": methods, "functions": functions}
}

func newJSONFields(fields []event.Field) []jsonField {
	var all []jsonField
	for _, f := range fields {
		one := jsonField{
			Name: f.Name, JSON: f.JSON, Type: f.Type, Since: f.Since, Optional: f.Optional, Form: f.Form, Values: f.Values, Usual: f.Usual,
			Empty: f.Empty, Filled: f.Filled, Examples: f.Examples, Prefixes: f.Prefixes, Longest: f.MaxLength, Uncut: f.Uncut,
			Fields: newJSONFields(f.Fields), Doc: f.Doc,
		}
		for _, d := range f.Dated {
			one.Dated = append(one.Dated, jsonDated(d))
		}
		all = append(all, one)
	}
	return all
}
