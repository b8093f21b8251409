package coroot

import (
	"cmp"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/hooktool/hooktool/pkg/config"
	"github.com/hooktool/hooktool/pkg/destination/catalog"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// Place is where Coroot reads the definition of a webhook from.
type Place string

// The places.
const (
	PlaceConfig   Place = "config"   // Coroot's own configuration file
	PlaceOperator Place = "operator" // the operator's resource
	PlaceHelm     Place = "helm"     // values for the charts coroot-ce and coroot-ee
	PlaceAPI      Place = "api"      // the body for the API, which expands nothing
)

// Places lists all places by their names.
func Places() []string {
	return []string{string(PlaceConfig), string(PlaceOperator), string(PlaceHelm), string(PlaceAPI)}
}

// ExportOptions say how to write a definition.
type ExportOptions struct {
	Place       Place
	Project     string                   // the name of Coroot's project; empty: that of the definition, or else "production"
	BaseURL     string                   // what Coroot puts before its links; empty: that of the definition, or else a placeholder
	ShowSecrets bool                     // write secrets as they are
	Getenv      func(name string) string // for the API: the values of variables, if secrets are shown; nil: none is set
}

// Exported is a definition in the format of a place.
type Exported struct {
	Text []byte
	// Moved are the settings that contain a secret in the definition, and that the text
	// takes from a variable.
	Moved []Moved
	// Unresolved are the names of variables in a text for the API, which does not
	// replace them.
	Unresolved []string
}

// Moved is a secret that was replaced by a variable.
type Moved struct {
	Setting  config.Setting
	Variable string
}

// placeholderURL replaces the URL of Coroot if nobody has said it.
const placeholderURL = "https://coroot.example.com"

// Export writes a webhook in the format of a place: complete, without secrets unless
// they are asked for, and so that after its expansion Coroot reads the templates byte
// for byte. That is verified before anything is returned.
func Export(hook config.Webhook, o ExportOptions) (*Exported, error) {
	o.Project = cmp.Or(o.Project, projectOf(hook))
	if o.Place == PlaceAPI {
		return exportAPI(hook, o)
	}
	w, variables, err := hook.Expandable()
	if err != nil {
		return nil, err
	}
	exported := &Exported{}
	if !o.ShowSecrets {
		exported.Moved = moveSecrets(hook, &w)
		left := strings.Join(slices.Concat(settings(w), slices.Collect(maps.Values(w.Templates))), "\n")
		variables = slices.DeleteFunc(variables, func(v config.Variable) bool { return !strings.Contains(left, "${"+v.Name+"}") })
		for _, moved := range exported.Moved {
			variables = append(variables, config.Variable{Name: moved.Variable})
		}
	}
	doc := document{options: o, hook: hook, webhook: w, variables: variables}
	doc.baseURL = cmp.Or(o.BaseURL, config.EscapeDollars(hook.BaseURL), placeholderURL)
	doc.dollar = slices.ContainsFunc(slices.Collect(maps.Values(w.Templates)), needsDollar) ||
		slices.ContainsFunc(append(settings(w), doc.baseURL, config.EscapeDollars(o.Project)), needsDollar)
	for _, block := range []bool{true, false} {
		doc.block = block
		if exported.Text, err = doc.write(); err != nil {
			return nil, err
		}
		if err = sameTemplates(exported.Text, hook, variables); err == nil {
			return exported, nil
		}
	}
	return nil, err
}

func needsDollar(text string) bool { return strings.Contains(text, "${DOLLAR}") }

func projectOf(hook config.Webhook) string {
	if hook.Format == config.FormatHooktool {
		return "production"
	}
	return hook.Name
}

// sameTemplates reads what was written as Coroot does, and compares.
func sameTemplates(text []byte, hook config.Webhook, variables []config.Variable) error {
	env := config.Environment{Given: map[string]string{"DOLLAR": "$"}}
	for _, v := range variables {
		env.Given[v.Name] = "${" + v.Name + "}"
	}
	file, err := config.ParseDocuments("export.yaml", text, nil, config.WithEnvironment(env))
	if err != nil {
		return fmt.Errorf("the result cannot be read back: %w", err)
	}
	want, err := hook.Plain(nil)
	if err != nil {
		return err
	}
	for kind, body := range want.Templates {
		got := file.Webhooks[0].Templates[kind].Text
		if hook.Format != config.FormatHooktool {
			continue // variables in it were given other values here
		}
		if got != body && body != "" {
			return fmt.Errorf("the %s template cannot be written as YAML that Coroot would read unchanged", kind)
		}
	}
	return nil
}

// exportAPI writes the body of a request to the API.
func exportAPI(hook config.Webhook, o ExportOptions) (*Exported, error) {
	var getenv func(string) string
	if o.ShowSecrets {
		getenv = o.Getenv
	}
	w, err := hook.Plain(getenv)
	if err != nil {
		return nil, err
	}
	exported := &Exported{}
	if !o.ShowSecrets {
		exported.Moved = moveSecrets(hook, &w)
	}
	exported.Unresolved = references(w)
	exported.Text, err = NewDefinition(w).JSON()
	return exported, err
}

// settings lists the texts in the settings of a webhook.
func settings(w webhook.Webhook) []string {
	texts := []string{w.URL}
	if w.BasicAuth != nil {
		texts = append(texts, w.BasicAuth.Username, w.BasicAuth.Password)
	}
	for _, header := range w.CustomHeaders {
		texts = append(texts, header.Key, header.Value)
	}
	return append(texts, slices.Sorted(maps.Values(w.CustomFields))...)
}

// references lists the variables in the settings of a webhook.
func references(w webhook.Webhook) []string {
	var names []string
	for _, text := range settings(w) {
		for _, part := range strings.Split(text, "${")[1:] {
			if name, _, ok := strings.Cut(part, "}"); ok && !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	return names
}

// moveSecrets replaces the secrets in a definition by variables.
func moveSecrets(hook config.Webhook, w *webhook.Webhook) []Moved {
	var all []Moved
	move := func(path, name string, value *string) {
		s, ok := hook.Setting(path)
		kept := path != "url" && isVariable(*value) // SecretURL looks beside variables
		if !ok || *value == "" || kept {
			return
		}
		variable := variableName(hook.Name + "_" + name)
		*value = "${" + variable + "}"
		all = append(all, Moved{Setting: s, Variable: variable})
	}
	if catalog.SecretURL(w.URL) {
		move("url", "url", &w.URL)
	}
	if w.BasicAuth != nil {
		auth := *w.BasicAuth
		move("basicAuth.password", "password", &auth.Password)
		w.BasicAuth = &auth
	}
	for i, header := range w.CustomHeaders {
		if webhook.SecretHeaderValue(header.Key, header.Value) {
			move(fmt.Sprintf("customHeaders[%d].value", i), header.Key, &w.CustomHeaders[i].Value)
		}
	}
	for _, key := range slices.Sorted(maps.Keys(w.CustomFields)) {
		if value := w.CustomFields[key]; webhook.SecretField(key, value) {
			move("customFields."+key, key, &value)
			w.CustomFields[key] = value
		}
	}
	return all
}

// isVariable reports whether a value has nothing secret besides variables: at most a
// word such as Bearer before them.
func isVariable(value string) bool { return onlyVariables().MatchString(value) && !needsDollar(value) }

var onlyVariables = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^(?:[A-Za-z]+ +)?(?:\$\{[^}]*\})+$`)
})

// variableName makes up a variable's name from a text.
func variableName(text string) string {
	name := strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z':
			return r - 'a' + 'A'
		case r >= 'A' && r <= 'Z', r >= '0' && r <= '9':
			return r
		}
		return '_'
	}, text)
	if name == "" || name[0] >= '0' && name[0] <= '9' {
		name = "_" + name
	}
	return name
}
