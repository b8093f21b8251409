package event

import (
	"fmt"

	"github.com/buger/jsonparser"
)

// DetectKind finds the kind of an event by the keys that only one kind has:
// reports for an incident, version for a deployment, rule_name or severity for
// an alert.
func (doc Document) DetectKind() (Kind, error) {
	d := &decoding{doc: doc}
	if err := d.check(); err != nil {
		return "", err
	}
	found := map[Kind]bool{}
	var kind Kind
	err := jsonparser.ObjectEach(doc.Raw, func(key, _ []byte, _ jsonparser.ValueType, _ int) error {
		if k, ok := distinctiveKeys[string(key)]; ok {
			found[k], kind = true, k
		}
		return nil
	})
	if err == nil && len(found) == 1 {
		return kind, nil
	}
	message := "the kind of this event cannot be told from its keys"
	if len(found) > 1 {
		message = "the event has keys of more than one kind"
	}
	return "", &Problem{
		Path: doc.Path, Pos: doc.Pos, Message: message,
		Hint: fmt.Sprintf("say it with --type incident, deployment or alert; %q belongs to an incident, %q to a deployment, %q to an alert", "reports", "version", "rule_name"),
	}
}

var distinctiveKeys = map[string]Kind{
	"reports": KindIncident, "rca_summary": KindIncident, "rca_remediations": KindIncident,
	"version":      KindDeployment,
	"project_name": KindAlert, "rule_name": KindAlert, "severity": KindAlert, "details": KindAlert,
	"duration": KindAlert, "resolved_by": KindAlert,
}
