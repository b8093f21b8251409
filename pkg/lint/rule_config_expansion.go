package lint

import (
	"context"
	"fmt"
	"strings"
	"sync"

	"github.com/hooktool/hooktool/internal/words"
	"github.com/hooktool/hooktool/pkg/config"
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/rewrite"
)

func configExpansion() Rule {
	return Rule{
		ID: "config-expansion", Severity: Error,
		Summary: "Coroot replaces a $ in its configuration, usually with nothing",
		Why: "Before Coroot (since 1.12.4) reads its configuration file, it expands every `$name`, `${name}`, and\n" +
			"`$` followed by a digit or one of `*#$@!?-`, the way Go's `os.Expand` does: a variable that is set in its\n" +
			"environment is replaced by its value, any other by nothing. Custom resources and Helm values end up in that\n" +
			"file too. `{{ range $i, $r := .Reports }}` becomes `{{ range ,  := .Reports }}`, and no notification of that\n" +
			"kind is ever sent; the password `pa$$word` becomes `paword`. What you type into Coroot's user interface is\n" +
			"not expanded.\n" +
			"\n" +
			"A `$` cannot be escaped. Either write the template without variables, or use a variable whose value is `$`:\n" +
			"`${DOLLAR}i`, with `DOLLAR` set to `$` in Coroot's environment (`spec.env` of the resource, `env` of the\n" +
			"Helm values). `hooktool fix` and `hooktool coroot export` write it like that. Use `--config-env NAME=VALUE`\n" +
			"to describe Coroot's environment. `${NAME}` in a URL, a password or a header is fine. `${NAME:=default}` is\n" +
			"a Flux substitution; Coroot would look for a variable with that whole name.",
		Bad: Example{
			Webhook: true,
			Text: "projects:\n  - name: shop\n    notificationIntegrations:\n      baseURL: https://coroot.example.com\n      webhook:\n" +
				"        url: ${CHAT_URL}\n        customHeaders: [{key: X-Note, value: a$$b}]\n        incidents: true\n" +
				"        incidentTemplate: '[{{ range $i, $r := .Reports }}{{ if $i }},{{ end }}{{ json $r }}{{ end }}]'\n",
			At: []string{"7:47", "9:38", "9:42"},
		},
		Good: Example{
			Webhook: true,
			Text: "projects:\n  - name: shop\n    notificationIntegrations:\n      baseURL: https://coroot.example.com\n      webhook:\n" +
				"        url: ${CHAT_URL}\n        basicAuth: {username: coroot, password: '${CHAT_PASSWORD}'}\n        incidents: true\n" +
				"        incidentTemplate: '{{ with .Reports }}[{{ json (index . 0) }}{{ range slice . 1 }},{{ json . }}{{ end }}]{{ else }}[]{{ end }}'\n",
		},
		check:    func(*pass) {},
		settings: checkExpansions,
		project:  checkProjectExpansions,
	}
}

func checkExpansions(p *settings) {
	inside := map[string]*expandedTemplate{}
	for _, kind := range event.Kinds() {
		if t, ok := p.hook.Templates[kind]; ok && !t.File {
			inside[kind.TemplateName()] = &expandedTemplate{
				repairable: sync.OnceValue(func() bool { return p.repairable(t) }),
				parses:     sync.OnceValue(func() bool { return parses(t.Text) }),
			}
		}
	}
	for _, x := range eachOnce(p.hook.Expansions) {
		f, t := p.expansion(x), inside[x.Key]
		if f == nil || t == nil {
			continue
		}
		f.Fixable = !x.Meant() && !x.Flux() && t.repairable()
		if f.Severity == Error && !t.parses() {
			f.Message += ", which cannot be parsed"
		}
	}
}

// expandedTemplate is what matters of a template in which Coroot expands something.
type expandedTemplate struct{ repairable, parses func() bool }

func checkProjectExpansions(p *settings) {
	for _, x := range eachOnce(p.project.Expansions) {
		p.expansion(x)
	}
}

// eachOnce keeps each reference once per value.
func eachOnce(list []config.Expansion) []config.Expansion {
	said := map[string]bool{}
	var first []config.Expansion
	for _, x := range list {
		if once := x.Path + " " + x.Text; !said[once] {
			said[once] = true
			first = append(first, x)
		}
	}
	return first
}

// repairable reports whether hooktool fix can rewrite a template so that it survives
// expansion.
func (p *settings) repairable(t config.Template) bool {
	fields := p.hook.Raw().CustomFields
	try := func() bool {
		_, err := rewrite.FixMeant(context.Background(), t, rewrite.Options{CustomFields: fields, Brief: true})
		return err == nil
	}
	if p.options.Memory == nil {
		return try()
	}
	return p.options.Memory.fact(keyed("repairable", t.Meant(), t.Kind, t.Expands(), fields), try)
}

// expansion reports text that Coroot expands unintentionally, or a reference whose
// value is not known here.
func (p *settings) expansion(x config.Expansion) *Finding {
	sort := sortOf(x)
	switch {
	case x.Flux():
		return p.downTo(Warning, p.expanded(x,
			fmt.Sprintf("%s is a substitution of Flux; Coroot replaces it with nothing", short(x.Text)),
			fmt.Sprintf("check what Flux replaces it with; for Coroot, write ${%s} and set it in its environment", variableOf(x.Name))))
	case x.Braced() && x.Set, x.Braced() && !sort.template:
		return nil // it is intended
	case x.Braced() && x.Name == "DOLLAR":
		return p.expanded(x, "${DOLLAR} keeps a $ through Coroot's expansion, but the variable DOLLAR is not set",
			"set DOLLAR to $ in Coroot's environment, and pass --config-env 'DOLLAR=$' here")
	case x.Braced():
		return p.expanded(x, fmt.Sprintf("Coroot replaces this with its environment variable %s, which is not set, so nothing is left", x.Name),
			fmt.Sprintf("set it there, and pass --config-env %s=VALUE here", x.Name))
	case x.Meant():
		return p.downTo(Warning, p.expanded(x, fmt.Sprintf("Coroot inserts the value of its variable %s in place of %s", x.Name, x.Text),
			fmt.Sprintf("write ${%s} if that is intended, otherwise ${DOLLAR}%s with DOLLAR=$ in Coroot's environment", x.Name, strings.TrimPrefix(x.Text, "$"))))
	}
	f := p.expanded(x, expandedMessage(x, sort), expandedHint(x, sort))
	if !sort.template && !sort.secret {
		return p.downTo(Warning, f)
	}
	return f
}

func (p *settings) expanded(x config.Expansion, message, hint string) *Finding {
	f := p.report(x.Pos, x.Text, message, hint)
	if x.End.Line == x.Pos.Line && x.End.Column > x.Pos.Column {
		f.End = x.End
	}
	return f
}

// downTo lowers the severity of a finding unless the user has chosen one.
func (p *settings) downTo(severity Severity, f *Finding) *Finding {
	if _, overridden := p.options.chosen(p.rule, p.path); !overridden {
		f.Severity = severity
	}
	return f
}

// valueSort describes the value that is expanded.
type valueSort struct {
	template bool   // a template
	secret   bool   // a URL, a password, a header or the like
	name     string // for messages
}

func sortOf(x config.Expansion) valueSort {
	key := strings.ToLower(x.Key)
	switch {
	case strings.HasSuffix(key, "template"), strings.Contains(x.Path, ".templates."):
		return valueSort{template: true, name: "the template"}
	case strings.HasSuffix(key, "url"):
		return valueSort{secret: true, name: "the URL"}
	case strings.Contains(key, "password"), strings.Contains(key, "token"), strings.HasSuffix(key, "key") && !strings.Contains(x.Path, "customHeaders"):
		return valueSort{secret: true, name: "the secret"}
	case strings.Contains(x.Path, ".customHeaders["):
		return valueSort{secret: true, name: "the header"}
	case strings.Contains(x.Path, ".basicAuth."):
		return valueSort{secret: true, name: "the user"}
	case strings.Contains(x.Path, ".customFields."):
		return valueSort{secret: true, name: "the custom field"}
	}
	return valueSort{name: "the value"}
}

func expandedMessage(x config.Expansion, sort valueSort) string {
	if x.Name == "" {
		return fmt.Sprintf("Coroot expands variables before it reads %s, and drops %s", sort.name, short(x.Text))
	}
	message := fmt.Sprintf("Coroot inserts its variable %s in place of %s", short(x.Name), short(x.Text))
	if !x.Set {
		message = fmt.Sprintf("Coroot treats %s as an environment variable and replaces it with nothing", short(x.Text))
	}
	if sort.template {
		message += ", leaving " + short(x.Line)
	}
	return message
}

func expandedHint(x config.Expansion, sort valueSort) string {
	escaped := fmt.Sprintf("write ${DOLLAR}%s, with DOLLAR set to $ in Coroot's environment", strings.TrimPrefix(short(x.Text), "$"))
	if strings.Contains(x.Path, ".alertingRules[") && (strings.EqualFold(x.Name, "labels") || strings.EqualFold(x.Name, "value")) {
		return "$labels and $value belong to Prometheus: write {{ .labels.instance }} or {{ .instance }}, and {{ .value }}"
	}
	if sort.template && x.InAction {
		return "avoid the variable, or " + escaped
	}
	return escaped
}

// variableOf returns the variable name in a substitution with a default.
func variableOf(name string) string {
	end := strings.IndexAny(name, ":=?+-/#%^,")
	if end < 0 {
		return name
	}
	return name[:end]
}

// maxShown limits how much of a text a message quotes, in characters.
const maxShown = 80

// short returns the beginning of a text on one line.
func short(text string) string { return words.Line(text, maxShown) }
