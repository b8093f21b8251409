package coroot

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"path"
	"strings"
	"time"

	"github.com/hooktool/hooktool/pkg/webhook"
)

// DefaultTimeout is how long one request may take, unless Options say otherwise. Coroot
// answers at once, except for the test, in which it waits 5 seconds for each of two
// messages.
const DefaultTimeout = 30 * time.Second

// maxAnswer bounds how much of an answer is read, in bytes.
const maxAnswer = 64 << 20

// sessionCookie is the name of Coroot's cookie.
const sessionCookie = "coroot_session"

// Options say which Coroot to talk to, and as whom.
type Options struct {
	URL      string // of Coroot, with its base path if it has one
	Username string // the e-mail address, or admin

	// AskPassword returns the password of Username. It is called at most once, and only
	// if needed.
	AskPassword func() (string, error)

	// SessionCookie is the value of coroot_session; it replaces a user and a password.
	SessionCookie string

	Header        []webhook.Header // sent with every request, such as for a proxy
	TLSSkipVerify bool
	RootCAs       *x509.CertPool // nil: those of the system
	Timeout       time.Duration  // for one request; zero: DefaultTimeout
}

// Client talks to one Coroot as one user.
type Client struct {
	base    *url.URL
	options Options
	http    *http.Client
	cookie  string
	user    User
}

// User is the user that the client acts as, and what that user sees.
type User struct {
	Email     string    `json:"email"`
	Name      string    `json:"name"`
	Role      string    `json:"role"` // Admin, Editor, Viewer, or one of Coroot's enterprise edition
	Anonymous bool      `json:"anonymous"`
	Projects  []Project `json:"projects"`
}

// Project is a project of Coroot. Names need not be unique, but IDs are.
type Project struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// Open signs in, if necessary, and reads who the user is.
func Open(ctx context.Context, o Options) (*Client, error) {
	base, err := parseURL(o.URL)
	if err != nil {
		return nil, err
	}
	if o.Timeout == 0 {
		o.Timeout = DefaultTimeout
	}
	transport, ok := http.DefaultTransport.(*http.Transport)
	if !ok {
		transport = &http.Transport{}
	}
	transport = transport.Clone()
	transport.TLSClientConfig = &tls.Config{InsecureSkipVerify: o.TLSSkipVerify, RootCAs: o.RootCAs} // nolint:gosec // the user asked for it
	c := &Client{base: base, options: o, cookie: o.SessionCookie}
	c.http = &http.Client{Transport: transport, CheckRedirect: c.checkRedirect}
	if c.cookie == "" && o.Username != "" {
		if err := c.signIn(ctx); err != nil {
			return nil, err
		}
	}
	if err := c.getJSON(ctx, "reading the current user", &c.user, "user"); err != nil {
		return nil, c.explainUser(err)
	}
	return c, nil
}

// User returns the user that the client acts as.
func (c *Client) User() User { return c.user }

// URL returns the address of Coroot in a form that may be shown: without user, password
// and query.
func (c *Client) URL() string { return c.base.String() }

func parseURL(raw string) (*url.URL, error) {
	const hint = "write it as in the browser's address bar, such as https://coroot.example.com, with the base path if there is one"
	u, err := url.Parse(strings.TrimSpace(raw))
	switch {
	case raw == "":
		return nil, &Error{Usage: true, Message: "no address of Coroot was given", Hint: "give it with --coroot-url, COROOT_BASE_URL, or coroot.url in the configuration"}
	case err != nil, u.Host == "", u.Scheme != "http" && u.Scheme != "https":
		return nil, &Error{Usage: true, Message: "the address of Coroot must be a URL that begins with https:// or http://", Hint: hint}
	case u.User != nil:
		return nil, &Error{
			Usage: true, Message: "the address of Coroot contains a user and a password",
			Hint: "give them as COROOT_USERNAME and COROOT_PASSWORD; for a proxy's basic auth, use a header: -H 'Authorization: Basic …'",
		}
	}
	// The page that is open in the browser is /p/PROJECT/…; people paste its address.
	if before, _, ok := strings.Cut(u.Path, "/p/"); ok {
		u.Path = before
	}
	return &url.URL{Scheme: u.Scheme, Host: u.Host, Path: strings.TrimRight(u.Path, "/")}, nil
}

// signIn gets the cookie of a session.
func (c *Client) signIn(ctx context.Context) error {
	if c.options.AskPassword == nil {
		return c.noPassword(nil)
	}
	password, err := c.options.AskPassword()
	if err != nil {
		return c.noPassword(err)
	}
	body, err := json.Marshal(map[string]string{"email": c.options.Username, "password": password})
	if err != nil {
		return err
	}
	answer, err := c.do(ctx, "signing in", http.MethodPost, body, "login")
	if err != nil {
		return c.explainLogin(err)
	}
	if isPage(answer.contentType, answer.body) {
		return c.pageError("signing in")
	}
	for _, cookie := range answer.cookies {
		if cookie.Name == sessionCookie {
			c.cookie = cookie.Value
			return nil
		}
	}
	return &Error{Doing: "signing in", Message: "the answer has no cookie " + sessionCookie, Hint: "is this a Coroot? " + c.URL()}
}

// answer is what came back with a status below 400.
type answer struct {
	body        []byte
	contentType string
	cookies     []*http.Cookie
}

// do requests one path of the API, and returns an *Error for everything except a
// success.
func (c *Client) do(ctx context.Context, doing, method string, body []byte, segments ...string) (*answer, error) {
	watched, explain := webhook.Watch(ctx, "Coroot")
	limited, cancel := context.WithTimeout(watched, c.options.Timeout)
	defer cancel()
	noAnswer := func(err error) error { return c.transportError(ctx, doing, err, explain) }
	target := c.base.JoinPath(append([]string{"api"}, segments...)...)
	if last := segments[len(segments)-1]; strings.HasPrefix(last, "?") {
		target = c.base.JoinPath(append([]string{"api"}, segments[:len(segments)-1]...)...)
		target.RawQuery = last[1:]
	}
	request, err := http.NewRequestWithContext(limited, method, target.String(), bytes.NewReader(body))
	if err != nil {
		return nil, &Error{Doing: doing, Message: "the request cannot be built"}
	}
	if err := c.addHeaders(request, body != nil); err != nil {
		return nil, err
	}
	response, err := c.http.Do(request)
	if err != nil {
		return nil, noAnswer(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(io.LimitReader(response.Body, maxAnswer+1))
	switch {
	case err != nil:
		return nil, noAnswer(err)
	case len(text) > maxAnswer:
		return nil, &Error{Doing: doing, Message: fmt.Sprintf("the answer is larger than %d MiB", maxAnswer>>20), Hint: "ask for less, with --limit or --since"}
	case response.StatusCode >= http.StatusBadRequest:
		return nil, c.statusError(doing, response, text)
	}
	return &answer{body: text, contentType: response.Header.Get("Content-Type"), cookies: response.Cookies()}, nil
}

func (c *Client) addHeaders(request *http.Request, hasBody bool) error {
	request.Header.Set("Accept", "application/json")
	if hasBody {
		request.Header.Set("Content-Type", "application/json")
	}
	for _, header := range c.options.Header {
		if strings.ContainsAny(header.Key+header.Value, "\r\n\x00") || header.Key == "" {
			return &Error{Usage: true, Message: "a header of --header cannot be sent", Hint: "write it as 'KEY: VALUE', on one line"}
		}
		request.Header.Add(header.Key, header.Value)
		if strings.EqualFold(header.Key, "Host") {
			request.Host = header.Value
		}
	}
	if c.cookie != "" {
		request.AddCookie(&http.Cookie{Name: sessionCookie, Value: c.cookie})
	}
	return nil
}

// getJSON requests one path and decodes the JSON of its answer into a value.
func (c *Client) getJSON(ctx context.Context, doing string, into any, segments ...string) error {
	answer, err := c.do(ctx, doing, http.MethodGet, nil, segments...)
	if err != nil {
		return err
	}
	return c.decode(doing, answer, into)
}

func (c *Client) decode(doing string, a *answer, into any) error {
	if isPage(a.contentType, a.body) {
		return c.pageError(doing)
	}
	if err := json.Unmarshal(a.body, into); err != nil {
		var wrongType *json.UnmarshalTypeError
		reason := "it is not JSON"
		if errors.As(err, &wrongType) {
			reason = fmt.Sprintf("%s has an unexpected type", wrongType.Field)
		}
		return &Error{Doing: doing, Message: "the answer is not one of Coroot's: " + reason, Hint: "is this a Coroot? " + c.URL()}
	}
	return nil
}

// errRedirected stops a redirect.
var errRedirected = errors.New("redirected")

// checkRedirect follows a redirect only on the same host, and never turns a request
// that writes into one that reads. A session's cookie and a proxy's headers would be
// sent along.
func (c *Client) checkRedirect(next *http.Request, via []*http.Request) error {
	if len(via) >= 5 || next.URL.Host != c.base.Host || next.URL.Scheme != c.base.Scheme || via[0].Method != next.Method {
		return fmt.Errorf("%w to %s://%s%s", errRedirected, next.URL.Scheme, next.URL.Host, path.Dir(next.URL.Path))
	}
	return nil
}
