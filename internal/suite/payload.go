package suite

import (
	"github.com/hooktool/hooktool/pkg/destination"
	"github.com/hooktool/hooktool/pkg/workspace"
)

// CheckByCatalog is the Check that knows the rules of all destinations. Which
// one is meant is said by the case, by the webhook's definition or URL, by a
// comment in the template, by its path, or by the shape of the body.
func CheckByCatalog(t *workspace.Template, body []byte) Payload {
	found, err := t.Detect()
	if err != nil { // a comment in the template or the configuration names one that does not exist
		return Payload{Refused: true, Problems: []PayloadProblem{{Rule: destination.RuleShape, Path: "$", Message: err.Error(), Refused: true}}}
	}
	payload := Payload{Destination: found.Destination.Title}
	for _, problem := range found.Check(body) {
		refused := problem.Effect == destination.Refused && problem.Severity == destination.Error
		payload.Refused = payload.Refused || refused
		payload.Problems = append(payload.Problems, PayloadProblem{Rule: problem.Rule, Path: problem.Path, Message: problem.Message, Refused: refused})
	}
	return payload
}
