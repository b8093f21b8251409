package webhook

import (
	"errors"
	"fmt"
	"net/url"
	"strings"

	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/source"
)

// Webhook is what is configured in Coroot: where a message goes, and what is sent with
// it. The names are those of Coroot's configuration file
// (notificationIntegrations.webhook).
type Webhook struct {
	URL           string
	TLSSkipVerify bool              // do not verify the server's certificate
	BasicAuth     *BasicAuth        // nil for none
	CustomHeaders []Header          // added in this order, after Content-Type
	CustomFields  map[string]string // static fields, see Data
	Incidents     bool              // whether events of a kind are sent
	Deployments   bool
	Alerts        bool
	Templates     map[event.Kind]string
}

// BasicAuth is sent only when neither of the two is empty, as in Coroot.
type BasicAuth struct{ Username, Password string }

// Header is a custom header. Coroot adds it to those that are there: a Content-Type
// given here is sent as a second one.
type Header struct{ Key, Value string }

// Enabled reports whether the webhook sends events of a kind.
func (w Webhook) Enabled(kind event.Kind) bool {
	switch kind {
	case event.KindIncident:
		return w.Incidents
	case event.KindDeployment:
		return w.Deployments
	case event.KindAlert:
		return w.Alerts
	}
	return false
}

// Check finds URLs that net/http would refuse: what is not a URL, has no host, or whose
// scheme is neither http nor https. The error does not contain the URL, which is a
// secret. For stray text in a URL (white space at its ends, or a template, which Coroot
// does not render there) it is a *source.Problem with a hint.
func (w Webhook) Check() error {
	if strings.TrimSpace(w.URL) == "" {
		return fmt.Errorf("the URL is empty")
	}
	if err := strayText(w.URL); err != nil {
		return err
	}
	u, err := url.Parse(w.URL)
	if err != nil {
		return fmt.Errorf("the URL cannot be read: %w", hideURL(err))
	}
	switch {
	case u.Scheme == "":
		return fmt.Errorf("the URL has no scheme: it must begin with https:// or http://")
	case u.Scheme != "http" && u.Scheme != "https":
		return fmt.Errorf("the scheme %q cannot be sent to: it must be https or http", u.Scheme)
	case u.Hostname() == "":
		return fmt.Errorf("the URL has no host")
	}
	return nil
}

// strayText finds what is in a URL by mistake.
func strayText(raw string) error {
	trimmed := strings.TrimSpace(raw)
	switch {
	case strings.ContainsAny(raw[:1], "\"'<`"):
		return &source.Problem{
			Message: fmt.Sprintf("the URL begins with %s", raw[:1]),
			Hint:    "remove the quotes around it: they are not part of it",
		}
	case strings.Contains(raw, "{{"):
		return &source.Problem{
			Message: "the URL contains {{, but Coroot does not render templates in a URL",
			Hint:    "write the whole URL; what depends on the event belongs in the body",
		}
	case trimmed == raw:
		return nil
	case strings.ContainsAny(raw, "\r\n"):
		return &source.Problem{
			Message: "there is a line break at the beginning or the end of the URL",
			Hint:    "remove it; in YAML, text after | ends with one: write the URL on the same line as its key",
		}
	}
	return &source.Problem{Message: "there is a blank at the beginning or the end of the URL", Hint: "remove it: Coroot would request a path that ends with it"}
}

// hideURL takes the URL out of an error of package url.
func hideURL(err error) error {
	inURL, ok := err.(*url.Error) //nolint:errorlint // url.Parse wraps nothing around it
	if !ok {
		return err
	}
	// The error may quote half of a password.
	switch text := inURL.Err.Error(); {
	case strings.HasPrefix(text, "invalid port "):
		return errPort
	case strings.HasPrefix(text, "failed to parse Location header"):
		return errLocation
	}
	return inURL.Err
}

var (
	errPort     = errors.New("the port is not a number; in a user and password / is written %2F, @ is %40 and : is %3A")
	errLocation = errors.New("the receiver redirects to something that is not a URL")
)
