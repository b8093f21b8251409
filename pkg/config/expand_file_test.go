package config_test

import (
	"encoding/base64"
	"fmt"
	"os"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"github.com/hooktool/hooktool/pkg/config"
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/source"
)

// wrapped are the places where Coroot's projects can be, each with the webhook of one
// project.
var wrapped = map[string]string{
	"file":      "%s",
	"resource":  "apiVersion: coroot.com/v1\nkind: Coroot\nmetadata: {name: coroot}\nspec:\n  replicas: 1\n@2%s",
	"helm":      "replicas: 2\n%s",
	"configmap": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: coroot}\ndata:\n  config.yaml: |\n@4%s",
	"secret":    "apiVersion: v1\nkind: Secret\nmetadata: {name: coroot}\nstringData:\n  config.yaml: |\n@4%s",
	"argo":      "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: coroot}\nspec:\n  sources:\n    - chart: coroot-ce\n      helm:\n        values: |\n@10%s",
	"argoobj":   "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: coroot}\nspec:\n  source:\n    chart: coroot-ce\n    helm:\n      valuesObject:\n@8%s",
	"flux":      "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: coroot}\nspec:\n  values:\n@4%s",
	"list":      "apiVersion: v1\nkind: List\nitems:\n  - apiVersion: v1\n    kind: ConfigMap\n    metadata: {name: coroot}\n    data:\n      config.yaml: |\n@8%s",
}

// wrap puts projects into one of the places.
func wrap(place, projects string) string {
	before, _, _ := strings.Cut(place, "%s")
	before, indent, ok := strings.Cut(before, "@")
	if !ok {
		return before + projects
	}
	var n int
	fmt.Sscan(indent, &n)
	return before + strings.Repeat(" ", n) + strings.ReplaceAll(strings.TrimSuffix(projects, "\n"), "\n", "\n"+strings.Repeat(" ", n)) + "\n"
}

const dollarProject = `projects:
  - name: production
    notificationIntegrations:
      baseURL: https://coroot.example.com
      webhook:
        url: https://chat.example.com/hooks/${TOKEN}
        incidents: true
        incidentTemplate: |
          {"cluster": "${CLUSTER}", "reports": [{{ range $i, $r := .Reports }}{{ if $i }},{{ end }}{{ json $r.Check }}{{ end }}], "price": "$5"}
`

// TestExpansion compares what is read in every place with os.Expand, and the positions
// with the file as it is written.
func TestExpansion(t *testing.T) {
	t.Parallel()
	env := map[string]string{"TOKEN": "t0ken", "CLUSTER": "eu-1"}
	for name, place := range wrapped {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			text := wrap(place, dollarProject)
			file, err := config.ParseDocuments("c.yaml", []byte(text), nil, config.WithEnvironment(config.Environment{Given: env}))
			if err != nil || len(file.Webhooks) != 1 {
				t.Fatalf("%d webhooks, %v in\n%s", len(file.Webhooks), err, text)
			}
			w := file.Webhooks[0]
			tmpl := w.Templates[event.KindIncident]
			want := os.Expand(`{"cluster": "${CLUSTER}", "reports": [{{ range $i, $r := .Reports }}{{ if $i }},{{ end }}{{ json $r.Check }}{{ end }}], "price": "$5"}`+"\n", func(name string) string { return env[name] })
			if tmpl.Text != want {
				t.Errorf("the template is\n%s, Coroot reads\n%s", tmpl.Text, want)
			}
			if got := w.Raw().URL; got != "https://chat.example.com/hooks/t0ken" {
				t.Errorf("the URL is %q", got)
			}
			if w.BaseURL != "https://coroot.example.com" {
				t.Errorf("the base URL is %q", w.BaseURL)
			}
			index := source.NewIndex(text)
			at := func(p source.Position) string { return text[index.Offset(p):] }
			for _, word := range []string{"eu-1", "json", "price"} {
				want := word
				if word == "eu-1" {
					want = "${CLUSTER}"
				}
				if p := tmpl.Position(strings.Index(tmpl.Text, word)); !strings.HasPrefix(at(p), want) {
					t.Errorf("%s is said to be at %v: %.20q", word, p, at(p))
				}
			}
			var got []string
			for _, x := range w.Expansions {
				if !strings.HasPrefix(at(x.Pos), x.Text) || !strings.HasSuffix(text[:index.Offset(x.End)], x.Text) {
					t.Errorf("%s is said to be at %v", x.Text, x.Pos)
				}
				got = append(got, x.Text)
			}
			if list := strings.Join(got, " "); list != "${TOKEN} ${CLUSTER} $i $r $i $r $5" {
				t.Errorf("what is expanded is %s", list)
			}
		})
	}
}

// TestApplyExpanded changes a template in every place, and reads it again as Coroot
// does.
func TestApplyExpanded(t *testing.T) {
	t.Parallel()
	env := map[string]string{"TOKEN": "t0ken", "CLUSTER": "eu-1", "DOLLAR": "$"}
	for name, place := range wrapped {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			text := wrap(place, dollarProject)
			options := config.WithEnvironment(config.Environment{Given: env})
			file, err := config.ParseDocuments("c.yaml", []byte(text), nil, options)
			if err != nil {
				t.Fatal(err)
			}
			tmpl := file.Webhooks[0].Templates[event.KindIncident]
			want := strings.Replace(tmpl.Meant(), "json $r", "json\n$r", 1)
			if !strings.Contains(want, "range $i, $r") || !strings.Contains(want, `"eu-1"`) {
				t.Fatalf("meant is %s", want)
			}
			changed, err := file.Apply(config.Change{Template: tmpl, Text: want})
			if err != nil {
				t.Fatal(err)
			}
			again, err := config.ParseDocuments("c.yaml", changed, nil, options)
			if err != nil {
				t.Fatalf("%v in\n%s", err, changed)
			}
			if got := again.Webhooks[0].Templates[event.KindIncident].Text; got != want {
				t.Errorf("Coroot reads\n%s, want\n%s", got, want)
			}
			if !strings.Contains(string(changed), `"${CLUSTER}"`) || !strings.Contains(string(changed), "/${TOKEN}") || !strings.Contains(string(changed), `"${DOLLAR}5"`) {
				t.Errorf("references are gone:\n%s", changed)
			}
		})
	}
}

// TestExpansionChangesStructure reads files whose structure changes with the expansion,
// and compares the result with that of a parser on the expanded text.
func TestExpansionChangesStructure(t *testing.T) {
	t.Parallel()
	const project = "projects:\n  - name: p\n    notificationIntegrations:\n      baseURL: https://c.example.com\n      webhook:\n        url: https://chat.example.com/x\n        alerts: true\n"
	for name, c := range map[string]struct {
		text string
		env  map[string]string
	}{
		"a list":             {project + "        alertTemplate: ok\n        customHeaders: $HEADERS\n", map[string]string{"HEADERS": "[{key: A, value: b}]"}},
		"lines":              {project + "        $MORE\n", map[string]string{"MORE": "alertTemplate: ok"}},
		"in a comment":       {project + "        # $MORE\n", map[string]string{"MORE": "\n        alertTemplate: ok"}},
		"a switch":           {strings.Replace(project, "alerts: true", "alerts: $ON", 1) + "        alertTemplate: ok\n", map[string]string{"ON": "true"}},
		"a key":              {project + "        ${KEY}Template: ok\n", map[string]string{"KEY": "alert"}},
		"an escaped dollar":  {project + "        alertTemplate: \"ok\\x24x\"\n", nil},
		"an anchor":          {project + "        alertTemplate: &$NAME ok\n", map[string]string{"NAME": "a"}},
		"the end":            {project + "        alertTemplate: ok$", nil},
		"an open brace":      {project + "        alertTemplate: ok ${\n", nil},
		"unparsed as it is":  {project + "        alertTemplate: ok\n        customFields: {a: ${V}\n", map[string]string{"V": "b}"}},
		"a multi-line value": {project + "        alertTemplate: ok\n        customFields: {a: \"$V\"}\n", map[string]string{"V": "x\n           y"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			file, err := config.ParseDocuments("c.yaml", []byte(c.text), nil, config.WithEnvironment(config.Environment{Given: c.env}))
			if err != nil || len(file.Webhooks) != 1 {
				t.Fatalf("%d webhooks, %v", len(file.Webhooks), err)
			}
			var want struct {
				Projects []struct {
					NotificationIntegrations struct {
						Webhook struct {
							AlertTemplate string                        `yaml:"alertTemplate"`
							Alerts        bool                          `yaml:"alerts"`
							CustomHeaders []struct{ Key, Value string } `yaml:"customHeaders"`
							CustomFields  map[string]string             `yaml:"customFields"`
						}
					} `yaml:"notificationIntegrations"`
				}
			}
			if err := yaml.Unmarshal([]byte(os.Expand(c.text, func(name string) string { return c.env[name] })), &want); err != nil {
				t.Fatal(err)
			}
			w, hook := file.Webhooks[0], want.Projects[0].NotificationIntegrations.Webhook
			if got := w.Templates[event.KindAlert].Text; got != hook.AlertTemplate {
				t.Errorf("the template is %q, want %q", got, hook.AlertTemplate)
			}
			if w.Raw().Alerts != hook.Alerts || len(w.Raw().CustomHeaders) != len(hook.CustomHeaders) || fmt.Sprint(w.Raw().CustomFields) != fmt.Sprint(hook.CustomFields) {
				t.Errorf("got %+v, want %+v", w.Raw(), hook)
			}
		})
	}
}

// TestUnreadableExpansion reads files that Coroot cannot read with these
// variables.
func TestUnreadableExpansion(t *testing.T) {
	t.Parallel()
	const before = "projects:\n  - name: p\n    notificationIntegrations:\n      baseURL: https://c.example.com\n      webhook:\n        url: "
	const after = "\n        alerts: true\n        alertTemplate: ok\n"
	for name, c := range map[string]struct {
		text, value, want string
	}{
		"binary":    {before + "https://x.example.com/$V" + after, "\xff\x00", "c.yaml:6:36: Coroot expands $V before it parses this file, which it then cannot read: the value of V is not UTF-8"},
		"control":   {before + "https://x.example.com/$V" + after, "\x01", "contains the control character U+0001"},
		"huge":      {before + strings.Repeat("$V", 20) + after, strings.Repeat("x", 1<<20), "makes this larger than 16 MiB"},
		"structure": {before + "https://x.example.com/$V" + after, "a: b\n\t- c", "c.yaml:6:36: Coroot expands $V before it parses this file"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := config.ParseDocuments("c.yaml", []byte(c.text), nil, config.WithEnvironment(config.Environment{Given: map[string]string{"V": c.value}}))
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %s", err, c.want)
			}
		})
	}
}

// TestCompose reads a configuration in Compose's configs, which Compose interpolates
// before Coroot expands it, and writes it back.
func TestCompose(t *testing.T) {
	t.Parallel()
	text := "services:\n  coroot:\n    image: coroot\n    environment:\n      DOLLAR: $$\n      TOKEN: t0ken\nconfigs:\n  coroot:\n    content: |\n" +
		indent(strings.NewReplacer("${TOKEN}", "$${TOKEN}", "${CLUSTER}", "${CLUSTER:-eu-1}", "$i", "$${DOLLAR}i", "$r", "$${DOLLAR}r", "$5", "$${DOLLAR}5").Replace(dollarProject), 6)
	file, err := config.ParseDocuments("compose.yaml", []byte(text), nil)
	if err != nil || len(file.Webhooks) != 1 {
		t.Fatalf("%d webhooks, %v in\n%s", len(file.Webhooks), err, text)
	}
	tmpl := file.Webhooks[0].Templates[event.KindIncident]
	want := `{"cluster": "eu-1", "reports": [{{ range $i, $r := .Reports }}{{ if $i }},{{ end }}{{ json $r.Check }}{{ end }}], "price": "$5"}` + "\n"
	if tmpl.Text != want || !strings.HasSuffix(file.Webhooks[0].Raw().URL, "/t0ken") {
		t.Errorf("Coroot reads\n%s%s", tmpl.Text, file.Webhooks[0].Raw().URL)
	}
	index := source.NewIndex(text)
	if p := tmpl.Position(strings.Index(tmpl.Text, "json")); !strings.HasPrefix(text[index.Offset(p):], "json") {
		t.Errorf("json is said to be at %v", p)
	}
	changed, err := file.Apply(config.Change{Template: tmpl, Text: strings.Replace(want, "json $r", "html $r", 1)})
	if err != nil {
		t.Fatal(err)
	}
	if want := strings.Replace(text, "json $$", "html $$", 1); string(changed) != want {
		t.Errorf("got\n%s, want\n%s", changed, want)
	}
}

// TestComposeRefuses checks the place of a $ that Compose does not understand.
func TestComposeRefuses(t *testing.T) {
	t.Parallel()
	text := "services: {coroot: {image: coroot}}\nconfigs:\n  coroot:\n    content: |\n" + indent(strings.Replace(dollarProject, "$5", "$ 5", 1), 6)
	_, err := config.ParseDocuments("compose.yaml", []byte(text), nil)
	if want := "compose.yaml:13:147: Docker Compose reads this $"; err == nil || !strings.HasPrefix(err.Error(), want) {
		t.Errorf("got %v, want %s", err, want)
	}
}

func indent(text string, n int) string {
	pad := strings.Repeat(" ", n)
	return pad + strings.ReplaceAll(strings.TrimSuffix(text, "\n"), "\n", "\n"+pad) + "\n"
}

// TestSecretLines checks that nothing that a Secret holds is shown.
func TestSecretLines(t *testing.T) {
	t.Parallel()
	text := "apiVersion: v1\nkind: Secret\nmetadata: {name: coroot}\ndata:\n  config.yaml: " + base64.StdEncoding.EncodeToString([]byte(dollarProject)) + "\n"
	file, err := config.ParseDocuments("secret.yaml", []byte(text), nil)
	if err != nil || len(file.Webhooks) != 1 {
		t.Fatalf("%d webhooks, %v", len(file.Webhooks), err)
	}
	w := file.Webhooks[0]
	for _, index := range []*source.Index{w.Index(), w.Templates[event.KindIncident].Index(), w.Project.Index()} {
		if line := index.Line(5); strings.Trim(strings.TrimPrefix(line, "  config.yaml: "), "*=") != "" {
			t.Errorf("the line is shown as %s", line)
		}
	}
}
