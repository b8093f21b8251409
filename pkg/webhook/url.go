package webhook

import (
	"errors"
	"fmt"
	"net/url"
	"strings"

	"github.com/hooktool/hooktool/pkg/source"
)

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

// hideURL takes the URL out of an error of package url or net/http. If the URL cannot be
// parsed, the result is a *source.Problem that says what is wrong with it.
func hideURL(err error) error {
	inURL, ok := err.(*url.Error) //nolint:errorlint // url.Parse wraps nothing around it
	switch {
	case !ok:
		return err
	case inURL.Op == "parse":
		return unparsed(inURL)
	case strings.HasPrefix(inURL.Err.Error(), "failed to parse Location header"):
		return errLocation
	}
	return inURL.Err
}

var errLocation = errors.New("the receiver redirects to something that is not a URL")

func noScheme() *source.Problem {
	return &source.Problem{Message: "the URL has no scheme: it must begin with https:// or http://", Hint: "write https:// before it"}
}

// unparsed rewords the error of url.Parse, which may quote half of a password: only one
// character or escape of the URL is repeated.
func unparsed(err *url.Error) *source.Problem {
	var (
		host   url.InvalidHostError
		escape url.EscapeError
	)
	text := err.Err.Error()
	switch {
	case text == "missing protocol scheme", strings.HasPrefix(text, "first path segment"):
		return noScheme()
	case strings.Contains(text, "control character"):
		return &source.Problem{Message: "the URL contains a control character, such as a line break or a tab", Hint: "write the URL on one line, without blanks"}
	case strings.HasPrefix(text, "missing ']'"):
		return &source.Problem{Message: "the IPv6 address in the URL has no ]", Hint: "write it as in http://[::1]:8080/"}
	case strings.HasPrefix(text, "invalid port "):
		return &source.Problem{
			Message: "the port in the URL is not a number",
			Hint:    "in a user and password, write / as %2F, @ as %40 and : as %3A",
		}
	case strings.Contains(text, "invalid userinfo"):
		return &source.Problem{
			Message: "the user or password in the URL contains a character that must be escaped",
			Hint:    "write each character other than letters and digits as % and two hexadecimal digits: @ is %40",
		}
	case errors.As(err.Err, &escape):
		return &source.Problem{
			Message: fmt.Sprintf("%q in the URL is not an escape: two hexadecimal digits must follow %%", string(escape)),
			Hint:    "write the character % itself as %25",
		}
	case errors.As(err.Err, &host):
		p := &source.Problem{
			Message: fmt.Sprintf("the host in the URL contains %q", string(host)),
			Hint:    "a host consists of letters, digits, dots and hyphens, and a path begins with /",
		}
		if strings.Contains(err.URL, "${") {
			p.Hint = "is a variable not replaced? ${NAME} is replaced in the configuration only"
		}
		return p
	}
	return &source.Problem{Message: "the URL cannot be read: " + text}
}
