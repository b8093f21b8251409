package event

import "maps"

// Event is one event of Coroot: exactly one of Incident, Deployment and Alert
// is set.
type Event struct {
	Incident   *Incident
	Deployment *Deployment
	Alert      *Alert

	// CustomFields are the webhook's static fields as they stood in the event
	// file: extra top-level keys whose value is a string. It is nil when there
	// are none.
	CustomFields map[string]string
}

// Kind tells which of the three is set. It is empty for the zero Event.
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

// Status returns the status of whichever is set.
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

// Clone returns a copy that can be changed by Set without changing e.
func (e Event) Clone() Event {
	if e.Incident != nil {
		incident := *e.Incident
		e.Incident = &incident
	}
	if e.Deployment != nil {
		deployment := *e.Deployment
		e.Deployment = &deployment
	}
	if e.Alert != nil {
		alert := *e.Alert
		e.Alert = &alert
	}
	e.CustomFields = maps.Clone(e.CustomFields)
	return e
}
