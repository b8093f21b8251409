package typecheck_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/source"
	"github.com/hooktool/hooktool/pkg/typecheck"
)

func surveyed(t testing.TB, text string) (*typecheck.Survey, string) {
	t.Helper()
	at := strings.Index(text, "‸")
	text = strings.Replace(text, "‸", "", 1)
	parsed, err := source.ParseTemplate("incidentTemplate", text)
	if err != nil {
		t.Fatal(err)
	}
	return typecheck.SurveyTemplate(event.KindIncident, parsed, []string{"team"}, at), text
}

func TestSurvey(t *testing.T) {
	t.Parallel()
	s, text := surveyed(t, `{{ $a := .Application }}{{ range $i, $r := .Reports }}{{ range $.Reports }}{{ $r.Name }}{{ eq .‸Name "x" }}{{ $a.Name }}{{ end }}{{ end }}`+
		`{{ define "x" }}{{ .Status }}{{ end }}{{ template "x" . }}{{ $a = .Application }}`)
	var found []string
	for _, p := range s.Parts {
		found = append(found, fmt.Sprintf("%s %s in %q is %s", text[p.Start:p.End], p.Name, p.Receiver.Text, p.Type.Text))
	}
	want := []string{
		`$a $a in "" is an application`,
		`.Application Application in "an incident" is an application`,
		`$i $i in "" is a number`,
		`$r $r in "" is a report`,
		`.Reports Reports in "an incident" is a list of reports`,
		`$ $ in "" is an incident`,
		`.Reports Reports in "an incident" is a list of reports`,
		`$r $r in "" is a report`,
		`.Name Name in "a report" is the name of a report, which has its own type`,
		`.Name Name in "a report" is the name of a report, which has its own type`,
		`$a $a in "" is an application`,
		`.Name Name in "an application" is a string`,
		`.Status Status in "an incident" is a string`,
		`$a $a in "" is an application`,
		`.Application Application in "an incident" is an application`,
	}
	if got := strings.Join(found, "\n"); got != strings.Join(want, "\n") {
		t.Errorf("parts:\n%s", got)
	}
	var variables []string
	for _, v := range s.Variables {
		variables = append(variables, v.Name+": "+v.Text)
	}
	if got := fmt.Sprint(variables); got != "[$r: a report $i: a number $a: an application $: an incident]" || s.Dot.Text != "a report" {
		t.Errorf("variables %s, dot %s", got, s.Dot.Text)
	}
	if len(s.Calls) != 1 || s.Calls[0].Function != "eq" || len(s.Calls[0].Arguments) != 2 || len(s.Calls[0].Arguments[0].Type.Values) == 0 {
		t.Errorf("calls %+v", s.Calls)
	}
	var names []string
	for _, n := range s.Names {
		names = append(names, fmt.Sprint(n.Text, " ", len(n.At)))
	}
	if got := strings.Join(names, ", "); got != "$a 3, $i 1, $r 2, x 2" {
		t.Errorf("names %s", got)
	}
}

func TestSurveyMembers(t *testing.T) {
	t.Parallel()
	s, _ := surveyed(t, `{{ json .‸ }}`)
	var fields []string
	for _, m := range s.Dot.Members {
		fields = append(fields, m.Name)
		if m.Name == "Team" && !m.Custom || m.Name == "Status" && m.Field == nil {
			t.Errorf("%+v", m)
		}
	}
	if got := strings.Join(fields, " "); got != "Status Application Reports URL RCASummary RCARemediations Team" {
		t.Error(got)
	}
}

func FuzzSurvey(f *testing.F) {
	f.Add(`{{ range $i, $e := .Reports }}{{ $e.Name }}{{ end }}`, 12)
	f.Add(`{{ block "x" . }}{{ template "y" }}{{ end }}{{ define "y" }}{{ or . 1 }}{{ end }}`, 20)
	f.Fuzz(func(_ *testing.T, text string, offset int) {
		parsed, err := source.ParseTemplate("incidentTemplate", text)
		if err == nil {
			typecheck.SurveyTemplate(event.KindIncident, parsed, nil, offset)
		}
	})
}
