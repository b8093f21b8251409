package config

import (
	"fmt"
	"slices"
	"strings"

	"github.com/hooktool/hooktool/internal/words"
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/source"
)

// Project is one of Coroot's projects, as far as it determines what a webhook receives.
type Project struct {
	Name       string
	Path       string // the configuration file
	Pos        source.Position
	Format     Format
	Webhook    *Webhook   // nil if there is none
	Categories []Category // applicationCategories
	AlertRules []AlertRule
	Expansions []Expansion // what Coroot expands in it, outside the webhook

	index *source.Index
	path  string // the keys that lead to it
}

// Index finds lines and positions in the file that the project is in.
func (p *Project) Index() *source.Index { return p.index }

// Category is an entry of applicationCategories.
type Category struct {
	Name     string
	Pos      source.Position
	Settings map[event.Kind]CategorySetting // notificationSettings
	Unknown  []UnknownKey                   // of notificationSettings
}

// CategorySetting says whether notifications of a kind are sent for the
// applications of a category.
type CategorySetting struct {
	Pos     source.Position // of its key
	Enabled Switch          // of the kind
	Webhook Switch          // of the kind's webhook switch
}

// Switch is a boolean that may be absent.
type Switch struct {
	On  bool
	Pos source.Position // of its key; not valid if it is absent
}

// Set reports whether the switch is present.
func (s Switch) Set() bool { return s.Pos.IsValid() }

// AlertRule is an entry of alertingRules.
type AlertRule struct {
	ID, Name, Severity string
	Pos                source.Position
	Keys               map[string]source.Position // of the keys that are present, such as source.type
	SourceType         string                     // check, promql, log_patterns or kubernetes_events; empty: not given
	CheckID            string
	Expression         string
	SelectorType       string
	Selected           map[string][]string // categories and applicationIdPatterns of the selector, if present
	Category           string              // notificationCategory
	Enabled            Switch
	Summary            *Template // nil if absent
	Description        *Template
	Unknown            []UnknownKey
}

// UnknownKey is a key that Coroot does not know.
type UnknownKey struct {
	Key  string
	Pos  source.Position
	Hint string
}

// alertRuleKeys lists the keys below each key of an alerting rule.
func alertRuleKeys() map[string][]string {
	return map[string][]string{
		"":                        {"id", "name", "source", "selector", "severity", "for", "keepFiringFor", "templates", "notificationCategory", "enabled"},
		"source":                  {"type", "check", "promql", "logPattern", "kubernetesEvents"},
		"source.check":            {"checkId"},
		"source.promql":           {"expression"},
		"source.logPattern":       {"severities", "minCount", "maxAlertsPerApp", "evaluateWithAi"},
		"source.kubernetesEvents": {"minCount", "maxAlertsPerApp", "evaluateWithAi"},
		"selector":                {"type", "categories", "applicationIdPatterns"},
		"templates":               {"summary", "description"},
	}
}

// alertRule reads an entry of alertingRules.
func (r *reader) alertRule(n node) AlertRule {
	rule := AlertRule{Pos: r.position(n), Keys: map[string]source.Position{}}
	r.ruleKeys(&rule, "", n, alertRuleKeys())
	return rule
}

func (r *reader) ruleKeys(rule *AlertRule, path string, n node, known map[string][]string) {
	what := "an alerting rule"
	if path != "" {
		what = path
	}
	r.members(n, what, map[string]node{}, func(at node, key string, value node) {
		whole := strings.TrimPrefix(path+"."+key, ".")
		rule.Keys[whole] = r.position(at)
		if !slices.Contains(known[path], key) {
			rule.Unknown = append(rule.Unknown, UnknownKey{
				Key: key, Pos: r.position(at), Hint: words.Suggest(key, known[path], "the keys are "+words.And(known[path])),
			})
			return
		}
		if known[whole] != nil {
			r.ruleKeys(rule, whole, value, known)
			return
		}
		r.ruleValue(rule, whole, at, value)
	})
}

func (r *reader) ruleValue(rule *AlertRule, path string, at, value node) {
	texts := map[string]*string{
		"id": &rule.ID, "name": &rule.Name, "severity": &rule.Severity, "source.type": &rule.SourceType, "source.check.checkId": &rule.CheckID,
		"source.promql.expression": &rule.Expression, "selector.type": &rule.SelectorType, "notificationCategory": &rule.Category,
	}
	switch {
	case texts[path] != nil:
		*texts[path] = r.string(value, path)
	case path == "selector.categories", path == "selector.applicationIdPatterns":
		if rule.Selected == nil {
			rule.Selected = map[string][]string{}
		}
		rule.Selected[at.Value] = []string{}
		r.list(value, path, func(_ int, element node) {
			rule.Selected[at.Value] = append(rule.Selected[at.Value], r.string(element, path))
		})
	case path == "enabled":
		rule.Enabled = Switch{On: r.bool(value, path), Pos: r.position(at)}
	case path == "templates.summary":
		rule.Summary = r.ruleTemplate(at, value)
	case path == "templates.description":
		rule.Description = r.ruleTemplate(at, value)
	}
}

func (r *reader) ruleTemplate(at, value node) *Template {
	t := Template{Path: r.path, Text: r.string(value, at.Value), Pos: r.position(value), Key: r.position(at)}
	hook := Webhook{Format: FormatCoroot}
	webhookReader{reader: r, hook: &hook}.locate(&t, value)
	return &t
}

// kindSwitches lists the keys of notificationSettings.
func kindSwitches() []string {
	var keys []string
	for _, kind := range event.Kinds() {
		keys = append(keys, string(kind)+"s")
	}
	return keys
}

// category reads an entry of applicationCategories.
func (r *reader) category(i int, n node) Category {
	c := Category{Name: fmt.Sprintf("applicationCategories[%d]", i), Pos: r.position(n), Settings: map[event.Kind]CategorySetting{}}
	r.members(n, "an application category", map[string]node{}, func(at node, key string, value node) {
		switch key {
		case "name":
			c.Name, c.Pos = r.string(value, key), r.position(value)
		case "notificationSettings":
			r.members(value, key, map[string]node{}, func(at node, key string, value node) {
				for _, kind := range event.Kinds() {
					if key == string(kind)+"s" {
						c.Settings[kind] = r.categorySetting(at, value)
						return
					}
				}
				known := kindSwitches()
				c.Unknown = append(c.Unknown, UnknownKey{Key: key, Pos: r.position(at), Hint: words.Suggest(key, known, "the keys are "+words.And(known))})
			})
		}
	})
	return c
}

func (r *reader) categorySetting(at, n node) CategorySetting {
	s := CategorySetting{Pos: r.position(at)}
	r.members(n, at.Value, map[string]node{}, func(at node, key string, value node) {
		switch key {
		case "enabled":
			s.Enabled = Switch{On: r.bool(value, key), Pos: r.position(at)}
		case "webhook":
			s.Webhook.Pos = r.position(at)
			r.members(value, key, map[string]node{}, func(_ node, key string, value node) {
				if key == "enabled" {
					s.Webhook.On = r.bool(value, key)
				}
			})
		}
	})
	return s
}
