package suite

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"

	"github.com/hooktool/hooktool/internal/atomicfile"
	"github.com/hooktool/hooktool/internal/jsontree"
	"github.com/hooktool/hooktool/internal/project"
	"github.com/hooktool/hooktool/pkg/source"
)

// The ways to compare a body with a golden file.
const (
	compareJSON  = "json"  // by meaning
	compareBytes = "bytes" // byte by byte
)

// What a destination can do with a body.
const (
	outcomeAccepted = "accepted"
	outcomeRefused  = "refused"
)

// compareBody checks a body against what the case expects.
func (r *Runner) compareBody(c Case, body []byte, result *Result) ([]Failure, error) {
	var failures []Failure
	switch {
	case c.Body != nil:
		failures = compare([]byte(*c.Body), body, compareBytes)
	case c.JSON != nil:
		want, err := json.Marshal(c.JSON)
		if err != nil {
			return nil, c.problem("", "the expected value is not JSON: %w", err)
		}
		failures = compare(want, body, compareJSON)
	case c.Golden != "":
		var err error
		if failures, err = r.compareGolden(c, body, result); err != nil {
			return nil, err
		}
	}
	for _, text := range c.Contains {
		if !strings.Contains(string(body), text) {
			failures = append(failures, Failure{Message: fmt.Sprintf("the body does not contain %q", text), Hint: "the body is " + excerpt(string(body))})
		}
	}
	return failures, nil
}

// compareGolden compares a body with a golden file, or writes the file.
func (r *Runner) compareGolden(c Case, body []byte, result *Result) ([]Failure, error) {
	path := c.path(c.Golden)
	want, err := project.ReadFile(c.root(), path, maxGoldenSize)
	missing := errors.Is(err, os.ErrNotExist)
	if err != nil && !missing {
		return nil, c.problem("", "read the golden file: %w", err)
	}
	if missing && !r.Update {
		return []Failure{{Message: fmt.Sprintf("the golden file %s does not exist", path), Hint: "create it with --update, and check it"}}, nil
	}
	body = r.masked(body)
	if !missing {
		failures := compare(r.masked(want), body, c.Compare)
		if !r.Update || len(failures) == 0 && bytes.Equal(r.masked(want), want) {
			return failures, nil
		}
	}
	if _, err := project.Inside(c.root(), path); err != nil {
		return nil, c.problem("", "write the golden file: %w", err)
	}
	if err := writeFile(path, body); err != nil {
		return nil, c.problem("", "write the golden file: %w", err)
	}
	result.Status = Updated
	return nil, nil
}

// masked returns a body as it is stored in a golden file.
func (r *Runner) masked(body []byte) []byte {
	if r.Mask == nil {
		return body
	}
	return []byte(r.Mask(string(body)))
}

func writeFile(path string, text []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	return atomicfile.Write(path, text, 0o644)
}

// compare compares the expected text with the actual one. Unless way says otherwise,
// two JSON texts are compared by meaning.
func compare(want, got []byte, way string) []Failure {
	wantValue, wantErr := decodeJSON(want)
	gotValue, gotErr := decodeJSON(got)
	bothJSON := wantErr == nil && gotErr == nil
	switch {
	case bytes.Equal(want, got):
		return nil
	case way == compareBytes || way == "" && !bothJSON:
		return []Failure{{Message: "the body differs", Diff: diff(string(want), string(got))}}
	case wantErr != nil:
		return []Failure{{Message: "the expected value is not JSON: " + wantErr.Error(), Hint: "compare it with compare: bytes"}}
	case gotErr != nil:
		return []Failure{{Message: "the body is not JSON: " + gotErr.Error(), Hint: "hooktool validate shows why", Diff: diff(indented(want), string(got))}}
	case reflect.DeepEqual(wantValue, gotValue):
		return nil
	}
	return []Failure{{Message: "the body has a different meaning", Diff: diff(canonical(wantValue), canonical(gotValue))}}
}

// decodeJSON decodes one JSON value and keeps numbers as written.
func decodeJSON(text []byte) (any, error) {
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	var value any
	if err := decoder.Decode(&value); err != nil {
		return nil, err
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("there is text after the value")
	}
	return value, nil
}

// canonical formats a value with sorted keys and one member per line, and breaks texts
// at their line ends, so that differences are easy to see.
func canonical(value any) string {
	var b bytes.Buffer
	if err := jsontree.Write(&b, value); err != nil {
		return fmt.Sprint(value)
	}
	return strings.ReplaceAll(b.String(), `\n`, "\\n\n    ")
}

func indented(text []byte) string {
	var b bytes.Buffer
	if json.Indent(&b, text, "", "  ") != nil {
		return string(text)
	}
	return b.String() + "\n"
}

// compareError checks a rendering error against what the case expects.
func (c Case) compareError(err error) []Failure {
	problem := source.ProblemOf(err)
	message := problem.Error()
	switch {
	case c.Error == "":
		return []Failure{{Message: message, Hint: problem.Hint}}
	case strings.Contains(message, c.Error):
		return nil
	}
	return []Failure{{Message: fmt.Sprintf("rendering fails with a different error: %s", message), Hint: fmt.Sprintf("the test expects %q", c.Error)}}
}

// checkPayload checks a body against the rules of its destination.
func (r *Runner) checkPayload(c Case, t *parsedTemplate, body []byte) []Failure {
	if r.Check == nil {
		return nil
	}
	payload := r.Check(&t.Template, body)
	var failures []Failure
	switch {
	case payload.Refused && c.Outcome != outcomeRefused && c.Problems == nil:
		for _, problem := range payload.Problems {
			if problem.Refused {
				failures = append(failures, Failure{
					Message: fmt.Sprintf("%s would refuse it: %s: %s (%s)", payload.Destination, problem.Path, problem.Message, problem.Rule),
					Hint:    "if you expect that, add outcome: refused",
				})
			}
		}
	case !payload.Refused && c.Outcome == outcomeRefused:
		failures = append(failures, Failure{Message: fmt.Sprintf("%s would accept it, but the test expects it to refuse", payload.Destination)})
	}
	return append(failures, compareRules(c, payload)...)
}

// compareRules compares the rules that a body breaks with those that the case names.
func compareRules(c Case, payload Payload) []Failure {
	if c.Problems == nil {
		return nil
	}
	var rules []string
	for _, problem := range payload.Problems {
		if !slices.Contains(rules, problem.Rule) {
			rules = append(rules, problem.Rule)
		}
	}
	slices.Sort(rules)
	want := slices.Sorted(slices.Values(c.Problems))
	if slices.Equal(want, rules) {
		return nil
	}
	return []Failure{{Message: fmt.Sprintf("the body breaks the rules [%s], but the test expects [%s]", strings.Join(rules, ", "), strings.Join(want, ", "))}}
}
