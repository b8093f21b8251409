package webhook

import (
	"cmp"
	"encoding/base64"
	"encoding/json"
	"html"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// Mask replaces a secret in everything that is shown.
const Mask = "***"

// Redactor masks secrets in any text. Of every webhook that it has learned, these are
// the URL except scheme and host, the password, and the values of headers and custom
// fields that carry credentials; besides, it masks what looks like a secret. A Redactor
// for a whole run learns from all that the run reads. It is safe for concurrent use. A
// nil Redactor masks nothing.
//
// The last word of a URL's path may be a secret, or something like the name of a
// channel. It is masked in what the receiver answers, but neither in our own messages
// nor in the body that is sent.
type Redactor struct {
	mu      sync.RWMutex
	secrets []string          // the longest first
	tokens  []string          // those of which even a part is masked
	urls    map[string]string // how the URLs of webhooks are shown
	careful bool              // for a whole run: words that are part of its own output are not secrets
	members []string          // names of members of bodies
	words   []string          // masked only in answers, and only as whole words
}

// Secrets is what is known about the secrets of a webhook. With the zero value
// everything in the URL after the host is masked.
type Secrets struct {
	URL     string   // the webhook's URL with Mask where it is secret
	Values  []string // the secrets in the URL
	Members []string // names of members of the body that hold secrets, in addition to those that are always masked
}

// NewRedactor returns the redactor of a webhook.
func NewRedactor(w Webhook) *Redactor { return NewRedactorKnowing(w, Secrets{}) }

// NewRedactorKnowing returns the redactor of a webhook whose secret parts are known, so
// that the useful rest can be shown.
func NewRedactorKnowing(w Webhook, known Secrets) *Redactor {
	r := &Redactor{urls: map[string]string{}}
	r.Learn(w, known)
	return r
}

// NewRunRedactor returns a redactor that masks nothing yet and learns from what a whole
// run reads. Because it filters all output, it only learns what is clearly secret: not
// the words in a URL's path, nor a password that is also a word of the output.
func NewRunRedactor() *Redactor {
	return &Redactor{urls: map[string]string{}, careful: true}
}

// ownWords are words of hooktool's own output.
var ownWords = []string{
	"alert", "alerts", "incident", "incidents", "deployment", "deployments", "error", "errors", "warning", "warnings", "info", "hint",
	"true", "false", "null", "none", "text", "json", "type", "status", "name", "path", "message", "rule", "version", "token", "secret",
	"password", "webhook", "webhooks", "template", "templates", "hooktool", "coroot", "event", "test", "body", "line", "file", "user", "admin",
}

// Learn adds the secrets of a webhook.
func (r *Redactor) Learn(w Webhook, known Secrets) {
	if r == nil {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.members = append(r.members, known.Members...)
	if known.URL == "" {
		r.addURL(w.URL)
	} else {
		r.urls[w.URL] = known.URL
		if u, err := url.Parse(w.URL); err == nil {
			r.addUser(u.User)
		}
	}
	r.add(known.Values...)
	if auth := w.BasicAuth; auth != nil {
		r.add(auth.Password)
		if auth.Password != "" {
			r.add(basicCredentials(auth.Username, auth.Password))
		}
	}
	for key, value := range w.CustomFields {
		if SecretSetting(key, value) {
			r.add(value)
		}
	}
	for _, header := range w.CustomHeaders {
		if !SecretHeaderValue(header.Key, header.Value) {
			continue
		}
		r.add(header.Value)
		if _, token, ok := strings.Cut(header.Value, " "); ok { // Bearer TOKEN
			r.add(token)
		}
	}
	r.sort()
}

// LearnValues adds secret values.
func (r *Redactor) LearnValues(values ...string) {
	if r == nil || len(values) == 0 {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.add(values...)
	r.sort()
}

// LearnText adds what looks like a secret in a text, so that parts of it and other
// spellings are masked as well.
func (r *Redactor) LearnText(text string) {
	if r == nil {
		return
	}
	var values []string
	for _, s := range FindSecrets(text) {
		values = append(values, text[s.Start:s.End])
	}
	r.LearnValues(values...)
}

// LearnYAML adds the values of keys that hold a secret, line by line, so that it works
// for a document that cannot be parsed.
func (r *Redactor) LearnYAML(text string) {
	if r == nil {
		return
	}
	r.LearnText(text)
	var values []string
	for line := range strings.Lines(text) {
		name, value, ok := strings.Cut(strings.TrimLeft(line, " -"), ":")
		value = strings.Trim(strings.TrimSpace(value), `"'`)
		if ok && SecretSetting(strings.Trim(name, `"' `), value) && !isAction(value) && !strings.ContainsAny(value[:1], "|>&*[{") {
			values = append(values, value)
		}
	}
	r.LearnValues(values...)
}

// Values lists what is masked, the longest first.
func (r *Redactor) Values() []string {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return slices.Clone(r.secrets)
}

// sort puts the longest secrets first, so that a whole secret is masked before any part
// of it.
func (r *Redactor) sort() {
	slices.SortFunc(r.secrets, func(a, b string) int { return cmp.Or(len(b)-len(a), strings.Compare(a, b)) })
}

func basicCredentials(username, password string) string {
	return base64.StdEncoding.EncodeToString([]byte(username + ":" + password))
}

// add adds secrets in each form in which an answer or an error can show them.
func (r *Redactor) add(secrets ...string) {
	for _, secret := range secrets {
		if len(secret) < shortSecret || r.careful && (slices.Contains(ownWords, strings.ToLower(secret)) || strings.Trim(secret, secret[:1]) == "") {
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
			if len(form) >= shortSecret && !slices.Contains(r.secrets, form) {
				r.secrets = append(r.secrets, form)
			}
		}
		for part := range strings.FieldsFuncSeq(secret, func(c rune) bool { return strings.ContainsRune("/:.?&=%+ ", c) }) {
			if len(part) >= halfToken && !slices.Contains(r.tokens, part) {
				r.tokens = append(r.tokens, part)
			}
		}
	}
}

// addURL adds everything in a URL except the scheme, the host and words that do not
// look secret.
func (r *Redactor) addURL(raw string) {
	u, err := url.Parse(raw)
	if err != nil {
		r.add(raw)
		r.addUnparsed(raw)
		return
	}
	r.addUser(u.User)
	if len(u.Path) > 1 {
		if r.careful && strings.Count(strings.TrimRight(u.Path, "/"), "/") < 2 {
			r.add(u.Host + u.EscapedPath()) // /alerts can be a folder, too
		} else {
			r.add(u.EscapedPath(), u.Path) // with the leading slash: a path /hook must not mask half of webhook
		}
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
	if !r.careful {
		r.add(u.RawQuery, u.Fragment)
	}
	for name, values := range u.Query() {
		for _, value := range values {
			if !r.careful || SecretSetting(name, value) || looksSecret(value) {
				r.add(value)
			}
		}
	}
}

// addUnparsed adds the userinfo, the path and the query of a URL that cannot be parsed.
func (r *Redactor) addUnparsed(raw string) {
	_, rest, ok := strings.Cut(raw, "://")
	if !ok {
		rest = raw
	}
	if at := strings.LastIndex(rest, "@"); at >= 0 {
		user, password, _ := strings.Cut(rest[:at], ":")
		r.add(rest[:at], password)
		if !r.careful || password == "" {
			r.add(user)
		}
		rest = rest[at+1:]
	}
	for part := range strings.FieldsFuncSeq(rest, func(c rune) bool { return strings.ContainsRune("/?&=#", c) }) {
		if looksSecret(part) {
			r.add(part)
			r.add(strings.TrimPrefix(part, "bot"))
		}
	}
}

// addUser adds what is before the host, which net/http sends as basic auth.
func (r *Redactor) addUser(user *url.Userinfo) {
	if user != nil {
		password, _ := user.Password()
		r.add(password, basicCredentials(user.Username(), password))
		if !r.careful || password == "" {
			r.add(user.Username())
		}
	}
}

// looksSecret distinguishes a token in a path from a word such as services or webhook.
func looksSecret(segment string) bool {
	const tokenLength, longWord = 8, 20
	return len(segment) >= tokenLength && strings.ContainsAny(segment, "0123456789") || len(segment) >= longWord
}

// looksToken distinguishes a token in a header's value from words.
func looksToken(value string) bool {
	const tokenLength = 20
	return len(value) >= tokenLength && strings.ContainsAny(value, "0123456789") && !strings.ContainsAny(value, " ./:,;=")
}

// plainWord reports whether a path's last part is a usual name of endpoints, which
// reveals nothing.
func plainWord(segment string) bool {
	switch strings.ToLower(strings.TrimRight(segment, "s")) {
	case "webhook", "hook", "alert", "incident", "deployment", "event", "message", "notification", "enqueue", "sendmessage", "receive", "echo", "test", "post", "notify":
		return true
	}
	return false
}

// Text masks the secrets in a text.
func (r *Redactor) Text(s string) string {
	if r == nil {
		return s
	}
	r.mu.RLock()
	defer r.mu.RUnlock()
	return r.mask(s, func(string) string { return Mask })
}

// mask replaces each secret by the result of a function.
func (r *Redactor) mask(s string, with func(secret string) string) string {
	for _, secret := range r.secrets {
		s = maskAll(s, secret, with)
	}
	for _, token := range r.tokens {
		s = maskHalves(s, token, with)
	}
	return s
}

// maskLooks masks what looks like a secret, or is the value of a member that holds one.
func (r *Redactor) maskLooks(s string, with func(secret string) string) string {
	found := looks(s, r.members)
	slices.SortFunc(found, func(a, b FoundSecret) int { return b.Start - a.Start })
	for _, f := range found {
		s = s[:f.Start] + with(s[f.Start:f.End]) + s[f.End:]
	}
	return s
}

// Answer masks the secrets in a text that comes from the receiver, including new ones.
func (r *Redactor) Answer(s string) string {
	if r == nil {
		return s
	}
	s = r.Body(s)
	r.mu.RLock()
	defer r.mu.RUnlock()
	for _, word := range r.words {
		s = maskAlone(s, word, func(string) string { return Mask })
	}
	return s
}

// InPlace masks the secrets in a text character by character, so that columns do not
// move.
func (r *Redactor) InPlace(s string) string {
	if r == nil {
		return s
	}
	asterisks := func(secret string) string { return strings.Repeat("*", utf8.RuneCountInString(secret)) }
	r.mu.RLock()
	defer r.mu.RUnlock()
	return r.mask(r.maskLooks(s, asterisks), asterisks)
}

// Held returns the length of the end of a text that may be the beginning of a secret,
// so that a stream can wait for the rest.
func (r *Redactor) Held(s string) int {
	if r == nil {
		return 0
	}
	r.mu.RLock()
	defer r.mu.RUnlock()
	held := 0
	for _, secret := range r.secrets {
		for n := min(len(secret)-1, len(s)); n > held; n-- {
			if strings.HasSuffix(s, secret[:n]) {
				held = n
				break
			}
		}
	}
	return held
}

// A secret shorter than shortSecret is masked only where its place is known, as in a URL
// or a header: ?x=1 must not turn HTTP/1.1 into HTTP/***.***. One shorter than shortWord
// that is all letters is masked as a whole word. A part of a token that is masked has at least halfToken/2 bytes.
const (
	shortSecret = 4
	shortWord   = 8
	halfToken   = 16
)

func maskAll(s, secret string, with func(string) string) string {
	if !strings.Contains(s, secret) {
		return s
	}
	if len(secret) < shortWord && strings.IndexFunc(secret, func(c rune) bool { return !unicode.IsLetter(c) }) < 0 {
		return maskAlone(s, secret, with)
	}
	return strings.ReplaceAll(s, secret, with(secret))
}

// maskHalves masks what begins or ends as a token does and is too long to be chance, as
// in an answer that shows the beginning of a token.
func maskHalves(s, token string, with func(string) string) string {
	const half = halfToken / 2
	if head := token[:half]; random(head) {
		for from := 0; ; {
			i := strings.Index(s[from:], head)
			if i < 0 {
				break
			}
			start, end := from+i, from+i+half
			for n := half; n < len(token) && end < len(s) && s[end] == token[n]; n++ {
				end++
			}
			masked := with(s[start:end])
			s, from = s[:start]+masked+s[end:], start+len(masked)
		}
	}
	if tail := token[len(token)-half:]; random(tail) {
		for from := 0; ; {
			i := strings.Index(s[from:], tail)
			if i < 0 {
				break
			}
			start, end := from+i, from+i+half
			for n := len(token) - half - 1; n >= 0 && start > from && s[start-1] == token[n]; n-- {
				start--
			}
			masked := with(s[start:end])
			s, from = s[:start]+masked+s[end:], start+len(masked)
		}
	}
	return s
}

// random reports whether some characters are not part of a word or of a number.
func random(s string) bool {
	odd := 0
	for _, c := range s[1:] {
		if unicode.IsUpper(c) || unicode.IsDigit(c) {
			odd++
		}
	}
	return odd >= 2 && strings.IndexFunc(s, unicode.IsLetter) >= 0
}

// maskAlone masks a secret where it is not part of a longer word.
func maskAlone(s, secret string, with func(string) string) string {
	var b strings.Builder
	last := utf8.RuneError
	for rest := s; ; {
		i := strings.Index(rest, secret)
		if i < 0 {
			return b.String() + rest
		}
		after := rest[i+len(secret):]
		b.WriteString(rest[:i])
		if i > 0 {
			last, _ = utf8.DecodeLastRuneInString(rest[:i])
		}
		next, _ := utf8.DecodeRuneInString(after)
		if wordRune(last) || wordRune(next) {
			b.WriteString(secret)
		} else {
			b.WriteString(with(secret))
		}
		last, _ = utf8.DecodeLastRuneInString(secret)
		rest = after
	}
}

func wordRune(r rune) bool {
	return '0' <= r && r <= '9' || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || r == '_' || r >= utf8.RuneSelf && r != utf8.RuneError
}

// URL masks a URL: scheme and host stay, and everything after them is masked except
// what is known not to be secret.
func (r *Redactor) URL(raw string) string {
	if r == nil {
		return raw
	}
	r.mu.RLock()
	shown := r.urls[raw]
	r.mu.RUnlock()
	if shown != "" {
		return shown
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
			if r != nil && SecretHeaderValue(key, value) {
				value = Mask
			}
			masked[r.Text(key)] = append(masked[r.Text(key)], r.Text(value))
		}
	}
	return masked
}

// learnBody adds the secrets of a body, which an answer can repeat.
func (r *Redactor) learnBody(body []byte) {
	if r == nil {
		return
	}
	text := string(body)
	var values []string
	r.mu.RLock()
	for _, s := range looks(text, r.members) {
		values = append(values, text[s.Start:s.End])
	}
	r.mu.RUnlock()
	r.LearnValues(values...)
}

// Body masks the secrets in a body, or in any other text from outside, which can hold
// unknown ones: in members such as routing_key, or recognisable by their looks.
func (r *Redactor) Body(s string) string {
	if r == nil {
		return s
	}
	r.mu.RLock()
	defer r.mu.RUnlock()
	with := func(string) string { return Mask }
	return r.mask(r.maskLooks(s, with), with)
}
