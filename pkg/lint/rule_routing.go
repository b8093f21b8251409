package lint

import (
	"fmt"
	"slices"

	"github.com/hooktool/hooktool/pkg/config"
	"github.com/hooktool/hooktool/pkg/event"
)

func routing() Rule {
	return Rule{
		ID: "routing", Severity: Warning,
		Summary: "a switch of an application category does not do what it seems to, or a kind of event never reaches the webhook",
		Why: "Coroot checks two things before it sends a notification to the webhook. The first is the webhook's own\n" +
			"switches `incidents`, `deployments` and `alerts`; if one is off, the notification is marked as sent and\n" +
			"dropped. The second is `notificationSettings` of the application's category. There, a kind is off only if it\n" +
			"has its own `webhook` entry: if that is missing, Coroot fills in its default, so `alerts: {enabled: false}`\n" +
			"comes back as enabled. Deployments are on only for the category `application`; any other category must turn\n" +
			"them on.",
		Bad: Example{
			Webhook: true,
			Text: "projects:\n  - name: shop\n    applicationCategories:\n      - name: batch\n        notificationSettings:\n          alerts: {enabled: false}\n" +
				"          deployments: {enabled: true, webhook: {enabled: true}}\n    notificationIntegrations:\n      baseURL: https://coroot.example.com\n" +
				"      webhook:\n        url: ${CHAT_URL}\n        alerts: true\n        alertTemplate: '{\"text\": {{ json .Summary }}}'\n",
			At: []string{"6:20", "7:40"},
		},
		Good: Example{
			Webhook: true,
			Text: "projects:\n  - name: shop\n    applicationCategories:\n      - name: batch\n        notificationSettings:\n" +
				"          alerts: {enabled: false, webhook: {enabled: false}}\n    notificationIntegrations:\n      baseURL: https://coroot.example.com\n" +
				"      webhook:\n        url: ${CHAT_URL}\n        alerts: true\n        alertTemplate: '{\"text\": {{ json .Summary }}}'\n",
		},
		check:   func(*pass) {},
		project: checkRouting,
	}
}

// applicationCategory is the category of ordinary applications, the only one whose
// deployments trigger notifications by default.
const applicationCategory = "application"

// builtinCategories exist in every project.
var builtinCategories = []string{applicationCategory, "control-plane", "monitoring"}

func checkRouting(p *settings) {
	for _, category := range p.project.Categories {
		for _, key := range category.Unknown {
			p.report(key.Pos, key.Key, fmt.Sprintf("unknown key %q in the notificationSettings of the category %q", key.Key, category.Name), key.Hint)
		}
		for _, kind := range event.Kinds() {
			if s, ok := category.Settings[kind]; ok {
				p.checkCategory(category, kind, s)
			}
		}
	}
	if p.project.Webhook == nil {
		return
	}
	for _, kind := range event.Kinds() {
		p.checkHeard(kind)
	}
	p.checkDeployments()
}

// checkCategory reports a switch that has no effect and one that the webhook's own
// switch overrides.
func (p *settings) checkCategory(category config.Category, kind event.Kind, s config.CategorySetting) {
	switch {
	case s.Enabled.Set() && !s.Enabled.On && !s.Webhook.Set() && onByDefault(category.Name, kind):
		p.report(s.Enabled.Pos, "enabled", fmt.Sprintf("this has no effect on webhooks: Coroot fills in the missing webhook entry, so %ss of the category %q are sent", kind, category.Name),
			"add webhook: {enabled: false}")
	case s.Webhook.On && s.Enabled.Set() && !s.Enabled.On:
		p.report(s.Webhook.Pos, "webhook", fmt.Sprintf("%ss of the category %q are off, so its webhook gets none", kind, category.Name), "set enabled to true, or the webhook's to false")
	case s.Webhook.On && p.project.Webhook != nil && !p.project.Webhook.Enabled(kind):
		p.report(s.Webhook.Pos, "webhook", fmt.Sprintf("the category %q sends %ss to the webhook, but the webhook has them turned off: they are marked as sent and dropped", category.Name, kind),
			fmt.Sprintf("add %ss: true to notificationIntegrations.webhook, with its %s", kind, kind.TemplateName()))
	}
}

// onByDefault reports whether a category sends notifications of a kind by default.
func onByDefault(category string, kind event.Kind) bool {
	return kind != event.KindDeployment || category == applicationCategory
}

// off reports whether a category does not send a kind to the webhook.
func off(category config.Category, kind event.Kind) bool {
	s, ok := category.Settings[kind]
	if !ok || !s.Webhook.Set() {
		return !onByDefault(category.Name, kind)
	}
	return !s.Webhook.On || s.Enabled.Set() && !s.Enabled.On
}

// checkHeard reports a kind that the webhook wants but no category sends.
func (p *settings) checkHeard(kind event.Kind) {
	if !p.project.Webhook.Enabled(kind) || len(p.project.Categories) == 0 {
		return
	}
	ordinary := slices.IndexFunc(p.project.Categories, func(c config.Category) bool { return c.Name == applicationCategory })
	if ordinary < 0 || slices.ContainsFunc(p.project.Categories, func(c config.Category) bool { return !off(c, kind) }) {
		return
	}
	s, _ := p.project.Webhook.Setting(string(kind) + "s")
	p.atKey(s, fmt.Sprintf("the webhook never gets %ss: all these categories, including %q, have them turned off", kind, applicationCategory),
		fmt.Sprintf("add %ss: {enabled: true, webhook: {enabled: true}} to a category", kind))
}

// checkDeployments reports the categories that send no deployments because that is the
// default.
func (p *settings) checkDeployments() {
	if !p.project.Webhook.Enabled(event.KindDeployment) {
		return
	}
	for _, category := range p.project.Categories {
		if _, said := category.Settings[event.KindDeployment]; said || category.Name == applicationCategory {
			continue
		}
		p.downTo(Info, p.report(category.Pos, category.Name, fmt.Sprintf("deployments of the category %q are not sent: only those of %q are, unless a category turns them on", category.Name, applicationCategory),
			"add deployments: {enabled: true, webhook: {enabled: true}} to its notificationSettings if you want them"))
	}
}
