package main

import (
	"encoding/json"
	"os"
	"strings"
	"sync"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/hooktool/hooktool/internal/coroot/coroottest"
)

// standIns holds the stand-ins of all scripts by URL.
var standIns sync.Map

// corootServer is the script command "coroot NAME FILE": it starts a stand-in for
// Coroot's server from a JSON description.
func corootServer(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: coroot NAME FILE")
	}
	var described struct {
		Projects []struct {
			ID        string            `json:"id"`
			Name      string            `json:"name"`
			BaseURL   string            `json:"base_url"`
			ReadOnly  bool              `json:"readonly"`
			Webhook   json.RawMessage   `json:"webhook"`
			Alerts    []json.RawMessage `json:"alerts"`
			Incidents []json.RawMessage `json:"incidents"`
		}
		AnonymousRole string `json:"anonymous_role"`
		BasePath      string `json:"base_path"`
		NeedHeader    string `json:"need_header"`
		TestError     string `json:"test_error"`
		NoAlerts      bool   `json:"no_alerts"`
		DropWrites    bool   `json:"drop_writes"`
		// ChangeOnRead is what somebody else writes to the first project as soon as its
		// webhook has been read.
		ChangeOnRead json.RawMessage `json:"change_on_read"`
	}
	ts.Check(json.Unmarshal([]byte(ts.ReadFile(args[1])), &described))
	s := coroottest.New()
	ts.Defer(s.Close)
	s.Do(func() { // it is already answering
		for _, p := range described.Projects {
			project := &coroottest.Project{ID: p.ID, Name: p.Name, BaseURL: p.BaseURL, ReadOnly: p.ReadOnly, Webhook: string(p.Webhook)}
			for _, a := range p.Alerts {
				project.Alerts = append(project.Alerts, string(a))
			}
			for _, i := range p.Incidents {
				project.Incidents = append(project.Incidents, string(i))
			}
			s.Projects = append(s.Projects, project)
		}
		s.AnonymousRole, s.BasePath, s.NeedHeader, s.TestError = described.AnonymousRole, described.BasePath, described.NeedHeader, described.TestError
		s.NoAlerts, s.DropWrites, s.ChangeOnRead = described.NoAlerts, described.DropWrites, string(described.ChangeOnRead)
	})
	ts.Setenv(args[0], s.URL+s.BasePath)
	ts.Setenv("VIEWER", s.Session("viewer@example.com"))
	standIns.Store(s.URL+s.BasePath, s)
}

// live is the script command "live NAME FILE": it writes the current definition in a
// stand-in's first project to a file.
func live(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: live NAME FILE")
	}
	found, ok := standIns.Load(ts.Getenv(args[0]))
	if !ok {
		ts.Fatalf("there is no stand-in %s", args[0])
	}
	s, ok := found.(*coroottest.Server)
	if !ok {
		ts.Fatalf("%T is not a stand-in", found)
	}
	var text string
	s.Do(func() { text = s.Projects[0].Webhook })
	text += "\n" + strings.Join(s.Requests(), "\n") + "\n"
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte(text), 0o600))
}
