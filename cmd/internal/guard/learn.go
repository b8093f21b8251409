package guard

import (
	"strings"

	"github.com/hooktool/hooktool/cmd/internal/settings"
	"github.com/hooktool/hooktool/pkg/destination/catalog"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// Learn learns the secrets of a command line before it is parsed, as parsing can fail,
// and those of the environment.
func Learn(secrets *webhook.Redactor, args []string, getenv func(string) string) {
	l := learner{secrets}
	for i, arg := range args {
		name, value, inside := strings.Cut(arg, "=")
		if !inside && i+1 < len(args) {
			value = args[i+1]
		}
		switch name {
		case "-u", "--user":
			l.user(value)
		case "-H", "--header":
			l.header(value)
		case "--custom-field", "--config-env", "--set":
			l.pair(value)
		}
		if strings.HasPrefix(arg, "-u") && !strings.HasPrefix(arg, "--") {
			l.user(arg[2:])
		}
		if strings.HasPrefix(arg, "-H") {
			l.header(arg[2:])
		}
		if start := strings.Index(arg, "://"); start >= 0 {
			_, raw, ok := strings.Cut(arg, "=")
			if !ok || strings.Index(arg, "=") > start {
				raw = arg
			}
			l.url(raw)
		}
		l.secrets.LearnText(arg)
	}
	l.url(getenv(settings.EnvName("url")))
	l.user(getenv(settings.EnvName("user")))
	l.header(getenv(settings.EnvName("header")))
	for _, name := range []string{"custom-field", "config-env"} {
		l.pair(getenv(settings.EnvName(name)))
	}
	l.secrets.LearnValues(getenv(settings.StarterToken), getenv(settings.EnvName("password")), getenv(settings.EnvName("telegram-token")))
}

// learner learns secrets.
type learner struct{ secrets *webhook.Redactor }

func (l learner) url(raw string) {
	if raw != "" {
		l.secrets.Learn(webhook.Webhook{URL: raw}, catalog.Secrets(raw))
	}
}

func (l learner) user(text string) {
	if user, password, ok := strings.Cut(text, ":"); ok {
		l.secrets.Learn(webhook.Webhook{BasicAuth: &webhook.BasicAuth{Username: user, Password: password}}, webhook.Secrets{})
	}
}

func (l learner) header(text string) {
	if key, value, ok := strings.Cut(text, ":"); ok {
		header := webhook.Header{Key: strings.TrimSpace(key), Value: strings.TrimSpace(value)}
		l.secrets.Learn(webhook.Webhook{CustomHeaders: []webhook.Header{header}}, webhook.Secrets{})
	}
}

func (l learner) pair(text string) {
	key, value, ok := strings.Cut(text, "=")
	if strings.HasPrefix(value, "${") && strings.HasSuffix(value, "}") {
		return // it only names a variable
	}
	if ok && webhook.SecretSetting(key, value) {
		l.secrets.LearnValues(value)
	}
}
