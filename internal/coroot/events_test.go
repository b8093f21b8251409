package coroot_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/hooktool/hooktool/internal/coroot"
	"github.com/hooktool/hooktool/internal/coroot/coroottest"
	"github.com/hooktool/hooktool/pkg/event"
)

// recordedAlert and recordedIncident come from the recordings, shortened.
const (
	recordedAlert = `{"id":"al1","fingerprint":"fp","rule_id":"storage-space","rule_name":"Low disk space","project_id":"2dflqvqb",` +
		`"application_id":"2dflqvqb:shop:Deployment:checkout","cluster":"2dflqvqb","severity":"warning","summary":"disk space",` +
		`"details":[{"name":"Description","value":"d"},{"name":"PromQL","value":"up","code":true}],"opened_at":1795879435000,"resolved_at":1795880035000,` +
		`"manually_resolved_at":null,"updated_at":1795880035000,"suppressed":false,"report":"Storage","duration":600000,"notifications":[{"type":"webhook"}]}`
	recordedIncident = `{"application_id":"2dflqvqb:shop:Deployment:checkout","key":"k3y7f9c1","opened_at":1795873135000,"resolved_at":1795876735000,` +
		`"severity":"critical","details":{},"rca":{"status":"OK","error":"","short_summary":"Dropped index","root_cause":"","immediate_fixes":""},"impact":3.5}`
)

func eventServer(t *testing.T) (*coroottest.Server, *coroot.Client, coroot.Project) {
	t.Helper()
	s := coroottest.New(&coroottest.Project{ID: "2dflqvqb", Name: "production", Alerts: []string{recordedAlert}, Incidents: []string{recordedIncident}})
	t.Cleanup(s.Close)
	return s, open(t, asAdmin(s.URL)), coroot.Project{ID: "2dflqvqb", Name: "production"}
}

func marshal(t *testing.T, events []coroot.Past) string {
	t.Helper()
	var lines []string
	for _, e := range events {
		b, err := event.Marshal(e.Event)
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, string(b))
	}
	return strings.Join(lines, "\n")
}

func TestEvents(t *testing.T) {
	t.Parallel()
	s, c, p := eventServer(t)
	events, lossy, err := c.Events(t.Context(), p, coroot.EventQuery{BaseURL: "https://coroot.example.com/"})
	if err != nil {
		t.Fatal(err)
	}
	const want = `{"status":"OK","application":"2dflqvqb:shop:Deployment:checkout","reports":null,"url":"https://coroot.example.com/p/2dflqvqb/incidents?incident=k3y7f9c1","rca_summary":"Dropped index"}
{"status":"OK","project_name":"production","application":"2dflqvqb:shop:Deployment:checkout","rule_name":"Low disk space","severity":"warning","summary":"disk space","details":[{"name":"Description","value":"d"}],"duration":"10m","url":"https://coroot.example.com/p/2dflqvqb/alerts?alert=al1"}`
	if got := marshal(t, events); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if len(lossy) != 3 {
		t.Errorf("lossy: %q, want alerts, incidents and the application that is gone", lossy)
	}
	// The application is there, and so are the remediations.
	s.Do(func() {
		s.Projects[0].Details = map[string]string{"k3y7f9c1": strings.Replace(recordedIncident, `"immediate_fixes":""`, `"immediate_fixes":"CREATE INDEX"`, 1)}
	})
	events, lossy, err = c.Events(t.Context(), p, coroot.EventQuery{Kind: event.KindIncident})
	if err != nil || len(events) != 1 || events[0].Incident.RCARemediations != "CREATE INDEX" || len(lossy) != 1 {
		t.Errorf("%s, %q, %v", marshal(t, events), lossy, err)
	}
	if want := s.URL + "/p/2dflqvqb/incidents?incident=k3y7f9c1"; events[0].Incident.URL != want {
		t.Errorf("without a base URL the link is %s, want %s", events[0].Incident.URL, want)
	}
}

// TestEventsPages reads more alerts than fit on one page.
func TestEventsPages(t *testing.T) {
	t.Parallel()
	s, c, p := eventServer(t)
	const n = 450
	s.Do(func() {
		s.Projects[0].Alerts = nil
		for i := range n { // the newest first
			s.Projects[0].Alerts = append(s.Projects[0].Alerts, fmt.Sprintf(
				`{"id":"al%d","rule_name":"r","application_id":"","severity":"critical","summary":"s","details":null,"opened_at":%d,"resolved_at":0}`, i, (n-i)*1000,
			))
		}
	})
	events, _, err := c.Events(t.Context(), p, coroot.EventQuery{Kind: event.KindAlert})
	if err != nil || len(events) != n {
		t.Fatalf("%d events, %v", len(events), err)
	}
	last := events[n-1].Alert
	if !strings.HasSuffix(last.URL, "alert=al0") || last.Status != "CRITICAL" || last.Duration != "" || last.Application.String() != "2dflqvqb:::" {
		t.Errorf("the newest is %+v", last)
	}
	events, _, err = c.Events(t.Context(), p, coroot.EventQuery{Kind: event.KindAlert, Limit: 3})
	if err != nil || len(events) != 3 || !strings.HasSuffix(events[0].Alert.URL, "alert=al2") {
		t.Errorf("with a limit of 3: %s, %v", marshal(t, events), err)
	}
	events, _, err = c.Events(t.Context(), p, coroot.EventQuery{Kind: event.KindAlert, Since: time.Unix(n-9, 0)})
	if err != nil || len(events) != 10 {
		t.Errorf("since the tenth newest: %d events, %v", len(events), err)
	}
	s.Do(func() { s.NoAlerts = true })
	_, _, err = c.Events(t.Context(), p, coroot.EventQuery{})
	checkError(t, err, "404", "1.18.0")
}
