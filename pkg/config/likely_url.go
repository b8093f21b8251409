package config

import "strings"

// unset replaces the value of a variable that is not set, until something else takes
// its place. No URL holds it.
const unset = "\x00"

// placeholders are what such a value may look like, to fit the forms of URLs: a bot's
// token, Slack's three ids, an id and a token, or a single one of these. Long ones come
// first, because the rest of the URL could otherwise fill the place of a part.
var placeholders = []string{"1:x", "T1/B1/x1", "1/1", "1"}

// unknownHost replaces a host that is not known.
const unknownHost = "unset"

// LikelyURLs returns candidates for the URL, for recognising the destination. Variables
// that are set have their values; the others are replaced by something that fits the
// forms of URLs. If all are set there is one candidate. hostKnown says whether the host
// is the webhook's real one.
func (w Webhook) LikelyURLs(getenv func(string) string) (urls []string, hostKnown bool) {
	text := w.likelyURL
	if w.Format == FormatHooktool {
		e := expander{getenv: getenv, missing: unset}
		text = e.expand(w.settings.URL)
	}
	if !strings.Contains(text, unset) {
		return []string{text}, true
	}
	if after, leads := strings.CutPrefix(text, unset); leads && strings.HasPrefix(after, "://") {
		text = "https" + after
	} else if leads {
		text = "https://" + unset + after
	}
	scheme, rest, ok := strings.Cut(text, "://")
	if !ok {
		return nil, false
	}
	host, path := rest, ""
	if i := strings.IndexAny(rest, "/?#"); i >= 0 {
		host, path = rest[:i], rest[i:]
	}
	hostKnown = !strings.Contains(host, unset)
	host = strings.ReplaceAll(host, unset, unknownHost)
	for _, placeholder := range placeholders {
		urls = append(urls, scheme+"://"+host+strings.ReplaceAll(path, unset, placeholder))
	}
	return urls, hostKnown
}

// likelyURL returns a URL with [unset] in place of the variables that are not set for
// Coroot.
func (r webhookReader) likelyURL(n node, text string) string {
	exp := r.effective[target(n)].exp
	if exp == nil {
		return text
	}
	likely, err := expand(exp.written, func(name string) (string, bool) {
		if value, ok := r.lookup(name); ok {
			return value, true
		}
		return unset, true
	})
	if err != nil {
		return text
	}
	return likely.text
}
