package event_test

import (
	"errors"
	"io"
	"strconv"
	"strings"
	"testing"

	"github.com/hooktool/hooktool/internal/golden"

	"github.com/hooktool/hooktool/pkg/event"
)

const incidentJSON = `{"status":"OK","application":"c:ns:Deployment:app","reports":null,"url":"u"}`

// decodeAll reads every event of a text.
func decodeAll(kind event.Kind, text string) (events []event.Event, warnings []string, err error) {
	decoder := event.NewDecoder(strings.NewReader(text), "e.json")
	for {
		doc, err := decoder.Next()
		if errors.Is(err, io.EOF) {
			return events, warnings, nil
		}
		if err != nil {
			return events, warnings, err
		}
		ev, problems, err := doc.Decode(kind)
		if err != nil {
			return events, warnings, err
		}
		for _, problem := range problems {
			warnings = append(warnings, problem.Error())
		}
		events = append(events, ev)
	}
}

func TestDecode(t *testing.T) {
	t.Parallel()
	want := event.Event{Incident: &event.Incident{
		Status: "OK", Application: event.NewApplicationID("c", "ns", "Deployment", "app"), URL: "u",
	}}
	empty := event.Event{Incident: &event.Incident{
		Status: "OK", Application: event.NewApplicationID("c", "ns", "Deployment", "app"), URL: "u", Reports: []event.Report{},
	}}
	custom := want
	custom.CustomFields = map[string]string{"team": "core \"x\"\n\u2028😀\ufffd"}
	for _, tt := range []struct {
		name, text string
		want       []event.Event
	}{
		{"object", incidentJSON, []event.Event{want}},
		{"byte order mark", "\ufeff" + incidentJSON, []event.Event{want}},
		{"array", "[" + incidentJSON + " , \n" + incidentJSON + "]", []event.Event{want, want}},
		{"empty array", " [ ] ", nil},
		{"lines", incidentJSON + "\n" + incidentJSON + "\r\n\n", []event.Event{want, want}},
		{"no line ends", incidentJSON + incidentJSON, []event.Event{want, want}},
		{"empty list", strings.Replace(incidentJSON, "null", "[ ]", 1), []event.Event{empty}},
		{"object form", `{"status":"OK","application":{"cluster_id":"c","namespace":"ns","kind":"Deployment","name":"app"},"reports":null,"url":"u"}`, []event.Event{want}},
		{"custom field", `{"team":"core \"x\"\n\u2028\ud83d\ude00\ud800",` + incidentJSON[1:], []event.Event{custom}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, warnings, err := decodeAll(event.KindIncident, tt.text)
			if err != nil || len(warnings) > 0 {
				t.Fatalf("error %v, warnings %q", err, warnings)
			}
			if diff := golden.Diff(tt.want, got); diff != "" {
				t.Errorf("the difference is:\n%s", diff)
			}
		})
	}
}

func TestDecodeProblems(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ text, want, hint string }{
		{"", "1:1: the file is empty", "it must contain an event, which is what {{ json . }} prints in Coroot"},
		{"  \n ", "2:2: the file is empty", "it must contain an event, which is what {{ json . }} prints in Coroot"},
		{"nope", `1:1: expected an event, which is a JSON object, not 'n'`, "an event is what {{ json . }} prints in Coroot; see hooktool samples"},
		{"\xfe\xff\x00{", "1:1: the file is in UTF-16", "save it in UTF-8"},
		{"\x7fELF", `1:1: expected an event, which is a JSON object, not '\x7f'`, "an event is what {{ json . }} prints in Coroot; see hooktool samples"},
		{`{"status": 3}`, "1:12: status must be a string, not a number", ""},
		{"{\"status\": \"OK\",\n  \"reports\": [{\"name\": \"ä\", \"mesage\": 3}]}", `2:29: unknown key "mesage"`, `did you mean "message"?`},
		{"{\"status\": \"OK\",\n  \"reports\": [{\"name\": [1]}]}", "2:24: reports[0].name must be a string, not a list", ""},
		{`{"status": null}`, "1:12: status must be a string, not null", ""},
		{`{"reports": {}}`, "1:13: reports must be a list, not an object", ""},
		{`{"reports": [1]}`, "1:14: reports[0] must be an object, not a number", ""},
		{`{"status":"a","status":"b"}`, `1:15: the key "status" appears twice`, ""},
		{`{"team":"a","team":"b"}`, `1:13: the key "team" appears twice`, ""},
		{`{"application":"a:b"}`, `1:16: application "a:b" has 2 parts, it must be cluster:namespace:Kind:name or namespace:Kind:name`, ""},
		{`{"application":{"nam":"x"}}`, `1:17: unknown key "nam"`, `did you mean "name"?`},
		{`{"application":7}`, "1:16: application must be a string such as cluster:namespace:Kind:name, or an object, not a number", ""},
		{`{"version":7}`, `1:2: unknown key "version"`, "it belongs to events of kind deployment, but this one is read as incident"},
		{`{"nothing":7}`, `1:2: unknown key "nothing"`, "custom fields are strings; the keys of this kind are status, application, reports, url, rca_summary, rca_remediations"},
		{`{"status":"OK",}`, "1:16: invalid character '}' looking for beginning of object key string", ""},
		{"{\"status\":\"a\nb\"}", `1:13: invalid character '\n' in string literal`, `write a line break inside a string as \n`},
		{`{"status":"OK"`, "1:15: the event ends too early: unexpected end of JSON input", "a bracket or a quote is not closed"},
		{`{"status":"OK`, "1:14: the event ends too early: unexpected end of JSON input", "a bracket or a quote is not closed"},
		{"{\"status\":\"\xff\"}", "1:12: the byte 0xff is not valid UTF-8", "JSON must be encoded in UTF-8"},
		{incidentJSON + "\nx", "2:1: expected an event, which is a JSON object, not 'x'", "an event is what {{ json . }} prints in Coroot; see hooktool samples"},
		{"[" + incidentJSON, "1:78: the file ends inside an array", "close it with ]"},
		{"[" + incidentJSON + " " + incidentJSON + "]", "1:79: expected , or ] in the array of events, not '{'", ""},
		{"[]x", "1:3: 'x' after the end of the array", "a file contains one object, one array of objects, or one object per line"},
	} {
		_, _, err := decodeAll(event.KindIncident, tt.text)
		var problem *event.Problem
		if !errors.As(err, &problem) {
			t.Errorf("%q: %v, want a Problem", tt.text, err)
			continue
		}
		if got := strings.TrimPrefix(problem.Error(), "e.json:"); got != tt.want || problem.Hint != tt.hint {
			t.Errorf("%q:\n got %s (%s)\nwant %s (%s)", tt.text, got, problem.Hint, tt.want, tt.hint)
		}
	}
}

func TestDecodeWarns(t *testing.T) {
	t.Parallel()
	_, got, err := decodeAll(event.KindIncident, "{\n\"staus\":\"OK\",\"application\":\"a:b:c\",\"reports\":[{\"name\":\"x\",\"check\":\"y\"}],\"url\":\"u\"}")
	want := []string{
		`e.json:2:1: the key "staus" is taken as a custom field`,
		`e.json:2:47: reports[0].message is missing`,
		`e.json:1:1: status is missing`,
	}
	if diff := golden.Diff(want, got); diff != "" || err != nil {
		t.Errorf("error %v, the difference is:\n%s", err, diff)
	}
}

// TestDecoderLines checks that a line that is not an event costs only itself.
func TestDecoderLines(t *testing.T) {
	t.Parallel()
	const good = incidentJSON
	const notEvent = "expected an event, which is a JSON object, not "
	for _, tt := range []struct {
		text string
		want []string // of each line its number if it is an event, or the error
	}{
		{good + "\n" + good, []string{"1", "2"}},
		{"\ufeff" + good + "\r\n\n \t\r\n  " + good + " \r\n", []string{"1", "4"}},
		{good + "\nbad line\n" + good, []string{"1", "2:1: " + notEvent + "'b'", "3"}},
		{"[1]\n" + good, []string{"1:1: " + notEvent + "'['", "2"}},
		{"[" + good + "]\n" + good, []string{"1:1: " + notEvent + "'['", "2"}},
		{good + "\n }\n" + good, []string{"1", "2:2: " + notEvent + "'}'", "3"}},
		{good + "\n\xff\n" + good, []string{"1", "2:1: " + notEvent + "text that is not JSON", "3"}},
		{good + "}\n" + good, []string{"1:77: invalid character '}' after top-level value", "2"}},
		{good + good + "\n" + good, []string{"1:77: invalid character '{' after top-level value", "2"}},
		{good + "\n{\"status\":\"OK\"\n" + good + "\n" + good, []string{
			"1", "2:15: the event ends too early: unexpected end of JSON input", "3", "4",
		}},
		{good + "\n{\"status\":\"OK\n" + good, []string{
			"1", "2:14: the event ends too early: unexpected end of JSON input", "3",
		}},
		{good + "\n{\"status\":\"" + strings.Repeat("x", 300<<10) + "\"}\n" + good, []string{
			"1", "2:1: the event is larger than 1024 bytes", "3",
		}},
		{good + "\n{\"status\":\"" + strings.Repeat("x", 300<<10), []string{"1", "2:1: the event is larger than 1024 bytes"}},
		{" \n\n", []string{"3:1: the file is empty"}},
	} {
		decoder := event.NewDecoder(strings.NewReader(tt.text), "e.json")
		decoder.MaxSize, decoder.Lines = 1024, true
		if diff := golden.Diff(tt.want, decodeLines(decoder)); diff != "" {
			t.Errorf("%.200q: the difference is:\n%s", tt.text, diff)
		}
	}
}

// decodeLines tells of each document its line, or its error.
func decodeLines(decoder *event.Decoder) (got []string) {
	for {
		doc, err := decoder.Next()
		if errors.Is(err, io.EOF) {
			return got
		}
		if err != nil {
			return append(got, strings.TrimPrefix(err.Error(), "e.json:"))
		}
		if _, _, err = doc.Decode(event.KindIncident); err != nil {
			got = append(got, strings.TrimPrefix(err.Error(), "e.json:"))
			continue
		}
		got = append(got, strconv.Itoa(doc.Pos.Line))
	}
}

func TestDecoderRefusesHugeEvents(t *testing.T) {
	t.Parallel()
	decoder := event.NewDecoder(io.MultiReader(strings.NewReader(`{"status":"`), endless{}), "e.json")
	decoder.MaxSize = 1 << 20
	if _, err := decoder.Next(); err == nil || err.Error() != "e.json:1:1: the event is larger than 1048576 bytes" {
		t.Errorf("got %v", err)
	}
}

// endless is a reader that never ends.
type endless struct{}

func (endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'x'
	}
	return len(p), nil
}

func TestDetectKind(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		text string
		want event.Kind
	}{
		{`{"reports":null}`, event.KindIncident},
		{`{"version":"1"}`, event.KindDeployment},
		{`{"rule_name":"x","severity":"warning"}`, event.KindAlert},
		{`{"status":"OK"}`, ""},
		{`{"version":"1","reports":null}`, ""},
		{`{"version":`, ""},
		{`{"\u0076ersion":"1"}`, event.KindDeployment},
	} {
		doc, err := event.NewDecoder(strings.NewReader(tt.text), "e.json").Next()
		if err != nil {
			t.Fatal(err)
		}
		got, err := doc.DetectKind("")
		if got != tt.want || (err != nil) != (tt.want == "") {
			t.Errorf("%s: got %q, %v; want %q", tt.text, got, err, tt.want)
		}
		if got == "" && errors.Is(err, event.ErrNoKind) {
			got = event.KindAlert
		}
		if said, _ := doc.DetectKind(event.KindAlert); said != got {
			t.Errorf("%s: got %q if an alert is said, want %q", tt.text, said, got)
		}
	}
}
