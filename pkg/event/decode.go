package event

import (
	"encoding/json"
	"errors"
	"fmt"
)

// Decode reads the event of a kind. Unknown keys and wrong types are errors: each is a
// *Problem with its position in the file. Missing fields that are ordinarily there are
// returned as warnings. Extra keys at the top level whose value is a string become
// custom fields, as they appear in Coroot's own JSON.
//
// For the empty kind, DetectKind decides.
func (doc Document) Decode(kind Kind) (Event, []*Problem, error) {
	if doc.fault != nil {
		return Event{}, nil, doc.fault
	}
	if kind == "" {
		var err error
		if kind, err = doc.DetectKind(""); err != nil {
			return Event{}, nil, err
		}
	}
	d := &decoding{doc: doc, kind: kind, scanner: scanner{text: doc.Text}}
	d.path = d.steps[:0]
	ev, err := d.event()
	if err == nil && (d.peek() != 0 || d.at < len(d.text)) {
		err = errSyntax
	}
	// That the text is not JSON at all explains more than which kind it looked like.
	if problem := d.invalid(err); problem != nil {
		return Event{}, nil, problem
	}
	var fault *fault
	if errors.As(err, &fault) {
		return Event{}, nil, d.problem(fault)
	}
	if err != nil {
		return Event{}, nil, err
	}
	return ev, d.problems(), nil
}

// decoding is the state while one document is decoded.
type decoding struct {
	scanner
	doc      Document
	kind     Kind
	path     path    // of the value that is being read
	steps    [4]step // where the path is stored; no valid event nests more deeply
	custom   map[string]string
	warnings []*fault
}

// event reads the whole document.
func (d *decoding) event() (Event, error) {
	switch d.kind {
	case KindIncident:
		v := new(Incident)
		err := decodeObject(d, incidentCodec, v)
		return Event{Incident: v, CustomFields: d.custom}, err
	case KindDeployment:
		v := new(Deployment)
		err := decodeObject(d, deploymentCodec, v)
		return Event{Deployment: v, CustomFields: d.custom}, err
	case KindAlert:
		v := new(Alert)
		err := decodeObject(d, alertCodec, v)
		return Event{Alert: v, CustomFields: d.custom}, err
	}
	return Event{}, fmt.Errorf("unknown kind %q", d.kind)
}

// codec reads one field of a struct. The tables of codecs are the decoder's grammar; a
// test compares them with the schema.
type codec[T any] struct {
	name     string
	optional bool
	read     func(d *decoding, target *T) error
}

var incidentCodec = []codec[Incident]{
	{"status", false, func(d *decoding, t *Incident) error { return d.oneOf("Status", &t.Status) }},
	{"application", false, func(d *decoding, t *Incident) error { return d.application(&t.Application) }},
	{"reports", false, func(d *decoding, t *Incident) error { return decodeList(d, &t.Reports, decodeReport) }},
	{"url", false, func(d *decoding, t *Incident) error { return d.stringTo(&t.URL) }},
	{"rca_summary", true, func(d *decoding, t *Incident) error { return d.stringTo(&t.RCASummary) }},
	{"rca_remediations", true, func(d *decoding, t *Incident) error { return d.stringTo(&t.RCARemediations) }},
}

var reportCodec = []codec[Report]{
	{"name", false, func(d *decoding, t *Report) error { return d.stringTo((*string)(&t.Name)) }},
	{"check", false, func(d *decoding, t *Report) error { return d.stringTo(&t.Check) }},
	{"message", false, func(d *decoding, t *Report) error { return d.stringTo(&t.Message) }},
}

var deploymentCodec = []codec[Deployment]{
	{"status", false, func(d *decoding, t *Deployment) error { return d.oneOf("Status", &t.Status) }},
	{"application", false, func(d *decoding, t *Deployment) error { return d.application(&t.Application) }},
	{"version", false, func(d *decoding, t *Deployment) error { return d.stringTo(&t.Version) }},
	{"summary", false, func(d *decoding, t *Deployment) error {
		return decodeList(d, &t.Summary, (*decoding).stringTo)
	}},
	{"url", false, func(d *decoding, t *Deployment) error { return d.stringTo(&t.URL) }},
}

var alertCodec = []codec[Alert]{
	{"status", false, func(d *decoding, t *Alert) error { return d.oneOf("Status", &t.Status) }},
	{"project_name", false, func(d *decoding, t *Alert) error { return d.stringTo(&t.ProjectName) }},
	{"application", false, func(d *decoding, t *Alert) error { return d.application(&t.Application) }},
	{"rule_name", false, func(d *decoding, t *Alert) error { return d.stringTo(&t.RuleName) }},
	{"severity", false, func(d *decoding, t *Alert) error { return d.oneOf("Severity", &t.Severity) }},
	{"summary", false, func(d *decoding, t *Alert) error { return d.stringTo(&t.Summary) }},
	{"details", true, func(d *decoding, t *Alert) error { return decodeList(d, &t.Details, decodeDetail) }},
	{"duration", true, func(d *decoding, t *Alert) error { return d.stringTo(&t.Duration) }},
	{"resolved_by", true, func(d *decoding, t *Alert) error { return d.stringTo(&t.ResolvedBy) }},
	{"url", false, func(d *decoding, t *Alert) error { return d.stringTo(&t.URL) }},
}

var detailCodec = []codec[Detail]{
	{"name", false, func(d *decoding, t *Detail) error { return d.stringTo(&t.Name) }},
	{"value", false, func(d *decoding, t *Detail) error { return d.stringTo(&t.Value) }},
	{"code", true, func(d *decoding, t *Detail) error { return d.boolTo(&t.Code) }},
}

func decodeReport(d *decoding, target *Report) error { return decodeObject(d, reportCodec, target) }
func decodeDetail(d *decoding, target *Detail) error { return decodeObject(d, detailCodec, target) }

// decodeObject reads the fields of an object. A field may be there once.
func decodeObject[T any](d *decoding, fields []codec[T], target *T) error {
	var seen uint
	err := d.members(func(key string) error {
		for i := range fields {
			if fields[i].name != key {
				continue
			}
			if seen&(1<<i) != 0 {
				return d.twice(key)
			}
			seen |= 1 << i
			return fields[i].read(d, target)
		}
		return d.unknown(key, fieldNames(fields))
	})
	if err != nil {
		return err
	}
	var missing []string
	for i := range fields {
		if seen&(1<<i) == 0 && !fields[i].optional {
			missing = append(missing, fields[i].name)
		}
	}
	d.missing(missing)
	return nil
}

// members reads an object and calls read after each key and colon.
func (d *decoding) members(read func(key string) error) error {
	if d.peek() != '{' {
		return d.wrongType("an object")
	}
	d.at++
	if d.take('}') {
		return nil
	}
	for {
		key, err := d.string()
		if err != nil || !d.take(':') {
			return errSyntax
		}
		d.path = append(d.path, step{key: key})
		if err := read(key); err != nil {
			return err
		}
		d.path = d.path[:len(d.path)-1]
		if !d.take(',') {
			break
		}
	}
	if !d.take('}') {
		return errSyntax
	}
	return nil
}

// usualLength is how many elements a list is expected to have at most.
const usualLength = 4

// decodeList reads an array. null gives the nil list, which JSON tells from an empty
// one.
func decodeList[T any](d *decoding, target *[]T, read func(*decoding, *T) error) error {
	if d.word("null") {
		*target = nil
		return nil
	}
	if d.peek() != '[' {
		return d.wrongType("a list")
	}
	d.at++
	if d.take(']') {
		*target = []T{}
		return nil
	}
	list := make([]T, 0, usualLength)
	for {
		d.path = append(d.path, step{index: len(list)})
		list = append(list, *new(T))
		if err := read(d, &list[len(list)-1]); err != nil {
			return err
		}
		d.path = d.path[:len(d.path)-1]
		if !d.take(',') {
			break
		}
	}
	if !d.take(']') {
		return errSyntax
	}
	*target = list
	return nil
}

func (d *decoding) stringTo(target *string) (err error) {
	if d.peek() != '"' {
		return d.wrongType("a string")
	}
	*target, err = d.string()
	return err
}

// oneOf reads the value of an enumerated field and warns about one that Coroot never
// sends.
func (d *decoding) oneOf(name string, target *string) error {
	if err := d.stringTo(target); err != nil {
		return err
	}
	if field, _ := FieldByName(d.kind, name); !field.Allows(*target) {
		p := field.NeverSent(*target)
		d.warn(p.Message, p.Hint)
	}
	return nil
}

func (d *decoding) boolTo(target *bool) error {
	switch {
	case d.word("true"):
		*target = true
	case d.word("false"):
		*target = false
	default:
		return d.wrongType("true or false")
	}
	return nil
}

// unescapeUnicode replaces the escapes of a JSON string as encoding/json does, which
// turns a lone surrogate into U+FFFD.
func unescapeUnicode(raw string) (string, error) {
	var s string
	if err := json.Unmarshal([]byte(`"`+raw+`"`), &s); err != nil {
		return "", errSyntax
	}
	return s, nil
}
