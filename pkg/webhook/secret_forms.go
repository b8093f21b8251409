package webhook

import (
	"regexp"
	"slices"
	"strings"
	"sync"
)

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

// endsName reports whether a word is in what may be the name of a member or a parameter.
// Elsewhere, texts are full of such words: passed, author, signal.
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
