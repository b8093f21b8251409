package lint

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"text/template"
	"text/template/parse"

	"github.com/hooktool/hooktool/internal/alertrule"
	"github.com/hooktool/hooktool/internal/words"
	"github.com/hooktool/hooktool/pkg/config"
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/source"
)

func alertRuleTemplate() Rule {
	return Rule{
		ID: "alert-rule-template", Severity: Error,
		Summary: "a template of an alerting rule is sent unexecuted, or prints <no value>",
		Why: "`templates.summary` and `templates.description` of an alerting rule become the `.Summary` and the\n" +
			"`Description` of its alerts. They are Go templates with only the builtin functions, without `json`. The data\n" +
			"depends on the source. PromQL has `value`, `labels` and each label by name; a check has `app`, `namespace`,\n" +
			"`check_title`, `check_message` and `check_value`. Anything else prints `<no value>`. `$labels` and `$value`\n" +
			"exist in Prometheus, not here.\n" +
			"\n" +
			"When such a template cannot be parsed or executed, Coroot sends its text, braces and all, without any warning.\n" +
			"It never executes templates for log patterns and Kubernetes events, and it uses `summary` only for PromQL.",
		Bad: Example{
			Webhook: true,
			Text: "projects:\n  - name: shop\n    alertingRules:\n      - id: storage-space\n        templates: {description: 'Disk of {{ .application }} is full'}\n" +
				"      - id: new-log-patterns\n        templates: {description: 'Look at {{ .app }}'}\n" +
				"      - id: up\n        name: Up\n        source: {type: promql, promql: {expression: sum by (job) (up) == 0}}\n        selector: {type: all}\n        severity: critical\n" +
				"        templates:\n          summary: '{{ .job }} on {{ .instance }} {{ json .value }}'\n",
			At: []string{"5:46", "7:43", "14:38", "14:54"},
		},
		Good: Example{
			Webhook: true,
			Text: "projects:\n  - name: shop\n    alertingRules:\n      - id: storage-space\n        templates: {description: 'Disk of {{ .app }} is full'}\n" +
				"      - id: up\n        name: Up\n        source: {type: promql, promql: {expression: sum by (job) (up) == 0}}\n        selector: {type: all}\n        severity: critical\n" +
				"        templates:\n          summary: '{{ .job }} {{ .value }}'\n",
		},
		check:   func(*pass) {},
		project: checkRuleTemplates,
	}
}

func checkRuleTemplates(p *settings) {
	for _, rule := range p.project.AlertRules {
		from := alertrule.SourceOf(rule)
		if from == "" || !slices.Contains(alertrule.SourceTypes(), from) {
			continue // reported elsewhere
		}
		for part, t := range map[alertrule.Part]*config.Template{alertrule.Summary: rule.Summary, alertrule.Description: rule.Description} {
			if t != nil && t.Text != "" {
				(&ruleTemplate{settings: p, rule: rule, from: from, part: part, template: *t}).check()
			}
		}
	}
}

// ruleTemplate is a template of an alerting rule that is being checked.
type ruleTemplate struct {
	*settings
	rule     config.AlertRule
	from     string // the type of source
	part     alertrule.Part
	template config.Template
}

// at reports a finding at a range of bytes in the template.
func (t *ruleTemplate) at(start, end int, message, hint string) *Finding {
	f := t.report(t.template.Position(start), t.template.Text[start:max(end, start)], message, hint)
	if last := t.template.Position(max(end, start+1)); last.Line == f.Pos.Line && last.Column > f.Pos.Column {
		f.End = last
	}
	return f
}

func (t *ruleTemplate) check() {
	text := t.template.Text
	switch {
	case !alertrule.Used(t.from, t.part):
		t.downTo(Warning, t.report(t.template.Key, string(t.part), fmt.Sprintf("the %s of a rule for %s is not used: Coroot writes its own", t.part, sourceWords(t.from)), "write a description instead"))
		return
	case !alertrule.Executed(t.from, t.part):
		if start := strings.Index(text, "{{"); start >= 0 {
			t.at(start, start+2, fmt.Sprintf("Coroot does not execute the %s of a rule for %s: it is sent as is, braces included", t.part, sourceWords(t.from)), "write plain text")
		}
		return
	}
	parsed, err := source.ParseTemplate("x", text)
	if err != nil && t.options.expansionTold(t.template, t.path) {
		return // another finding reports the cause
	}
	if err != nil {
		t.parseError(err)
		return
	}
	before := len(t.findings)
	t.checkFunctions(parsed)
	t.checkKeys(parsed)
	if len(t.findings) == before {
		t.checkExecution(parsed)
	}
}

func sourceWords(from string) string {
	return map[string]string{
		alertrule.Check: "a check", alertrule.PromQL: "PromQL", alertrule.LogPatterns: "log patterns", alertrule.KubernetesEvents: "Kubernetes events",
	}[from]
}

const sentAsIs = "Coroot sends the template's text as is"

var (
	templatePlace  = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^template: [^:]*:(\d+)(?::(\d+))?: (.*)$`) })
	prometheusVars = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`\$(labels|value|externalLabels|externalURL)\b`) })
)

func (t *ruleTemplate) parseError(err error) {
	text := t.template.Text
	if at := prometheusVars().FindStringIndex(text); at != nil {
		t.at(at[0], at[1], fmt.Sprintf("there is no %s here, unlike in Prometheus: %s", text[at[0]:at[1]], sentAsIs), t.available())
		return
	}
	start, message := t.place(err)
	t.at(start, lineEnd(text, start), message+": "+sentAsIs, t.available())
}

// place returns the position and message of a text/template error.
func (t *ruleTemplate) place(err error) (start int, message string) {
	match := templatePlace().FindStringSubmatch(err.Error())
	if match == nil {
		return 0, err.Error()
	}
	line, _ := strconv.Atoi(match[1]) // the pattern matches digits only
	column, _ := strconv.Atoi(match[2])
	index := source.NewIndex(t.template.Text)
	start = index.Offset(source.Position{Line: line, Column: 1}) + column
	return min(start, len(t.template.Text)), strings.TrimSpace(match[3])
}

func lineEnd(text string, start int) int {
	if i := strings.IndexByte(text[start:], '\n'); i >= 0 {
		return start + i
	}
	return len(text)
}

// available describes what the template can use.
func (t *ruleTemplate) available() string {
	if t.from == alertrule.Check {
		return "it can use ." + words.And(strings.Split(strings.Join(alertrule.CheckKeys(), " ."), " "))
	}
	if labels, known := alertrule.Labels(t.rule.Expression); known {
		list := []string{".value", ".labels"}
		for _, label := range labels {
			list = append(list, "."+label)
		}
		return "it can use " + words.And(list)
	}
	return "it can use .value, .labels and each label by its name, such as .instance"
}

// checkFunctions reports functions that do not exist.
func (t *ruleTemplate) checkFunctions(parsed *source.Template) {
	parsed.Inspect(func(node parse.Node) bool {
		name, ok := node.(*parse.IdentifierNode)
		if !ok || isBuiltinFunction(name.Ident) {
			return true
		}
		start := int(name.Pos)
		hint := "only the builtin functions of Go's templates are available"
		if name.Ident == "json" {
			hint = "write plain text: the webhook's template turns it into JSON"
		}
		t.at(start, start+len(name.Ident), fmt.Sprintf("the templates of rules have no function %s: %s", name.Ident, sentAsIs), hint)
		return true
	})
}

// isBuiltinFunction reports whether text/template itself knows a function.
func isBuiltinFunction(name string) bool {
	_, err := template.New("").Parse("{{ " + name + " }}")
	return err == nil
}

// checkKeys reports data keys that do not exist.
func (t *ruleTemplate) checkKeys(parsed *source.Template) {
	parsed.Inspect(func(node parse.Node) bool {
		switch n := node.(type) {
		case *parse.WithNode, *parse.RangeNode, *parse.TemplateNode: // the dot changes
			return false
		case *parse.FieldNode:
			t.checkKey(source.NodeStart(n), n.Ident)
		}
		return true
	})
}

func (t *ruleTemplate) checkKey(start int, path []string) {
	known, labelsKnown := alertrule.CheckKeys(), true
	if t.from == alertrule.PromQL {
		var labels []string
		labels, labelsKnown = alertrule.Labels(t.rule.Expression)
		known = append([]string{"value", "labels"}, labels...)
		if path[0] == "labels" && len(path) > 1 {
			if labelsKnown && !slices.Contains(labels, path[1]) {
				t.noValue(start, path, labels)
			}
			return
		}
	}
	if slices.Contains(known, path[0]) {
		return
	}
	if !labelsKnown { // any name can be a label
		if like := strings.ToLower(path[0]); like != path[0] && slices.Contains([]string{"value", "labels"}, like) {
			t.downTo(Warning, t.at(start, start+1+len(path[0]), fmt.Sprintf(".%s prints <no value> unless a label has that name", path[0]), words.DidYouMean("."+like)))
		}
		return
	}
	t.noValue(start, path, known)
}

func (t *ruleTemplate) noValue(start int, path, known []string) {
	name := "." + strings.Join(path, ".")
	reason := fmt.Sprintf("a rule for %s has no such value", sourceWords(t.from))
	if t.from == alertrule.PromQL {
		reason = "the result of the query has no such label"
	}
	t.at(start, min(start+len(name), len(t.template.Text)), fmt.Sprintf("%s prints <no value>: %s", name, reason), words.Suggest(path[len(path)-1], known, t.available()))
}

// checkExecution executes the template with a label for every name in it.
func (t *ruleTemplate) checkExecution(parsed *source.Template) {
	sample := alertrule.Sample{Labels: map[string]string{}, Value: 1, Base: *event.DefaultSample(event.KindAlert).Event.Alert}
	parsed.Inspect(func(node parse.Node) bool {
		if field, ok := node.(*parse.FieldNode); ok && field.Ident[0] != "value" && field.Ident[0] != "labels" {
			sample.Labels[field.Ident[0]] = "x"
		}
		return true
	})
	if _, err := alertrule.Execute(t.template.Text, alertrule.Data(t.from, sample)); err != nil {
		start, message := t.place(err)
		message = strings.TrimPrefix(message, `executing "" at `)
		t.at(start, lineEnd(t.template.Text, start), "it cannot be executed: "+message+": "+sentAsIs, t.available())
	}
}
