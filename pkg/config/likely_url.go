package config

import "strings"

// unset is in a URL for the value of a variable that is not set, until something
// else takes its place. No URL holds it.
const unset = "\x00"

// placeholders are what such a value may look like, so that it fits into the forms of
// URLs: the token of a bot, the three ids of Slack, an id and a token, one of these. The
// long ones come first, as what follows them in a URL could fill the place of a part.
var placeholders = []string{"1:x", "T1/B1/x1", "1/1", "1"}

// unknownHost stands for a host that is not known.
const unknownHost = "unset"

// LikelyURLs returns what the URL may be: with its variables as far as they are set,
// and with something that fits into the forms of URLs in the place of the others. It
// serves to recognise the destination. It is one URL if all of them are set. hostKnown
// tells whether the host is that of the webhook.
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

// likelyURL returns a URL with [unset] in the place of the variables that are not set
// for Coroot.
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
