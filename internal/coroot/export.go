package coroot

import (
	"bytes"
	"cmp"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"github.com/hooktool/hooktool/pkg/config"
	"github.com/hooktool/hooktool/pkg/destination/catalog"
	"github.com/hooktool/hooktool/pkg/event"
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
		if !ok || *value == "" || strings.Contains(*value, "${") && !needsDollar(*value) {
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
		if value := w.CustomFields[key]; webhook.SecretSetting(key, value) {
			move("customFields."+key, key, &value)
			w.CustomFields[key] = value
		}
	}
	return all
}

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

// document is a definition on its way to YAML.
type document struct {
	options   ExportOptions
	hook      config.Webhook
	webhook   webhook.Webhook // as it is written
	variables []config.Variable
	baseURL   string
	dollar    bool // the variable DOLLAR is needed
	block     bool // write templates as literal blocks where possible
}

// write writes the document: the comment, and the YAML.
func (d document) write() ([]byte, error) {
	root := mapping("projects", list(mapping(
		"name", text(config.EscapeDollars(d.options.Project)),
		"notificationIntegrations", mapping("baseURL", text(d.baseURL), "webhook", d.webhookNode()),
	)))
	switch d.options.Place {
	case PlaceHelm:
		root = d.withEnv(root)
	case PlaceOperator:
		root = mapping("apiVersion", text("coroot.com/v1"), "kind", text("Coroot"), "metadata", mapping("name", text("coroot")), "spec", d.withEnv(root))
	case PlaceConfig, PlaceAPI:
	}
	var b bytes.Buffer
	encoder := yaml.NewEncoder(&b)
	encoder.SetIndent(2)
	if err := encoder.Encode(root); err != nil {
		return nil, fmt.Errorf("write YAML: %w", err)
	}
	if err := encoder.Close(); err != nil {
		return nil, fmt.Errorf("write YAML: %w", err)
	}
	return []byte(d.comment() + d.withBlocks(b.String())), nil
}

// mark is a placeholder for a template that is written as a block afterwards, because
// the encoder does not write blocks that contain an emoji.
func mark(kind event.Kind) string { return "TEMPLATE-" + string(kind) + "-TEMPLATE" }

// withBlocks replaces the marks by templates as literal blocks.
func (d document) withBlocks(yaml string) string {
	var b strings.Builder
	for line := range strings.Lines(yaml) {
		written := line
		for _, kind := range event.Kinds() {
			before, _, ok := strings.Cut(line, mark(kind))
			if ok && strings.TrimLeft(before, " ") == kind.TemplateName()+": " {
				indent := len(before) - len(strings.TrimLeft(before, " "))
				written = before + literal(d.webhook.Templates[kind], indent+2)
			}
		}
		b.WriteString(written)
	}
	return b.String()
}

// literal writes a text as a literal block with its header.
func literal(text string, indent int) string {
	header := "|"
	if first := strings.TrimLeft(text, "\n"); strings.HasPrefix(first, " ") {
		header += "2"
	}
	switch body := strings.TrimRight(text, "\n"); {
	case body == text:
		header += "-"
	case body == "" || len(text)-len(body) > 1:
		header += "+"
	}
	var b strings.Builder
	b.WriteString(header + "\n")
	for line := range strings.Lines(strings.TrimSuffix(text, "\n") + "\n") {
		if line != "\n" {
			b.WriteString(strings.Repeat(" ", indent))
		}
		b.WriteString(line)
	}
	return b.String()
}

// canBeLiteral reports whether a text can be written as a literal block.
func canBeLiteral(text string) bool {
	return utf8.ValidString(text) && strings.IndexFunc(text, func(r rune) bool {
		return r < ' ' && r != '\n' && r != '\t' || r >= 0x7F && r < 0xA0 || r == 0x2028 || r == 0x2029 || r == 0xFEFF || r == 0xFFFE || r == 0xFFFF
	}) < 0
}

// withEnv puts the variables that Coroot needs before the projects.
func (d document) withEnv(root *yaml.Node) *yaml.Node {
	var items []*yaml.Node
	if d.dollar {
		items = append(items, mapping("name", text("DOLLAR"), "value", quoted("$")))
	}
	for _, v := range d.variables {
		items = append(items, mapping("name", text(v.Name), "valueFrom", mapping(
			"secretKeyRef", mapping("name", text(secretName), "key", text(v.Name)),
		)))
	}
	if len(items) == 0 {
		return root
	}
	return &yaml.Node{Kind: yaml.MappingNode, Content: append([]*yaml.Node{text("env"), list(items...)}, root.Content...)}
}

// secretName is the Kubernetes Secret that the variables come from.
const secretName = "coroot-webhook"

// comment says what the document is, and what else is needed.
func (d document) comment() string {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, "# "+format+"\n", args...) }
	what := map[Place]string{
		PlaceConfig: "Coroot's configuration file", PlaceOperator: "the resource of Coroot's operator", PlaceHelm: "the values of the charts coroot-ce and coroot-ee",
	}[d.options.Place]
	line("The webhook %s for %s. Merge it into the existing", printableName(d.hook.Name), what)
	line("one: only the project's name, baseURL and webhook are set here. Make changes where this")
	line("was exported from.")
	if d.baseURL == placeholderURL {
		line("Replace baseURL with the URL of your Coroot, with which the links in messages begin.")
	}
	if !d.dollar && len(d.variables) == 0 {
		return b.String()
	}
	b.WriteString("#\n")
	line("Coroot replaces every variable in its configuration before it reads it. It needs these")
	if d.options.Place == PlaceConfig {
		line("in its environment:")
	} else {
		line("in its environment, which env sets:")
	}
	if d.dollar {
		line("  DOLLAR = $  (the dollar sign itself, because there is no other way to keep one)")
	}
	for _, v := range d.variables {
		if v.Default != "" && d.options.ShowSecrets {
			line("  %s  (set it to %s or something else: Coroot has no default values)", v.Name, config.EscapeDollars(printableName(v.Default)))
			continue
		}
		line("  %s", v.Name)
	}
	if d.options.Place != PlaceConfig && len(d.variables) > 0 {
		line("kubectl create secret generic %s %s", secretName, d.literals())
	}
	return b.String()
}

func (d document) literals() string {
	var words []string
	for _, v := range d.variables {
		words = append(words, "--from-literal="+v.Name+"=…")
	}
	return strings.Join(words, " ")
}

// printableName keeps a name from breaking out of a comment.
func printableName(name string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7F || r == 0x85 || r == 0x2028 || r == 0x2029 {
			return ' '
		}
		return r
	}, name)
}

func (d document) webhookNode() *yaml.Node {
	w := d.webhook
	n := mapping("url", text(w.URL))
	add := func(key string, value *yaml.Node) { n.Content = append(n.Content, text(key), value) }
	if w.TLSSkipVerify {
		add("tlsSkipVerify", truth(true))
	}
	if auth := w.BasicAuth; auth != nil {
		add("basicAuth", mapping("username", d.setting(auth.Username), "password", d.setting(auth.Password)))
	}
	if len(w.CustomHeaders) > 0 {
		var headers []*yaml.Node
		for _, header := range w.CustomHeaders {
			headers = append(headers, mapping("key", text(header.Key), "value", d.setting(header.Value)))
		}
		add("customHeaders", list(headers...))
	}
	if len(w.CustomFields) > 0 {
		fields := mapping()
		for _, key := range slices.Sorted(maps.Keys(w.CustomFields)) {
			fields.Content = append(fields.Content, text(key), d.setting(w.CustomFields[key]))
		}
		add("customFields", fields)
	}
	for _, kind := range event.Kinds() {
		add(string(kind)+"s", truth(w.Enabled(kind)))
	}
	for _, kind := range event.Kinds() {
		if body := w.Templates[kind]; body != "" {
			if d.block && canBeLiteral(body) {
				add(kind.TemplateName(), text(mark(kind)))
				continue
			}
			add(kind.TemplateName(), quoted(body))
		}
	}
	return n
}

// setting makes a scalar of a value. In Coroot's own file a variable is replaced before
// the YAML is parsed, and its value may contain any quote: only a block can hold it.
func (d document) setting(value string) *yaml.Node {
	n := text(value)
	variable := strings.Contains(strings.ReplaceAll(value, "${DOLLAR}", ""), "${")
	if d.options.Place == PlaceConfig && variable && canBeLiteral(value) && strings.TrimSpace(value) == value && !strings.Contains(value, "\n") {
		n.Style = yaml.LiteralStyle
	}
	return n
}

// mapping makes a mapping of keys, each followed by its value.
func mapping(pairs ...any) *yaml.Node {
	n := &yaml.Node{Kind: yaml.MappingNode}
	for i := 0; i+1 < len(pairs); i += 2 {
		key, _ := pairs[i].(string)
		value, _ := pairs[i+1].(*yaml.Node)
		n.Content = append(n.Content, text(key), value)
	}
	return n
}

func list(items ...*yaml.Node) *yaml.Node { return &yaml.Node{Kind: yaml.SequenceNode, Content: items} }

// text makes a scalar. One with a variable is quoted, because the variable's value is
// unknown.
func text(value string) *yaml.Node {
	n := &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: value}
	switch {
	case strings.Contains(value, "${"):
		n.Style = yaml.SingleQuotedStyle
	case oldScalar().MatchString(value):
		n.Style = yaml.DoubleQuotedStyle
	}
	return n
}

// oldScalar matches texts that are booleans and numbers to parsers of YAML 1.1, such as
// those of kubectl and Helm.
var oldScalar = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^(?:(?i:y|yes|n|no|on|off)|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?|=)$`)
})

func quoted(value string) *yaml.Node {
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: value, Style: yaml.DoubleQuotedStyle}
}

func truth(value bool) *yaml.Node {
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!bool", Value: fmt.Sprint(value)}
}
