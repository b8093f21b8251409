package coroot

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"github.com/hooktool/hooktool/pkg/config"
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/webhook"
)

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
