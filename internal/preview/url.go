package preview

import (
	"net/url"
	"strings"
)

// SafeURL returns an escaped URL if it is safe to follow, and "" for any other:
// scripts, files, and what is not a URL.
func SafeURL(address string) string {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil {
		return ""
	}
	switch strings.ToLower(u.Scheme) {
	case "http", "https":
		if u.Host == "" {
			return ""
		}
	case "mailto", "tel", "tg":
	default:
		return ""
	}
	safe := u.String()
	if strings.ContainsFunc(safe, func(r rune) bool { return r <= ' ' || r > '~' }) {
		return ""
	}
	return safe
}
