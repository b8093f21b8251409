package destination

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/hooktool/hooktool/pkg/webhook"
)

// URLForm is one form of the URLs of a destination.
type URLForm struct {
	// Pattern is a regular expression for the host and the escaped path, such as
	// ^hooks\.slack\.com/services/. Case is ignored. Groups whose names begin with
	// "secret" hold what is secret.
	Pattern string
	// AnyHost says that the pattern recognises the path alone, because people host the
	// service themselves. Forms with their own host win.
	AnyHost bool
	// Distinct says that the words of such a path are enough to recognise it by, whatever
	// is in place of the token.
	Distinct bool
	// Query are the parameters that must have a value; "name=true" is one whose value
	// must be true or 1.
	Query []string
	// SecretQuery are the parameters whose values are secret.
	SecretQuery []string
	// Chosen says that the secret is a name that people choose and often do not mind
	// being known, such as the topic of their own server: it is masked, but having it
	// in a file is not a mistake.
	Chosen  bool
	Example string // with invented secrets
	Note    string // a remark on this form; may be empty
	Retired bool   // the service for this form has ended, or is about to
	// Takes describes what a webhook at such a URL accepts, if that differs from the
	// destination; what it leaves out is described at [Destination.Forms].
	Takes *Destination
}

// urlMatch is a URL that has a known form.
type urlMatch struct {
	form    *URLForm
	loose   bool // only the host and the beginning of the path, or its other parts, are those of the form
	url     *url.URL
	text    string   // host and path
	secrets [][2]int // in text
}

// address is a URL as forms are looked for in it.
type address struct {
	url   *url.URL
	text  string // host and path
	query url.Values
}

// addressOf reads a URL; nil if it has no host.
func addressOf(raw string) *address {
	u, err := url.Parse(raw)
	if err != nil || u.Host == "" {
		return nil
	}
	return &address{u, strings.ToLower(u.Hostname()) + u.EscapedPath(), u.Query()}
}

// matchURL returns the first form that fits.
func (d *Destination) matchURL(raw string) *urlMatch { return d.match(addressOf(raw)) }

// match returns the first form that fits exactly, or else the first that fits loosely.
func (d *Destination) match(a *address) *urlMatch {
	if a == nil {
		return nil
	}
	for _, form := range d.fitting(a) {
		re := compiled(form.Pattern)
		if groups := re.FindStringSubmatchIndex(a.text); groups != nil {
			return &urlMatch{form: form, url: a.url, text: a.text, secrets: secretGroups(re, groups)}
		}
	}
	for _, pattern := range []func(*URLForm) string{(*URLForm).anyParts, (*URLForm).beginning} {
		for _, form := range d.fitting(a) {
			if loose := pattern(form); loose != "" && compiled(loose).MatchString(a.text) {
				return &urlMatch{form: form, loose: true, url: a.url, text: a.text}
			}
		}
	}
	return nil
}

// fitting returns the forms whose parameters a URL has.
func (d *Destination) fitting(a *address) []*URLForm {
	var forms []*URLForm
	for i := range d.URLs {
		form := &d.URLs[i]
		if !slices.ContainsFunc(form.Query, func(name string) bool { return !asks(a.query, name) }) {
			forms = append(forms, form)
		}
	}
	return forms
}

// asks reports whether a parameter has a value, and a true one if that is required.
func asks(query url.Values, parameter string) bool {
	name, must, _ := strings.Cut(parameter, "=")
	value := query.Get(name)
	return value != "" && (must == "" || value == "1" || strings.EqualFold(value, must))
}

// demands reports whether the form is recognised by a parameter.
func (f *URLForm) demands(name string) bool {
	return slices.ContainsFunc(f.Query, func(parameter string) bool {
		known, _, _ := strings.Cut(parameter, "=")
		return known == name
	})
}

// secretGroups returns where the secret groups of a match are.
func secretGroups(re *regexp.Regexp, groups []int) [][2]int {
	var spans [][2]int
	for i, name := range re.SubexpNames() {
		if strings.HasPrefix(name, "secret") && groups[2*i] >= 0 {
			spans = append(spans, [2]int{groups[2*i], groups[2*i+1]})
		}
	}
	return spans
}

// patterns caches the regular expressions that were used so far.
var patterns sync.Map // from string to *regexp.Regexp

func compiled(text string) *regexp.Regexp {
	if re, ok := patterns.Load(text); ok {
		return re.(*regexp.Regexp) //nolint:forcetypeassert // nothing else is stored
	}
	re := regexp.MustCompile("(?i)" + text) // a test compiles every pattern
	patterns.Store(text, re)
	return re
}

// Form returns the form that a URL has, or nil if it is not one of the destination's. A
// URL on the destination's own host has it even if a token or ID in it has not: see
// [Destination.Malformed].
func (d *Destination) Form(raw string) *URLForm {
	if match := d.matchURL(raw); match != nil {
		return match.form
	}
	return nil
}

// Malformed returns the form of which a URL only has the host and other parts, because
// it has something else in place of a token or ID; nil if it has the form, or none.
func (d *Destination) Malformed(raw string) *URLForm {
	if match := d.matchURL(raw); match != nil && match.loose {
		return match.form
	}
	return nil
}

// Secrets returns what is secret in a URL of the destination, and in the payloads that
// it takes. Of a URL in none of its forms, everything after the host counts as secret.
func (d *Destination) Secrets(raw string) webhook.Secrets {
	secrets := webhook.Secrets{Members: d.SecretMembers}
	match := d.matchURL(raw)
	if match == nil || match.loose {
		return secrets
	}
	path := match.text
	for _, span := range slices.Backward(match.secrets) {
		secrets.Values = append(secrets.Values, path[span[0]:span[1]])
		path = path[:span[0]] + webhook.Mask + path[span[1]:]
	}
	_, path, _ = strings.Cut(path, "/")
	shown := match.url.Scheme + "://" + match.url.Host + "/" + path
	var query []string
	for name, values := range match.url.Query() {
		for _, value := range values {
			if slices.Contains(match.form.SecretQuery, name) || webhook.SecretSetting(name, value) || !match.form.demands(name) && webhook.LooksSecret(value) {
				secrets.Values = append(secrets.Values, value)
				value = webhook.Mask
			} else {
				value = url.QueryEscape(value)
			}
			query = append(query, url.QueryEscape(name)+"="+value)
		}
	}
	if len(query) > 0 {
		slices.Sort(query)
		shown += "?" + strings.Join(query, "&")
	}
	secrets.URL = shown
	return secrets
}
