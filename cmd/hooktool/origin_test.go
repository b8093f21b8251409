package main

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/hooktool/hooktool/cmd/internal/exit"
	"github.com/hooktool/hooktool/cmd/internal/settings"
)

// TestWrongValues gives commands values that they do not accept: on the command line,
// in the environment and in a file. The error is the same, and says where the value is.
func TestWrongValues(t *testing.T) {
	t.Chdir(t.TempDir())
	t.Setenv("HOME", t.TempDir())
	write := func(path, text string) {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("alert.tmpl", "{}")
	for _, test := range []struct{ command, name, value, want, hint string }{
		{"validate", "type", "alrt", `: unknown kind "alrt": it must be incident, deployment or alert`, "did you mean alert?"},
		{"render alert.tmpl", "destination", "telgram", `: unknown destination "telgram": it must be one of telegram, `, "did you mean telegram?"},
		{"listen", "as", "telgram", `: unknown destination "telgram": it must be one of telegram, `, "did you mean telegram?"},
		{"validate", "custom-field", "team", ` "team" is not of the form KEY=VALUE`, "write it as KEY=VALUE"},
		{"samples", "config-env", "=x", `: nothing is before the = of NAME=VALUE`, "write it as NAME=VALUE"},
		{"validate", "enable", "json-unescapd", `: there is no rule "json-unescapd"`, "did you mean json-unescaped?"},
		{"validate", "disable", "ping,nope", `: there is no rule "nope"`, "hooktool explain lists the rules"},
		{"validate", "severity", "ping", ` "ping" is not of the form RULE=SEVERITY`, "write it as RULE=SEVERITY"},
		{"validate", "severity", "pign=info", `: there is no rule "pign"`, "did you mean ping?"},
		{"validate", "severity", "ping=eror", `: unknown severity "eror": it must be error, warning, info or off`, "did you mean error?"},
		{"validate", "coroot-version", "new", ` "new" is not a version of Coroot, such as 1.19.2`, ""},
		{"test", "run", "a(", ` "a(" is not a regular expression: missing closing )`, ""},
		{"test", "min-coverage", "101", ` "101" must be between 0 and 100`, ""},
		{"render alert.tmpl", "max-time", "-1s", ` "-1s" must be between 0s and 24h0m0s`, ""},
		{"validate", "output", "sarf=x", `: unknown format "sarf": it must be text, json, `, "did you mean sarif?"},
		{"validate", "output", "json=", ` "json=" has no format and file`, "write it as FORMAT=FILE, such as sarif=report.sarif"},
		{"listen --as telegram", "addr", "here", ` "here" is not an address`, "write it as HOST:PORT, such as 127.0.0.1:8085"},
		{"test-send alert.tmpl", "states", "al", `: unknown value "al": it must be one or all`, "did you mean all?"},
	} {
		check := func(origin string, environment map[string]string, line ...string) {
			var out, errs bytes.Buffer
			code := run(append(strings.Fields(test.command), line...), streams{strings.NewReader(""), &out, &errs}, func(name string) string { return environment[name] })
			message, hint, _ := strings.Cut(errs.String(), "\nhint: ")
			if code != exit.Misuse || out.Len() > 0 || !strings.HasPrefix(message, origin+test.want) || strings.TrimSpace(hint) != test.hint {
				t.Errorf("%s with %q of %s: exit %d: %s%s", test.command, test.value, origin, code, out.String(), errs.String())
			}
		}
		check("hooktool: error: --"+test.name, nil, "--"+test.name, test.value)
		variable := settings.EnvName(test.name)
		check("hooktool: error: "+variable, map[string]string{variable: test.value})
		if s, _ := settings.ByName(test.name); s.By == settings.Project {
			write(".hooktool.yaml", "# mine\n"+test.name+": '"+test.value+"'\n")
			check(fmt.Sprintf(".hooktool.yaml:2:%d: error: %s", len(test.name)+3, test.name), nil)
			os.Remove(".hooktool.yaml")
		}
	}
}

// TestValuesInFiles checks how a setting is written in a file.
func TestValuesInFiles(t *testing.T) {
	t.Chdir(t.TempDir())
	t.Setenv("HOME", t.TempDir())
	if err := os.WriteFile("alert.tmpl", []byte(`{{ .Team }}`), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ text, out, problem string }{
		{"custom-field: team=my shop", "my shop", ""},
		{"custom-field: [team=a, 'team=b, c']", "b, c", ""},
		{"custom-field: {team: shop}", "", ".hooktool.yaml:1:15: error: custom-field must be a text or a list of texts"},
		{"custom-field: [team=a, [team=b]]", "", ".hooktool.yaml:1:15: error: custom-field must be a text or a list of texts"},
		{"max-time: [1s, 2s]\ncustom-field: team=a", "", ".hooktool.yaml:1:11: error: max-time must be one value, not a list"},
		{"max-time: [1s]\ncustom-field: team=1.20", "1.20", ""},
		{"coroot-version: 1.20\ndisable: ping, unused-variable\ncustom-field: ['team=x']\nquiet:", "x", ""},
	} {
		if err := os.WriteFile(".hooktool.yaml", []byte(test.text), 0o600); err != nil {
			t.Fatal(err)
		}
		var out, errs bytes.Buffer
		run([]string{"render", "alert.tmpl"}, streams{strings.NewReader(""), &out, &errs}, func(string) string { return "" })
		if out.String() != test.out || !strings.HasPrefix(errs.String(), test.problem) || test.problem == "" && errs.Len() > 0 {
			t.Errorf("%s: %s%s", test.text, out.String(), errs.String())
		}
		out.Reset()
		if run([]string{"validate", "-q", "alert.tmpl"}, streams{strings.NewReader(""), &out, &errs}, func(string) string { return "" }); test.problem == "" && strings.Contains(errs.String(), "error") {
			t.Errorf("%s: validate: %s", test.text, errs.String())
		}
	}
}
