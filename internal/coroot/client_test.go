package coroot_test

import (
	"context"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/hooktool/hooktool/internal/coroot"
	"github.com/hooktool/hooktool/internal/coroot/coroottest"
	"github.com/hooktool/hooktool/pkg/webhook"
)

const recordedWebhook = `{"url":"http://127.0.0.1:9099/hook","tls_skip_verify":false,"basic_auth":{"user":"coroot","password":"pa55"},` +
	`"custom_headers":[{"key":"X-Token","value":"hdr-secret"}],"custom_fields":{"environment":"production"},"incidents":true,"deployments":true,` +
	`"alerts":true,"incident_template":"{{ json . }}","deployment_template":"{{ json . }}","alert_template":"{{ json . }}"}`

func newServer(t *testing.T) *coroottest.Server {
	t.Helper()
	s := coroottest.New(&coroottest.Project{ID: "41aaiayi", Name: "production", BaseURL: "https://coroot.example.com", Webhook: recordedWebhook})
	t.Cleanup(s.Close)
	return s
}

func asAdmin(url string) coroot.Options {
	return coroot.Options{URL: url, Username: "admin", AskPassword: func() (string, error) { return "s3cret-Admin", nil }}
}

func open(t *testing.T, o coroot.Options) *coroot.Client {
	t.Helper()
	c, err := coroot.Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestSignIn(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	c := open(t, asAdmin(s.URL))
	if u := c.User(); u.String() != "admin, Admin" || !u.MayWrite() || len(u.Projects) != 1 {
		t.Errorf("the user is %+v", u)
	}
	o := coroot.Options{URL: s.URL, SessionCookie: s.Session("viewer@example.com")}
	if u := open(t, o).User(); u.Role != "Viewer" || u.MayWrite() {
		t.Errorf("the user of the cookie is %+v", u)
	}
	s.Do(func() { s.AnonymousRole = "Viewer" })
	if u := open(t, coroot.Options{URL: s.URL}).User(); u.String() != "anonymous, Viewer" {
		t.Errorf("the anonymous user is %v", u)
	}
}

// TestOpenFails checks that each way in which there is no Coroot to talk to gives an
// error that says so and what to do, without a secret.
func TestOpenFails(t *testing.T) {
	t.Parallel()
	other := httptest.NewServer(http.NotFoundHandler())
	t.Cleanup(other.Close)
	closed := httptest.NewServer(http.NotFoundHandler())
	closed.Close()
	tls := httptest.NewUnstartedServer(http.NotFoundHandler())
	tls.Config.ErrorLog = log.New(io.Discard, "", 0) // the handshake fails, as it should
	tls.StartTLS()
	t.Cleanup(tls.Close)
	cases := map[string]struct {
		change        func(*coroottest.Server, *coroot.Options)
		message, hint string
	}{
		"no address":      {func(_ *coroottest.Server, o *coroot.Options) { o.URL = "" }, "no address of Coroot was given", "--coroot-url"},
		"no URL":          {func(_ *coroottest.Server, o *coroot.Options) { o.URL = "coroot.example.com" }, "must be a URL", "https://"},
		"user in the URL": {func(_ *coroottest.Server, o *coroot.Options) { o.URL = "https://sam:hunter2@coroot.example.com" }, "contains a user and a password", "COROOT_PASSWORD"},
		"wrong password": {func(_ *coroottest.Server, o *coroot.Options) {
			o.AskPassword = func() (string, error) { return "hunter2", nil }
		}, "does not accept this user name and password", "COROOT_USERNAME"},
		"no password":    {func(_ *coroottest.Server, o *coroot.Options) { o.AskPassword = nil }, "there is no password", "COROOT_PASSWORD"},
		"nobody":         {func(_ *coroottest.Server, o *coroot.Options) { o.Username = "" }, "requires you to sign in", "COROOT_SESSION_COOKIE"},
		"old session":    {func(_ *coroottest.Server, o *coroot.Options) { o.Username, o.SessionCookie = "", "hunter2" }, "the session has expired", "sign in again"},
		"fresh":          {func(s *coroottest.Server, o *coroot.Options) { s.Fresh, o.Username = true, "" }, "has no password yet", "set the password"},
		"a proxy":        {func(s *coroottest.Server, _ *coroot.Options) { s.NeedHeader = "X-Gate" }, "a web page came back", "-H"},
		"no base path":   {func(s *coroottest.Server, _ *coroot.Options) { s.BasePath = "/coroot" }, "404", "base path"},
		"another server": {func(_ *coroottest.Server, o *coroot.Options) { o.URL, o.Username = other.URL, "" }, "no Coroot found", "base path"},
		"nothing":        {func(_ *coroottest.Server, o *coroot.Options) { o.URL = closed.URL }, "refused", ""},
		"a certificate":  {func(_ *coroottest.Server, o *coroot.Options) { o.URL = tls.URL }, "certificate", ""},
		"a bad header": {func(_ *coroottest.Server, o *coroot.Options) {
			o.Header = []webhook.Header{{Key: "X", Value: "a\nhunter2"}}
		}, "cannot be sent", "on one line"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newServer(t)
			o := asAdmin(s.URL)
			s.Do(func() { c.change(s, &o) })
			_, err := coroot.Open(t.Context(), o)
			checkError(t, err, c.message, c.hint)
		})
	}
}

func checkError(t *testing.T, err error, message, hint string) {
	t.Helper()
	var e *coroot.Error
	if !errors.As(err, &e) {
		t.Fatalf("the error is %v, want an *Error", err)
	}
	if !strings.Contains(e.Error(), message) || !strings.Contains(e.Hint, hint) {
		t.Errorf("the error is %q, hint %q; want %q, hint %q", e, e.Hint, message, hint)
	}
	for _, secret := range []string{"hunter2", "s3cret", "eyJpZ"} {
		if strings.Contains(e.Error()+e.Hint, secret) {
			t.Errorf("the error shows %s: %q, hint %q", secret, e, e.Hint)
		}
	}
}

// TestAnswersOfOthers checks that answers that no Coroot gives are reported, not
// trusted.
func TestAnswersOfOthers(t *testing.T) {
	t.Parallel()
	elsewhere := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		t.Errorf("%s %s was sent to another host with the cookies %v", r.Method, r.URL, r.Cookies())
	}))
	t.Cleanup(elsewhere.Close)
	for name, c := range map[string]struct {
		handler http.HandlerFunc
		message string
	}{
		"not JSON":      {func(w http.ResponseWriter, _ *http.Request) { w.Write([]byte("hello")) }, "it is not JSON"},
		"another shape": {func(w http.ResponseWriter, _ *http.Request) { w.Write([]byte(`{"projects":{"a":1}}`)) }, "projects has an unexpected type"},
		"nothing":       {func(http.ResponseWriter, *http.Request) {}, "it is not JSON"},
		"another host": {func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, elsewhere.URL+"/api/user", http.StatusFound)
		}, "does not follow redirects"},
		"slow": {func(_ http.ResponseWriter, r *http.Request) {
			select {
			case <-r.Context().Done():
			case <-time.After(5 * time.Second):
			}
		}, "no result within"},
		"broken off": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "1000")
			w.Write([]byte(`{"email":`))
		}, "http://127.0.0.1"},
		"endless": {func(w http.ResponseWriter, r *http.Request) {
			chunk := make([]byte, 1<<20)
			for r.Context().Err() == nil {
				if _, err := w.Write(chunk); err != nil {
					return
				}
			}
		}, "larger than"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := httptest.NewServer(c.handler)
			t.Cleanup(s.Close)
			timeout := time.Hour
			if name == "slow" {
				timeout = 100 * time.Millisecond
			}
			_, err := coroot.Open(t.Context(), coroot.Options{URL: s.URL, SessionCookie: "eyJpZ", Timeout: timeout})
			checkError(t, err, c.message, "")
		})
	}
}

func TestBasePathAndHeader(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	s.Do(func() { s.BasePath, s.NeedHeader = "/ops/coroot", "X-Gate" })
	o := asAdmin(s.URL + "/ops/coroot/p/41aaiayi/incidents?x=1") // as pasted from the browser
	o.Header = []webhook.Header{{Key: "X-Gate", Value: "open"}}
	if c := open(t, o); c.URL() != s.URL+"/ops/coroot" || len(c.User().Projects) != 1 {
		t.Errorf("URL %s, user %+v", c.URL(), c.User())
	}
}

func TestProject(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	c := open(t, asAdmin(s.URL))
	if p, err := c.Project(""); err != nil || p.ID != "41aaiayi" {
		t.Errorf("the only project is %v, %v", p, err)
	}
	_, err := c.Project("producton")
	checkError(t, err, `there is no project "producton"`, "did you mean production?")
	s.Do(func() {
		s.Projects = append(s.Projects, &coroottest.Project{ID: "p2", Name: "production"}, &coroottest.Project{ID: "p3", Name: "staging"})
	})
	c = open(t, asAdmin(s.URL))
	_, err = c.Project("")
	checkError(t, err, "there are 3 projects", "staging (p3)")
	_, err = c.Project("production")
	checkError(t, err, `2 projects have the name "production"`, "41aaiayi or p2")
	if p, err := c.Project("p2"); err != nil || p.ID != "p2" {
		t.Errorf("the project with the id p2 is %v, %v", p, err)
	}
}

func TestIntegrations(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	s.Do(func() { s.Projects = append(s.Projects, &coroottest.Project{ID: "p2", Name: "empty", ReadOnly: true}) })
	c := open(t, asAdmin(s.URL))
	got, err := c.Integrations(t.Context(), coroot.Project{ID: "41aaiayi"})
	if err != nil || got.BaseURL != "https://coroot.example.com" || got.ReadOnly || got.Webhook != (coroot.Integration{Configured: true, Incidents: true, Deployments: true, Alerts: true}) {
		t.Errorf("%+v, %v", got, err)
	}
	got, err = c.Integrations(t.Context(), coroot.Project{ID: "p2"})
	if err != nil || !got.ReadOnly || got.Webhook.Configured {
		t.Errorf("%+v, %v", got, err)
	}
	_, err = c.Integrations(t.Context(), coroot.Project{ID: "zzzz"})
	checkError(t, err, "500", "does not exist")
}

func TestDefinition(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	c := open(t, asAdmin(s.URL))
	p := coroot.Project{ID: "41aaiayi", Name: "production"}
	d, err := c.Webhook(t.Context(), p)
	if err != nil {
		t.Fatal(err)
	}
	if !coroot.NewDefinition(d.Webhook()).Equal(d) {
		t.Errorf("there and back: %+v, want %+v", coroot.NewDefinition(d.Webhook()), d)
	}
	viewer := open(t, coroot.Options{URL: s.URL, SessionCookie: s.Session("viewer@example.com")})
	hidden, err := viewer.Webhook(t.Context(), p)
	if err != nil || !hidden.Hidden() || hidden.AlertTemplate != d.AlertTemplate {
		t.Errorf("a Viewer sees %+v, %v", hidden, err)
	}
	checkError(t, viewer.SetWebhook(t.Context(), p, d), "You are not allowed to configure integrations.", "only an Admin")
	checkError(t, viewer.TestWebhook(t.Context(), p, d, false), "You are not allowed", "only an Admin")
	checkError(t, c.SetWebhook(t.Context(), p, coroot.Definition{}), "invalid data", "")
	d.IncidentTemplate = "{{ if }}"
	checkError(t, c.TestWebhook(t.Context(), p, d, false), "invalid incident template", "")
}

func TestReplace(t *testing.T) {
	t.Parallel()
	p := coroot.Project{ID: "41aaiayi", Name: "production"}
	setUp := func(t *testing.T) (*coroottest.Server, *coroot.Client, coroot.Definition, coroot.Definition) {
		t.Helper()
		s := newServer(t)
		c := open(t, asAdmin(s.URL))
		seen, err := c.Webhook(t.Context(), p)
		if err != nil {
			t.Fatal(err)
		}
		wanted := seen
		wanted.AlertTemplate = `{"text": {{ json .Summary }}}`
		return s, c, seen, wanted
	}
	t.Run("good", func(t *testing.T) {
		t.Parallel()
		_, c, seen, wanted := setUp(t)
		if err := c.Replace(t.Context(), p, seen, wanted); err != nil {
			t.Fatal(err)
		}
		if now, err := c.Webhook(t.Context(), p); err != nil || !now.Equal(wanted) {
			t.Errorf("there is %+v, %v", now, err)
		}
	})
	t.Run("changed by somebody else", func(t *testing.T) {
		t.Parallel()
		s, c, seen, wanted := setUp(t)
		s.Do(func() { s.Projects[0].Webhook = strings.Replace(recordedWebhook, "pa55", "pa56", 1) })
		err := c.Replace(t.Context(), p, seen, wanted)
		checkError(t, err, "changed in the meantime", "diff")
		if !errors.Is(err, coroot.ErrChanged) {
			t.Error("Changed does not recognise it")
		}
		if strings.Contains(strings.Join(s.Requests(), "\n"), "PUT") {
			t.Error("it was written all the same")
		}
	})
	t.Run("not kept", func(t *testing.T) {
		t.Parallel()
		s, c, seen, wanted := setUp(t)
		s.DropWrites = true
		checkError(t, c.Replace(t.Context(), p, seen, wanted), "stored something else", "diff")
	})
	t.Run("interrupted before it is written", func(t *testing.T) {
		t.Parallel()
		s, c, seen, wanted := setUp(t)
		ctx, cancel := context.WithCancel(t.Context())
		s.DropWrites = true
		s.BeforeWrite = func(request context.Context) { cancel(); <-request.Done() }
		err := c.Replace(ctx, p, seen, wanted)
		if err == nil || !strings.Contains(err.Error(), "the old definition is still in place") || !errors.Is(err, context.Canceled) {
			t.Errorf("the error is %v", err)
		}
	})
	t.Run("interrupted while it is written", func(t *testing.T) {
		t.Parallel()
		s, c, seen, wanted := setUp(t)
		ctx, cancel := context.WithCancel(t.Context())
		s.BeforeWrite = func(request context.Context) {
			wantedJSON, _ := wanted.JSON()
			s.Do(func() { s.Projects[0].Webhook = string(wantedJSON) })
			cancel()
			<-request.Done()
		}
		err := c.Replace(ctx, p, seen, wanted)
		if err == nil || !strings.Contains(err.Error(), "the new definition is in place") {
			t.Errorf("the error is %v", err)
		}
	})
	t.Run("interrupted after it is written", func(t *testing.T) {
		t.Parallel()
		s, c, seen, wanted := setUp(t)
		ctx, cancel := context.WithCancel(t.Context())
		s.AfterWrite = cancel
		if err := c.Replace(ctx, p, seen, wanted); err != nil && !strings.Contains(err.Error(), "the new definition is in place") {
			t.Errorf("the error is %v", err)
		}
	})
	t.Run("Coroot goes away", func(t *testing.T) {
		t.Parallel()
		s, c, seen, wanted := setUp(t)
		s.BeforeWrite = func(context.Context) { s.Listener.Close(); s.CloseClientConnections() }
		err := c.Replace(t.Context(), p, seen, wanted)
		if err == nil || !strings.Contains(err.Error(), "it is unknown") {
			t.Errorf("the error is %v", err)
		}
	})
}

func TestNoCoroot(t *testing.T) {
	t.Parallel()
	listener, err := net.Listen("tcp", "127.0.0.1:0") // takes connections and says nothing
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	_, err = coroot.Open(t.Context(), coroot.Options{URL: "http://" + listener.Addr().String(), Timeout: 100 * time.Millisecond})
	checkError(t, err, "no result within 100ms", "")
}
