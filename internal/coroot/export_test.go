package coroot_test

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"github.com/hooktool/hooktool/internal/coroot"
	"github.com/hooktool/hooktool/pkg/config"
	"github.com/hooktool/hooktool/pkg/destination/catalog"
	"github.com/hooktool/hooktool/pkg/event"
)

// hookWith returns a webhook of hooktool's own configuration with a template.
func hookWith(t *testing.T, url, template string) config.Webhook {
	t.Helper()
	quoted := strconv.QuoteToASCII(template)
	text := fmt.Sprintf(`{"webhooks": {"chat": {"url": %q, "alerts": true, "alertTemplate": %s, "customFields": {"team": "a$b"}, "customHeaders": [{"key": "X-Token", "value": "${CHAT_TOKEN}"}]}}}`, url, quoted)
	file, err := config.Parse(".hooktool.yaml", []byte(text), nil)
	if err != nil {
		t.Fatal(err)
	}
	return file.Webhooks[0]
}

// read reads what was exported as Coroot does, without hooktool's code.
func read(t *testing.T, place coroot.Place, text []byte) coroot.Definition {
	t.Helper()
	if place == coroot.PlaceAPI {
		var d coroot.Definition
		if err := json.Unmarshal(text, &d); err != nil {
			t.Fatalf("%v in\n%s", err, text)
		}
		return d
	}
	var doc struct {
		Spec     yaml.Node
		Projects yaml.Node
	}
	if err := yaml.Unmarshal(text, &doc); err != nil {
		t.Fatalf("%v in\n%s", err, text)
	}
	projects := &doc.Projects
	if place == coroot.PlaceOperator {
		var spec struct{ Projects yaml.Node }
		if err := doc.Spec.Decode(&spec); err != nil {
			t.Fatal(err)
		}
		projects = &spec.Projects
	}
	written := text
	if place != coroot.PlaceConfig { // the operator writes the projects into Coroot's configuration
		var list []map[string]any
		if err := projects.Decode(&list); err != nil {
			t.Fatal(err)
		}
		var err error
		if written, err = yaml.Marshal(map[string]any{"projects": list}); err != nil {
			t.Fatal(err)
		}
	}
	expanded := os.Expand(string(written), func(name string) string {
		return map[string]string{"DOLLAR": "$", "CHAT_TOKEN": "t0ken", "CHAT_URL": "https://chat.example.com/x"}[name]
	})
	var file struct {
		Projects []struct {
			NotificationIntegrations struct {
				Webhook struct {
					URL                string                        `yaml:"url"`
					CustomFields       map[string]string             `yaml:"customFields"`
					CustomHeaders      []struct{ Key, Value string } `yaml:"customHeaders"`
					Incidents          bool                          `yaml:"incidents"`
					Deployments        bool                          `yaml:"deployments"`
					Alerts             bool                          `yaml:"alerts"`
					IncidentTemplate   string                        `yaml:"incidentTemplate"`
					DeploymentTemplate string                        `yaml:"deploymentTemplate"`
					AlertTemplate      string                        `yaml:"alertTemplate"`
				}
			} `yaml:"notificationIntegrations"`
		}
	}
	if err := yaml.Unmarshal([]byte(expanded), &file); err != nil || len(file.Projects) != 1 {
		t.Fatalf("%d projects, %v in\n%s", len(file.Projects), err, expanded)
	}
	w := file.Projects[0].NotificationIntegrations.Webhook
	d := coroot.Definition{
		URL: w.URL, CustomFields: w.CustomFields, Incidents: w.Incidents, Deployments: w.Deployments, Alerts: w.Alerts,
		IncidentTemplate: w.IncidentTemplate, DeploymentTemplate: w.DeploymentTemplate, AlertTemplate: w.AlertTemplate,
	}
	for _, h := range w.CustomHeaders {
		d.CustomHeaders = append(d.CustomHeaders, coroot.Header(h))
	}
	return d
}

// TestExportStarters writes every starter of every destination for every place, and
// reads it as Coroot does.
func TestExportStarters(t *testing.T) {
	t.Parallel()
	for _, name := range catalog.Names() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, kind := range event.Kinds() {
				text := catalog.ByName(name).Starter(kind)
				for _, place := range coroot.Places() {
					checkExport(t, coroot.Place(place), text)
				}
			}
		})
	}
}

func checkExport(t *testing.T, place coroot.Place, text string) {
	t.Helper()
	exported, err := coroot.Export(hookWith(t, "${CHAT_URL}", text), coroot.ExportOptions{
		Place: place, ShowSecrets: true, Getenv: func(name string) string {
			return map[string]string{"CHAT_TOKEN": "t0ken", "CHAT_URL": "https://chat.example.com/x"}[name]
		},
	})
	if err != nil {
		t.Fatalf("%s: %v", place, err)
	}
	got := read(t, place, exported.Text)
	if got.AlertTemplate != text {
		t.Errorf("%s: Coroot reads\n%q, want\n%q in\n%s", place, got.AlertTemplate, text, exported.Text)
	}
	if got.URL != "https://chat.example.com/x" || got.CustomFields["team"] != "a$b" || len(got.CustomHeaders) != 1 || got.CustomHeaders[0].Value != "t0ken" || !got.Alerts || got.Incidents {
		t.Errorf("%s: %+v", place, got)
	}
}

// TestExportValues writes values that YAML or the expansion could change, for every
// place, and reads them as Coroot does.
func TestExportValues(t *testing.T) {
	t.Parallel()
	values := []string{
		`it's`, `say "x"`, `it's "both"`, "line\nbreak", "ends\n", "ends\n\n", "\nleads", "a\r\nb", "  indented\nless", "x: y", "x:", "x #y", "#x", "- x", "? x", "{a: b}", "[a]", "*a", "&a", "!a", "%a", "@a", "`a",
		"| x", "> x", "a\\nb", `\`, "tab\there", "\t", " lead", "trail ", " ", "", "$", "$$", "a$", "$ ", "$1", "$HOME", "$$HOME", "$(x)", "${", "a${", "$}", "it's $x: \"#\"", "a$\nb", "$\"", "$'", "yes", "No", "on", "n", "true", "null", "~", "12", "0x1F", "1e3", "12:30:45",
		"2026-11-28", "=", "<<", "---", "...", "😀", "\u00a0", "\u2028", "\ufeffx",
	}
	want := map[string]string{}
	var headers, inHeaders []string
	for i, value := range values {
		name := fmt.Sprintf("v%d", i)
		want[name] = strings.ReplaceAll(value, "${", "$${") // hooktool's own escape for it
		if strings.ContainsAny(value, "\r\n") {
			continue // no header can hold it
		}
		inHeaders = append(inHeaders, value)
		headers = append(headers, fmt.Sprintf(`{"key": %q, "value": %s}`, name, strconv.QuoteToASCII(want[name])))
	}
	want["on"], want["y: #"], want["it's"] = "a", "b", "c"
	fields, err := json.Marshal(want)
	if err != nil {
		t.Fatal(err)
	}
	for i, value := range values {
		want[fmt.Sprintf("v%d", i)] = value
	}
	text := fmt.Sprintf(`{"webhooks": {"chat": {"url": "https://chat.example.com/x?a=b&c=#d: $e", "alerts": true, "alertTemplate": "x", "customFields": %s, "customHeaders": [%s]}}}`, fields, strings.Join(headers, ","))
	file, err := config.Parse(".hooktool.yaml", []byte(strings.ReplaceAll(text, `\U0001f600`, "😀")), nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, place := range coroot.Places() {
		exported, err := coroot.Export(file.Webhooks[0], coroot.ExportOptions{Place: coroot.Place(place), ShowSecrets: true, Getenv: func(string) string { return "" }})
		if err != nil {
			t.Errorf("%s: %v", place, err)
			continue
		}
		got := read(t, coroot.Place(place), exported.Text)
		if got.URL != "https://chat.example.com/x?a=b&c=#d: $e" {
			t.Errorf("%s: the URL is %q", place, got.URL)
		}
		for name, value := range want {
			if text, ok := got.CustomFields[name]; !ok || text != value {
				t.Errorf("%s: the custom field %s is %q, want %q", place, name, text, value)
			}
		}
		for i, header := range got.CustomHeaders {
			if header.Value != inHeaders[i] {
				t.Errorf("%s: the header is %q, want %q", place, header.Value, inHeaders[i])
			}
		}
		if place != string(coroot.PlaceAPI) && !strings.Contains(string(exported.Text), `"on": a`) {
			t.Errorf("%s: kubectl would read the key on as a boolean in\n%s", place, exported.Text)
		}
	}
}

// FuzzExport compares any template with what Coroot reads of it.
func FuzzExport(f *testing.F) {
	for _, seed := range []string{
		"{{ json . }}", " x", "\n", "\n\n a\n", "a\n\n\n", "$", "$x$", "a\r\nb", "\tx", "# c", "a: b", "{{ $i }}${X}", "é\u2028", "🎉\n  b\n", "|", "'", "\"", "x \n y ", "\u0085", "TEMPLATE-alert-TEMPLATE",
		"alertTemplate: TEMPLATE-alert-TEMPLATE\n", "\ufeff", "---\n", "...\n",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if strings.ToValidUTF8(text, "") != text || text == "" || strings.ContainsFunc(text, func(r rune) bool { return r == 0 }) {
			t.Skip()
		}
		for _, place := range coroot.Places() {
			checkExport(t, coroot.Place(place), text)
		}
	})
}

// TestExportKeepsSecrets checks that no secret is written unless asked for.
func TestExportKeepsSecrets(t *testing.T) {
	t.Parallel()
	text := `webhooks:
  my-chat:
    url: https://api.telegram.org/bot123456789:AAabcdefghijklmnopqrstuvwxyz0123456/sendMessage
    basicAuth: {username: me, password: 'pa$$word'}
    customHeaders: [{key: Authorization, value: Bearer abcdefghijklmnop}, {key: X-Source, value: coroot}]
    customFields: {api_token: 0123456789abcdef, team: shop}
    alerts: true
    alertTemplate: '{"a": {{ json .Summary }}}'
`
	file, err := config.Parse(".hooktool.yaml", []byte(text), nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, place := range coroot.Places() {
		exported, err := coroot.Export(file.Webhooks[0], coroot.ExportOptions{Place: coroot.Place(place)})
		if err != nil {
			t.Fatal(err)
		}
		for _, secret := range []string{"AAabc", "pa$$word", "word", "abcdefghijklmnop", "0123456789abcdef"} {
			if strings.Contains(string(exported.Text), secret) && secret != "word" {
				t.Errorf("%s: %s is in\n%s", place, secret, exported.Text)
			}
		}
		var names []string
		for _, moved := range exported.Moved {
			names = append(names, moved.Variable)
		}
		if got := strings.Join(names, " "); got != "MY_CHAT_URL MY_CHAT_PASSWORD MY_CHAT_AUTHORIZATION MY_CHAT_API_TOKEN" {
			t.Errorf("%s: %s", place, got)
		}
		for _, name := range names {
			if !strings.Contains(string(exported.Text), "${"+name+"}") {
				t.Errorf("%s: ${%s} is missing in\n%s", place, name, exported.Text)
			}
		}
	}
}

// TestExportBesideVariables checks that a secret is moved even if a variable is beside
// it, and that a variable alone stays.
func TestExportBesideVariables(t *testing.T) {
	t.Parallel()
	for value, moved := range map[string]bool{
		"Bearer ${ONE}": false, "${ONE}": false, "${ONE}${TWO}": false,
		"Bearer abcdef1234567890${ONE}": true, "hunter2${ONE}": true, "${ONE}hunter2": true, "x$${ONE}": true,
	} {
		text := "webhooks:\n  w:\n    url: https://example.com\n    customHeaders: [{key: Authorization, value: '" + value + "'}]\n" +
			"    basicAuth: {username: u, password: '" + value + "'}\n    customFields: {token: '" + value + "'}\n    alerts: true\n    alertTemplate: '{}'\n"
		file, err := config.Parse(".hooktool.yaml", []byte(text), nil)
		if err != nil {
			t.Fatal(err)
		}
		exported, err := coroot.Export(file.Webhooks[0], coroot.ExportOptions{Place: coroot.PlaceHelm})
		if want := map[bool]int{true: 3}[moved]; err != nil || len(exported.Moved) != want {
			t.Errorf("%s: %d are moved, %v, in\n%s", value, len(exported.Moved), err, exported.Text)
		}
		if moved && strings.Contains(string(exported.Text), "ONE") {
			t.Errorf("%s: it is in\n%s", value, exported.Text)
		}
	}
}

// TestExportTakesAnyValue reads what is written for Coroot's own file, with variables
// whose values have a meaning in YAML.
func TestExportTakesAnyValue(t *testing.T) {
	t.Parallel()
	own := `webhooks:
  chat:
    url: https://chat.example.com/x
    basicAuth: {username: "${NAME}", password: "p'${WORD}"}
    customHeaders: [{key: X-Key, value: "${WORD}"}]
    customFields: {team: "${NAME}$5"}
    alerts: true
    alertTemplate: x
`
	file, err := config.Parse(".hooktool.yaml", []byte(own), nil)
	if err != nil {
		t.Fatal(err)
	}
	exported, err := coroot.Export(file.Webhooks[0], coroot.ExportOptions{Place: coroot.PlaceConfig, ShowSecrets: true})
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(exported.Text), "#   DOLLAR = $") {
		t.Errorf("a custom field needs DOLLAR, but the comment does not say so:\n%s", exported.Text)
	}
	for _, value := range []string{"it's", `"`, "a: b # c", "'", "- x", "{{ json . }}", "*a", "%", "true", "1", `\`, "!x", "é🎉"} {
		env := config.Environment{Given: map[string]string{"DOLLAR": "$", "NAME": value, "WORD": value}}
		read, err := config.ParseDocuments("coroot.yaml", exported.Text, nil, config.WithEnvironment(env))
		if err != nil {
			t.Errorf("%q: %v", value, err)
			continue
		}
		w := read.Webhooks[0].Raw()
		got := []string{w.BasicAuth.Username, w.BasicAuth.Password, w.CustomHeaders[0].Value, w.CustomFields["team"]}
		if want := []string{value, "p'" + value, value, value + "$5"}; !slices.Equal(got, want) {
			t.Errorf("%q: Coroot reads %q, want %q", value, got, want)
		}
	}
}
