//go:build !offline

package page

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/hex"
	"net"
	"net/http"
	"strings"
)

// policy is the content security policy of the live page: everything comes from the
// page's own server, and nothing that the page shows as text can run.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
	"form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// newToken makes the part of the path that cannot be guessed.
func newToken() string {
	b := make([]byte, 16)
	rand.Read(b) // never fails
	return hex.EncodeToString(b)
}

// elsewhere answers a request without the full address, which is needed to see the page
// and therefore not revealed here.
const elsewhere = "There is nothing at this address. Open the full address that hooktool preview --serve printed:\n" +
	"it ends in a long word, which changes with every start."

// guard lets only the page itself make requests. Another site that is open in the
// browser does not know the token. If it learned it, Origin and Sec-Fetch-Site would
// give the site away, and Host a name that was rebound to this machine.
func (s *Server) guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Cache-Control", "no-store")
		token, rest, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
		switch {
		case !s.isOwnHost(r.Host):
			http.Error(w, "this page can only be opened at its own address", http.StatusMisdirectedRequest)
		case !sameOrigin(r):
			http.Error(w, "this page cannot be used from other sites", http.StatusForbidden)
		case subtle.ConstantTimeCompare([]byte(token), []byte(s.token)) != 1, strings.Contains(rest, ".."):
			http.Error(w, elsewhere, http.StatusNotFound)
		case r.URL.Path == "/"+token: // without the last slash
			http.Redirect(w, r, "/"+token+"/", http.StatusTemporaryRedirect)
		default:
			inner := r.Clone(r.Context())
			inner.URL.Path = "/" + rest
			next.ServeHTTP(w, inner)
		}
	})
}

// isOwnHost reports whether a Host header names this server by an address that only
// this machine can reach.
func (s *Server) isOwnHost(host string) bool {
	_, port, err := net.SplitHostPort(s.addr)
	if err != nil {
		return false
	}
	if port == "80" && !strings.HasSuffix(host, ":80") { // which browsers leave out
		host += ":80"
	}
	for _, name := range []string{"127.0.0.1", "localhost", "::1"} {
		if host == net.JoinHostPort(name, port) {
			return true
		}
	}
	return host == s.addr
}

// sameOrigin reports whether the request comes from the page itself, or from the user
// who opens the address.
func sameOrigin(r *http.Request) bool {
	if origin := r.Header.Get("Origin"); origin != "" && origin != "http://"+r.Host {
		return false
	}
	switch r.Header.Get("Sec-Fetch-Site") {
	case "", "same-origin":
		return true
	case "none":
		return r.Method == http.MethodGet
	case "cross-site", "same-site": // a link that was followed, such as from a terminal in the browser
		return r.Method == http.MethodGet && r.Header.Get("Sec-Fetch-Mode") == "navigate" && r.Header.Get("Sec-Fetch-Dest") == "document"
	}
	return false
}
