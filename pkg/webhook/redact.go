package webhook

import (
	"encoding/base64"
	"encoding/json"
	"html"
	"net/http"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"
)

// Mask stands for a secret in whatever is shown.
const Mask = "***"

// Redactor masks the secrets of one webhook in any text: its URL but for
// scheme and host, its password, and the values of headers that carry
// credentials. A nil Redactor masks nothing.
//
// The last word of the URL's path may be a secret or not, such as the name of a
// channel. It is masked in what the receiver answers, but neither in our own
// messages nor in the body that is sent.
type Redactor struct {
	secrets []string // the longest first
	url     string   // of the webhook
	shown   string   // what is shown of it; empty: scheme and host
	members []string // of the body
	words   []string // masked in answers only, where they stand alone
}

// Secrets is what is known about the secrets of a webhook. The zero value
// stands for nothing: then everything in the URL behind the host is masked.
type Secrets struct {
	URL     string   // the webhook's URL with Mask where it is secret
	Values  []string // the secrets in the URL
	Members []string // names of members of the body that hold secrets, besides those that are always masked
}

// NewRedactor returns the redactor of a webhook.
func NewRedactor(w Webhook) *Redactor { return NewRedactorKnowing(w, Secrets{}) }

// NewRedactorKnowing returns the redactor of a webhook of which it is known
// what is secret, so that the useful rest can be shown.
func NewRedactorKnowing(w Webhook, known Secrets) *Redactor {
	r := &Redactor{url: w.URL, shown: known.URL, members: known.Members}
	if known.URL == "" {
		r.addURL(w.URL)
	} else if u, err := url.Parse(w.URL); err == nil {
		r.addUser(u.User)
	}
	r.add(known.Values...)
	if auth := w.BasicAuth; auth != nil {
		r.add(auth.Password)
		if auth.Password != "" {
			r.add(basicCredentials(auth.Username, auth.Password))
		}
	}
	for key, value := range w.CustomFields {
		if secretHeader(key) {
			r.add(value)
		}
	}
	for _, header := range w.CustomHeaders {
		if !secretHeader(header.Key) && !looksToken(header.Value) {
			continue
		}
		r.add(header.Value)
		if _, token, ok := strings.Cut(header.Value, " "); ok { // Bearer TOKEN
			r.add(token)
		}
	}
	r.sort()
	return r
}

// sort puts the longest secrets first, so that no part of one is masked before
// the whole.
func (r *Redactor) sort() {
	slices.SortFunc(r.secrets, func(a, b string) int { return len(b) - len(a) })
}

func basicCredentials(username, password string) string {
	return base64.StdEncoding.EncodeToString([]byte(username + ":" + password))
}

// add takes secrets and the forms in which an answer or an error can hold them.
func (r *Redactor) add(secrets ...string) {
	for _, secret := range secrets {
		if secret == "" {
			continue
		}
		quoted, _ := json.Marshal(secret) // a string cannot fail
		inJSON := string(quoted[1 : len(quoted)-1])
		forms := []string{
			secret, url.PathEscape(secret), url.QueryEscape(secret), inJSON,
			strings.ReplaceAll(inJSON, "/", `\/`), strings.ReplaceAll(secret, "/", `\/`), // as PHP writes it
			html.EscapeString(secret),
		}
		if plain, err := url.PathUnescape(secret); err == nil {
			forms = append(forms, plain)
		}
		for _, form := range forms {
			if !slices.Contains(r.secrets, form) {
				r.secrets = append(r.secrets, form)
			}
		}
	}
}

// addURL takes everything in a URL but scheme, host and words that are no
// secret by their looks.
func (r *Redactor) addURL(raw string) {
	u, err := url.Parse(raw)
	if err != nil {
		r.add(raw)
		return
	}
	r.addUser(u.User)
	if len(u.Path) > 1 {
		r.add(u.EscapedPath(), u.Path) // with the slash in front: a path /hook must not mask half of webhook
		for _, segment := range strings.Split(u.EscapedPath(), "/") {
			if looksSecret(segment) {
				r.add(segment)
			}
			if token, ok := strings.CutPrefix(segment, "bot"); ok && looksSecret(token) { // Telegram
				r.add(token)
			}
		}
		if last := path.Base(u.Path); len(last) >= shortSecret && !plainWord(last) {
			r.words = append(r.words, last)
		}
	}
	r.add(u.RawQuery, u.Fragment)
	for _, values := range u.Query() {
		r.add(values...)
	}
}

// addUser takes what stands before the host, which net/http sends as basic auth.
func (r *Redactor) addUser(user *url.Userinfo) {
	if user != nil {
		password, _ := user.Password()
		r.add(user.Username(), password, basicCredentials(user.Username(), password))
	}
}

// looksSecret tells a token in a path from a word such as services or webhook.
func looksSecret(segment string) bool {
	const tokenLength, longWord = 8, 20
	return len(segment) >= tokenLength && strings.ContainsAny(segment, "0123456789") || len(segment) >= longWord
}

// looksToken tells a token in a header's value from words.
func looksToken(value string) bool {
	const tokenLength = 20
	return len(value) >= tokenLength && strings.ContainsAny(value, "0123456789") && !strings.ContainsAny(value, " ./:,;=")
}

// plainWord tells whether a path's last part is one of the usual names of
// endpoints, which give nothing away.
func plainWord(segment string) bool {
	switch strings.ToLower(strings.TrimRight(segment, "s")) {
	case "webhook", "hook", "alert", "incident", "deployment", "event", "message", "notification", "enqueue", "sendmessage", "receive", "echo", "test", "post", "notify":
		return true
	}
	return false
}

// secretHeader tells by its name whether a header carries credentials.
func secretHeader(key string) bool {
	key = strings.ToLower(key)
	for _, word := range []string{"auth", "token", "key", "secret", "pass", "pwd", "cookie", "session", "signature", "credential", "bearer", "jwt"} {
		if strings.Contains(key, word) {
			return true
		}
	}
	return false
}

// Text masks the secrets in a text.
func (r *Redactor) Text(s string) string {
	if r == nil {
		return s
	}
	for _, secret := range r.secrets {
		s = maskAll(s, secret)
	}
	return s
}

// Answer masks the secrets in a text that comes from the receiver.
func (r *Redactor) Answer(s string) string {
	if r == nil {
		return s
	}
	s = r.Text(s)
	for _, word := range r.words {
		s = maskAlone(s, word)
	}
	return s
}

// shortSecret is the length below which a secret is masked only where it
// stands alone: the password "a" must not take every letter from a message.
const shortSecret = 4

func maskAll(s, secret string) string {
	if len(secret) >= shortSecret {
		return strings.ReplaceAll(s, secret, Mask)
	}
	return maskAlone(s, secret)
}

// maskAlone masks a secret where it is no part of a longer word.
func maskAlone(s, secret string) string {
	var b strings.Builder
	for rest := s; ; {
		i := strings.Index(rest, secret)
		if i < 0 {
			return b.String() + rest
		}
		after := rest[i+len(secret):]
		b.WriteString(rest[:i])
		last, _ := utf8.DecodeLastRuneInString(b.String())
		next, _ := utf8.DecodeRuneInString(after)
		if wordRune(last) || wordRune(next) {
			b.WriteString(secret)
		} else {
			b.WriteString(Mask)
		}
		rest = after
	}
}

func wordRune(r rune) bool {
	return '0' <= r && r <= '9' || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || r == '_' || r >= utf8.RuneSelf && r != utf8.RuneError
}

// URL masks a URL: scheme and host stay, and everything behind them is masked,
// but for what is known to be no secret.
func (r *Redactor) URL(raw string) string {
	if r == nil {
		return raw
	}
	if raw == r.url && r.shown != "" {
		return r.shown
	}
	u, err := url.Parse(raw)
	if err != nil || u.Host == "" {
		return Mask
	}
	if u.RawQuery == "" && u.Fragment == "" && len(u.Path) <= 1 && u.User == nil {
		return raw
	}
	return u.Scheme + "://" + u.Host + "/" + Mask
}

// Header returns a copy of headers with credentials masked.
func (r *Redactor) Header(header http.Header) http.Header {
	masked := http.Header{}
	for key, values := range header {
		for _, value := range values {
			if r != nil && (secretHeader(key) || looksToken(value)) {
				value = Mask
			}
			masked.Add(key, r.Text(value))
		}
	}
	return masked
}

// secretMember matches members of a JSON object that hold credentials in the
// APIs of PagerDuty, Opsgenie, Pushover, Zulip and others.
var secretMember = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)("(?:routing_?key|service_?key|api_?key|token|access_token|user_key|secret|password)"\s*:\s*")((?:[^"\\]|\\.)+)(")`)
})

// memberPatterns returns what matches the members of a body that hold secrets.
func (r *Redactor) memberPatterns() []*regexp.Regexp {
	list := []*regexp.Regexp{secretMember()}
	for _, name := range r.members {
		list = append(list, regexp.MustCompile(`("`+regexp.QuoteMeta(name)+`"\s*:\s*")((?:[^"\\]|\\.)+)(")`))
	}
	return list
}

// learn takes the secrets of a body, which an answer can repeat.
func (r *Redactor) learn(body []byte) {
	if r == nil {
		return
	}
	for _, pattern := range r.memberPatterns() {
		for _, match := range pattern.FindAllSubmatch(body, -1) {
			r.add(string(match[2]))
		}
	}
	r.sort()
}

// Body masks the secrets in a request's body, where besides those of the
// webhook members such as routing_key can be secret.
func (r *Redactor) Body(s string) string {
	if r == nil {
		return s
	}
	for _, pattern := range r.memberPatterns() {
		s = pattern.ReplaceAllString(s, "${1}"+Mask+"${3}")
	}
	return r.Text(s)
}
