package report

import (
	"encoding/json"
	"io"

	"github.com/hooktool/hooktool/internal/jsontree"
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/lint"
	"github.com/hooktool/hooktool/pkg/rewrite"
)

// The JSON of hooktool validate. Lines and columns are counted from 1, columns
// in characters.
type (
	jsonReport struct {
		Version   int            `json:"version"`
		Templates []jsonTemplate `json:"templates"`
		Failed    []jsonFailure  `json:"failed,omitempty"`
		Summary   Summary        `json:"summary"`
	}

	// A template without a type is a webhook: its findings concern the settings.
	jsonTemplate struct {
		Path        string        `json:"path"`
		Name        string        `json:"name,omitempty"`
		Webhook     string        `json:"webhook,omitempty"`
		Webhooks    []string      `json:"webhooks,omitempty"` // all of them, if there are several
		Type        event.Kind    `json:"type,omitempty"`
		Destination string        `json:"destination,omitempty"`
		Form        string        `json:"form,omitempty"`
		JSON        *jsonVerdict  `json:"json,omitempty"`
		Findings    []jsonFinding `json:"findings"`
		Past        *jsonPast     `json:"past,omitempty"`
	}

	// What would have become of the messages given with --events.
	jsonPast struct {
		Events  int `json:"events"`
		Lost    int `json:"lost"`
		Cut     int `json:"cut"`
		Altered int `json:"altered"`
	}

	jsonVerdict struct {
		Verdict        string        `json:"verdict"`
		Reason         string        `json:"reason,omitempty"`
		Counterexample *jsonEvidence `json:"counterexample,omitempty"`
		Unlikely       bool          `json:"unlikely,omitempty"`
		Fails          bool          `json:"fails,omitempty"`
	}

	jsonEvidence struct {
		Sample string          `json:"sample,omitempty"`
		About  string          `json:"about,omitempty"`
		Event  json.RawMessage `json:"event"`
		Body   string          `json:"body"`
		Offset *int            `json:"offset,omitempty"` // in bytes
		Error  string          `json:"error"`
	}

	jsonFinding struct {
		Rule          string                `json:"rule"`
		Severity      lint.Severity         `json:"severity"`
		Message       string                `json:"message"`
		Line          int                   `json:"line"`
		Column        int                   `json:"column"`
		EndLine       int                   `json:"end_line"`
		EndColumn     int                   `json:"end_column"`
		Fixable       bool                  `json:"fixable"`
		Applicability rewrite.Applicability `json:"applicability,omitempty"`
		Hint          string                `json:"hint,omitempty"`
		URL           string                `json:"url"` // of the page about the rule
		Evidence      *jsonEvidence         `json:"evidence,omitempty"`
	}

	jsonFailure struct {
		Path    string `json:"path"`
		Line    int    `json:"line,omitempty"`
		Column  int    `json:"column,omitempty"`
		Message string `json:"message"`
		Hint    string `json:"hint,omitempty"`
	}
)

func writeJSON(w io.Writer, r *Report) error {
	out := jsonReport{Version: 1, Templates: []jsonTemplate{}, Summary: r.Summary()}
	for _, result := range r.Results {
		t := jsonTemplate{
			Path: result.Path, Name: result.Name, Webhook: result.Webhook, Type: result.Kind, Destination: result.Destination, Form: result.Form,
			JSON: newJSONVerdict(result.JSON), Findings: []jsonFinding{},
		}
		if past := result.Past; past != nil {
			t.Past = &jsonPast{past.Events, past.Lost, past.Cut, past.Altered}
		}
		if len(result.Others) > 0 {
			t.Webhooks = result.Webhooks()
		}
		for _, f := range result.Findings {
			t.Findings = append(t.Findings, newJSONFinding(f))
		}
		out.Templates = append(out.Templates, t)
	}
	for _, f := range r.Failures {
		out.Failed = append(out.Failed, jsonFailure{f.Path, f.Pos.Line, f.Pos.Column, f.Message, f.Hint})
	}
	return jsontree.Write(w, out)
}

// writeJSONLines writes one line for each finding, including its file, and one for each
// file that could not be checked.
func writeJSONLines(w io.Writer, r *Report) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	for _, result := range r.Results {
		for _, f := range result.Findings {
			line := struct {
				Version     int        `json:"version"`
				Path        string     `json:"path"`
				Name        string     `json:"name,omitempty"`
				Type        event.Kind `json:"type,omitempty"`
				Destination string     `json:"destination,omitempty"`
				Form        string     `json:"form,omitempty"`
				jsonFinding
			}{1, result.Path, result.Name, result.Kind, result.Destination, result.Form, newJSONFinding(f)}
			if err := enc.Encode(line); err != nil {
				return err
			}
		}
	}
	for _, f := range r.Failures {
		line := struct {
			Version int  `json:"version"`
			Failed  bool `json:"failed"`
			jsonFailure
		}{1, true, jsonFailure{f.Path, f.Pos.Line, f.Pos.Column, f.Message, f.Hint}}
		if err := enc.Encode(line); err != nil {
			return err
		}
	}
	return nil
}

func newJSONFinding(f lint.Finding) jsonFinding {
	return jsonFinding{
		Rule: f.Rule, Severity: f.Severity, Message: f.Message, Hint: f.Hint, Fixable: f.Fixable, Applicability: f.Applicability, URL: pageURL(f.Rule),
		Line: f.Pos.Line, Column: f.Pos.Column, EndLine: f.End.Line, EndColumn: f.End.Column,
		Evidence: newJSONEvidence(f.Evidence),
	}
}

func newJSONVerdict(v *lint.JSON) *jsonVerdict {
	if v == nil {
		return nil
	}
	return &jsonVerdict{Verdict: v.Verdict, Reason: v.Reason, Counterexample: newJSONEvidence(v.Counterexample), Unlikely: v.Unlikely, Fails: v.Fails}
}

func newJSONEvidence(e *lint.Evidence) *jsonEvidence {
	if e == nil {
		return nil
	}
	out := &jsonEvidence{Sample: e.Sample, About: e.About, Event: json.RawMessage("null"), Body: string(e.Body), Error: e.Error}
	if object, err := event.Marshal(e.Event); err == nil {
		out.Event = object
	}
	if e.Offset >= 0 {
		out.Offset = &e.Offset
	}
	return out
}
