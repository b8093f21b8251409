package main

import (
	"bytes"
	"encoding/json"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"go.yaml.in/yaml/v3"

	"github.com/hooktool/hooktool/cmd/internal/settings"
	"github.com/hooktool/hooktool/cmd/internal/terminal"
	"github.com/hooktool/hooktool/internal/golden"
	"github.com/hooktool/hooktool/internal/words"
	"github.com/hooktool/hooktool/pkg/config"
	"github.com/hooktool/hooktool/pkg/destination/catalog"
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/lint"
)

const configSchemaFile = "../../docs/hooktool.schema.json"

type object = map[string]any

// TestConfigSchema checks that the JSON Schema of .hooktool.yaml matches what the
// commands and package config accept.
func TestConfigSchema(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(configSchema()); err != nil {
		t.Fatal(err)
	}
	golden.Assert(t, b.Bytes(), configSchemaFile)
}

// TestConfigSchemaAgrees checks that the schema and the reader agree on the same files.
func TestConfigSchemaAgrees(t *testing.T) {
	t.Parallel()
	schema := compileConfigSchema(t)
	names := settings.Names()
	for text, want := range map[string]bool{
		documentedConfig(t): true,
		"timeout: 5s\nretries: 3\ncustom-field: [team=shop]\nfail-on: warning\n":                                            true,
		"validate:\n  rules: {unused-variable: off}\n  paths:\n    legacy/**: {ping: info}\n":                               true,
		"webhooks:\n  a:\n    url: u\n    customHeaders: [{key: a, value: b}]\n    basicAuth: {username: a, password: b}\n": true,
		"webhooks:\n  a: {ulr: x}\n":                    false,
		"webhook: {}\n":                                 false,
		"validate: {rule: {}}\n":                        false,
		"webhooks:\n  a: {customHeaders: [{kye: a}]}\n": false,
	} {
		var value any
		if err := yaml.Unmarshal([]byte(text), &value); err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(value); (err == nil) != want {
			t.Errorf("the schema says %v of\n%s", err, text)
		}
		if _, err := config.Parse(config.FileName, []byte(text), names); (err == nil) != want {
			t.Errorf("config.Parse says %v of\n%s", err, text)
		}
	}
}

func compileConfigSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	text, err := json.Marshal(configSchema())
	if err != nil {
		t.Fatal(err)
	}
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("config.json", document); err != nil {
		t.Fatal(err)
	}
	schema, err := compiler.Compile("config.json")
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// documentedConfig returns the example in docs/configuration.md.
func documentedConfig(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("../../docs/configuration.md")
	if err != nil {
		t.Fatal(err)
	}
	found := regexp.MustCompile("(?s)```yaml\n(.*?)```").FindSubmatch(text)
	if found == nil {
		t.Fatal("docs/configuration.md shows no configuration")
	}
	return string(found[1])
}

func testApp() *app {
	getenv := func(string) string { return "" }
	return &app{getenv: getenv, color: terminal.Auto, config: &settings.Configuration{Getenv: getenv}}
}

func configSchema() object {
	properties := object{
		"webhooks": object{
			"description":          "Webhooks, by the names that -w takes",
			"type":                 "object",
			"additionalProperties": webhookSchema(),
		},
		"validate": object{
			"type": "object", "additionalProperties": false,
			"properties": object{
				"rules": rulesSchema(),
				"paths": object{"description": "Rules for files that match a pattern", "type": "object", "additionalProperties": rulesSchema()},
			},
		},
	}
	for name, flag := range allFlags() {
		if setting, ok := settings.ByName(name); ok && setting.By == settings.Project {
			properties[name] = settingSchema(setting, flag)
		}
	}
	return object{
		"$schema": "https://json-schema.org/draft/2020-12/schema",
		"$id":     "https://raw.githubusercontent.com/hooktool/hooktool/main/docs/hooktool.schema.json",
		"title":   "Configuration of hooktool, .hooktool.yaml",
		"type":    "object", "additionalProperties": false, "properties": properties,
	}
}

// settingSchema describes a setting by its flag.
func settingSchema(setting settings.Setting, flag *pflag.Flag) object {
	doc := strings.TrimSuffix(strings.ReplaceAll(setting.Usage, "`", ""), "; repeatable")
	if setting.Words != nil {
		doc += ": " + words.Or(setting.Words)
	}
	s := object{"description": strings.ToUpper(doc[:1]) + doc[1:] + "; the same as --" + setting.Name}
	switch flag.Value.Type() {
	case "bool":
		s["type"] = "boolean"
	case "int":
		s["type"] = "integer"
	case "float64":
		s["type"] = "number"
	case "stringArray", "stringSlice":
		s["type"], s["items"] = []string{"array", "string"}, object{"type": "string"}
	default:
		s["type"] = []string{"string", "number", "boolean"}
	}
	return s
}

// allFlags returns the flags of all commands by their names.
func allFlags() map[string]*pflag.Flag {
	flags := map[string]*pflag.Flag{}
	eachCommand(newRootCmd(testApp()), func(cmd *cobra.Command) {
		cmd.NonInheritedFlags().VisitAll(func(flag *pflag.Flag) { flags[flag.Name] = flag })
	})
	return flags
}

// TestSettings checks that the table of settings contains exactly the flags of the
// commands.
func TestSettings(t *testing.T) {
	t.Parallel()
	flags := allFlags()
	for name := range flags {
		if _, ok := settings.ByName(name); !ok && name != "help" && name != "version" {
			t.Errorf("--%s is not in the table", name)
		}
	}
	for _, setting := range settings.All() {
		if flags[setting.Name] == nil {
			t.Errorf("no command has --%s", setting.Name)
		}
	}
}

// TestProjectMaySet lists what a foreign repository must never be able to set: what is
// written, read from outside, sent elsewhere or unmasked.
func TestProjectMaySet(t *testing.T) {
	t.Parallel()
	for _, name := range strings.Fields(`output update fix write force dir name html png cert-out show-secrets insecure cacert cert key header user
		password-file url url-file addr api-url token-file coroot-url project from-rows config serve schema webhook dry-run`) {
		if setting, ok := settings.ByName(name); !ok || setting.By == settings.Project {
			t.Errorf("a project may set %s", name)
		}
	}
}

func rulesSchema() object {
	properties := object{}
	for _, rule := range lint.Rules() {
		properties[rule.ID] = object{"description": rule.Summary, "enum": []any{"error", "warning", "info", "off", false}}
	}
	return object{"type": "object", "additionalProperties": false, "properties": properties}
}

func webhookSchema() object {
	text := func(doc string) object { return object{"type": "string", "description": doc} }
	flag := func(doc string) object { return object{"type": "boolean", "description": doc} }
	properties := object{
		"url":           text("Where to post; ${NAME} is an environment variable"),
		"destination":   object{"enum": formNames(), "description": "The receiving system, if the URL does not show it"},
		"tlsSkipVerify": flag("Do not verify the server's certificate"),
		"basicAuth": object{
			"type": "object", "additionalProperties": false,
			"properties": object{"username": text("The user"), "password": text("The password, preferably ${NAME}")},
		},
		"customHeaders": object{"type": "array", "items": object{
			"type": "object", "additionalProperties": false,
			"properties": object{"key": text("The name of the header"), "value": text("Its value")},
		}},
		"customFields": object{
			"type": "object", "additionalProperties": object{"type": []string{"string", "number", "boolean"}},
			"description": "Static fields of events: environment becomes .Environment in templates",
		},
	}
	for _, kind := range event.Kinds() {
		properties[kind.String()+"s"] = flag("Whether " + kind.String() + "s are sent")
		properties[kind.TemplateName()] = text("The template for " + kind.String() + "s")
		properties[kind.TemplateName()+"File"] = text("The file with the template for " + kind.String() + "s, relative to this one")
	}
	return object{"type": []string{"object", "null"}, "additionalProperties": false, "properties": properties}
}

// formNames returns the names of all destinations and their forms.
func formNames() []string {
	var names []string
	for _, d := range catalog.Forms() {
		names = append(names, d.String())
	}
	return names
}
