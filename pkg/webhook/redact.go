package webhook

import (
	"cmp"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
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
	secrets vocabulary
	heads   vocabulary        // tokens of which even a part is masked
	tails   vocabulary        // the same, written backwards
	urls    map[string]string // how the URLs of webhooks are shown
	careful bool              // for a whole run: words that are part of its own output are not secrets
	members []string          // names of members of bodies
	words   vocabulary        // masked only in answers, and only as whole words
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

// Values lists what is masked, the longest first.
func (r *Redactor) Values() []string {
	r.mu.RLock()
	defer r.mu.RUnlock()
	byLength := func(a, b string) int { return cmp.Or(len(b)-len(a), strings.Compare(a, b)) }
	return slices.SortedFunc(maps.Keys(r.secrets.known), byLength)
}

// Text masks the secrets in a text.
func (r *Redactor) Text(s string) string { return r.mask(s, search{}, asterisks) }

// Body masks the secrets in a body, or in any other text from outside, which can hold
// unknown ones: in members such as routing_key, or recognisable by their looks.
func (r *Redactor) Body(s string) string { return r.mask(s, search{looks: true}, asterisks) }

// Answer masks the secrets in a text that comes from the receiver, including new ones.
func (r *Redactor) Answer(s string) string {
	return r.mask(s, search{looks: true, words: true}, asterisks)
}

// InPlace masks the secrets in a text character by character, so that columns do not
// move.
func (r *Redactor) InPlace(s string) string {
	return r.mask(s, search{looks: true}, func(secret string) string { return strings.Repeat("*", utf8.RuneCountInString(secret)) })
}

func asterisks(string) string { return Mask }

// mask replaces each secret by the result of a function.
func (r *Redactor) mask(s string, also search, with func(secret string) string) string {
	if r == nil {
		return s
	}
	defer r.locked()()
	return replaced(s, r.cover(s, also), with)
}

// Held returns the length of the end of a text that may be the beginning of a secret,
// so that a stream can wait for the rest. It holds secrets back as a whole.
func (r *Redactor) Held(s string) int {
	if r == nil {
		return 0
	}
	defer r.locked()()
	const often = 8 // no stream waits forever for the end of abababab
	from := len(s) - r.secrets.begun(s)
	for range often {
		start := r.secrets.across(s, from)
		if start == from {
			break
		}
		from = start
	}
	return len(s) - from
}

// locked locks the redactor for reading, with all that it has learned so far, and
// returns what unlocks it.
func (r *Redactor) locked() (unlock func()) {
	r.mu.RLock()
	if len(r.secrets.young)+len(r.heads.young)+len(r.words.young) > 0 {
		r.mu.RUnlock()
		r.mu.Lock()
		for _, v := range []*vocabulary{&r.secrets, &r.heads, &r.tails, &r.words} {
			v.settle()
		}
		r.mu.Unlock()
		r.mu.RLock()
	}
	return r.mu.RUnlock
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
	switch {
	case err != nil || u.Host == "":
		return Mask
	case onlyHost(u):
		return raw
	}
	return u.Scheme + "://" + u.Host + "/" + Mask
}

// OnlyHost reports whether a URL consists of a scheme and a host, neither of which is
// secret.
func OnlyHost(raw string) bool {
	u, err := url.Parse(raw)
	return err == nil && u.Host != "" && onlyHost(u)
}

func onlyHost(u *url.URL) bool {
	return u.RawQuery == "" && u.Fragment == "" && len(u.Path) <= 1 && u.User == nil
}

// Header returns a copy of headers with credentials masked.
func (r *Redactor) Header(header http.Header) http.Header {
	masked := http.Header{}
	for key, values := range header {
		for _, value := range values {
			if r != nil && SecretHeaderValue(key, value) {
				value = Mask
			}
			masked[r.Text(key)] = append(masked[r.Text(key)], r.Body(value))
		}
	}
	return masked
}
