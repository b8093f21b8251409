package event

import (
	"maps"
	"slices"
	"strings"
)

// Event is one event of Coroot: exactly one of Incident, Deployment and Alert
// is set.
type Event struct {
	Incident   *Incident
	Deployment *Deployment
	Alert      *Alert

	// CustomFields are the webhook's static fields as the event file has them: extra
	// top-level keys whose value is a string. It is nil when there are none.
	CustomFields map[string]string
}

// Kind says which of the three is set. It is empty for the zero Event.
func (e Event) Kind() Kind {
	switch {
	case e.Incident != nil:
		return KindIncident
	case e.Deployment != nil:
		return KindDeployment
	case e.Alert != nil:
		return KindAlert
	}
	return ""
}

// Status returns the status of the one that is set.
func (e Event) Status() string {
	switch {
	case e.Incident != nil:
		return e.Incident.Status
	case e.Deployment != nil:
		return e.Deployment.Status
	case e.Alert != nil:
		return e.Alert.Status
	}
	return ""
}

// Values returns the template's dot without custom fields: an Incident, a
// Deployment or an Alert, by value as Coroot passes it. It is nil for the
// zero Event.
func (e Event) Values() any {
	switch {
	case e.Incident != nil:
		return *e.Incident
	case e.Deployment != nil:
		return *e.Deployment
	case e.Alert != nil:
		return *e.Alert
	}
	return nil
}

// Clone returns a deep copy, which can be changed without changing e.
func (e Event) Clone() Event {
	if e.Incident != nil {
		incident := *e.Incident
		incident.Reports = slices.Clone(incident.Reports)
		e.Incident = &incident
	}
	if e.Deployment != nil {
		deployment := *e.Deployment
		deployment.Summary = slices.Clone(deployment.Summary)
		e.Deployment = &deployment
	}
	if e.Alert != nil {
		alert := *e.Alert
		alert.Details = slices.Clone(alert.Details)
		e.Alert = &alert
	}
	e.CustomFields = maps.Clone(e.CustomFields)
	return e
}

// Rewrite replaces each text except custom fields by the result of a function.
func (e Event) Rewrite(change func(at Place, text string) string) {
	for at := range e.Texts() {
		text, _ := at.Text()
		if changed := change(at, text); changed != text {
			at.SetText(changed)
		}
	}
}

// Rebase returns a copy whose link has another base URL. A link that does not look like
// one of Coroot's stays.
func (e Event) Rebase(base string) Event {
	e = e.Clone()
	link := e.Root().Part("URL")
	text, _ := link.Text()
	if at := strings.Index(text, "/p/"); at >= 0 {
		link.SetText(strings.TrimSuffix(base, "/") + text[at:])
	}
	return e
}
