package lint

import (
	"fmt"
	"net/url"
	"strings"

	"github.com/hooktool/hooktool/pkg/config"
	"github.com/hooktool/hooktool/pkg/destination/catalog"
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/webhook"
)

func secret() Rule {
	return Rule{
		ID: "secret", Severity: Error,
		Summary: "a template or a file in the repository contains a secret",
		Why: "Anyone who has a bot's token, the URL of a Slack or Discord webhook, or a PagerDuty routing key can post in\n" +
			"your name. Git keeps it forever, even after the line is removed: revoke it and create a new one.\n" +
			"\n" +
			"In `.hooktool.yaml` and in Coroot's configuration, write `${NAME}` and keep the value in the environment. In a\n" +
			"template, use a custom field, which Coroot keeps with the webhook: `{{ .Routing_key }}`. `validate` masks\n" +
			"what it finds; `render` and `fix` print the template's own text as it is.",
		Bad: Example{
			Kind: event.KindDeployment, Destination: "generic",
			Text: `{"routing_key": "R7f3c9d21e8b04a6f9d2c7b15e0a4831", "status": {{ json .Status }}}`,
			At:   []string{"1:18"},
		},
		Good: Example{
			Kind: event.KindDeployment, Destination: "generic", CustomFields: []string{"routing_key"},
			Text: `{"routing_key": {{ json .Routing_key }}, "status": {{ json .Status }}}`,
		},
		check:    checkTemplateSecrets,
		settings: checkSettingSecrets,
	}
}

func checkTemplateSecrets(p *pass) {
	for _, s := range webhook.FindSecrets(p.template.Text) {
		p.report(at{s.Start, s.End}, s.Name+" is in the template", "use a custom field of the webhook instead, and replace the secret: it is no longer secret")
	}
}

// replaceHint returns where to put a secret instead.
func (p *settings) replaceHint() string {
	if p.hook.Format == config.FormatHooktool {
		return "write ${NAME}, keep the value in the environment, and replace the secret: it is no longer secret"
	}
	if p.hook.Format == config.FormatAPI {
		return "keep this file out of git, and replace the secret if the file was ever committed"
	}
	return "write ${NAME}, which Coroot takes from its environment, and replace the secret if this file is in git"
}

func checkSettingSecrets(p *settings) {
	p.urlSecret(p.setting("url"))
	if s := p.setting("basicAuth.password"); s.Value != "" && !strings.Contains(s.Value, "${") {
		p.mild(p.atValue(s, "this file contains the password", p.replaceHint()))
	}
	for _, s := range p.below("customHeaders[") {
		if !strings.HasSuffix(s.Path, ".value") || s.Value == "" || strings.Contains(s.Value, "${") {
			continue
		}
		key := p.setting(strings.TrimSuffix(s.Path, "value") + "key").Value
		if webhook.SecretHeaderValue(key, s.Value) && !webhook.PlaceholderSecret(s.Value) {
			p.mild(p.atValue(s, fmt.Sprintf("the header %s in this file contains a secret", key), p.replaceHint()))
		}
	}
	for _, s := range p.below("customFields.") {
		switch found := webhook.FindSecrets(s.Value); {
		case len(found) > 0:
			p.mild(p.atValue(s, fmt.Sprintf("the custom field %s in this file contains %s", s.Key, found[0].Name), p.replaceHint()))
		case webhook.SecretSetting(s.Key, s.Value) && !webhook.PlaceholderSecret(s.Value):
			p.mild(p.atValue(s, fmt.Sprintf("the custom field %s in this file contains a secret", s.Key), p.replaceHint()))
		}
	}
}

// mild lowers a finding to a warning if the file may be one that is not kept in Git.
func (p *settings) mild(f *Finding) {
	if _, overridden := p.options.chosen(p.rule, p.hook.Path); !overridden && p.hook.Format != config.FormatHooktool {
		f.Severity = Warning
	}
}

func (p *settings) urlSecret(s config.Setting) {
	if u, err := url.Parse(s.Value); err == nil {
		switch password, ok := u.User.Password(); {
		case ok && !strings.Contains(password, "$"):
			p.mild(p.atValue(s, "the URL contains a password", p.replaceHint()))
			return
		case !ok && webhook.LooksSecret(u.User.Username()) && !webhook.PlaceholderSecret(u.User.Username()):
			p.mild(p.atValue(s, "the URL contains a token as its user", p.replaceHint()))
			return
		}
	}
	d := catalog.ByURL(s.Value)
	if d == nil || d.Malformed(s.Value) != nil {
		for name, value := range webhook.SecretParameters(s.Value) {
			if !webhook.PlaceholderSecret(value) {
				p.mild(p.atValue(s, fmt.Sprintf("the parameter %s of the URL contains a secret", name), p.replaceHint()))
				return
			}
		}
		return
	}
	for _, value := range d.Secrets(s.Value).Values {
		if value != "" && !webhook.PlaceholderSecret(value) {
			f := p.atValue(s, fmt.Sprintf("this file contains the URL of a %s webhook, which is a secret", d.Title), p.replaceHint())
			p.mild(f)
			if form := d.Form(s.Value); form != nil && form.Chosen && f.Severity == Error {
				f.Severity = Warning
			}
			return
		}
	}
}
