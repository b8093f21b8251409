package report_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/hooktool/hooktool/internal/golden"
	"github.com/hooktool/hooktool/internal/report"
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/lint"
	"github.com/hooktool/hooktool/pkg/source"
	"github.com/hooktool/hooktool/pkg/workspace"
)

// sample is a report with everything that a report can contain: wide characters, tabs
// and control characters before a finding, evidence, a webhook, a failure, and a
// template without findings.
func sample(t *testing.T) *report.Report {
	t.Helper()
	r := &report.Report{Version: "1.2.3"}
	now := time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)
	for _, tmpl := range []workspace.Template{
		{Path: "b/alert.tmpl", Kind: event.KindAlert, Text: "{\"日本🎉\x1b\té\": \"{{ .Statuss }}\",\n\t\"a\": \"\u202e\xff{{ .Nope }}\"}"},
		{Path: "a/incident.tmpl", Kind: event.KindIncident, Text: `{{ .Status }}: {{ (index .Reports 0).Message }}`},
		{Path: "a b/alert.tmpl", Kind: event.KindAlert, Text: `{{ .RuleName }}: {{ .Application.Name }}`},
		{Path: "a b/incident.tmpl", Kind: event.KindIncident, Text: `{"text": {{ json .Status }}}`},
	} {
		tmpl.Name = tmpl.Kind.TemplateName()
		r.Results = append(r.Results, lint.Check(t.Context(), tmpl, lint.Options{Now: now}))
	}
	r.Failures = append(r.Failures, report.Failure{Path: "c.tmpl", Pos: source.Position{Line: 2, Column: 3}, Message: "it is <broken> & \"bad\"", Hint: "mend it"})
	r.Sort()
	return r
}

// TestFormats checks every format against its golden file.
func TestFormats(t *testing.T) {
	t.Parallel()
	for _, format := range report.Formats() {
		t.Run(format, func(t *testing.T) {
			t.Parallel()
			var b bytes.Buffer
			if err := report.Write(&b, format, sample(t), report.Options{}); err != nil {
				t.Fatal(err)
			}
			out := b.Bytes()
			if format == "sarif" {
				validSARIF(t, out)
				out = withoutRules(t, out)
			}
			golden.Assert(t, out, filepath.Join("testdata", "report."+format))
			wellFormed(t, format, b.Bytes())
		})
	}
	if err := report.Write(io.Discard, "nonsense", sample(t), report.Options{}); err == nil {
		t.Error("an unknown format is an error")
	}
}

// TestNarrow checks that on a narrow terminal no line is longer than that, except where
// a single word is.
func TestNarrow(t *testing.T) {
	t.Parallel()
	const width = 40
	r := &report.Report{}
	r.Results = append(r.Results, lint.Check(t.Context(), workspace.Template{
		Path: "alert.tmpl", Name: "alertTemplate", Kind: event.KindAlert,
		Text: `{"severity": {{ json .Severity }}, "title": {{ json .RuleName }}, "text": "{{ .Summary }}"}`,
	}, lint.Options{}))
	var b bytes.Buffer
	if err := report.Write(&b, "text", r, report.Options{Width: width}); err != nil {
		t.Fatal(err)
	}
	findings, _, _ := strings.Cut(b.String(), "\n\n") // commands after them are to be copied
	if !strings.Contains(findings, "  body:  …") || !strings.Contains(findings, "  event: ") {
		t.Error("no evidence is shown")
	}
	for line := range strings.Lines(findings) {
		if utf8.RuneCountInString(strings.TrimRight(line, "\n")) > width && strings.Contains(strings.TrimSpace(line), " ") {
			t.Errorf("%q is longer than %d", line, width)
		}
	}
}

// validSARIF checks a log against the OASIS schema.
func validSARIF(t *testing.T, log []byte) {
	t.Helper()
	file, err := os.Open("testdata/sarif-schema-2.1.0.json")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	schema, err := jsonschema.UnmarshalJSON(file)
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("sarif.json", schema); err != nil {
		t.Fatal(err)
	}
	compiled, err := c.Compile("sarif.json")
	if err != nil {
		t.Fatal(err)
	}
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(log))
	if err != nil {
		t.Fatal(err)
	}
	if err := compiled.Validate(value); err != nil {
		t.Error(err)
	}
}

// withoutRules removes the rules, whose texts have their own golden files.
func withoutRules(t *testing.T, log []byte) []byte {
	t.Helper()
	var parsed struct {
		Runs []struct {
			ColumnKind  string          `json:"columnKind"`
			Invocations json.RawMessage `json:"invocations"`
			Results     []struct {
				RuleID    string            `json:"ruleId"`
				RuleIndex int               `json:"ruleIndex"`
				Level     string            `json:"level"`
				Locations json.RawMessage   `json:"locations"`
				Prints    map[string]string `json:"partialFingerprints"`
			} `json:"results"`
			Tool struct {
				Driver struct {
					Rules []struct{ ID string } `json:"rules"`
				} `json:"driver"`
			} `json:"tool"`
		} `json:"runs"`
	}
	if err := json.Unmarshal(log, &parsed); err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, result := range parsed.Runs[0].Results {
		if rules := parsed.Runs[0].Tool.Driver.Rules; rules[result.RuleIndex].ID != result.RuleID {
			t.Errorf("%s has the index of %s", result.RuleID, rules[result.RuleIndex].ID)
		}
		if print := result.Prints["hooktool/v1"]; seen[print] {
			t.Errorf("two results have the fingerprint %s", print)
		} else {
			seen[print] = true
		}
	}
	parsed.Runs[0].Tool.Driver.Rules = nil
	out, err := json.MarshalIndent(parsed, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return append(out, '\n')
}

func wellFormed(t *testing.T, format string, out []byte) {
	t.Helper()
	switch format {
	case "json", "sarif", "gitlab":
		if !json.Valid(out) {
			t.Error("it is not JSON")
		}
	case "junit", "checkstyle":
		for dec := xml.NewDecoder(bytes.NewReader(out)); ; {
			if _, err := dec.Token(); err == io.EOF {
				return
			} else if err != nil {
				t.Fatal(err)
			}
		}
	case "text", "github":
		for _, b := range out {
			if b < ' ' && b != '\n' && b != '\t' {
				t.Errorf("a control character %#x reaches the terminal", b)
			}
		}
	}
}

// TestFingerprints checks that a finding keeps its fingerprint when lines are added
// above it.
func TestFingerprints(t *testing.T) {
	t.Parallel()
	prints := func(text string) string {
		r := &report.Report{Results: []lint.Result{lint.Check(t.Context(), workspace.Template{Path: "x", Kind: event.KindAlert, Text: text}, lint.Options{})}}
		var b bytes.Buffer
		if err := report.Write(&b, "sarif", r, report.Options{}); err != nil {
			t.Fatal(err)
		}
		_, rest, _ := strings.Cut(b.String(), `"hooktool/v1": "`)
		return rest[:32]
	}
	if prints("{{ .Foo }}") != prints("\n\n{{ .Foo }}") || prints("{{ .Foo }}") == prints("{{ .Fox }}") {
		t.Error("fingerprints do not tell findings apart as they should")
	}
}
