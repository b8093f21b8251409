// Package coroottest has a stand-in for Coroot's server for tests. It behaves as the
// real one does in recordings (testdata/coroot-api.txt next to this folder): the same
// statuses and words, a cookie for a session, 404 for a wrong password, a URL that only
// an Admin sees, and success even if nothing was stored.
package coroottest

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"text/template"
)

// User is somebody who can sign in.
type User struct{ Email, Password, Role string }

// Project is a project of the server.
type Project struct {
	ID, Name, BaseURL string
	ReadOnly          bool
	Webhook           string // the definition as JSON; empty: not configured
	Alerts            []string
	Incidents         []string
	Details           map[string]string // by the key of an incident: its JSON
}

// Server is a stand-in for Coroot. Its fields must not be changed while it runs; use
// Do.
type Server struct {
	*httptest.Server
	Users         []User
	Projects      []*Project
	AnonymousRole string
	BasePath      string
	NeedHeader    string // a request without this header gets the page of a proxy
	Fresh         bool   // no password was set yet
	NoAlerts      bool   // an older Coroot
	TestError     string // the answer to a test; empty: success

	// BeforeWrite is called before a definition is written, without the lock, with
	// the context of the request: it is done as soon as the client has given up.
	BeforeWrite func(context.Context)
	// ChangeOnRead is what somebody else writes into a project right after its webhook
	// was read; empty: nothing.
	ChangeOnRead string
	// AfterWrite is called after a definition was written, just before the answer.
	AfterWrite func()
	// DropWrites answers with success and stores nothing.
	DropWrites bool

	mu       sync.Mutex
	requests []string
	tested   []string
}

// New starts a server with an Admin "admin" whose password is "s3cret-Admin", an
// Editor, a Viewer, and the projects.
func New(projects ...*Project) *Server {
	s := &Server{
		Users: []User{
			{"admin", "s3cret-Admin", "Admin"}, {"editor@example.com", "s3cret-Editor", "Editor"}, {"viewer@example.com", "s3cret-Viewer", "Viewer"},
		},
		Projects: projects,
	}
	s.Server = httptest.NewServer(http.HandlerFunc(s.serve))
	return s
}

// Do changes the server while it runs.
func (s *Server) Do(change func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	change()
}

// Requests returns the method and path of every request so far.
func (s *Server) Requests() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string(nil), s.requests...)
}

// Tested returns the definitions that were tested, as JSON.
func (s *Server) Tested() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string(nil), s.tested...)
}

const loginPage = `<!doctype html><html><head><title>Sign in</title></head><body><form action="/sso">Sign in to continue</form></body></html>`

func (s *Server) serve(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	s.requests = append(s.requests, r.Method+" "+r.URL.RequestURI())
	needHeader := s.NeedHeader
	s.mu.Unlock()
	if needHeader != "" && r.Header.Get(needHeader) == "" {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprint(w, loginPage)
		return
	}
	path, ok := strings.CutPrefix(r.URL.Path, s.BasePath+"/api/")
	if !ok {
		http.NotFound(w, r)
		return
	}
	if path == "login" {
		s.login(w, r)
		return
	}
	s.mu.Lock()
	user := s.user(r)
	s.mu.Unlock()
	switch {
	case s.Fresh:
		plain(w, http.StatusUnauthorized, "set_admin_password")
	case user == nil:
		plain(w, http.StatusUnauthorized, "")
	case path == "user":
		s.answerUser(w, *user)
	default:
		s.project(w, r, *user, strings.Split(path, "/"))
	}
}

// plain answers as http.Error in Coroot does: with a line break after the text.
func plain(w http.ResponseWriter, status int, text string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(status)
	fmt.Fprintln(w, text)
}

func (s *Server) login(w http.ResponseWriter, r *http.Request) {
	var form struct{ Email, Password string }
	if json.NewDecoder(r.Body).Decode(&form) != nil {
		plain(w, http.StatusBadRequest, "")
		return
	}
	for i, u := range s.Users {
		if u.Email == form.Email && u.Password == form.Password {
			http.SetCookie(w, &http.Cookie{Name: "coroot_session", Value: session(i), Path: "/", HttpOnly: true})
			return
		}
	}
	plain(w, http.StatusNotFound, "Invalid email or password.")
}

func session(user int) string { return fmt.Sprintf("eyJpZCI6M%d0=.fRiKICkV0GCOAzDM1bv2", user) }

// Session returns the value of the cookie of a user's session.
func (s *Server) Session(email string) string {
	for i, u := range s.Users {
		if u.Email == email {
			return session(i)
		}
	}
	return ""
}

func (s *Server) user(r *http.Request) *User {
	if cookie, err := r.Cookie("coroot_session"); err == nil {
		for i := range s.Users {
			if cookie.Value == session(i) {
				return &s.Users[i]
			}
		}
	}
	if s.AnonymousRole != "" {
		return &User{Role: s.AnonymousRole}
	}
	return nil
}

func (s *Server) answerUser(w http.ResponseWriter, user User) {
	projects := []map[string]string{}
	for _, p := range s.Projects {
		projects = append(projects, map[string]string{"id": p.ID, "name": p.Name})
	}
	answer(w, map[string]any{"email": user.Email, "name": user.Role, "role": user.Role, "anonymous": user.Email == "", "projects": projects})
}

func answer(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json")
	b, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	w.Write(b)
}

// project answers what is below /api/project/.
func (s *Server) project(w http.ResponseWriter, r *http.Request, user User, path []string) {
	s.mu.Lock()
	p := s.find(path)
	noAlerts := s.NoAlerts
	s.mu.Unlock()
	rest := strings.Join(path[min(2, len(path)):], "/")
	switch {
	case p == nil:
		plain(w, http.StatusInternalServerError, "")
	case rest == "integrations":
		s.integrations(w, p)
	case rest == "integrations/webhook":
		s.webhook(w, r, user, p)
	case rest == "alerts" && !noAlerts:
		s.alerts(w, r, p)
	case rest == "incidents":
		s.incidents(w, r, p)
	case strings.HasPrefix(rest, "incident/"):
		s.incident(w, p, strings.TrimPrefix(rest, "incident/"))
	default:
		http.NotFound(w, r)
	}
}

func (s *Server) find(path []string) *Project {
	for _, p := range s.Projects {
		if len(path) > 1 && path[0] == "project" && p.ID == path[1] {
			return p
		}
	}
	return nil
}

// definition is what Coroot decodes of a definition.
type definition struct {
	URL           string            `json:"url"`
	TLSSkipVerify bool              `json:"tls_skip_verify"`
	BasicAuth     json.RawMessage   `json:"basic_auth"`
	CustomHeaders json.RawMessage   `json:"custom_headers"`
	CustomFields  map[string]string `json:"custom_fields"`
	Incidents     bool              `json:"incidents"`
	Deployments   bool              `json:"deployments"`
	Alerts        bool              `json:"alerts"`
	Incident      string            `json:"incident_template"`
	Deployment    string            `json:"deployment_template"`
	Alert         string            `json:"alert_template"`
}

func (s *Server) integrations(w http.ResponseWriter, p *Project) {
	s.mu.Lock()
	defer s.mu.Unlock()
	webhook := map[string]any{"type": "webhook", "configured": p.Webhook != "", "incidents": false, "deployments": false, "alerts": false, "title": "Webhook", "details": ""}
	if p.Webhook != "" {
		var d definition
		if err := json.Unmarshal([]byte(p.Webhook), &d); err != nil {
			panic(err)
		}
		webhook["incidents"], webhook["deployments"], webhook["alerts"] = d.Incidents, d.Deployments, d.Alerts
	}
	slack := map[string]any{"type": "slack", "configured": true, "incidents": true, "deployments": true, "alerts": true, "title": "Slack", "details": ""}
	answer(w, map[string]any{"base_url": p.BaseURL, "integrations": []any{slack, webhook}, "readonly": p.ReadOnly})
}

func (s *Server) webhook(w http.ResponseWriter, r *http.Request, user User, p *Project) {
	if r.Method == http.MethodGet {
		s.read(w, user, p)
		return
	}
	if user.Role != "Admin" {
		plain(w, http.StatusForbidden, "You are not allowed to configure integrations.")
		return
	}
	var d definition
	if json.NewDecoder(r.Body).Decode(&d) != nil || d.URL == "" || d.Incidents && d.Incident == "" || d.Deployments && d.Deployment == "" || d.Alerts && d.Alert == "" {
		plain(w, http.StatusBadRequest, "invalid data")
		return
	}
	text, err := json.Marshal(d)
	if err != nil {
		panic(err)
	}
	if r.Method == http.MethodPost {
		s.test(w, d, string(text))
		return
	}
	_, _ = io.Copy(io.Discard, r.Body) // a disconnected client is only noticed then
	if s.BeforeWrite != nil {
		s.BeforeWrite(r.Context())
	}
	if s.AfterWrite != nil {
		defer s.AfterWrite()
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.DropWrites {
		p.Webhook = string(text)
	}
}

func (s *Server) read(w http.ResponseWriter, user User, p *Project) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if p.Webhook == "" {
		answer(w, definition{Incidents: true, Deployments: true, Alerts: true})
		return
	}
	var d definition
	if err := json.Unmarshal([]byte(p.Webhook), &d); err != nil {
		panic(err)
	}
	if user.Role != "Admin" {
		d.URL = "<hidden>"
	}
	answer(w, d)
	if s.ChangeOnRead != "" {
		p.Webhook = s.ChangeOnRead
	}
}

func (s *Server) test(w http.ResponseWriter, d definition, text string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.tested = append(s.tested, text)
	if _, err := template.New("incidentTemplate").Funcs(template.FuncMap{"json": func(any) string { return "" }}).Parse(d.Incident); err != nil {
		plain(w, http.StatusBadRequest, "invalid incident template: "+err.Error())
		return
	}
	if s.TestError != "" {
		plain(w, http.StatusBadRequest, s.TestError)
	}
}

// around is what Coroot sends around the data of a view.
var around = map[string]any{"status": map[string]any{"status": "warning"}, "multicluster": false}

func (s *Server) alerts(w http.ResponseWriter, r *http.Request, p *Project) {
	s.mu.Lock()
	defer s.mu.Unlock()
	limit, _ := strconv.Atoi(r.URL.Query().Get("limit"))
	offset, _ := strconv.Atoi(r.URL.Query().Get("offset"))
	page := []json.RawMessage{}
	for i := offset; i < len(p.Alerts) && i < offset+limit; i++ {
		page = append(page, json.RawMessage(p.Alerts[i]))
	}
	answer(w, map[string]any{"context": around, "data": map[string]any{"alerts": page, "total": len(p.Alerts), "firing": 0, "resolved": 0}})
}

func (s *Server) incidents(w http.ResponseWriter, r *http.Request, p *Project) {
	s.mu.Lock()
	defer s.mu.Unlock()
	limit, err := strconv.Atoi(r.URL.Query().Get("limit"))
	if err != nil {
		limit = 100
	}
	all := []json.RawMessage{}
	for i := 0; i < len(p.Incidents) && i < limit; i++ {
		all = append(all, json.RawMessage(p.Incidents[i]))
	}
	answer(w, map[string]any{"context": around, "data": all})
}

func (s *Server) incident(w http.ResponseWriter, p *Project, key string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	text, ok := p.Details[key]
	if !ok {
		plain(w, http.StatusNotFound, "Application not found")
		return
	}
	answer(w, map[string]any{"context": around, "data": json.RawMessage(text)})
}
