package catalog

import (
	"slices"
	"strings"

	"github.com/hooktool/hooktool/pkg/webhook"
)

// Secrets returns what the destination of a URL knows to be secret in it, and in the
// payloads sent there. For a URL that no destination knows, everything after the host
// is secret.
func Secrets(raw string) webhook.Secrets {
	if d := ByURL(raw); d != nil {
		return d.Secrets(raw)
	}
	return webhook.Secrets{}
}

// SecretURL reports whether a URL allows whoever knows it to post, or holds a password.
// Variables do not count as secrets.
func SecretURL(raw string) bool {
	if _, rest, ok := strings.Cut(raw, "://"); ok {
		authority, _, _ := strings.Cut(rest, "/")
		if user, _, ok := strings.Cut(authority, "@"); ok && strings.Contains(user, ":") {
			return true
		}
	}
	for range webhook.SecretParameters(raw) {
		return true
	}
	return slices.ContainsFunc(Secrets(raw).Values, func(value string) bool { return value != "" && !strings.Contains(value, "$") })
}
