package preview

import (
	"net/url"
	"strings"
)

// SafeURL returns an address that is safe to follow, escaped, and "" for any
// other: those of scripts, of files, and what is not an address.
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
