package lint

import (
	"net/netip"
	"net/url"
	"strings"

	"github.com/hooktool/hooktool/pkg/webhook"
)

func insecureTransport() Rule {
	return Rule{
		ID: "insecure-transport", Severity: Warning,
		Summary: "credentials or messages travel unprotected",
		Why: "Over plain http, anyone on the path can read the message, the password and the secret in the URL. With\n" +
			"`tlsSkipVerify`, anyone on the path can pretend to be the receiver. If the receiver's certificate comes from\n" +
			"your own authority, make Coroot's container trust that authority instead.",
		Bad: Example{
			Webhook: true,
			Text: "webhooks:\n  chat:\n    url: http://chat.example.com/hook\n    tlsSkipVerify: true\n" +
				"    basicAuth: {username: coroot, password: '${PASSWORD}'}\n",
			At: []string{"3:10", "4:5"},
		},
		Good: Example{
			Webhook: true,
			Text: "webhooks:\n  chat:\n    url: https://chat.example.com/hook\n" +
				"    basicAuth: {username: coroot, password: '${PASSWORD}'}\n",
		},
		check:    func(*pass) {},
		settings: checkTransport,
	}
}

func checkTransport(p *settings) {
	raw := p.hook.Raw()
	u, err := url.Parse(raw.URL)
	if s := p.setting("url"); err == nil && strings.EqualFold(u.Scheme, "http") && !isLocal(u.Hostname()) {
		message := "the message travels over plain http"
		if raw.BasicAuth != nil || u.User != nil {
			message = "the password travels over plain http"
		}
		for _, header := range raw.CustomHeaders {
			if webhook.SecretHeaderValue(header.Key, header.Value) {
				message = "the header " + header.Key + " travels over plain http"
			}
		}
		p.atValue(s, message, "use https")
	}
	if raw.TLSSkipVerify {
		p.atKey(p.setting("tlsSkipVerify"), "the receiver's certificate is not verified", "make Coroot trust the authority that issued it")
	}
}

// isLocal reports whether a host is the local machine or inside a cluster, where http
// is common.
func isLocal(host string) bool {
	if ip, err := netip.ParseAddr(host); err == nil {
		return ip.IsLoopback() || ip.IsPrivate()
	}
	return host == "localhost" || !strings.Contains(host, ".") || strings.HasSuffix(host, ".svc") || strings.HasSuffix(host, ".local")
}
