package suite

import (
	"cmp"
	_ "embed"
	"errors"
	"fmt"
	"path/filepath"
	"reflect"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/hooktool/hooktool/internal/limited"
	"github.com/hooktool/hooktool/internal/yamltext"
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/source"
)

// fileSuffix ends the names of test files, such as hooktool-test.yaml and
// alert.hooktool-test.yaml.
const fileSuffix = "hooktool-test.yaml"

//go:embed schema.json
var schema []byte

// Schema returns the JSON Schema of test files.
func Schema() []byte { return schema }

// isFile reports whether a path names a test file: its name ends in fileSuffix, or in
// the same with .yml.
func isFile(path string) bool {
	base := filepath.Base(path)
	return strings.HasSuffix(base, fileSuffix) || strings.HasSuffix(base, strings.TrimSuffix(fileSuffix, "yaml")+"yml")
}

// File is a test file.
type File struct {
	Path  string
	Cases []Case
}

// Case is one test: a template, an event and the expected result. Paths are relative to
// the folder of the file.
type Case struct {
	File string
	Pos  source.Position // of the case in the file
	Name string

	Subject
	Event  any      `yaml:"event"`  // a path, or the event itself
	Sample string   `yaml:"sample"` // the name of a built-in event
	Set    []change `yaml:"set"`    // changes to the event

	Expectation
}

// change sets the field at a path to a value.
type change struct{ path, value string }

// Subject identifies the template under test. What a case omits is taken from the top
// of the file.
type Subject struct {
	Template     string            `yaml:"template"`
	Webhook      string            `yaml:"webhook"`
	Type         string            `yaml:"type"`
	Destination  string            `yaml:"destination"`
	CustomFields map[string]string `yaml:"customFields"`
}

// Expectation describes the expected result.
type Expectation struct {
	Body     *string  `yaml:"body"`     // exactly these bytes
	Golden   string   `yaml:"golden"`   // the content of this file
	JSON     any      `yaml:"json"`     // this JSON value
	Compare  string   `yaml:"compare"`  // how golden is compared: json or bytes
	Contains []string `yaml:"contains"` // each of these texts
	Error    string   `yaml:"error"`    // rendering fails with a message that contains this
	Outcome  string   `yaml:"outcome"`  // what the destination would do: accepted or refused
	Problems []string `yaml:"problems"` // the rules that the body breaks
}

// spec is the content of a test file.
type spec struct {
	Subject
	Tests []testSpec `yaml:"tests"`
}

type testSpec struct {
	node *yaml.Node

	Name string `yaml:"name"`
	Subject
	Event  any      `yaml:"event"`
	Sample string   `yaml:"sample"`
	Set    []change `yaml:"set"`
	Expectation
}

// maxFileSize limits the size of a test file, a template or an event, in bytes.
const maxFileSize = 16 << 20

// maxGoldenSize limits the size of a golden file, in bytes. It exceeds the most that a
// template prints.
const maxGoldenSize = 128 << 20

// Load parses a test file. The error joins a *source.Problem for each mistake: unknown
// keys, with the nearest known one; wrong types; and cases that test nothing or
// contradict themselves.
//
// kinds returns the kind of a case's template, for cases that ask for all samples; if
// it is nil, the type and the template's name decide.
func Load(path string, data []byte, kinds func(Case) event.Kind) (*File, error) {
	if kinds == nil {
		kinds = Case.kindByName
	}
	l := &loader{path: path, kinds: kinds}
	if err := limited.Check(data, maxFileSize); err != nil {
		return nil, l.problem(nil, "", "%v", err)
	}
	if p := source.UTF16(path, data); p != nil {
		return nil, p
	}
	docs, err := yamltext.Parse(data)
	if err != nil {
		return nil, l.syntax(data, err)
	}
	var s spec
	if len(docs) > 0 {
		l.decode(docs[0], reflect.ValueOf(&s).Elem())
	}
	if len(docs) > 1 {
		l.problem(docs[1], "", "there is more than one document in the file")
	}
	if len(s.Tests) == 0 && len(l.problems) == 0 {
		return nil, &source.Problem{Path: path, Message: "there are no tests in this file", Hint: "list them under tests"}
	}
	file := &File{Path: path}
	for _, test := range s.Tests {
		c := Case{
			File: path, Pos: position(test.node), Name: test.Name, Subject: test.Subject.or(s.Subject),
			Event: test.Event, Sample: test.Sample, Set: test.Set, Expectation: test.Expectation,
		}
		l.check(test.node, c)
		l.checkPaths(func(key string) *yaml.Node { return cmp.Or(valueOf(test.node, key), valueOf(docs[0], key)) }, c)
		file.Cases = append(file.Cases, l.expand(c)...)
	}
	l.checkNames(file.Cases)
	return file, errors.Join(l.problems...)
}

// valueOf returns the value of a key in a mapping, or nil if there is none.
func valueOf(node *yaml.Node, key string) *yaml.Node {
	if node == nil || node.Kind != yaml.MappingNode {
		return nil
	}
	for name, value := range pairs(node) {
		if name.Value == key {
			return value
		}
	}
	return nil
}

// or fills in what a case omits from the top of the file. A case that names its own
// template or webhook inherits neither.
func (s Subject) or(top Subject) Subject {
	if s.Template == "" && s.Webhook == "" {
		s.Template, s.Webhook = top.Template, top.Webhook
	}
	if s.Type == "" {
		s.Type = top.Type
	}
	if s.Destination == "" {
		s.Destination = top.Destination
	}
	if s.CustomFields == nil {
		s.CustomFields = top.CustomFields
	}
	return s
}

// allSamples selects every built-in event of the template's kind.
const allSamples = "all"

// samplePlaceholder is replaced by the sample's name in paths of golden files.
const samplePlaceholder = "{sample}"

// expand turns a case that asks for all samples into one case for each sample of the
// template's kind.
func (l *loader) expand(c Case) []Case {
	if c.Sample != allSamples {
		c.Golden = strings.ReplaceAll(c.Golden, samplePlaceholder, c.Sample)
		return []Case{c}
	}
	var cases []Case
	for _, sample := range event.SamplesOf(l.kinds(c)) {
		each := c
		each.Sample = sample.Name
		each.Name = strings.TrimSpace(c.Name + " " + sample.Name)
		each.Golden = strings.ReplaceAll(c.Golden, samplePlaceholder, sample.Name)
		cases = append(cases, each)
	}
	return cases
}

// loader collects the problems of a file.
type loader struct {
	path     string
	kinds    func(Case) event.Kind
	nodes    int // visited so far
	problems []error
}

func (l *loader) problem(at *yaml.Node, hint, format string, args ...any) error {
	problem := &source.Problem{Path: l.path, Pos: position(at), Message: fmt.Sprintf(format, args...), Hint: hint}
	l.problems = append(l.problems, problem)
	return problem
}

// syntax adds a position to an error of the parser.
func (l *loader) syntax(data []byte, err error) error {
	problem := &source.Problem{Path: l.path, Message: err.Error(), Err: err}
	var syntax *yamltext.SyntaxError
	if errors.As(err, &syntax) {
		problem.Hint, problem.Pos = syntax.Hint, source.Position{Line: syntax.Line}
		if syntax.Offset >= 0 {
			problem.Pos = source.NewIndex(string(data)).Position(syntax.Offset)
		}
	}
	return problem
}
