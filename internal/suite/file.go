package suite

import (
	_ "embed"
	"errors"
	"fmt"
	"path/filepath"
	"reflect"
	"strings"

	yaml "github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"github.com/hooktool/hooktool/internal/words"
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/source"
)

// FileSuffix ends the names of files with tests: hooktool-test.yaml and
// alert.hooktool-test.yaml.
const FileSuffix = "hooktool-test.yaml"

//go:embed schema.json
var schema []byte

// Schema returns the JSON Schema of files with tests.
func Schema() []byte { return schema }

// IsFile reports whether a file is one with tests by its name, which ends in
// FileSuffix or the same with .yml.
func IsFile(path string) bool {
	base := filepath.Base(path)
	return strings.HasSuffix(base, FileSuffix) || strings.HasSuffix(base, strings.TrimSuffix(FileSuffix, "yaml")+"yml")
}

// File is a file with tests.
type File struct {
	Path  string
	Cases []Case
}

// Case is one test: a template, an event, and what is expected of the two.
// Paths are relative to the folder of the file.
type Case struct {
	File string
	Pos  source.Position // of the case in the file
	Name string

	Subject
	Event  any           `yaml:"event"`  // a path, or an event itself
	Sample string        `yaml:"sample"` // the name of a built-in event
	Set    yaml.MapSlice `yaml:"set"`    // changes of the event, by path

	Expectation
}

// Subject says which template is tried. What a case leaves out it takes from
// the top of the file.
type Subject struct {
	Template     string            `yaml:"template"`
	Webhook      string            `yaml:"webhook"`
	Type         string            `yaml:"type"`
	Destination  string            `yaml:"destination"`
	CustomFields map[string]string `yaml:"customFields"`
}

// Expectation says what is expected of the body.
type Expectation struct {
	Body     *string  `yaml:"body"`     // exactly these bytes
	Golden   string   `yaml:"golden"`   // the content of this file
	JSON     any      `yaml:"json"`     // this JSON value
	Compare  string   `yaml:"compare"`  // how golden is compared: json or bytes
	Contains []string `yaml:"contains"` // each of these texts
	Error    string   `yaml:"error"`    // rendering fails with a message that holds this
	Outcome  string   `yaml:"outcome"`  // what the destination would do: accepted or refused
	Problems []string `yaml:"problems"` // the rules that the body breaks
}

// spec is a file as it is written.
type spec struct {
	Subject `yaml:",inline"`
	Tests   []testSpec `yaml:"tests"`
}

type testSpec struct {
	Name        string `yaml:"name"`
	Subject     `yaml:",inline"`
	Event       any           `yaml:"event"`
	Sample      string        `yaml:"sample"`
	Set         yaml.MapSlice `yaml:"set"`
	Expectation `yaml:",inline"`
}

// maxFileSize bounds a file with tests, a template and an event, in bytes.
const maxFileSize = 16 << 20

// maxGoldenSize bounds a golden file, in bytes. It is more than what a template
// prints at most.
const maxGoldenSize = 128 << 20

// Load reads a file with tests. The error joins a *source.Problem for each
// mistake in it: unknown keys with the nearest one that is known, wrong types,
// and cases that say nothing or contradict themselves.
//
// kinds tells the kind of a case's template, for those that ask for all samples of
// it; nil goes by the type and the template's name.
func Load(path string, data []byte, kinds func(Case) event.Kind) (*File, error) {
	if kinds == nil {
		kinds = Case.kindByName
	}
	l := &loader{path: path, kinds: kinds}
	if len(data) > maxFileSize {
		return nil, l.problem(nil, "", "the file is larger than %d bytes", maxFileSize)
	}
	tree, err := parser.ParseBytes(data, 0)
	if err != nil {
		return nil, l.syntax(err)
	}
	var s spec
	if err := yaml.UnmarshalWithOptions(data, &s, yaml.Strict()); err != nil {
		return nil, l.syntax(err)
	}
	if len(s.Tests) == 0 {
		return nil, &source.Problem{Path: path, Message: "there are no tests in this file", Hint: "list them under tests"}
	}
	file := &File{Path: path}
	for i, test := range s.Tests {
		at := l.node(tree, fmt.Sprintf("$.tests[%d]", i))
		c := Case{
			File: path, Pos: position(at), Name: test.Name, Subject: test.Subject.or(s.Subject),
			Event: test.Event, Sample: test.Sample, Set: test.Set, Expectation: test.Expectation,
		}
		l.check(at, c)
		l.checkPaths(func(key string) ast.Node {
			if own := l.node(tree, fmt.Sprintf("$.tests[%d].%s", i, key)); own != nil {
				return own
			}
			return l.node(tree, "$."+key)
		}, c)
		file.Cases = append(file.Cases, l.expand(c)...)
	}
	l.checkNames(file.Cases)
	return file, errors.Join(l.problems...)
}

// or takes what a case leaves out from the top of the file. A case that names a
// template or a webhook of its own takes neither.
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

// allSamples stands for every built-in event of the template's kind.
const allSamples = "all"

// samplePlaceholder is replaced by the name of the sample in paths of golden
// files.
const samplePlaceholder = "{sample}"

// expand makes a case for each sample of one that asks for all of them. Which
// these are depends on the kind, which must be said by the type or the
// template's name then.
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

// loader collects what is wrong with a file.
type loader struct {
	path     string
	kinds    func(Case) event.Kind
	problems []error
}

func (l *loader) problem(at ast.Node, hint, format string, args ...any) error {
	problem := &source.Problem{Path: l.path, Pos: position(at), Message: fmt.Sprintf(format, args...), Hint: hint}
	l.problems = append(l.problems, problem)
	return problem
}

func (l *loader) node(tree *ast.File, path string) ast.Node {
	p, err := yaml.PathString(path)
	if err != nil {
		return nil
	}
	node, err := p.FilterFile(tree)
	if err != nil {
		return nil
	}
	return node
}

// position returns where a node begins; the parser gives a mapping the place of
// its first colon.
func position(node ast.Node) source.Position {
	switch n := node.(type) {
	case nil:
		return source.Position{}
	case *ast.MappingNode:
		if len(n.Values) > 0 {
			node = n.Values[0].Key
		}
	case *ast.MappingValueNode:
		node = n.Key
	}
	at := node.GetToken().Position
	return source.Position{Line: at.Line, Column: at.Column}
}

// syntax turns an error of the YAML library into one with a place.
func (l *loader) syntax(err error) error {
	problem := &source.Problem{Path: l.path, Message: err.Error()}
	var inYAML yaml.Error
	if errors.As(err, &inYAML) {
		problem.Message = inYAML.GetMessage()
		if token := inYAML.GetToken(); token != nil {
			problem.Pos = source.Position{Line: token.Position.Line, Column: token.Position.Column}
		}
	}
	if _, rest, ok := strings.Cut(problem.Message, `unknown field "`); ok {
		key := strings.TrimSuffix(rest, `"`)
		keys := knownKeys(reflect.TypeFor[spec]())
		problem.Message = fmt.Sprintf("unknown key %q", key)
		problem.Hint = words.Suggest(key, keys, "the keys are "+strings.Join(keys, ", "))
	}
	return problem
}

// knownKeys lists the keys of a file, those of its cases included.
func knownKeys(t reflect.Type) []string {
	var keys []string
	seen := map[string]bool{}
	var visit func(reflect.Type)
	visit = func(t reflect.Type) {
		for i := range t.NumField() {
			field := t.Field(i)
			name, _, _ := strings.Cut(field.Tag.Get("yaml"), ",")
			if name != "" && !seen[name] {
				seen[name] = true
				keys = append(keys, name)
			}
			switch typ := field.Type; {
			case field.Anonymous:
				visit(typ)
			case typ == reflect.TypeFor[[]testSpec]():
				visit(typ.Elem())
			}
		}
	}
	visit(t)
	return keys
}
