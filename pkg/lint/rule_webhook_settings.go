package lint

import (
	"fmt"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/hooktool/hooktool/pkg/config"
	"github.com/hooktool/hooktool/pkg/destination/catalog"
	"github.com/hooktool/hooktool/pkg/source"
	"github.com/hooktool/hooktool/pkg/webhook"
)

func webhookSettings() Rule {
	return Rule{
		ID: "webhook-settings", Severity: Warning,
		Summary: "a setting of the webhook does not do what it seems to",
		Why: "Coroot sets `Content-Type: application/json` and then adds the custom headers, so your own `Content-Type` is\n" +
			"sent as a second value; so is `Authorization` next to basic auth. Basic auth with only a user or only a password\n" +
			"is not sent at all. Go ignores the headers `Host`, `Content-Length`, `Transfer-Encoding` and `Trailer`. A\n" +
			"kind that is turned on needs its template, and a kind that has a template but is not turned on is never\n" +
			"sent. Coroot does not start if a webhook is configured without `baseURL`. A known\n" +
			"service refuses a URL that has something else in place of a token, such as `<token>` or a `$NAME` that nothing\n" +
			"expands.",
		Bad: Example{
			Webhook: true,
			Text: "webhooks:\n  chat:\n    url: ${CHAT_URL}\n    basicAuth: {username: coroot}\n    customHeaders:\n" +
				"      - {key: Content-Type, value: text/plain}\n      - {key: Host, value: chat}\n    alertTemplate: '{{ .Status }}'\n",
			At: []string{"4:17", "6:15", "7:15", "8:5"},
		},
		Good: Example{
			Webhook: true,
			Text: "webhooks:\n  chat:\n    url: ${CHAT_URL}\n    basicAuth: {username: coroot, password: '${CHAT_PASSWORD}'}\n    customHeaders:\n" +
				"      - {key: X-Source, value: coroot}\n    alerts: true\n    alertTemplate: '{{ .Status }}'\n",
		},
		check:    func(*pass) {},
		settings: checkSettings,
	}
}

func checkSettings(p *settings) {
	for _, problem := range problemsOf(p.hook) {
		f := p.report(problem.Pos, "", problem.Message, problem.Hint)
		if _, overridden := p.options.chosen(p.rule, p.hook.Path); !overridden {
			f.Severity = Error // Coroot does not start with it, or drops it
		}
	}
	p.checkBaseURL()
	p.checkURL()
	p.checkBasicAuth()
	p.checkHeaders()
	for _, kind := range slices.Sorted(maps.Keys(p.hook.Templates)) {
		if _, said := p.hook.Setting(kind.String() + "s"); said {
			continue // it was turned off deliberately
		}
		if t := p.hook.Templates[kind]; !p.hook.Enabled(kind) {
			p.report(t.Key, kind.TemplateName(), fmt.Sprintf("there is a template for %ss, but they are not turned on", kind), fmt.Sprintf("add %ss: true", kind))
		}
	}
}

// checkBaseURL reports a missing base URL, which Coroot requires next to the webhook.
func (p *settings) checkBaseURL() {
	if p.hook.Format == config.FormatHooktool || p.hook.Format == config.FormatAPI || p.hook.BaseURL != "" {
		return
	}
	message := "there is no baseURL next to the webhook, and Coroot does not start without it"
	if p.hook.Format != config.FormatCoroot {
		message = "there is no baseURL next to the webhook, and Kubernetes refuses the resource without it"
	}
	p.upTo(Error, p.report(p.hook.Pos, "webhook", message, "add notificationIntegrations.baseURL, the URL of Coroot"))
}

func (p *settings) checkURL() {
	s, ok := p.hook.Setting("url")
	switch {
	case !ok:
		p.report(p.hook.Pos, p.hook.Name, "the webhook has no URL", "add url")
	case s.Known():
		if err := (webhook.Webhook{URL: s.Expanded}).Check(); err != nil {
			f := p.atValue(s, err.Error(), source.ProblemOf(err).Hint)
			if _, overridden := p.options.chosen(p.rule, p.hook.Path); !overridden {
				f.Severity = Error // nothing is sent
			}
			return
		}
		p.checkURLForm(s)
	}
}

// checkURLForm reports a URL on the host of a destination that has something else in
// place of a token.
func (p *settings) checkURLForm(s config.Setting) {
	d := catalog.ByURL(s.Expanded)
	if d == nil {
		return
	}
	form := d.Malformed(s.Expanded)
	if form == nil {
		return
	}
	if name := bareVariable().FindString(s.Value); name != "" && strings.Contains(s.Expanded, name) {
		p.atValue(s, fmt.Sprintf("only ${NAME} is expanded here, not $NAME, so %s gets the name of the variable", d.Title), "write the variable with braces")
		return
	}
	p.atValue(s, fmt.Sprintf("this URL does not have the form of a %s webhook's", d.Title), "it has the form "+form.Example)
}

// bareVariable is a variable that is written without braces.
var bareVariable = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`\$[A-Za-z_]\w*`) })

func (p *settings) checkBasicAuth() {
	if (p.setting("basicAuth.username").Value == "") == (p.setting("basicAuth.password").Value == "") {
		return
	}
	if _, elsewhere := p.hook.Setting("basicAuth.passwordSecret"); elsewhere {
		return
	}
	for _, s := range p.below("basicAuth.") {
		missing := "password"
		if s.Key == "password" {
			missing = "username"
		}
		if s.Value != "" {
			p.atKey(s, "basic auth is not sent because there is no "+missing, "add basicAuth."+missing)
			return
		}
	}
}

func (p *settings) checkHeaders() {
	seen := map[string]bool{}
	for _, s := range p.below("customHeaders[") {
		if !strings.HasSuffix(s.Path, ".key") {
			if !validHeaderValue(s.Expanded) {
				p.atValue(s, "this is not a valid header value, so nothing is sent", "a header value cannot contain line breaks or other control characters")
			}
			continue
		}
		key := http.CanonicalHeaderKey(s.Expanded)
		switch {
		case !validHeaderName(s.Expanded) && s.Known():
			p.atValue(s, fmt.Sprintf("%q is not a valid header name, so Coroot leaves it out", s.Expanded), "a header name consists of letters, digits and -")
		case key == "Content-Type":
			p.atValue(s, "Content-Type is sent twice: Coroot already sets application/json", "leave it out")
		case key == "Authorization" && p.setting("basicAuth.password").Value != "":
			p.atValue(s, "Authorization is sent twice: basic auth adds one too", "remove one of them")
		case slices.Contains([]string{"Host", "Content-Length", "Transfer-Encoding", "Trailer"}, key):
			p.atValue(s, fmt.Sprintf("the header %s is not sent: net/http leaves it out", key), "remove it")
		case seen[key]:
			p.atValue(s, fmt.Sprintf("the header %s is sent twice", key), "remove one of them")
		}
		seen[key] = true
	}
}

// validHeaderName and validHeaderValue report whether net/http sends a name or value.
func validHeaderName(name string) bool {
	return name != "" && strings.IndexFunc(name, func(r rune) bool {
		return (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && !strings.ContainsRune("!#$%&'*+-.^_`|~", r)
	}) < 0
}

func validHeaderValue(value string) bool {
	return strings.IndexFunc(value, func(r rune) bool { return r < ' ' && r != '\t' || r == 0x7f }) < 0
}
