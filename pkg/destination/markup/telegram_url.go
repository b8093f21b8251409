package markup

import (
	"net/url"
	"strconv"
	"strings"
)

// telegramUser returns the id of a link to a user, tg://user?id=1.
func telegramUser(target string) (string, bool) {
	return telegramQuery(target, "user", "id")
}

// telegramQuery returns a number in a link such as tg://user?id=1: a positive integer
// without a leading zero.
func telegramQuery(target, host, name string) (string, bool) {
	query, ok := telegramLink(target, host)
	if !ok {
		return "", false
	}
	id := query.Get(name)
	n, err := strconv.ParseInt(id, 10, 64)
	if err != nil || n <= 0 || strconv.FormatInt(n, 10) != id {
		return "", false
	}
	return id, true
}

// telegramLink returns the query of a tg: link with this host.
func telegramLink(target, host string) (url.Values, bool) {
	rest, ok := cutFoldedPrefix(target, "tg:")
	if !ok {
		return nil, false
	}
	rest = strings.TrimPrefix(rest, "//")
	rest, ok = cutFoldedPrefix(rest, host)
	if !ok {
		return nil, false
	}
	rest = strings.TrimPrefix(rest, "/")
	rest, _, _ = strings.Cut(rest, "#")
	raw, ok := strings.CutPrefix(rest, "?")
	if !ok {
		return nil, false
	}
	query, err := url.ParseQuery(raw)
	return query, err == nil
}

func cutFoldedPrefix(s, prefix string) (string, bool) {
	if len(s) < len(prefix) || !strings.EqualFold(s[:len(prefix)], prefix) {
		return s, false
	}
	return s[len(prefix):], true
}

// telegramURL is TDLib's LinkManager::get_checked_link: the target as Telegram writes
// it, and whether Telegram accepts it. The host of an http URL needs a dot.
func telegramURL(target string) (string, bool) {
	for _, scheme := range []string{"tg", "ton", "tonsite"} {
		if rest, ok := cutFoldedPrefix(target, scheme+":"); ok {
			return telegramAppURL(scheme, strings.TrimPrefix(rest, "//"))
		}
	}
	u, ok := parseTelegramURL(target)
	if !ok || !strings.Contains(u.host, ".") && !u.ipv6 {
		return "", false
	}
	return u.String(), true
}

// telegramAppURL accepts a link into the app, such as tg://resolve?domain=x.
func telegramAppURL(scheme, rest string) (string, bool) {
	u, ok := parseTelegramURL(rest)
	if !ok || u.protocol != "http" || u.explicit || u.user != "" || u.port != "" || u.ipv6 {
		return "", false
	}
	for _, c := range []byte(u.host) {
		if !isAlnum(c) && c != '-' && c != '_' && (c != '.' || scheme != "tonsite") {
			return "", false
		}
	}
	query := u.query
	if strings.HasPrefix(query, "/?") || query == "/" && scheme == "tg" {
		query = query[1:]
	}
	return scheme + "://" + u.host + query, true
}

// httpURL is a URL as TDLib's parse_url splits it.
type httpURL struct {
	protocol string
	explicit bool // the protocol was written
	user     string
	host     string
	ipv6     bool
	port     string
	query    string // path, query and fragment
}

func (u httpURL) String() string {
	s := u.protocol + "://"
	if u.user != "" {
		s += u.user + "@"
	}
	s += u.host
	if u.port != "" {
		s += ":" + u.port
	}
	return s + u.query
}

func parseTelegramURL(s string) (u httpURL, ok bool) {
	u.protocol = "http"
	if scheme, rest, found := strings.Cut(s, "://"); found && !strings.ContainsAny(scheme, "/?#@:") {
		u.protocol, u.explicit = strings.ToLower(scheme), true
		if u.protocol != "http" && u.protocol != "https" {
			return u, false
		}
		s = rest
	}
	authority := s
	if i := strings.IndexAny(s, "/?#"); i >= 0 {
		authority, u.query = s[:i], s[i:]
	}
	if i := strings.LastIndexByte(authority, '@'); i >= 0 {
		u.user, authority = authority[:i], authority[i+1:]
	}
	if !u.setHost(authority) || !allowedInURL(u.user, true) {
		return u, false
	}
	u.query = escapeSpaces(strings.TrimRight(u.query, " \t\r\n"))
	if !strings.HasPrefix(u.query, "/") {
		u.query = "/" + u.query
	}
	return u, true
}

func (u *httpURL) setHost(authority string) bool {
	if strings.HasPrefix(authority, "[") {
		i := strings.IndexByte(authority, ']')
		if i < 0 {
			return false
		}
		u.host, u.ipv6 = authority[:i+1], true
		authority = authority[i+1:]
		if authority != "" && authority[0] != ':' {
			return false
		}
		u.port = strings.TrimPrefix(authority, ":")
	} else {
		u.host, u.port, _ = strings.Cut(authority, ":")
	}
	if u.port != "" {
		n, err := strconv.Atoi(u.port)
		if err != nil || n < 1 || n > 65535 {
			return false
		}
		u.port = strconv.Itoa(n)
	}
	u.host = strings.ToLower(u.host)
	return u.host != "" && u.host != "." && (u.ipv6 || allowedInURL(u.host, false))
}

// allowedInURL checks a host or a user for the characters that TDLib accepts: those of
// RFC 3986 and everything beyond ASCII.
func allowedInURL(part string, colon bool) bool {
	for i := 0; i < len(part); i++ {
		c := part[i]
		switch {
		case isAlnum(c), c >= 0x80, strings.IndexByte(".-_!$,~*'();&+=", c) >= 0, colon && c == ':':
		case c == '%' && isHex(at(part, i+1)) && isHex(at(part, i+2)):
			i += 2
		default:
			return false
		}
	}
	return true
}

// escapeSpaces percent-encodes spaces and control characters.
func escapeSpaces(s string) string {
	const hex = "0123456789ABCDEF"
	if strings.IndexFunc(s, func(r rune) bool { return r <= ' ' }) < 0 {
		return s
	}
	b := make([]byte, 0, len(s)+8)
	for _, c := range []byte(s) {
		if c <= ' ' {
			b = append(b, '%', hex[c>>4], hex[c&15])
			continue
		}
		b = append(b, c)
	}
	return string(b)
}

func isAlpha(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }
func isDigit(c byte) bool { return '0' <= c && c <= '9' }
func isAlnum(c byte) bool { return isAlpha(c) || isDigit(c) }
func isHex(c byte) bool   { return isDigit(c) || 'a' <= c|0x20 && c|0x20 <= 'f' }
