package coroot

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/hooktool/hooktool/internal/printable"
	"github.com/hooktool/hooktool/pkg/source"
)

// Error says why Coroot could not be reached, or did not do what it was asked to. It
// contains no secrets.
type Error struct {
	Doing   string // what was tried, such as "reading the webhook"; may be empty
	Status  int    // of the answer; 0 if there was none
	Message string // what went wrong
	Hint    string // what to do about it; may be empty
	Usage   bool   // the user's input is wrong: no request was made, or none that could succeed
	Err     error  // the cause, if there is one
}

func (e *Error) Error() string {
	if e.Doing == "" {
		return e.Message
	}
	return e.Doing + ": " + e.Message
}

func (e *Error) Unwrap() error { return e.Err }

// Refused reports whether Coroot understood the request, and says that it failed.
func (e *Error) Refused() bool { return e.Status == http.StatusBadRequest }

// Misuse returns Usage; see source.Misuse.
func (e *Error) Misuse() bool { return e.Usage }

// Problem returns the error with its hint; see source.Teller.
func (e *Error) Problem() *source.Problem {
	return &source.Problem{Message: e.Error(), Hint: e.Hint, Err: e}
}

// transportError explains why there was no complete answer.
func (c *Client) transportError(ctx context.Context, doing string, err error, explain func(error, time.Duration) (string, string)) error {
	if errors.Is(err, errRedirected) {
		where := err.Error()
		if _, after, ok := strings.Cut(where, errRedirected.Error()+" to "); ok {
			where = after
		}
		return &Error{
			Doing: doing, Message: "the request was redirected to " + printable.Text(where) + ", and hooktool does not follow redirects", Err: err,
			Hint: "if that is Coroot's address, give it with --coroot-url; for a proxy that requires sign-in, pass a header or cookie with -H 'KEY: VALUE'",
		}
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	reason, hint := explain(err, c.options.Timeout)
	return &Error{Doing: doing, Message: c.URL() + ": " + reason, Hint: hint, Err: err}
}

// statusError explains a status that means failure.
func (c *Client) statusError(doing string, response *http.Response, body []byte) error {
	e := &Error{Doing: doing, Status: response.StatusCode}
	text := strings.TrimSpace(string(body))
	switch {
	case isPage(response.Header.Get("Content-Type"), body):
		e.Message = fmt.Sprintf("Coroot's API was expected, but a web page with status %d came back", response.StatusCode)
		e.Hint = pageHint
	case text != "" && len(text) < 500:
		e.Message = printable.Text(text)
	default:
		e.Message = response.Status
	}
	switch {
	case e.Hint != "":
	case response.StatusCode == http.StatusUnauthorized:
		e.Message, e.Hint = c.unauthorized(text)
	case response.StatusCode == http.StatusForbidden:
		e.Hint = c.forbiddenHint()
	case response.StatusCode == http.StatusProxyAuthRequired:
		e.Hint = "a proxy requires a password: see HTTPS_PROXY"
	case response.StatusCode >= http.StatusInternalServerError:
		e.Hint = "Coroot's own log says why; a project that does not exist also gives 500"
	}
	return e
}

func (c *Client) unauthorized(body string) (message, hint string) {
	switch {
	case strings.Contains(body, "set_admin_password"):
		return "this Coroot is new and has no password yet", "open " + c.URL() + " and set the password of admin"
	case c.options.SessionCookie != "":
		return "the session has expired", "sign in again in the browser, and use the new value of the cookie " + sessionCookie
	case c.options.Username == "":
		return "Coroot requires you to sign in", "set COROOT_USERNAME and COROOT_PASSWORD, or COROOT_SESSION_COOKIE from a browser; an API key is not enough"
	}
	return "the session was not accepted", "does a proxy in front of Coroot drop cookies?"
}

func (c *Client) forbiddenHint() string {
	role := c.user.Role
	if role == "" {
		role = "this user"
	}
	return fmt.Sprintf("%s can read the webhook, but only an Admin can write and test it", role)
}

// explainLogin explains Coroot's answer to a wrong password: 404.
func (c *Client) explainLogin(err error) error {
	var e *Error
	if !errors.As(err, &e) {
		return err
	}
	switch {
	case e.Status == http.StatusNotFound && strings.Contains(e.Message, "Invalid email or password"):
		e.Message, e.Hint = "Coroot does not accept this user name and password", "check COROOT_USERNAME (an e-mail address, or admin) and COROOT_PASSWORD"
	case e.Status == http.StatusNotFound:
		e.Hint = "no Coroot found at " + c.URL() + ": is a base path missing or superfluous?"
	}
	return err
}

// explainUser explains failures of the first request, which reveals a wrong address.
func (c *Client) explainUser(err error) error {
	var e *Error
	if errors.As(err, &e) && e.Status == http.StatusNotFound {
		e.Message, e.Hint = "no Coroot found at "+c.URL(), "is a base path missing or superfluous?"
	}
	return err
}

func (c *Client) noPassword(err error) error {
	return &Error{
		Usage: true, Message: fmt.Sprintf("there is no password for the user %q", c.options.Username), Err: err,
		Hint: PasswordHint,
	}
}

// PasswordHint says how to give the password of a user.
const PasswordHint = "set COROOT_PASSWORD, give --password-file, or type it when asked on a terminal"

const pageHint = "a proxy may require you to sign in: pass its header or cookie with -H 'KEY: VALUE'; or Coroot may be under a base path"

func (c *Client) pageError(doing string) error {
	return &Error{Doing: doing, Message: "Coroot's API was expected, but a web page came back", Hint: pageHint}
}

// isPage distinguishes HTML, such as the sign-in page of a proxy, from JSON.
func isPage(contentType string, body []byte) bool {
	return strings.Contains(contentType, "text/html") || bytes.HasPrefix(bytes.TrimSpace(body), []byte("<"))
}
