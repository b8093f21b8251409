package event

import (
	"fmt"
	"strings"

	"github.com/hooktool/hooktool/internal/words"
)

// ApplicationKind is the kind of an application, such as Deployment or ExternalService.
// As in Coroot it is a named string type.
type ApplicationKind string

const (
	externalCluster             = "external"
	kindExternalService         = ApplicationKind("ExternalService")
	namespaceNone               = "_"
	applicationPartsWithCluster = 4
)

// ApplicationKinds lists the kinds of application that Coroot knows
// (model/application_kind.go, Coroot 1.24.5).
func ApplicationKinds() []ApplicationKind {
	var kinds []ApplicationKind
	for _, kind := range applicationKinds() {
		kinds = append(kinds, ApplicationKind(kind))
	}
	return kinds
}

func applicationKinds() []string {
	return []string{
		"Deployment", "StatefulSet", "DaemonSet", "CronJob", "Job", "ReplicaSet", "Pod", "StaticPods", "Unknown",
		"DockerSwarmService", string(kindExternalService), "DatabaseCluster", "RDS", "ElasticacheCluster", "NomadJobGroup",
		"Workflow", "SparkApplication", "CustomApplication", "GitRepository", "OCIRepository", "HelmRepository",
		"HelmChart", "HelmRelease", "Kustomization", "ResourceSet", "ArgoCDApplication",
	}
}

// ApplicationID names an application in Coroot. In a template it prints as
// String does, and in JSON it is that same string, never an object.
//
// Its exported fields and methods are those that a template can use, and no
// others may be added.
type ApplicationID struct {
	ClusterId  string // nolint // the name that templates use
	Namespace  string
	Kind       ApplicationKind
	Name       string
	threeParts bool // written without a cluster, as before Coroot 1.17.0; it is printed the same way
}

// NewApplicationID returns the id of an application in a cluster, as in Coroot 1.17.0
// or later.
func NewApplicationID(cluster, namespace string, kind ApplicationKind, name string) ApplicationID {
	return ApplicationID{ClusterId: cluster, Namespace: namespace, Kind: kind, Name: name}
}

// ParseApplicationID reads the textual form of an application id,
// "cluster:namespace:Kind:name" or the older "namespace:Kind:name".
//
// The rules are Coroot's (model.NewApplicationIdFromString): the text is split
// into at most four parts; "external" followed by anything but "external" is
// an id without a cluster whose name contains a colon; without a cluster, the kind
// ExternalService belongs to the cluster "external".
func ParseApplicationID(s string) (ApplicationID, error) {
	parts := make([]string, 0, applicationPartsWithCluster) // as strings.SplitN would return them, but not on the heap
	for rest, more := s, true; more; {
		part := rest
		if more = len(parts) < applicationPartsWithCluster-1; more {
			part, rest, more = strings.Cut(rest, ":")
		}
		parts = append(parts, part)
	}
	var id ApplicationID
	switch {
	case len(parts) == applicationPartsWithCluster-1:
		id = ApplicationID{Namespace: parts[0], Kind: ApplicationKind(parts[1]), Name: parts[2], threeParts: true}
	case len(parts) == applicationPartsWithCluster && parts[0] == externalCluster && parts[1] != externalCluster:
		id = ApplicationID{
			Namespace: parts[0], Kind: ApplicationKind(parts[1]), Name: parts[2] + ":" + parts[3], threeParts: true,
		}
	case len(parts) == applicationPartsWithCluster:
		id = ApplicationID{ClusterId: parts[0], Namespace: parts[1], Kind: ApplicationKind(parts[2]), Name: parts[3]}
	default:
		return ApplicationID{}, fmt.Errorf("application %q has %s, it must be cluster:namespace:Kind:name or namespace:Kind:name",
			s, words.Count(len(parts), "part"))
	}
	if id.threeParts && id.Kind == kindExternalService {
		id.ClusterId, id.threeParts = externalCluster, false
	}
	return id, nil
}

// String returns "cluster:namespace:Kind:name". An id that was written
// without a cluster prints as "namespace:Kind:name".
func (a ApplicationID) String() string {
	if a.threeParts {
		return a.StringWithoutClusterId()
	}
	return a.ClusterId + ":" + a.StringWithoutClusterId()
}

// StringWithoutClusterId returns "namespace:Kind:name".
func (a ApplicationID) StringWithoutClusterId() string { //nolint // the name that templates use
	return a.Namespace + ":" + string(a.Kind) + ":" + a.Name
}

// IsZero reports whether all four parts are empty. They never are in what Coroot sends:
// an alert that belongs to no application has the id of the project as its cluster,
// "41aaiayi:::".
func (a ApplicationID) IsZero() bool {
	return a.ClusterId == "" && a.Namespace == "" && a.Kind == "" && a.Name == ""
}

// NamespaceIsEmpty reports whether the application has no namespace: it is empty, or
// "_", which Coroot uses outside Kubernetes and for cluster-wide objects.
func (a ApplicationID) NamespaceIsEmpty() bool {
	return a.Namespace == "" || a.Namespace == namespaceNone
}

// MarshalText returns the same text as String, which makes the id a string in
// JSON.
func (a ApplicationID) MarshalText() ([]byte, error) { return []byte(a.String()), nil }

// Value returns the same text as String. Coroot has it for its database, but a template
// can call it too.
func (a ApplicationID) Value() (any, error) { return a.String(), nil }
