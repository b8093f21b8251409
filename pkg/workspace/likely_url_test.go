package workspace_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/hooktool/hooktool/pkg/config"
	"github.com/hooktool/hooktool/pkg/workspace"
)

// Where templates are checked, a secret is seldom set. The rest of the URL still gives
// the destination away; if it does not, the name of the file decides.
func TestDestinationOfAURLWithUnsetVariables(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ url, file, want string }{
		"three ids in one":           {"https://hooks.slack.com/services/${T}", "a.tmpl", "slack"},
		"three ids apart":            {"https://hooks.slack.com/services/${A}/${B}/${C}", "a.tmpl", "slack"},
		"one of three":               {"https://hooks.slack.com/services/T1/B1/${C}", "a.tmpl", "slack"},
		"a workflow":                 {"https://hooks.slack.com/triggers/${T}", "a.tmpl", "slack/trigger"},
		"an id and a token":          {"https://discord.com/api/webhooks/${ID}/${TOKEN}", "a.tmpl", "discord"},
		"an id and a token in one":   {"https://discord.com/api/webhooks/${DISCORD}", "a.tmpl", "discord"},
		"only a token":               {"https://discord.com/api/webhooks/1/${TOKEN}", "a.tmpl", "discord"},
		"another payload":            {"https://discord.com/api/webhooks/${DISCORD}/slack", "a.tmpl", "discord/slack"},
		"a bot":                      {"https://api.telegram.org/bot${TOKEN}/sendMessage", "a.tmpl", "telegram"},
		"the number of a bot":        {"https://api.telegram.org/bot${ID}:${TOKEN}/sendMessage", "a.tmpl", "telegram"},
		"a space":                    {"https://chat.googleapis.com/v1/spaces/${S}/messages?key=${K}&token=${T}", "a.tmpl", "googlechat"},
		"a host":                     {"https://${HOST}/api/v1/external/json?api_key=${K}", "a.tmpl", "zulip/json"},
		"a part of a host":           {"https://${TEAM}.webhook.office.com/webhookb2/${T}", "a.tmpl", "teams"},
		"scheme and host":            {"${BASE}/api/v2/alerts", "a.tmpl", "alertmanager"},
		"a scheme":                   {"${SCHEME}://hooks.slack.com/services/${T}", "a.tmpl", "slack"},
		"all, and the file's name":   {"${URL}", "slack-alert.tmpl", "slack"},
		"a host, and the file's":     {"https://${HOST}/hooks/${T}", "slack-alert.tmpl", "slack"},
		"all, and nothing else":      {"${URL}", "a.tmpl", "generic"},
		"elsewhere, whatever it is":  {"https://example.com/hooks/${T}", "slack-alert.tmpl", "generic"},
		"a variable without braces":  {"https://api.telegram.org/bot$TELEGRAM_TOKEN/sendMessage", "a.tmpl", "telegram"},
		"a default that is a server": {"${URL:-https://hooks.slack.com/services/T1/B1/x1}", "a.tmpl", "slack"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			hook := fmt.Sprintf("webhooks:\n  w:\n    url: '%s'\n    alertTemplateFile: %s\n", test.url, test.file)
			detected(t, memory(t, map[string]string{config.FileName: hook, test.file: `{"x": 1}`}, nil), config.FileName, test.want)
			if test.file != "a.tmpl" || strings.Contains(test.url, ":-") {
				return // Coroot reads no template files and has no defaults
			}
			const inCoroot = `projects: [{name: p, notificationIntegrations: {webhook: {url: '%s', alerts: true, alertTemplate: '{"x": 1}'}}}]`
			detected(t, memory(t, map[string]string{"c.yaml": fmt.Sprintf(inCoroot, test.url)}, nil), "c.yaml", test.want)
		})
	}
}

// detected compares the destination of a workspace's only template with the one that is
// wanted.
func detected(t *testing.T, w *workspace.Workspace, path, want string) {
	t.Helper()
	sources, err := w.Find(path)
	if err != nil {
		t.Fatal(err)
	}
	contents, err := w.Open(sources[0])
	if err != nil {
		t.Fatal(err)
	}
	found, err := contents.Templates[0].Detect()
	if err != nil || found.Destination.String() != want {
		t.Errorf("%s: the destination is %v (error %v), want %s", path, found.Destination, err, want)
	}
}
