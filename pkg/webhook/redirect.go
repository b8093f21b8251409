//go:build !offline

package webhook

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
)

// maxRedirects is the limit of net/http, and so Coroot's.
const maxRedirects = 10

// redirection follows redirects as Coroot's client does, with two differences. Where
// that client would continue with a GET without a body, which loses the message, it
// stops and says so. And it does not carry credentials to another host.
type redirection struct {
	from, to *url.URL // of the redirect at which it stopped
	foreign  bool     // it was redirected to another host
}

// check is the CheckRedirect of an http.Client.
func (r *redirection) check(req *http.Request, via []*http.Request) error {
	last := via[len(via)-1]
	if req.Method != last.Method {
		r.from, r.to = last.URL, req.URL
		return http.ErrUseLastResponse
	}
	if len(via) >= maxRedirects {
		return errRedirects
	}
	if req.URL.Host != via[0].URL.Host || req.URL.Scheme == "http" && via[0].URL.Scheme == "https" {
		r.foreign = true
		contentType := req.Header.Values("Content-Type")
		req.Header = http.Header{"Content-Type": contentType} // Referer would reveal the URL, too
	}
	return nil
}

var errRedirects = errors.New("stopped after 10 redirects")

// lost reports whether the message was lost on the way.
func (r *redirection) lost() bool { return r != nil && r.to != nil }

// crossed reports whether the request was redirected to another host.
func (r *redirection) crossed() bool { return r != nil && r.foreign }

func (r *redirection) verdict(redact *Redactor) Verdict {
	v := Verdict{
		Outcome: Rejected,
		Reason:  fmt.Sprintf("the receiver redirects to %s: Coroot would follow with a GET request without a body, so the message would be lost, and the answer to that would look like success", redact.URL(r.to.String())),
		Hint:    "use the URL to which it redirects",
	}
	if r.from.Scheme == "http" && r.to.Scheme == "https" && r.from.Hostname() == r.to.Hostname() {
		v.Hint = "write the URL with https://"
	}
	return v
}
