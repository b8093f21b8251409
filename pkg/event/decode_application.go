package event

import (
	"fmt"

	"github.com/buger/jsonparser"
)

// applicationKeys are the spellings of the keys of an application that is
// written as an object: as JSON has it, and as templates have it.
var applicationKeys = map[string]string{
	"cluster_id": "cluster_id", "clusterId": "cluster_id", "ClusterId": "cluster_id",
	"namespace": "namespace", "Namespace": "namespace",
	"kind": "kind", "Kind": "kind",
	"name": "name", "Name": "name",
}

// application reads the three forms of an application: the string with four
// parts that Coroot sends, the older one with three, and an object.
func (d *decoding) application(v value, path []any, target *ApplicationID) error {
	switch v.kind {
	case jsonparser.String:
		id, err := ParseApplicationID(unquote(v.raw))
		if err != nil {
			return &fault{path: bytesPath(path), message: err.Error()}
		}
		*target = id
		return nil
	case jsonparser.Object:
		return d.applicationObject(v, path, target)
	}
	return wrongType(v, path, "a string such as cluster:namespace:Kind:name, or an object")
}

func (d *decoding) applicationObject(v value, path []any, target *ApplicationID) error {
	parts := map[string]string{}
	err := jsonparser.ObjectEach(v.raw, func(key, raw []byte, kind jsonparser.ValueType, _ int) error {
		name, ok := applicationKeys[string(key)]
		here := append(path, string(key))
		if !ok {
			return d.unknown(string(key), value{raw: raw, kind: kind}, path, []string{"cluster_id", "namespace", "kind", "name"})
		}
		if _, twice := parts[name]; twice {
			return &fault{path: bytesPath(here), atKey: true, message: fmt.Sprintf("the key %q appears twice", name)}
		}
		var part string
		if err := d.string(value{raw: raw, kind: kind}, here, &part); err != nil {
			return err
		}
		parts[name] = part
		return nil
	})
	if err != nil {
		return err
	}
	for _, name := range []string{"namespace", "kind", "name"} {
		if _, ok := parts[name]; !ok {
			d.warn(path, fmt.Sprintf("%s is missing", pathString(append(path, name))), "")
		}
	}
	cluster, hasCluster := parts["cluster_id"]
	*target = ApplicationID{
		ClusterId: cluster, Namespace: parts["namespace"], Kind: ApplicationKind(parts["kind"]), Name: parts["name"],
		threeParts: !hasCluster,
	}
	return nil
}
