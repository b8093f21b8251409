package webhook

import (
	"iter"
	"net/url"
	"slices"
	"strings"
	"unicode"
)

// This file is the one table of what is secret by its name, as secret_forms.go is of what
// is by its looks. Rules, reports, previews, requests and Coroot's files ask nothing else.

// secretParts make a name that of a secret anywhere in it, even when its words are
// written together: AUTHTOKEN. So do secretKeys before "key": routingkey.
var (
	secretParts = []string{"token", "secret", "password", "passwd", "passphrase", "credential", "authorization", "bearer", "sessionid", "sessid"}
	secretKeys  = []string{"api", "routing", "service", "integration", "genie", "user", "auth", "access", "private", "signing", "encryption", "gotify"}
)

// secretWords may do so, if the value looks like a secret too. So do keyWords, but not in
// a body, where a key is often that of an issue or of a map.
var (
	secretWords = []string{"auth", "pass", "pwd", "cookie", "session", "signature", "sig", "jwt"}
	keyWords    = []string{"key", "keys"}
)

// plainKeys are words that make a key one that is not secret, as in dedup_key.
var plainKeys = []string{
	"dedup", "deduplication", "incident", "event", "project", "issue", "group", "sort", "primary", "public", "foreign",
	"partition", "idempotency", "correlation", "alert", "thread", "message", "entity", "object", "state", "label", "map", "cache",
}

// SecretName reports whether the name of a custom field, a member of a body, a URL
// parameter or an environment variable is that of a secret.
func SecretName(name string) bool { return secretIn(strings.ToLower(name)) }

// secretIn is SecretName for a text in lower case.
func secretIn(lower string) bool {
	fused := fuse(lower)
	in := func(part string) bool { return strings.Contains(fused, part) }
	return slices.ContainsFunc(secretParts, in) || in("key") && slices.ContainsFunc(secretKeys, func(what string) bool { return in(what + "key") })
}

// fuse makes one word of a name.
func fuse(name string) string {
	var b strings.Builder
	b.Grow(len(name))
	for i := range len(name) {
		switch c := name[i]; c {
		case '_', '-', '.', ' ':
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

// SecretHeader reports whether the name of a header is that of a secret. It is stricter
// than SecretName: hiding a header loses nothing.
func SecretHeader(name string) bool {
	return SecretName(name) || likelyName(name, true) || oldHeader(name)
}

// oldHeader recognises header names that are written as one word.
func oldHeader(name string) bool {
	name = strings.ToLower(name)
	for _, part := range []string{"auth", "key", "pass", "pwd", "cookie", "session", "signature", "jwt"} {
		if strings.Contains(name, part) {
			return true
		}
	}
	return false
}

// SecretHeaderValue reports whether a header holds a secret, by its name or its value.
func SecretHeaderValue(name, value string) bool {
	return value != "" && (SecretHeader(name) || looksToken(value) || holdsForm(value))
}

// SecretField reports whether a custom field holds a secret: as a setting, or as one in
// its value whatever its name.
func SecretField(name, value string) bool { return SecretSetting(name, value) || holdsForm(value) }

// holdsForm reports whether there is a secret of a known form in a value.
func holdsForm(value string) bool { return len(FindSecrets(value)) > 0 }

// SecretSetting reports whether a named value is a secret: by its name, or by a name
// that may be that of one and a value that looks like one.
func SecretSetting(name, value string) bool {
	return value != "" && (SecretName(name) || likelyName(name, true) && looksSecret(value))
}

// secretMember is SecretSetting for a member of a body, or a parameter of a URL in it.
func secretMember(name, value string) bool {
	return SecretName(name) || likelyName(name, false) && looksSecret(value)
}

// SecretParameters yields the parameters of a URL that are secret by their names, with
// their values, except those with variables. The rest of the URL can hold variables too.
func SecretParameters(raw string) iter.Seq2[string, string] {
	return func(yield func(name, value string) bool) {
		for name, value := range parameters(raw) {
			if SecretSetting(name, value) && !strings.Contains(value, "$") && !yield(name, value) {
				return
			}
		}
	}
}

// parameters yields the parameters in the query of a URL, and those in its fragment,
// which web pages use in the same way. A fragment without names is one without a name.
func parameters(raw string) iter.Seq2[string, string] {
	rest, fragment, _ := strings.Cut(raw, "#")
	_, query, _ := strings.Cut(rest, "?")
	if _, own, ok := strings.Cut(fragment, "?"); ok { // as in #/path?token=…
		fragment = own
	}
	return func(yield func(name, value string) bool) {
		for _, part := range []string{query, fragment} {
			for pair := range strings.SplitSeq(part, "&") {
				name, value, named := strings.Cut(pair, "=")
				if !named {
					name, value = "", name
				}
				if value != "" && !yield(unescaped(name), unescaped(value)) {
					return
				}
			}
		}
	}
}

func unescaped(text string) string {
	if plain, err := url.QueryUnescape(text); err == nil {
		return plain
	}
	return text
}

// LooksSecret reports whether a URL parameter looks like a secret.
func LooksSecret(value string) bool { return looksSecret(value) && !strings.Contains(value, "${") }

// likelyName reports whether a name may be that of a secret; keys says whether keyWords
// count.
func likelyName(name string, keys bool) bool {
	words := nameWords(name)
	for i, word := range words {
		switch {
		case slices.Contains(secretWords, word):
			return true
		case keys && slices.Contains(keyWords, word) && (i == 0 || !slices.Contains(plainKeys, words[i-1])):
			return true
		}
	}
	return false
}

// nameWords splits runbookKey, RUNBOOK_KEY and Runbook-Key.
func nameWords(name string) []string {
	var b strings.Builder
	last := ' '
	for _, r := range name {
		if unicode.IsUpper(r) && unicode.IsLower(last) {
			b.WriteByte(' ')
		}
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			r = ' '
		}
		b.WriteRune(unicode.ToLower(r))
		last = r
	}
	return strings.Fields(b.String())
}

// PlaceholderSecret distinguishes placeholders from secrets: a variable, a template's
// action, words such as YOUR_TOKEN, or one character repeated.
func PlaceholderSecret(s string) bool {
	const token = 20
	if last := s[strings.LastIndexByte(s, '/')+1:]; len(last) >= token {
		s = last // the IDs before a URL's token say nothing: T00000000/B00000000/…
	}
	lower := strings.ToLower(s)
	for _, word := range []string{"your", "example", "placeholder", "changeme", "redacted", "secret", "token", "xxxx", "....", "0000000"} {
		if strings.Contains(lower, word) {
			return true
		}
	}
	return s == "" || strings.ContainsAny(s, "${}<>") || strings.Trim(s, s[:1]) == ""
}
