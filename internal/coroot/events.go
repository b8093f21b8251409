package coroot

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/hooktool/hooktool/pkg/event"
)

// Past is a past event with the time at which it was posted, or would have been.
type Past struct {
	event.Event
	Time time.Time
	Lost bool // it never arrived, as far as Coroot knows; only set for rows
}

// EventQuery selects past events.
type EventQuery struct {
	Since time.Time  // zero: all
	Limit int        // the newest; 0: all
	Kind  event.Kind // empty: alerts and incidents
	// BaseURL is what comes before the links; empty: what the project says, or else the
	// address of Coroot.
	BaseURL string
}

// What the API does not report about past events.
const (
	lossyAlerts    = "alerts are in their latest state, not in the state of each message"
	lossyIncidents = "the reports of incidents are not kept: they are empty here"
	lossyRCA       = "the remediations of incidents whose application is gone are not kept"
)

// pageSize is how many alerts are requested at once.
const pageSize = 200

// Events returns past alerts and incidents as the events that Coroot would have posted,
// the newest last, and what is lossy about them. The API does not report past
// deployments in a usable way.
func (c *Client) Events(ctx context.Context, p Project, q EventQuery) (events []Past, lossy []string, err error) {
	base, err := c.eventBase(ctx, p, q)
	if err != nil {
		return nil, nil, err
	}
	if q.Kind == "" || q.Kind == event.KindAlert {
		alerts, err := c.alerts(ctx, p, q)
		if err != nil {
			return nil, nil, err
		}
		for _, a := range alerts {
			events = append(events, Past{Event: a.event(p, base), Time: a.time()})
		}
		if len(alerts) > 0 {
			lossy = append(lossy, lossyAlerts)
		}
	}
	if q.Kind == "" || q.Kind == event.KindIncident {
		incidents, gone, err := c.incidents(ctx, p, q)
		if err != nil {
			return nil, nil, err
		}
		for _, i := range incidents {
			events = append(events, Past{Event: i.event(p, base), Time: i.time()})
		}
		if len(incidents) > 0 {
			lossy = append(lossy, lossyIncidents)
		}
		if gone {
			lossy = append(lossy, lossyRCA)
		}
	}
	return Choose(events, q), lossy, nil
}

// Choose keeps the events that a query selects, sorted by time. Events with the same
// time keep their order.
func Choose(events []Past, q EventQuery) []Past {
	events = slices.DeleteFunc(slices.Clone(events), func(e Past) bool {
		return e.Time.Before(q.Since) || q.Kind != "" && q.Kind != e.Kind()
	})
	slices.SortStableFunc(events, func(a, b Past) int { return a.Time.Compare(b.Time) })
	if q.Limit > 0 && len(events) > q.Limit {
		events = events[len(events)-q.Limit:]
	}
	return events
}

func (c *Client) eventBase(ctx context.Context, p Project, q EventQuery) (string, error) {
	if q.BaseURL != "" {
		return strings.TrimRight(q.BaseURL, "/"), nil
	}
	integrations, err := c.Integrations(ctx, p)
	if err != nil {
		return "", err
	}
	return strings.TrimRight(cmp.Or(integrations.BaseURL, c.URL()), "/"), nil
}

// millis is a time in the API's format: milliseconds since 1970; null or 0 for none.
type millis int64

func (m millis) time() time.Time { return time.UnixMilli(int64(m)).UTC() }

// alert is an alert in the API's format.
type alert struct {
	ID          string         `json:"id"`
	RuleName    string         `json:"rule_name"`
	Application string         `json:"application_id"`
	Severity    string         `json:"severity"`
	Summary     string         `json:"summary"`
	Details     []event.Detail `json:"details"`
	OpenedAt    millis         `json:"opened_at"`
	ResolvedAt  millis         `json:"resolved_at"`
	ResolvedBy  string         `json:"resolved_by"`
	ByHandAt    millis         `json:"manually_resolved_at"`
}

func (a alert) resolved() millis { return cmp.Or(a.ResolvedAt, a.ByHandAt) }

func (a alert) time() time.Time { return cmp.Or(a.resolved(), a.OpenedAt).time() }

// alerts reads pages of alerts, the newest first, until they are older than requested.
func (c *Client) alerts(ctx context.Context, p Project, q EventQuery) ([]alert, error) {
	var all []alert
	for {
		size := pageSize
		if q.Limit > 0 {
			size = min(size, q.Limit-len(all))
		}
		var page struct {
			Data *struct {
				Alerts []alert `json:"alerts"`
				Total  int     `json:"total"`
			} `json:"data"`
		}
		query := url.Values{"include_resolved": {"true"}, "limit": {strconv.Itoa(size)}, "offset": {strconv.Itoa(len(all))}}
		if err := c.getJSON(ctx, "reading the alerts of "+p.String(), &page, "project", p.ID, "alerts", "?"+query.Encode()); err != nil {
			return nil, c.olderCoroot(err)
		}
		if page.Data == nil {
			return nil, &Error{Doing: "reading the alerts of " + p.String(), Message: "the answer has no data", Hint: "Coroot has alerts since 1.18.0: leave them out with --type incident"}
		}
		all = append(all, page.Data.Alerts...)
		if len(page.Data.Alerts) == 0 || len(all) >= page.Data.Total || q.Limit > 0 && len(all) >= q.Limit {
			break
		}
	}
	return slices.DeleteFunc(all, func(a alert) bool { return a.time().Before(q.Since) }), nil
}

// olderCoroot reports a Coroot that does not have alerts.
func (c *Client) olderCoroot(err error) error {
	var e *Error
	if errors.As(err, &e) && e.Status == http.StatusNotFound {
		e.Hint = "Coroot has alerts since 1.18.0: leave them out with --type incident"
	}
	return err
}

// event returns what Coroot posts of an alert in this state
// (notifications/alerts.go and webhook.go).
func (a alert) event(p Project, base string) event.Event {
	values := &event.Alert{
		Status: strings.ToUpper(a.Severity), ProjectName: p.Name, Application: application(a.Application, p.ID), RuleName: a.RuleName,
		Severity: strings.ToLower(a.Severity), Summary: a.Summary, Details: postedDetails(a.Details),
		URL: base + "/p/" + p.ID + "/alerts?alert=" + a.ID,
	}
	if at := a.resolved(); at != 0 {
		values.Status, values.ResolvedBy = "OK", a.ResolvedBy
		values.Duration = formatDuration(at.time().Sub(a.OpenedAt.time()).Truncate(time.Second))
	}
	return event.Event{Alert: values}
}

// longestDetail is how much of a detail Coroot posts, in characters.
const longestDetail = 1000

// postedDetails removes what Coroot removes before it sends, and cuts the rest as
// Coroot does.
func postedDetails(details []event.Detail) []event.Detail {
	var posted []event.Detail
	for _, d := range details {
		if d.Name == "PromQL" || d.Name == "PromQLChart" {
			continue
		}
		if text := []rune(d.Value); len(text) > longestDetail && d.Name != "KubernetesEventsQuery" {
			d.Value = string(text[:longestDetail])
		}
		posted = append(posted, d)
	}
	return posted
}

// externalCluster is the cluster of every application of kind ExternalService
// (Coroot's model.NewApplicationId).
const externalCluster = "external"

// application reads an application's ID. One without a cluster gets the project's ID in
// its place, as in Coroot's queue.
func application(id, project string) event.ApplicationID {
	if id == "" {
		return event.NewApplicationID(project, "", "", "")
	}
	app, err := event.ParseApplicationID(id)
	if err != nil { // of an unknown form: only its text is known
		return event.NewApplicationID(project, "", "", id)
	}
	if app.Kind == "ExternalService" {
		return event.NewApplicationID(externalCluster, app.Namespace, app.Kind, app.Name)
	}
	if app.ClusterId == "" {
		return event.NewApplicationID(project, app.Namespace, app.Kind, app.Name)
	}
	return app
}

// incident is an incident in the API's format.
type incident struct {
	Application string `json:"application_id"`
	Key         string `json:"key"`
	OpenedAt    millis `json:"opened_at"`
	ResolvedAt  millis `json:"resolved_at"`
	Severity    string `json:"severity"`
	RCA         *struct {
		ShortSummary   string `json:"short_summary"`
		ImmediateFixes string `json:"immediate_fixes"`
	} `json:"rca"`
}

func (i incident) time() time.Time { return cmp.Or(i.ResolvedAt, i.OpenedAt).time() }

// mostIncidents is how many incidents are requested if all are wanted. The API has no
// paging for them.
const mostIncidents = 10_000

func (c *Client) incidents(ctx context.Context, p Project, q EventQuery) (all []incident, gone bool, err error) {
	var list struct {
		Data []incident `json:"data"`
	}
	limit := cmp.Or(q.Limit, mostIncidents)
	if err := c.getJSON(ctx, "reading the incidents of "+p.String(), &list, "project", p.ID, "incidents", "?limit="+strconv.Itoa(limit)); err != nil {
		return nil, false, err
	}
	all = slices.DeleteFunc(list.Data, func(i incident) bool { return i.time().Before(q.Since) })
	for n := range all {
		if all[n].RCA == nil || all[n].RCA.ShortSummary == "" {
			continue // nothing was analysed, so there is nothing more to read
		}
		var one struct {
			Data incident `json:"data"`
		}
		err := c.getJSON(ctx, "reading the incident "+all[n].Key, &one, "project", p.ID, "incident", all[n].Key)
		var failure *Error
		switch {
		case errors.As(err, &failure) && failure.Status == http.StatusNotFound:
			gone = true
		case err != nil:
			return nil, false, err
		case one.Data.RCA != nil:
			all[n].RCA = one.Data.RCA
		}
	}
	return all, gone, nil
}

func (i incident) event(p Project, base string) event.Event {
	values := &event.Incident{
		Status: strings.ToUpper(i.Severity), Application: application(i.Application, p.ID),
		URL: base + "/p/" + p.ID + "/incidents?incident=" + i.Key,
	}
	if i.ResolvedAt != 0 {
		values.Status = "OK"
	}
	if i.RCA != nil {
		values.RCASummary, values.RCARemediations = i.RCA.ShortSummary, i.RCA.ImmediateFixes
	}
	return event.Event{Incident: values}
}
