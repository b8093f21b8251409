package webhook

import (
	"encoding/base64"
	"encoding/json"
	"html"
	"net/url"
	"path"
	"slices"
	"strings"
)

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
	for _, name := range known.Members {
		if !slices.Contains(r.members, name) {
			r.members = append(r.members, name)
		}
	}
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
		r.add(formsIn(value)...)
	}
	for _, header := range w.CustomHeaders {
		if !SecretHeaderValue(header.Key, header.Value) {
			continue
		}
		r.add(formsIn(header.Value)...)
		scheme, token, ok := strings.Cut(header.Value, " ") // Bearer TOKEN
		if ok {
			r.add(token)
		}
		if !r.secrets.known[token] || !isScheme(scheme) {
			r.add(header.Value)
		}
	}
}

// isScheme reports whether a word before a token is no secret, and worth showing.
func isScheme(word string) bool {
	return slices.Contains([]string{"basic", "bearer", "geniekey", "token"}, strings.ToLower(word))
}

// LearnValues adds secret values.
func (r *Redactor) LearnValues(values ...string) {
	if r == nil || len(values) == 0 {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.add(values...)
}

// LearnText adds what looks like a secret in a text, so that parts of it and other
// spellings are masked as well.
func (r *Redactor) LearnText(text string) {
	if r == nil {
		return
	}
	r.LearnValues(formsIn(text)...)
}

// formsIn returns what looks like a secret in a text.
func formsIn(text string) []string {
	var values []string
	for _, s := range FindSecrets(text) {
		values = append(values, text[s.Start:s.End])
	}
	return values
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
			if len(form) >= shortSecret {
				r.secrets.add(form)
			}
		}
		for part := range strings.FieldsFuncSeq(secret, func(c rune) bool { return strings.ContainsRune("/:.?&=%+ ", c) }) {
			if len(part) >= halfToken && r.heads.add(part) {
				r.tails.add(backwards(part))
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
			r.words.add(last)
		}
	}
	if !r.careful {
		r.add(u.RawQuery, u.Fragment)
	}
	for name, value := range parameters(raw) {
		if !r.careful || SecretSetting(name, value) || looksSecret(value) {
			r.add(value)
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
