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

// SecretURL reports whether a URL holds a secret. In one that no destination knows,
// anything after the host is a secret. Variables are not, and next to them only what looks
// like a secret is.
func SecretURL(raw string) bool {
	known := Secrets(raw)
	if known.URL == "" && !strings.Contains(raw, "$") {
		return raw != "" && !webhook.OnlyHost(raw)
	}
	literal := func(text string) bool { return text != "" && !strings.Contains(text, "$") }
	_, rest, _ := strings.Cut(raw, "://")
	rest, _, _ = strings.Cut(rest, "?")
	authority, path, _ := strings.Cut(rest, "/")
	if user, _, ok := strings.Cut(authority, "@"); ok {
		if _, password, named := strings.Cut(user, ":"); named {
			user = password
		}
		if literal(user) {
			return true
		}
	}
	for range webhook.SecretParameters(raw) {
		return true
	}
	if known.URL == "" {
		known.Values = slices.DeleteFunc(strings.Split(path, "/"), func(segment string) bool { return !webhook.LooksSecret(segment) })
	}
	return slices.ContainsFunc(known.Values, literal)
}
