package webhook_test

import (
	"testing"

	"github.com/hooktool/hooktool/pkg/source"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// TestBadURL checks that what is wrong with a URL is said in words, and nothing secret
// in it.
func TestBadURL(t *testing.T) {
	t.Parallel()
	for url, want := range map[string]string{
		"hooks.example.com/x":     "the URL has no scheme: it must begin with https:// or http://",
		"127.0.0.1:8080/x":        "the URL has no scheme: it must begin with https:// or http://",
		"localhost:8080/x":        "the URL has no scheme: it must begin with https:// or http://",
		"://x":                    "the URL has no scheme: it must begin with https:// or http://",
		"ftp://x/y":               `the scheme "ftp" cannot be sent to: it must be https or http`,
		"https:/x.example.com/y":  "the URL has no host",
		"http://[::1":             "the IPv6 address in the URL has no ]",
		"https://x y/z":           `the host in the URL contains " "`,
		"https://${HOST}/z":       `the host in the URL contains "{"`,
		"https://x/s3cr3t%zz":     `"%zz" in the URL is not an escape: two hexadecimal digits must follow %`,
		"https://u:s3cr3t/1@x/":   "the port in the URL is not a number",
		"https://u:s3cr3t 1@x/":   "the user or password in the URL contains a character that must be escaped",
		"https://x.example\n.com": "the URL contains a control character, such as a line break or a tab",
	} {
		p := source.ProblemOf(webhook.Webhook{URL: url}.Check())
		if p.Message != want {
			t.Errorf("%s: %q, want %q", url, p.Message, want)
		}
	}
}
