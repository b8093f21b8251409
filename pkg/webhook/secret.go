package webhook

import (
	"iter"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"
)

// This file is the one table of what is secret, by name or by looks. Rules, reports,
// previews, requests and Coroot's files ask nothing else.

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

// secretForm describes what a secret looks like.
type secretForm struct {
	name    string
	hints   []string              // in lower case; a text without any of them cannot match
	pattern func() *regexp.Regexp // its first group is the secret
}

// newSecretForm returns a form whose pattern is compiled when a text may match it.
func newSecretForm(name, hints, pattern string) secretForm {
	return secretForm{name, strings.Fields(hints), sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(pattern) })}
}

// in reports whether a text in lower case may hold a secret of this form.
func (f secretForm) in(lower string) bool {
	return slices.ContainsFunc(f.hints, func(hint string) bool {
		if hint != "://" {
			return strings.Contains(lower, hint)
		}
		for rest, found := lower, true; ; { // nearly every body has a URL, but hardly any a user in it
			if _, rest, found = strings.Cut(rest, hint); !found {
				return false
			}
			if end := strings.IndexAny(rest, "@/\"' \n"); end >= 0 && rest[end] == '@' {
				return true
			}
		}
	})
}

// secretForms are the forms of secrets of the services that Coroot's webhooks are sent
// to.
var secretForms = sync.OnceValue(func() []secretForm {
	forms := []struct{ name, hints, pattern string }{
		{"a Telegram bot's token", ":aa", `(?:\b|bot)(\d{6,12}:AA[A-Za-z0-9_-]{28,})`},
		{"the URL of a Slack webhook", "hooks.slack", `hooks\.slack(?:-gov)?\.com/(?:services|workflows|triggers)/([A-Za-z0-9/_-]{12,})`},
		{"a Slack token", "xox", `\b(xox[abeoprs]-[A-Za-z0-9-]{10,})`},
		{"the URL of a Discord webhook", "webhooks/", `discord(?:app)?\.com/api/(?:v\d+/)?webhooks/\d+/([A-Za-z0-9_-]{20,})`},
		{"the URL of a Teams webhook", "sig=", `[?&](?:amp;)?sig=([A-Za-z0-9%_-]{20,})`},
		{"an API key of Google", "aiza", `\b(AIza[A-Za-z0-9_-]{30,})`},
		{"a GenieKey", "geniekey", `GenieKey\s+([A-Za-z0-9-]{20,})`},
		{"a bearer token", "earer", `[Bb]earer\s+([A-Za-z0-9._~+/=-]{16,})`},
		{"a GitHub token", "gho_ ghp_ ghu_ ghs_ ghr_", `\b(gh[opusr]_[A-Za-z0-9]{30,})`},
		{"a password in a URL", "://", `://[^\s/:@"']*:([^\s/@"'{}$*]{3,})@`},
	}
	compiled := make([]secretForm, 0, len(forms))
	for _, form := range forms {
		compiled = append(compiled, newSecretForm(form.name, form.hints, form.pattern))
	}
	return compiled
})

// memberForms find members of JSON objects: plain, inside a JSON string, and in HTML; and
// parameters of URLs. The first group is the name, the second the value.
var memberForms = sync.OnceValue(func() []secretForm {
	const name = `([A-Za-z][A-Za-z0-9_.-]{1,48})`
	return []secretForm{
		newSecretForm(memberSecret, `"`, `"`+name+`"\s*:\s*"((?:[^"\\]|\\.)+)"`),
		newSecretForm(memberSecret, `\"`, `\\+"`+name+`\\+"\s*:\s*\\+"([^"\\]+)\\+"`),
		newSecretForm(memberSecret, "=", `[?&#;]`+name+`=([^\s&"'<>#\\]+)`),
		newSecretForm(memberSecret, "&#34; &quot;", `(?:&#34;|&quot;)`+name+`(?:&#34;|&quot;)\s*:\s*(?:&#34;|&quot;)([^&"<]+)`),
	}
})

// FoundSecret is a secret in a text.
type FoundSecret struct {
	Name       string // what it is, such as "a Slack token"
	Start, End int    // in bytes
}

// FindSecrets finds what looks like a secret in a text, except placeholders: a
// variable, an action of a template, words such as YOUR_TOKEN.
func FindSecrets(text string) []FoundSecret {
	var found []FoundSecret
	for _, s := range looks(text, nil) {
		secret := text[s.Start:s.End]
		if PlaceholderSecret(secret) || s.Name == memberSecret && (len(secret) < 8 || strings.ContainsAny(secret, " \t\n")) {
			continue
		}
		found = append(found, s)
	}
	return found
}

// memberSecret is what a secret in a member is called.
const memberSecret = "a secret"

// looks finds what looks like a secret, in order and without overlaps. members
// are those that hold one, in addition to those in the table.
func looks(text string, members []string) []FoundSecret {
	var found []FoundSecret
	add := func(s FoundSecret) {
		i, _ := slices.BinarySearchFunc(found, s.Start, func(o FoundSecret, start int) int { return o.End - start - 1 })
		if i == len(found) || s.End <= found[i].Start {
			found = slices.Insert(found, i, s)
		}
	}
	lower := lowerASCII(text)
	for _, form := range secretForms() {
		if !form.in(lower) {
			continue
		}
		for _, match := range form.pattern().FindAllStringSubmatchIndex(text, -1) {
			add(FoundSecret{form.name, match[2], match[3]})
		}
	}
	likely := func(word string) bool { return endsName(lower, word) }
	if !secretIn(lower) && !slices.ContainsFunc(secretWords, likely) && !slices.ContainsFunc(members, func(name string) bool { return strings.Contains(text, name) }) {
		return found // no name in it can be that of a secret
	}
	for _, form := range memberForms() {
		if !form.in(lower) {
			continue
		}
		for _, match := range form.pattern().FindAllStringSubmatchIndex(text, -1) {
			name, value := text[match[2]:match[3]], text[match[4]:match[5]]
			if (secretMember(name, value) || slices.Contains(members, name)) && !isAction(value) {
				add(FoundSecret{memberSecret, match[4], match[5]})
			}
		}
	}
	return found
}

// endsName reports whether a word is in something like the name of a member or parameter,
// which the text is full of otherwise: passed, author, signal.
func endsName(text, word string) bool {
	for {
		i := strings.Index(text, word)
		if i < 0 {
			return false
		}
		text = strings.TrimLeft(text[i+len(word):], "abcdefghijklmnopqrstuvwxyz0123456789_.-")
		switch after := strings.TrimLeft(text, `\`); {
		case after == "":
		case after[0] == '=', after[0] == '&':
			return true
		case after[0] == '"' && strings.HasPrefix(strings.TrimLeft(after[1:], " \t\r\n"), ":"):
			return true
		}
	}
}

// lowerASCII puts the letters of ASCII into lower case, the only ones in names and forms
// of secrets. Bodies are full of other characters, with which strings.ToLower is slow.
func lowerASCII(text string) string {
	var b strings.Builder
	b.Grow(len(text))
	for i := range len(text) {
		c := text[i]
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		b.WriteByte(c)
	}
	return b.String()
}

// isAction reports whether a template or a variable fills in the value.
func isAction(value string) bool {
	return strings.HasPrefix(value, "{{") || strings.HasPrefix(value, "${") || strings.Trim(value, "*") == ""
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
