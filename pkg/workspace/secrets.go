package workspace

import (
	"net/url"
	"strings"

	"github.com/hooktool/hooktool/pkg/config"
	"github.com/hooktool/hooktool/pkg/destination/catalog"
)

// Secrets returns the secrets of a webhook's settings, as they are written there.
func Secrets(w config.Webhook) []string {
	var known []string
	add := func(values ...string) {
		for _, value := range values {
			if value != "" && !strings.Contains(value, "${") {
				known = append(known, value)
			}
		}
	}
	raw := w.Raw()
	if u, err := url.Parse(raw.URL); err == nil && !strings.Contains(raw.URL, "${") {
		if d := catalog.ByURL(raw.URL); d != nil {
			add(d.Secrets(raw.URL).Values...)
		} else if len(u.Path) > 1 || u.RawQuery != "" {
			add(strings.TrimPrefix(u.EscapedPath(), "/"), u.RawQuery)
		}
		if password, ok := u.User.Password(); ok {
			add(password)
		}
	}
	if raw.BasicAuth != nil {
		add(raw.BasicAuth.Password)
	}
	for _, header := range raw.CustomHeaders {
		if IsSecretHeader(header.Key) {
			add(header.Value)
		}
	}
	return known
}

// IsSecretHeader tells by its name whether a header carries credentials.
func IsSecretHeader(key string) bool {
	key = strings.ToLower(key)
	for _, word := range []string{"authorization", "token", "api-key", "apikey", "secret", "password", "cookie", "signature", "gotify-key"} {
		if strings.Contains(key, word) {
			return true
		}
	}
	return false
}
