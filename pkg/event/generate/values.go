package generate

import (
	"math/rand/v2"

	"github.com/hooktool/hooktool/pkg/event"
)

// generator makes the values of one event.
type generator struct {
	style Style
	rng   *rand.Rand
}

func (g generator) incident() event.Incident {
	incident := event.Incident{
		Status: g.status(event.KindIncident), Application: g.application(), URL: g.url("/incidents?incident="),
	}
	if g.style != Empty && g.chance(2) {
		incident.RCASummary, incident.RCARemediations = g.text(), g.text()
	}
	if incident.Status == "OK" && g.chance(2) { // resolved: mostly without reports
		return incident
	}
	for range g.count() {
		incident.Reports = append(incident.Reports, event.Report{Name: g.name(), Check: g.name(), Message: g.item()})
	}
	return incident
}

func (g generator) deployment() event.Deployment {
	deployment := event.Deployment{
		Status: g.status(event.KindDeployment), Application: g.application(), Version: g.text(), URL: g.url("/app/x/Deployments#"),
	}
	for range g.count() {
		deployment.Summary = append(deployment.Summary, pick(g.rng, "🎉 ", "💔 ")+g.item())
	}
	return deployment
}

func (g generator) alert() event.Alert {
	alert := event.Alert{
		Status: g.status(event.KindAlert), ProjectName: g.name(), Application: g.application(), RuleName: g.name(),
		Severity: pick(g.rng, "warning", "critical"), Summary: g.text(), URL: g.url("/alerts?alert="),
	}
	if g.style == Hostile && g.chance(4) {
		alert.Severity = pick(g.rng, "ok", "info", "unknown")
	}
	if alert.Status == "OK" && g.style != Empty {
		alert.Duration, alert.ResolvedBy = pick(g.rng, "5m30s", "1h30m", ""), pick(g.rng, "", "admin", g.name())
	}
	for range g.count() {
		detail := event.Detail{Name: g.name(), Value: g.item(), Code: g.chance(2)}
		alert.Details = append(alert.Details, detail)
	}
	return alert
}

// status picks a status of the kind. A benign event has one that Coroot was
// seen to send.
func (g generator) status(kind event.Kind) string {
	status := event.Fields(kind)[0]
	if status.Usual != nil && g.style == Benign {
		return pick(g.rng, status.Usual...)
	}
	return pick(g.rng, status.Values...)
}

func (g generator) application() event.ApplicationID {
	if g.style == Empty || g.style == Hostile && g.chance(8) {
		return event.ApplicationID{}
	}
	namespace := g.name()
	if g.chance(3) {
		namespace = "_"
	}
	kind := pick(g.rng, event.ApplicationKinds()...)
	if g.style == Hostile && g.chance(8) {
		kind = event.ApplicationKind(g.text())
	}
	return event.NewApplicationID(pick(g.rng, "a1b2c3d4", "external"), namespace, kind, g.name())
}

func (g generator) url(path string) string {
	base := "https://coroot.example.com/p/a1b2c3d4" + path
	switch g.style {
	case Hostile:
		return base + g.text()
	case Empty:
		return ""
	}
	return base + pick(g.rng, "k3y7f9c1", "0c7f5b1e-8d3a-4a57-9f6e-2b1d0c9e8a77")
}

// count is the length of a list.
func (g generator) count() int {
	const short, long = 4, 300
	switch {
	case g.style == Empty:
		return 0
	case g.style == Huge && g.chance(2):
		return long
	}
	return g.rng.IntN(short)
}

// name is a text that a person or Kubernetes chose.
func (g generator) name() string {
	switch {
	case g.style == Empty:
		return ""
	case g.style == Hostile && g.chance(2):
		return g.hostile()
	case g.style == Huge:
		return g.long(1 << 8)
	}
	return pick(g.rng, "checkout", "orders-db", "payments", "Availability", "Memory", "Logs", "shop", "default")
}

// text is free text.
func (g generator) text() string {
	switch g.style {
	case Empty:
		return ""
	case Hostile:
		return g.hostile()
	case Huge:
		return g.long(100 << 10)
	}
	return g.plain()
}

// item is free text in an element of a list, which Coroot keeps shorter.
func (g generator) item() string {
	if g.style == Huge {
		return g.long(1 << 10)
	}
	return g.text()
}

func (g generator) plain() string {
	return pick(g.rng, "", "high latency to 2 upstream services", "1206 errors occurred", "app restarted", "CPU usage: 21 percent", "größer als 5 日")
}

// chance is true once in n times.
func (g generator) chance(n int) bool { return g.rng.IntN(n) == 0 }

func pick[T any](rng *rand.Rand, from ...T) T { return from[rng.IntN(len(from))] }
