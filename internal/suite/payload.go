package suite

import (
	"bytes"

	"github.com/hooktool/hooktool/pkg/destination"
	"github.com/hooktool/hooktool/pkg/destination/catalog"
	"github.com/hooktool/hooktool/pkg/workspace"
)

// CheckByCatalog is the Check that knows the rules of all destinations. Which
// one is meant is said by the case, by the webhook's definition or URL, by a
// comment in the template, by its path, or by the shape of the body.
func CheckByCatalog(t *workspace.Template, body []byte) Payload {
	found, source, err := t.Detect(body)
	if err != nil { // a comment in the template or the configuration names one that does not exist
		return Payload{Refused: true, Problems: []PayloadProblem{{Rule: destination.RuleShape, Path: "$", Message: err.Error(), Refused: true}}}
	}
	if source == catalog.ByNothing && !looksJSON(body) {
		return Payload{} // text for nobody knows whom
	}
	payload := Payload{Destination: found.Title}
	for _, problem := range found.Check(body) {
		refused := problem.Effect == destination.Refused
		payload.Refused = payload.Refused || refused
		payload.Problems = append(payload.Problems, PayloadProblem{Rule: problem.Rule, Path: problem.Path, Message: problem.Message, Refused: refused})
	}
	return payload
}

// looksJSON reports whether a body is meant to be a JSON object or array.
func looksJSON(body []byte) bool {
	body = bytes.TrimLeft(body, " \t\r\n")
	return len(body) > 0 && (body[0] == '{' || body[0] == '[')
}
