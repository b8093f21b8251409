package event

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/buger/jsonparser"
)

// Decode reads the event of a kind. Unknown keys and wrong types are errors, as
// *Problem with the position in the file; ordinary fields that are missing are
// returned as warnings. Extra keys at the top level whose value is a string
// become custom fields, as they appear in Coroot's own JSON.
//
// The empty kind means the one that DetectKind finds.
func (doc Document) Decode(kind Kind) (Event, []*Problem, error) {
	d := &decoding{doc: doc}
	if err := d.check(); err != nil {
		return Event{}, nil, err
	}
	if kind == "" {
		var err error
		if kind, err = doc.DetectKind(); err != nil {
			return Event{}, nil, err
		}
	}
	d.kind = kind
	ev, err := d.event()
	if err != nil {
		var fault *fault
		if errors.As(err, &fault) {
			return Event{}, nil, d.problem(fault)
		}
		return Event{}, nil, err
	}
	return ev, d.problems(), nil
}

// decoding is the state of decoding one document.
type decoding struct {
	doc      Document
	kind     Kind
	custom   map[string]string
	warnings []*fault
}

// fault is a problem at a JSON path. The path is turned into a position only
// when somebody is going to see it.
type fault struct {
	path    []any // keys and indices; the place is the value there
	atKey   bool  // the place is the key instead
	message string
	hint    string
}

func (f *fault) Error() string { return f.message }

// check makes sure that the document is valid JSON in valid UTF-8, so that the
// lenient jsonparser can be trusted with it.
func (d *decoding) check() error {
	raw := d.doc.Raw
	if !json.Valid(raw) {
		var syntax *json.SyntaxError
		if err := json.Unmarshal(raw, new(any)); errors.As(err, &syntax) {
			return d.syntaxProblem(syntax)
		}
	}
	if !utf8.Valid(raw) {
		offset := 0
		for offset < len(raw) {
			r, size := utf8.DecodeRune(raw[offset:])
			if r == utf8.RuneError && size == 1 {
				break
			}
			offset += size
		}
		return &Problem{
			Path: d.doc.Path, Pos: advance(d.doc.Pos, raw[:offset]),
			Message: fmt.Sprintf("the byte 0x%02x is no valid UTF-8", raw[offset]), Hint: "JSON must be encoded in UTF-8",
		}
	}
	return nil
}

func (d *decoding) syntaxProblem(err *json.SyntaxError) error {
	raw := d.doc.Raw
	p := &Problem{Path: d.doc.Path, Message: err.Error()}
	offset := int(err.Offset)
	if strings.HasPrefix(p.Message, "unexpected end") {
		p.Message = "the event ends too early: " + p.Message
		p.Hint = "a bracket or a quote is not closed"
	} else {
		offset-- // the offset is behind the bad byte
		if offset >= 0 && offset < len(raw) && raw[offset] == '\n' {
			p.Hint = `a line break inside of a string is written \n`
		}
	}
	p.Pos = advance(d.doc.Pos, raw[:min(max(offset, 0), len(raw))])
	return p
}

// event reads the whole document.
func (d *decoding) event() (Event, error) {
	root := value{raw: d.doc.Raw, kind: jsonparser.Object}
	switch d.kind {
	case KindIncident:
		v := new(Incident)
		err := decodeObject(d, root, nil, incidentCodec, v)
		return Event{Incident: v, CustomFields: d.custom}, err
	case KindDeployment:
		v := new(Deployment)
		err := decodeObject(d, root, nil, deploymentCodec, v)
		return Event{Deployment: v, CustomFields: d.custom}, err
	case KindAlert:
		v := new(Alert)
		err := decodeObject(d, root, nil, alertCodec, v)
		return Event{Alert: v, CustomFields: d.custom}, err
	}
	return Event{}, fmt.Errorf("unknown kind %q", d.kind)
}

// value is a JSON value. For a string, raw is what stands between the quotes.
type value struct {
	raw  []byte
	kind jsonparser.ValueType
}

// codec reads one field of a struct. The tables of codecs are the decoder's
// grammar; a test holds them to the schema.
type codec[T any] struct {
	name     string
	optional bool
	read     func(d *decoding, v value, path []any, target *T) error
}

var incidentCodec = []codec[Incident]{
	{"status", false, func(d *decoding, v value, p []any, t *Incident) error { return d.string(v, p, &t.Status) }},
	{"application", false, func(d *decoding, v value, p []any, t *Incident) error { return d.application(v, p, &t.Application) }},
	{"reports", false, func(d *decoding, v value, p []any, t *Incident) error {
		return decodeList(d, v, p, &t.Reports, decodeReport)
	}},
	{"url", false, func(d *decoding, v value, p []any, t *Incident) error { return d.string(v, p, &t.URL) }},
	{"rca_summary", true, func(d *decoding, v value, p []any, t *Incident) error { return d.string(v, p, &t.RCASummary) }},
	{"rca_remediations", true, func(d *decoding, v value, p []any, t *Incident) error { return d.string(v, p, &t.RCARemediations) }},
}

var reportCodec = []codec[Report]{
	{"name", false, func(d *decoding, v value, p []any, t *Report) error { return d.string(v, p, &t.Name) }},
	{"check", false, func(d *decoding, v value, p []any, t *Report) error { return d.string(v, p, &t.Check) }},
	{"message", false, func(d *decoding, v value, p []any, t *Report) error { return d.string(v, p, &t.Message) }},
}

var deploymentCodec = []codec[Deployment]{
	{"status", false, func(d *decoding, v value, p []any, t *Deployment) error { return d.string(v, p, &t.Status) }},
	{"application", false, func(d *decoding, v value, p []any, t *Deployment) error { return d.application(v, p, &t.Application) }},
	{"version", false, func(d *decoding, v value, p []any, t *Deployment) error { return d.string(v, p, &t.Version) }},
	{"summary", false, func(d *decoding, v value, p []any, t *Deployment) error {
		return decodeList(d, v, p, &t.Summary, (*decoding).string)
	}},
	{"url", false, func(d *decoding, v value, p []any, t *Deployment) error { return d.string(v, p, &t.URL) }},
}

var alertCodec = []codec[Alert]{
	{"status", false, func(d *decoding, v value, p []any, t *Alert) error { return d.string(v, p, &t.Status) }},
	{"project_name", false, func(d *decoding, v value, p []any, t *Alert) error { return d.string(v, p, &t.ProjectName) }},
	{"application", false, func(d *decoding, v value, p []any, t *Alert) error { return d.application(v, p, &t.Application) }},
	{"rule_name", false, func(d *decoding, v value, p []any, t *Alert) error { return d.string(v, p, &t.RuleName) }},
	{"severity", false, func(d *decoding, v value, p []any, t *Alert) error { return d.string(v, p, &t.Severity) }},
	{"summary", false, func(d *decoding, v value, p []any, t *Alert) error { return d.string(v, p, &t.Summary) }},
	{"details", true, func(d *decoding, v value, p []any, t *Alert) error {
		return decodeList(d, v, p, &t.Details, decodeDetail)
	}},
	{"duration", true, func(d *decoding, v value, p []any, t *Alert) error { return d.string(v, p, &t.Duration) }},
	{"resolved_by", true, func(d *decoding, v value, p []any, t *Alert) error { return d.string(v, p, &t.ResolvedBy) }},
	{"url", false, func(d *decoding, v value, p []any, t *Alert) error { return d.string(v, p, &t.URL) }},
}

var detailCodec = []codec[Detail]{
	{"name", false, func(d *decoding, v value, p []any, t *Detail) error { return d.string(v, p, &t.Name) }},
	{"value", false, func(d *decoding, v value, p []any, t *Detail) error { return d.string(v, p, &t.Value) }},
	{"code", true, func(d *decoding, v value, p []any, t *Detail) error { return d.bool(v, p, &t.Code) }},
}

func decodeReport(d *decoding, v value, path []any, target *Report) error {
	return decodeObject(d, v, path, reportCodec, target)
}

func decodeDetail(d *decoding, v value, path []any, target *Detail) error {
	return decodeObject(d, v, path, detailCodec, target)
}

// decodeObject reads the fields of an object, each at most once.
func decodeObject[T any](d *decoding, v value, path []any, fields []codec[T], target *T) error {
	if v.kind != jsonparser.Object {
		return wrongType(v, path, "an object")
	}
	var seen uint
	err := jsonparser.ObjectEach(v.raw, func(key, raw []byte, kind jsonparser.ValueType, _ int) error {
		inner := value{raw: raw, kind: kind}
		for i := range fields {
			if fields[i].name != string(key) {
				continue
			}
			here := append(path, fields[i].name)
			if seen&(1<<i) != 0 {
				return &fault{path: bytesPath(here), atKey: true, message: fmt.Sprintf("the key %q appears twice", key)}
			}
			seen |= 1 << i
			return fields[i].read(d, inner, here, target)
		}
		return d.unknown(string(key), inner, path, fieldNames(fields))
	})
	if err != nil {
		return err
	}
	for i := range fields {
		if seen&(1<<i) == 0 && !fields[i].optional {
			d.warn(path, fmt.Sprintf("%s is missing", pathString(append(path, fields[i].name))), "Coroot always sends it")
		}
	}
	return nil
}

// decodeList reads an array; null is the nil list, which is not the same as an
// empty one in JSON.
func decodeList[T any](d *decoding, v value, path []any, target *[]T, read func(*decoding, value, []any, *T) error) error {
	switch v.kind {
	case jsonparser.Null:
		*target = nil
		return nil
	case jsonparser.Array:
	default:
		return wrongType(v, path, "a list")
	}
	list := []T{}
	var failed error
	_, err := jsonparser.ArrayEach(v.raw, func(raw []byte, kind jsonparser.ValueType, _ int, _ error) {
		if failed != nil {
			return
		}
		var element T
		failed = read(d, value{raw: raw, kind: kind}, append(path, len(list)), &element)
		list = append(list, element)
	})
	*target = list
	return errors.Join(failed, err)
}

func (d *decoding) string(v value, path []any, target *string) error {
	if v.kind != jsonparser.String {
		return wrongType(v, path, "a string")
	}
	*target = unquote(v.raw)
	return nil
}

func (d *decoding) bool(v value, path []any, target *bool) error {
	if v.kind != jsonparser.Boolean {
		return wrongType(v, path, "true or false")
	}
	*target = string(v.raw) == "true"
	return nil
}

// unquote returns the text of a valid JSON string without its quotes.
func unquote(raw []byte) string {
	if bytes.IndexByte(raw, '\\') < 0 {
		return string(raw)
	}
	quoted := make([]byte, 0, len(raw)+2)
	quoted = append(append(append(quoted, '"'), raw...), '"')
	var s string
	if err := json.Unmarshal(quoted, &s); err != nil {
		return string(raw) // cannot be: the document is valid
	}
	return s
}
