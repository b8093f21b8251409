package webhook

import (
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
	switch {
	case err != nil:
		return hideURL(err)
	case u.Scheme == "" || u.Opaque != "": // localhost:8080/x
		return noScheme()
	case u.Scheme != "http" && u.Scheme != "https":
		return &source.Problem{
			Message: fmt.Sprintf("the scheme %q cannot be sent to: it must be https or http", u.Scheme),
			Hint:    "a webhook's URL must begin with https:// or http://",
		}
	case u.Hostname() == "":
		return &source.Problem{Message: "the URL has no host", Hint: "write it with two slashes: https://host/path"}
	}
	return nil
}
