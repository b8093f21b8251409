package catalog_test

import (
	"testing"

	"github.com/hooktool/hooktool/pkg/destination/catalog"
)

// TestFormOfURL checks the form of the destination that a URL identifies.
func TestFormOfURL(t *testing.T) {
	t.Parallel()
	const discord, ntfy = "https://discord.com/api/webhooks/1234567890123456789/Token_-x", "https://ntfy.sh/mytopic"
	for url, want := range map[string]string{
		discord:                                             "discord",
		discord + "?with_components=true":                   "discord/components",
		discord + "?with_components=True&wait=1":            "discord/components",
		discord + "?with_components=1":                      "discord/components",
		discord + "?with_components=false":                  "discord",
		discord + "?with_components=0":                      "discord",
		discord + "?with_components":                        "discord",
		discord + "?wait=true":                              "discord",
		discord + "/slack?wait=true":                        "discord/slack",
		discord + "/github":                                 "discord/github",
		"https://ntfy.sh":                                   "ntfy",
		ntfy:                                                "ntfy/topic",
		ntfy + "?template=":                                 "ntfy/topic",
		ntfy + "?template=github":                           "ntfy/template",
		ntfy + "?tpl=1":                                     "ntfy/template",
		"https://hooks.slack.com/services/T000/B000/XXXX":   "slack",
		"https://hooks.slack.com/triggers/T000/1/abc":       "slack/trigger",
		"https://hooks.slack.com/workflows/T000/A000/1/abc": "slack/trigger",
		"https://events.pagerduty.com/v2/enqueue":           "pagerduty",
		"https://events.eu.pagerduty.com/v2/change/enqueue": "pagerduty/change",
		"https://events.pagerduty.com/generic/2010-04-15/create_event.json":           "pagerduty/v1",
		"https://events.pagerduty.com/integration/0123456789abcdef/enqueue":           "pagerduty/integration",
		"https://api.telegram.org/bot1:a/sendMessage":                                 "telegram",
		"https://api.telegram.org/bot1:a/sendmessage":                                 "telegram",
		"https://api.telegram.org/bot1:a/sendPhoto":                                   "telegram/media",
		"https://api.telegram.org/bot1:a/getMe":                                       "telegram/method",
		"https://x.zulipchat.com/api/v1/external/slack_incoming?api_key=a&stream=b":   "zulip",
		"https://x.zulipchat.com/api/v1/external/json?api_key=a&stream=b":             "zulip/json",
		"https://x.zulipchat.com/api/v1/external/alertmanager?api_key=a&stream=b":     "zulip/other",
		"https://example.com/nobody/knows":                                            "",
		"https://discord.com/channels/1/2":                                            "",
		"https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=abc":                    "wecom",
		"https://oapi.dingtalk.com/robot/send?access_token=abc&timestamp=1&sign=a%3D": "dingtalk",
	} {
		got := ""
		if d := catalog.ByURL(url); d != nil {
			got = d.Name
			if d.FormName != "" {
				got += "/" + d.FormName
			}
		}
		if got != want {
			t.Errorf("%s is %q, not %q", url, got, want)
		}
	}
}

// TestMalformedURL checks that a URL on a destination's host is recognised even if it has
// something else in place of a token, and that nothing of such a URL is shown.
func TestMalformedURL(t *testing.T) {
	t.Parallel()
	for url, want := range map[string]string{
		"https://api.telegram.org/bot$TELEGRAM_TOKEN/sendMessage":                         "telegram",
		"https://api.telegram.org/bot<token>/sendMessage":                                 "telegram",
		"https://api.telegram.org/botTOKEN/sendMessage":                                   "telegram",
		"https://api.telegram.org/bot1/sendMessage":                                       "telegram",
		"https://api.telegram.org/bot/sendMessage":                                        "telegram",
		"https://api.telegram.org/bot1/sendPhoto":                                         "telegram/media",
		"https://api.telegram.org/bot<token>/getMe":                                       "telegram/method",
		"https://hooks.slack.com/services/x":                                              "slack",
		"https://hooks.slack.com/services/$A/$B/$C":                                       "slack",
		"https://discord.com/api/webhooks/$ID/$TOKEN":                                     "discord",
		"https://discord.com/api/webhooks/<id>/<token>/slack":                             "discord/slack",
		"https://discord.com/api/webhooks/123":                                            "discord",
		"https://chat.googleapis.com/v1/spaces/$SPACE/messages?key=a&token=b":             "googlechat",
		"https://open.feishu.cn/open-apis/bot/v2/hook/$TOKEN":                             "lark",
		"https://prod-1.westus.logic.azure.com/workflows/$X/triggers/manual/paths/invoke": "teams",
		"https://webexapis.com/v1/webhooks/incoming/$X":                                   "webex",
		"https://alert.victorops.com/integrations/generic/20131114/alert/$KEY/$ROUTE":     "splunkoncall",
		"https://events.pagerduty.com/integration/$KEY/enqueue":                           "pagerduty/integration",
		"https://api.squadcast.com/v2/incidents/api/$KEY":                                 "squadcast",
		"https://ntfy.sh/$TOPIC":                                                          "ntfy/topic",
		"http://bot-api.internal:8081/bot$TELEGRAM_TOKEN/sendMessage":                     "telegram",
		"http://bot-api.internal:8081/bot<token>/getMe":                                   "",
		"https://ntfy.sh/a/b":                                                             "",
		"https://hooks.slack.com/x":                                                       "",
		"https://example.com/services/x":                                                  "",
	} {
		got := ""
		if d := catalog.ByURL(url); d != nil {
			got = d.String()
			if d.Malformed(url) == nil {
				t.Errorf("%s has the form of %s", url, got)
			}
		}
		if got != want {
			t.Errorf("%s is %q, not %q", url, got, want)
		}
		if shown := catalog.Secrets(url).URL; shown != "" {
			t.Errorf("of %s, %s is shown", url, shown)
		}
	}
}
