package event

import (
	"fmt"
	"sync"
)

// Kind is the kind of an event. Coroot has one template for each kind.
type Kind string

// The three kinds of event that Coroot posts to a webhook.
const (
	KindIncident   Kind = "incident"   // an application violates its SLOs, or meets them again
	KindDeployment Kind = "deployment" // a rollout began, ended or got stuck
	KindAlert      Kind = "alert"      // an alerting rule fired or was resolved; since Coroot 1.18.0
)

// Kinds lists every kind in the order in which Coroot's documentation names them.
func Kinds() []Kind { return []Kind{KindIncident, KindDeployment, KindAlert} }

// KindNames lists the names that ParseKind accepts, in the order of Kinds.
func KindNames() []string {
	var names []string
	for _, kind := range Kinds() {
		names = append(names, kind.String())
	}
	return names
}

// ParseKind returns the kind with the given name.
func ParseKind(name string) (Kind, error) {
	for _, k := range Kinds() {
		if string(k) == name {
			return k, nil
		}
	}
	return "", fmt.Errorf("unknown kind %q: it must be incident, deployment or alert", name)
}

// OncePerKind returns a function that makes the value of a kind when it is first asked
// for, and then returns the same one.
func OncePerKind[T any](value func(Kind) T) func(Kind) T {
	var made sync.Map // a func() T for each kind
	return func(kind Kind) T {
		once, ok := made.Load(kind)
		if !ok {
			once, _ = made.LoadOrStore(kind, sync.OnceValue(func() T { return value(kind) }))
		}
		return once.(func() T)() //nolint:forcetypeassert // nothing else is stored
	}
}

// TemplateName is Coroot's name for the template of this kind: incidentTemplate,
// deploymentTemplate or alertTemplate. It is also the template's key in Coroot's
// configuration file.
func (k Kind) TemplateName() string { return string(k) + "Template" }

func (k Kind) String() string { return string(k) }
