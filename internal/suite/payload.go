package suite

import (
	"github.com/hooktool/hooktool/pkg/destination"
	"github.com/hooktool/hooktool/pkg/workspace"
)

// CheckByCatalog is a Check that knows the rules of all destinations. The case, the
// webhook's definition or URL, a comment in the template, its path or the shape of the
// body determines the destination.
func CheckByCatalog(t *workspace.Template, body []byte) Payload {
	found, err := t.Detect()
	if err != nil { // a comment in the template or the configuration names an unknown destination
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
