package workspace

import (
	"net/url"
	"reflect"
	"strings"

	"github.com/hooktool/hooktool/pkg/config"
	"github.com/hooktool/hooktool/pkg/destination/catalog"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// Teach gives a redactor the secrets in a webhook's settings: as they are written, as
// Coroot reads them, and as the environment fills them in, as far as it does.
func Teach(r *webhook.Redactor, w config.Webhook, getenv func(string) string) {
	if getenv == nil {
		getenv = func(string) string { return "" }
	}
	settings, filled := known(w.Raw()), known(w.Settled(getenv))
	r.Learn(settings, catalog.Secrets(settings.URL))
	if !reflect.DeepEqual(filled, settings) {
		r.Learn(filled, catalog.Secrets(filled.URL))
	}
	for _, value := range webhook.SecretParameters(w.Raw().URL) {
		r.LearnValues(value) // also in a URL with variables
	}
	for _, s := range w.Settings {
		r.LearnValues(fromVariables(s, getenv)...)
	}
}

// known leaves out values that are unknown because a variable is not set.
func known(w webhook.Webhook) webhook.Webhook {
	clear := func(s string) string {
		if strings.Contains(s, "${") {
			return ""
		}
		return s
	}
	w.URL = clear(w.URL)
	if auth := w.BasicAuth; auth != nil {
		w.BasicAuth = &webhook.BasicAuth{Username: clear(auth.Username), Password: clear(auth.Password)}
	}
	headers, fields := w.CustomHeaders, w.CustomFields
	w.CustomHeaders, w.CustomFields = nil, map[string]string{}
	for _, header := range headers {
		w.CustomHeaders = append(w.CustomHeaders, webhook.Header{Key: header.Key, Value: clear(header.Value)})
	}
	for key, value := range fields {
		w.CustomFields[key] = clear(value)
	}
	return w
}

// fromVariables returns the values of those variables in a setting whose names are
// those of secrets.
func fromVariables(s config.Setting, getenv func(string) string) []string {
	var values []string
	for rest := s.Value; ; {
		_, after, ok := strings.Cut(rest, "${")
		if !ok {
			return values
		}
		inside, after, ok := strings.Cut(after, "}")
		if !ok {
			return values
		}
		name, fallback := inside, ""
		if i := strings.IndexAny(inside, ":=?+-"); i >= 0 { // ${NAME:-default} as Flux and shells write it too
			name, fallback = inside[:i], strings.TrimLeft(inside[i:], ":=?+-")
		}
		if strings.HasSuffix(strings.ToLower(s.Key), "url") && webhook.LooksSecret(fallback) {
			values = append(values, fallback)
		}
		for _, value := range []string{getenv(name), fallback} {
			if webhook.SecretSetting(name, value) {
				values = append(values, value)
			}
		}
		rest = after
	}
}

// Secrets returns the secrets in a webhook's settings, for output that shows its
// definition. Of a URL that no destination knows it is everything after the host.
func Secrets(w config.Webhook, getenv func(string) string) []string {
	r := webhook.NewRunRedactor()
	Teach(r, w, getenv)
	values := r.Values()
	raw := w.Raw().URL
	const shortest = 4 // a path /a must not mask every a in a message
	if u, err := url.Parse(raw); err == nil && !strings.Contains(raw, "${") && catalog.Secrets(raw).URL == "" {
		for _, value := range []string{strings.TrimPrefix(u.EscapedPath(), "/"), u.RawQuery} {
			if len(value) >= shortest {
				values = append(values, value)
			}
		}
	}
	if auth := w.Raw().BasicAuth; auth != nil && auth.Password != "" && !strings.Contains(auth.Password, "${") {
		values = append(values, auth.Password)
	}
	return values
}
