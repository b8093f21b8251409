package lint

import (
	"regexp"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// secretForm is what a secret looks like.
type secretForm struct {
	name    string
	hint    string         // in lower case: without it, there is no match
	pattern *regexp.Regexp // its first group is the secret
}

// secretForms are those of the services that Coroot's webhooks are sent to, and
// of headers and members that hold a secret by their name.
var secretForms = sync.OnceValue(func() []secretForm {
	forms := []struct{ name, hint, pattern string }{
		{"a Telegram bot's token", ":aa", `\b(\d{6,12}:AA[A-Za-z0-9_-]{28,})`},
		{"the URL of a Slack webhook", "hooks.slack", `hooks\.slack(?:-gov)?\.com/(?:services|workflows|triggers)/([A-Za-z0-9/_-]{12,})`},
		{"a Slack token", "xox", `\b(xox[abeoprs]-[A-Za-z0-9-]{10,})`},
		{"the URL of a Discord webhook", "webhooks/", `discord(?:app)?\.com/api/(?:v\d+/)?webhooks/\d+/([A-Za-z0-9_-]{20,})`},
		{"the URL of a Teams webhook", "sig=", `[?&]sig=([A-Za-z0-9%_-]{20,})`},
		{"an API key of Google", "aiza", `\b(AIza[A-Za-z0-9_-]{30,})`},
		{"a GenieKey", "geniekey", `GenieKey\s+([A-Za-z0-9-]{20,})`},
		{"a bearer token", "earer", `[Bb]earer\s+([A-Za-z0-9._~+/=-]{16,})`},
		{"a password in a URL", "://", `://[^\s/:@"']+:([^\s/@"'{}$]{3,})@`},
		{"a secret", `key"`, `"(?:routing_?key|service_?key|integration_?key|api_?key|user_key)"\s*:\s*"([^"{}\s$*]{8,})"`},
		{"a secret", `token"`, `"(?:access_token|auth_token|token)"\s*:\s*"([^"{}\s$*]{8,})"`},
		{"a secret", `secret"`, `"secret"\s*:\s*"([^"{}\s$*]{8,})"`},
		{"a secret", `password"`, `"password"\s*:\s*"([^"{}\s$*]{8,})"`},
	}
	compiled := make([]secretForm, 0, len(forms))
	for _, form := range forms {
		compiled = append(compiled, secretForm{form.name, form.hint, regexp.MustCompile(form.pattern)})
	}
	return compiled
})

// foundSecret is a secret in a text.
type foundSecret struct {
	name       string
	start, end int
}

// findSecrets finds what looks like a secret, except for placeholders.
func findSecrets(text string) []foundSecret {
	var found []foundSecret
	lower := strings.ToLower(text)
	for _, form := range secretForms() {
		if !strings.Contains(lower, form.hint) {
			continue
		}
		for _, match := range form.pattern.FindAllStringSubmatchIndex(text, -1) {
			secret := foundSecret{form.name, match[2], match[3]}
			if !placeholder(text[secret.start:secret.end]) && !overlaps(found, secret) {
				found = append(found, secret)
			}
		}
	}
	return found
}

func overlaps(found []foundSecret, s foundSecret) bool {
	for _, other := range found {
		if s.start < other.end && other.start < s.end {
			return true
		}
	}
	return false
}

// placeholder tells what stands for a secret from one: a variable, a template's
// action, words such as YOUR_TOKEN, or one character over and over.
func placeholder(s string) bool {
	lower := strings.ToLower(s)
	for _, word := range []string{"your", "example", "placeholder", "changeme", "redacted", "secret", "token", "xxxx", "....", "0000000"} {
		if strings.Contains(lower, word) {
			return true
		}
	}
	return strings.ContainsAny(s, "${}<>") || strings.Trim(s, s[:1]) == ""
}

// hideSecrets puts asterisks in the place of secrets in everything that is shown
// of a result: the lines of files, and the bodies that are evidence.
func hideSecrets(r *Result, known []string) {
	last, hidden := "", ""
	for i := range r.Findings {
		f := &r.Findings[i]
		for j, line := range f.Lines {
			if line != last { // a long line can have many findings
				last, hidden = line, hide(line, known)
			}
			f.Lines[j] = hidden
		}
		if f.Evidence != nil {
			f.Evidence.Body = []byte(hide(string(f.Evidence.Body), known))
		}
	}
	if r.JSON != nil && r.JSON.Counterexample != nil {
		r.JSON.Counterexample.Body = []byte(hide(string(r.JSON.Counterexample.Body), known))
	}
}

// hide masks character by character, so that columns stay as they are.
func hide(text string, known []string) string {
	for _, secret := range known {
		if len(secret) >= shortSecret {
			text = strings.ReplaceAll(text, secret, asterisks(secret))
		} else {
			text = hideAlone(text, secret)
		}
	}
	lower := strings.ToLower(text)
	for _, form := range secretForms() {
		if !strings.Contains(lower, form.hint) {
			continue
		}
		for _, match := range form.pattern.FindAllStringSubmatchIndex(text, -1) {
			text = text[:match[2]] + asterisks(text[match[2]:match[3]]) + text[match[3]:]
		}
	}
	return text
}

// asterisks returns as many as a text has bytes where it is ASCII, as secrets
// are; else as many as characters.
func asterisks(s string) string { return strings.Repeat("*", utf8.RuneCountInString(s)) }

// shortSecret is the length below which a secret is masked only where it stands
// alone: the path "hook" of a URL must not take a part of the word webhook.
const shortSecret = 8

// hideAlone masks a secret where it is no part of a longer word.
func hideAlone(text, secret string) string {
	var b strings.Builder
	for {
		i := strings.Index(text, secret)
		if i < 0 {
			return b.String() + text
		}
		before, _ := utf8.DecodeLastRuneInString(text[:i])
		if i == 0 {
			before, _ = utf8.DecodeLastRuneInString(b.String())
		}
		after, _ := utf8.DecodeRuneInString(text[i+len(secret):])
		b.WriteString(text[:i])
		if inWord(before) || inWord(after) {
			b.WriteString(secret)
		} else {
			b.WriteString(asterisks(secret))
		}
		text = text[i+len(secret):]
	}
}

func inWord(r rune) bool {
	return r != utf8.RuneError && (r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r))
}
