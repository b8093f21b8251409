package destination

import (
	"fmt"
	"net/netip"
	"net/url"
	"slices"
	"strings"
)

// timeForms are the ways to write a time that the keyword x-time allows, each with the
// form of its text in any case. Only the first is checked for being a real date, because
// receivers differ in that.
//
// nolint:gochecknoglobals // a table
var timeForms = []struct{ name, pattern string }{
	{"rfc3339", `^\d{4}-\d\d-\d\dt\d\d:\d\d:\d\d(\.\d+)?(z|[+-]([01]\d|2[0-3]):[0-5]\d)$`},
	{"compact-zone", `^\d{4}-\d\d-\d\dt\d\d:\d\d:\d\d([.,]\d+)?[+-]([01]\d|2[0-3])([0-5]\d)?$`},
	{"zoneless", `^\d{4}-\d\d-\d\dt\d\d:\d\d(:\d\d([.,]\d+)?)?$`},
	{"space", `^\d{4}-\d\d-\d\d \d\d:\d\d(:\d\d([.,]\d+)?)?( ?(z|[+-]([01]\d|2[0-3]):?[0-5]\d))?$`},
	{"date", `^\d{4}-\d\d-\d\d$`},
	{"unix", `^-?\d+(\.\d+)?$`},
	{"empty", `^$`},
}

// compileTime compiles x-time, the list of accepted ways to write a time.
func compileTime(_ *compiler, _, value *Value) (func(*Value) []fault, error) {
	var patterns []string
	strict := false
	for _, name := range value.Elems() {
		i := slices.IndexFunc(timeForms, func(f struct{ name, pattern string }) bool { return f.name == name.Str() })
		if i < 0 {
			return nil, fmt.Errorf("%s: unknown time format", name.Path())
		}
		strict = strict || i == 0
		patterns = append(patterns, timeForms[i].pattern)
	}
	return func(v *Value) []fault {
		if !v.Is(String) {
			return nil
		}
		for _, pattern := range patterns {
			if compiled(pattern).MatchString(v.Text) && (pattern != timeForms[0].pattern || isTime(strings.ToUpper(v.Text))) {
				return nil
			}
		}
		hint := ""
		if strict {
			hint = "write it as 2026-01-02T15:04:05Z"
		}
		return []fault{{at: v, keyword: "x-time", message: quoteShort(v.Text) + " is not an accepted time", hint: hint}}
	}, nil
}

// The values of the keyword x-url.
const (
	urlAbsolute = "absolute" // with any scheme
	urlWeb      = "web"      // http or https
	urlSecure   = "https"
	urlDotted   = "dotted" // http or https, on a host with a dot in it, or an IPv6 address
)

// compileURL compiles x-url, which says what a URL must look like.
func compileURL(_ *compiler, object, value *Value) (func(*Value) []fault, error) {
	demand := value.Str()
	if !slices.Contains([]string{urlAbsolute, urlWeb, urlSecure, urlDotted}, demand) {
		return nil, fmt.Errorf("%s: unknown URL requirement %q", object.Path(), demand)
	}
	return func(v *Value) []fault {
		if !v.Is(String) {
			return nil
		}
		message, hint := urlFault(v.Text, demand)
		if message == "" {
			return nil
		}
		return []fault{{at: v, keyword: "x-url", message: message, hint: hint}}
	}, nil
}

func urlFault(text, demand string) (message, hint string) {
	scheme, host := urlParts(text)
	shown := quoteShort(text)
	switch {
	case scheme == "" || demand != urlAbsolute && host == "":
		return shown + " is not a URL with a scheme and a host", "write the full URL, such as {{ json .URL }}"
	case demand == urlSecure && scheme != "https":
		return shown + " does not begin with https://", ""
	case demand != urlAbsolute && scheme != "http" && scheme != "https":
		return shown + " does not begin with http:// or https://", "write the full URL, such as {{ json .URL }}"
	case demand == urlDotted && !strings.Contains(host, ".") && !isAddress(host):
		return fmt.Sprintf("the host %q of the URL has no dot", host),
			"set Coroot's base URL to one with a domain in the project's settings, or show the URL as text"
	}
	return "", ""
}

// urlParts returns the scheme of a URL in lower case and its host without the port,
// ignoring the rest: receivers differ in what they tolerate there.
func urlParts(text string) (scheme, host string) {
	parts := compiled(`^([a-z][a-z0-9+.-]*):(//[^/?#\\]*)?`).FindStringSubmatch(strings.TrimSpace(text))
	if parts == nil {
		return "", ""
	}
	authority := strings.TrimPrefix(parts[2], "//")
	u := url.URL{Host: authority[strings.LastIndexByte(authority, '@')+1:]}
	return strings.ToLower(parts[1]), u.Hostname()
}

func isAddress(host string) bool {
	_, err := netip.ParseAddr(host)
	return err == nil
}
