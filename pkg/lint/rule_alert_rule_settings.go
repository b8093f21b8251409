package lint

import (
	"fmt"
	"slices"

	"github.com/hooktool/hooktool/internal/alertrule"
	"github.com/hooktool/hooktool/internal/words"
	"github.com/hooktool/hooktool/pkg/config"
)

func alertRuleSettings() Rule {
	return Rule{
		ID: "alert-rule-settings", Severity: Warning,
		Summary: "an alerting rule in Coroot's configuration does not do what it seems to",
		Why: "A rule that you add (since Coroot 1.18.0) needs an `id`, a `name`, a `source` and a `selector`, although\n" +
			"Coroot's own example leaves out the selector. Without a selector, a rule for a check, log patterns or\n" +
			"Kubernetes events matches no application and never fires, and a PromQL rule fires and is resolved in the\n" +
			"same round, every minute. Without `severity` it is sent as a warning. A rule with the `id` of a built-in\n" +
			"rule changes only what it sets in that rule. Coroot silently ignores unknown keys, and does not start if\n" +
			"`source` or `severity` is wrong.",
		Bad: Example{
			Webhook: true,
			Text: "projects:\n  - name: shop\n    alertingRules:\n      - id: uptime\n        name: Instance uptime\n        source: {type: promql, promql: {expression: up == 0}}\n" +
				"        notifyCategory: batch\n        templates:\n          summary: 'Instance {{ .instance }} is down'\n",
			At: []string{"4:9", "7:9"},
		},
		Good: Example{
			Webhook: true,
			Text: "projects:\n  - name: shop\n    alertingRules:\n      - id: uptime\n        name: Instance uptime\n        source: {type: promql, promql: {expression: up == 0}}\n" +
				"        selector: {type: all}\n        severity: critical\n        templates:\n          summary: 'Instance {{ .instance }} is down'\n",
		},
		check:   func(*pass) {},
		project: checkAlertRules,
	}
}

func checkAlertRules(p *settings) {
	seen := map[string]bool{}
	for _, rule := range p.project.AlertRules {
		for _, unknown := range rule.Unknown {
			p.report(unknown.Pos, unknown.Key, fmt.Sprintf("Coroot does not know the key %q here and ignores it", unknown.Key), unknown.Hint)
		}
		p.checkRuleID(rule, seen)
		p.checkRuleSource(rule)
		if rule.Severity != "" && rule.Severity != "warning" && rule.Severity != "critical" {
			p.upTo(Error, p.report(rule.Keys["severity"], "severity", fmt.Sprintf("the severity %q keeps Coroot from starting", rule.Severity), "it is warning or critical, in lower case"))
		}
		p.checkRuleSelector(rule)
		p.checkRuleCategory(rule)
	}
}

// upTo raises the severity of a finding unless the user has chosen one.
func (p *settings) upTo(severity Severity, f *Finding) { p.downTo(severity, f) }

func isBuiltin(rule config.AlertRule) bool { return slices.Contains(alertrule.Builtin(), rule.ID) }

func (p *settings) checkRuleID(rule config.AlertRule, seen map[string]bool) {
	switch {
	case rule.ID == "":
		p.upTo(Error, p.report(rule.Pos, "", "a rule without an id keeps Coroot from starting", "add an id: that of a built-in rule to change it, or a new one"))
		return
	case seen[rule.ID]:
		p.report(rule.Keys["id"], "id", fmt.Sprintf("the rule %q appears twice", rule.ID), "merge them into one")
	}
	seen[rule.ID] = true
	if isBuiltin(rule) || rule.Keys["source"].IsValid() {
		if !isBuiltin(rule) && !rule.Keys["name"].IsValid() {
			p.report(rule.Pos, "", fmt.Sprintf("the rule %q has no name for messages to show", rule.ID), "add name")
		}
		return
	}
	hint := "add source, or use the id of a built-in rule, such as " + alertrule.Builtin()[0]
	p.report(rule.Keys["id"], "id", fmt.Sprintf("%q is not a built-in rule of Coroot, and a rule of your own needs a source", rule.ID), words.Suggest(rule.ID, alertrule.Builtin(), hint))
}

// sourceBlocks returns the block that each type of source requires.
func sourceBlocks() map[string]string {
	return map[string]string{
		alertrule.Check: "source.check.checkId", alertrule.PromQL: "source.promql.expression",
		alertrule.LogPatterns: "source.logPattern.severities", alertrule.KubernetesEvents: "source.kubernetesEvents",
	}
}

func (p *settings) checkRuleSource(rule config.AlertRule) {
	at, ok := rule.Keys["source"]
	if !ok {
		return
	}
	needed := sourceBlocks()[rule.SourceType]
	switch {
	case needed == "":
		message := "a source without a type keeps Coroot from starting"
		if rule.SourceType != "" {
			message = fmt.Sprintf("the source type %q keeps Coroot from starting", rule.SourceType)
		}
		p.upTo(Error, p.report(at, "source", message, words.Suggest(rule.SourceType, alertrule.SourceTypes(), "it is "+words.Or(alertrule.SourceTypes()))))
	case !rule.Keys[needed].IsValid():
		p.upTo(Error, p.report(at, "source", fmt.Sprintf("a source of type %s without %s keeps Coroot from starting", rule.SourceType, needed), "add "+needed))
	}
}

func (p *settings) checkRuleSelector(rule config.AlertRule) {
	if isBuiltin(rule) || rule.ID == "" || !rule.Keys["source"].IsValid() {
		return
	}
	if !rule.Keys["selector"].IsValid() {
		message := "without a selector it matches no application, and never fires"
		if rule.SourceType == alertrule.PromQL {
			message = "without a selector it fires and is resolved in the same round, every minute"
		}
		p.report(rule.Pos, "", fmt.Sprintf("the rule %q has no selector: %s", rule.ID, message), "add selector: {type: all}")
	} else if rule.SelectorType == "" {
		p.report(rule.Keys["selector"], "selector", "a selector without a type matches no application", "add type: all, category or applications")
	} else if types := []string{"all", "category", "applications"}; !slices.Contains(types, rule.SelectorType) {
		p.report(rule.Keys["selector"], "selector", fmt.Sprintf("there is no selector type %q", rule.SelectorType), words.Suggest(rule.SelectorType, types, "it is "+words.Or(types)))
	}
	p.checkSelected(rule)
	if at := rule.Keys["source"]; !rule.Keys["severity"].IsValid() && at.IsValid() {
		p.downTo(Info, p.report(at, "source", fmt.Sprintf("the rule %q has no severity, and is sent as WARNING", rule.ID), "add severity: warning or critical"))
	}
}

// checkSelected reports selectors that match nothing.
func (p *settings) checkSelected(rule config.AlertRule) {
	needed := map[string]string{"category": "categories", "applications": "applicationIdPatterns"}[rule.SelectorType]
	if needed == "" {
		return
	}
	at := rule.Keys["selector"]
	if key := rule.Keys["selector."+needed]; key.IsValid() {
		at = key
	}
	if len(rule.Selected[needed]) == 0 {
		p.report(at, needed, fmt.Sprintf("a selector of type %s without %s matches no application", rule.SelectorType, needed), "list them, or use type: all")
		return
	}
	names := p.categoryNames()
	if needed != "categories" || len(p.project.Categories) == 0 {
		return
	}
	for _, category := range rule.Selected[needed] {
		if !slices.Contains(names, category) {
			p.report(at, needed, fmt.Sprintf("there is no category %q in applicationCategories", category), words.Suggest(category, names, "the categories are "+words.And(names)))
		}
	}
}

// categoryNames returns the categories of the project.
func (p *settings) categoryNames() []string {
	names := slices.Clone(builtinCategories)
	for _, category := range p.project.Categories {
		names = append(names, category.Name)
	}
	return names
}

func (p *settings) checkRuleCategory(rule config.AlertRule) {
	if rule.Category == "" {
		return
	}
	names := p.categoryNames()
	for _, category := range p.project.Categories {
		if category.Name == rule.Category && off(category, "alert") {
			p.report(rule.Keys["notificationCategory"], "notificationCategory", fmt.Sprintf("the category %q sends no alerts to the webhook, so the webhook gets no alerts from this rule", rule.Category), "")
		}
	}
	if len(p.project.Categories) > 0 && !slices.Contains(names, rule.Category) {
		p.report(rule.Keys["notificationCategory"], "notificationCategory", fmt.Sprintf("there is no category %q in applicationCategories", rule.Category), words.Suggest(rule.Category, names, "the categories are "+words.And(names)))
	}
}
