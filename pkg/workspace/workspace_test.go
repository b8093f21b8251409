package workspace_test

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/hooktool/hooktool/internal/golden"

	"github.com/hooktool/hooktool/pkg/config"
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/workspace"
)

const project = `webhooks:
  telegram:
    url: https://api.telegram.org/bot${TOKEN}/sendMessage
    customFields:
      Environment: production
    alertTemplateFile: alerts/firing.tmpl
  chat:
    destination: slack
    incidentTemplate: |
      {"text":"{{ .Status }}"}
    alertTemplateFile: alerts/firing.tmpl
`

const coroot = `projects:
  - name: prod
    notificationIntegrations:
      webhook:
        url: https://example.com
        alerts: true
        alertTemplate: "{{ .Alert }}"
`

// memory is a workspace of texts that are not on disk.
func memory(t *testing.T, texts map[string]string, change func(*workspace.Options)) *workspace.Workspace {
	t.Helper()
	o := workspace.Options{Files: workspace.NewOverlay(nil, texts)}
	if text, ok := texts[config.FileName]; ok {
		file, err := config.Parse(config.FileName, []byte(text), nil)
		if err != nil {
			t.Fatal(err)
		}
		o.Configs = []*config.File{file}
	}
	if change != nil {
		change(&o)
	}
	return workspace.New(o)
}

// seen lists what was found, one line each.
func seen(t *testing.T, w *workspace.Workspace, paths ...string) []string {
	t.Helper()
	sources, err := w.Find(paths...)
	if err != nil {
		return []string{"error: " + err.Error()}
	}
	var lines []string
	for _, s := range sources {
		contents, err := w.Open(s)
		if err != nil {
			lines = append(lines, "error: "+err.Error())
		}
		for _, found := range contents.Templates {
			to, err := found.Detect()
			switch {
			case found.Err != nil:
				lines = append(lines, found.Path+": "+found.Err.Error())
			case err != nil:
				lines = append(lines, found.Path+": "+err.Error())
			default:
				lines = append(lines, strings.Join([]string{
					found.ID(), found.Name, found.Kind.String(), string(found.KindBy), to.Destination.Name, strings.Join(found.CustomKeys(), ","),
				}, " "))
			}
		}
	}
	slices.Sort(lines)
	return lines
}

// TestOneView checks that a folder, the files in it and the configuration alone give
// the same templates, each with its webhook.
func TestOneView(t *testing.T) {
	t.Parallel()
	texts := map[string]string{
		config.FileName:                   project,
		"alerts/firing.tmpl":              `{"chat_id":1,"text":"{{ .Environment }}"}`,
		"deployment.gotmpl":               `{}`,
		"charts/values.yaml":              coroot,
		"charts/service.yaml":             "kind: Service\n",
		"node_modules/x/incident.tmpl":    "{}",
		"vendor/x/incident.tmpl":          "{}",
		"charts/.hidden/incident.tmpl":    "{}",
		"broken/deployment.yaml":          "a: {{ .Values.x }}\n",
		"broken/coroot.yaml":              "projects:\n  - notificationIntegrations:\n    webhook: [\n",
		"docs/notes.md":                   "incident",
		"alerts/" + "not-a-template.txt":  "x",
		"alerts/" + "hooktool-test.yaml":  "tests: []\n",
		"charts/.github/coroot-alert.yml": coroot,
	}
	owned := []string{
		".hooktool.yaml#chat.incidentTemplate incidentTemplate incident key slack ",
		"alerts/firing.tmpl#chat alertTemplate alert key slack ",
		"alerts/firing.tmpl#telegram alertTemplate alert key telegram Environment",
	}
	all := append(slices.Clone(owned),
		"broken/coroot.yaml:3:14: YAML: ", "charts/values.yaml#prod.alertTemplate alertTemplate alert key generic ",
		"deployment.gotmpl deploymentTemplate deployment file name generic ")
	for name, test := range map[string]struct {
		paths []string
		want  []string
	}{
		"no path":        {nil, all},
		"the folder":     {[]string{"."}, all},
		"both, twice":    {[]string{".", "alerts", "alerts/firing.tmpl", config.FileName}, all},
		"the file":       {[]string{"alerts/firing.tmpl"}, owned[1:]},
		"another name":   {[]string{"./charts/../alerts/firing.tmpl"}, owned[1:]},
		"its folder":     {[]string{"alerts"}, owned[1:]},
		"configuration":  {[]string{config.FileName}, owned},
		"with the file":  {[]string{"alerts/firing.tmpl", config.FileName}, owned},
		"an empty place": {[]string{"docs"}, []string{"error: docs: there is no template in this folder"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := seen(t, memory(t, texts, nil), test.paths...)
			for i, line := range got { // the YAML parser's own words are not tested here
				if rest, ok := strings.CutPrefix(line, "error: broken/coroot.yaml"); ok && strings.Contains(rest, "YAML: ") {
					got[i] = "broken/coroot.yaml:3:14: YAML: "
				}
				got[i] = strings.Replace(got[i], "./charts/../alerts", "alerts", 1)
			}
			want := slices.Clone(test.want)
			slices.Sort(got)
			slices.Sort(want)
			if diff := golden.Diff(want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestSaid checks that what the user says outranks what is found.
func TestSaid(t *testing.T) {
	t.Parallel()
	texts := map[string]string{config.FileName: project, "alerts/firing.tmpl": "x", "other.tmpl": "{{/* hooktool: type=incident destination=discord */}}"}
	for name, test := range map[string]struct {
		said  workspace.Said
		paths []string
		want  []string
	}{
		"a webhook":              {workspace.Said{Webhooks: []string{"chat"}}, nil, []string{".hooktool.yaml#chat.incidentTemplate incidentTemplate incident key slack ", "alerts/firing.tmpl#chat alertTemplate alert key slack "}},
		"a webhook and its file": {workspace.Said{Webhooks: []string{"chat"}}, []string{"alerts/firing.tmpl"}, []string{"alerts/firing.tmpl#chat alertTemplate alert key slack "}},
		"a webhook, not its file": {workspace.Said{Webhooks: []string{"telegram"}, Kind: event.KindAlert}, []string{"other.tmpl"}, []string{
			"other.tmpl#telegram alertTemplate alert flag discord Environment",
		}},
		"two webhooks and a file": {workspace.Said{Webhooks: []string{"telegram", "chat"}}, []string{"alerts/firing.tmpl"}, []string{
			"alerts/firing.tmpl#chat alertTemplate alert key slack ", "alerts/firing.tmpl#telegram alertTemplate alert key telegram Environment",
		}},
		"two webhooks, not their file": {workspace.Said{Webhooks: []string{"chat", "telegram"}}, []string{"other.tmpl"}, []string{
			"other.tmpl#chat incidentTemplate incident comment discord ", "other.tmpl#telegram incidentTemplate incident comment discord Environment",
		}},
		"two webhooks, one unknown": {workspace.Said{Webhooks: []string{"chat", "chta"}}, nil, []string{`error: there is no webhook "chta" in the configuration`}},
		"a kind that no webhook has it for": {workspace.Said{Kind: event.KindDeployment}, []string{"alerts/firing.tmpl"}, []string{
			"alerts/firing.tmpl#telegram deploymentTemplate deployment flag telegram Environment",
		}},
		"a kind of webhooks": {workspace.Said{Kind: event.KindIncident}, []string{config.FileName}, []string{".hooktool.yaml#chat.incidentTemplate incidentTemplate incident flag slack "}},
		"a destination and a field": {workspace.Said{Destination: "generic", CustomFields: map[string]string{"team": "x"}}, []string{"alerts"}, []string{
			"alerts/firing.tmpl#chat alertTemplate alert key generic team", "alerts/firing.tmpl#telegram alertTemplate alert key generic Environment,team",
		}},
		"a comment":          {workspace.Said{}, []string{"other.tmpl"}, []string{"other.tmpl incidentTemplate incident comment discord "}},
		"a webhook too many": {workspace.Said{Webhooks: []string{"chta"}}, nil, []string{`error: there is no webhook "chta" in the configuration`}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := seen(t, memory(t, texts, func(o *workspace.Options) { o.Said = test.said }), test.paths...)
			if diff := golden.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestStdin checks that standard input can be a template, a template under a file's
// name, and a document.
// countingFS counts how often a path is resolved, as each template file of the
// configuration is.
type countingFS struct {
	workspace.FS
	resolved *int
}

func (f countingFS) Real(path string) (string, error) {
	*f.resolved++
	return f.FS.Real(path)
}

// TestWith checks that other templates can be meant without reading the configuration
// again.
func TestWith(t *testing.T) {
	t.Parallel()
	texts := map[string]string{}
	var text strings.Builder
	text.WriteString("webhooks:\n")
	const hooks = 100
	for i := range hooks {
		path := fmt.Sprintf("%d-alert.tmpl", i)
		fmt.Fprintf(&text, "  h%d: {url: 'https://example.com/', alertTemplateFile: %s}\n", i, path)
		texts[path] = "{{ .Summary }}"
	}
	texts[config.FileName] = text.String()
	resolved := 0
	w := memory(t, texts, func(o *workspace.Options) { o.Files = countingFS{o.Files, &resolved} })
	for i := range hooks {
		name := fmt.Sprintf("h%d", i)
		want := fmt.Sprintf("%d-alert.tmpl#%s alertTemplate alert key plaintext ", i, name)
		if got := seen(t, w.With(workspace.Said{Webhooks: []string{name}})); !slices.Equal(got, []string{want}) {
			t.Errorf("-w %s finds %q, want %q", name, got, want)
		}
	}
	if resolved > 10*hooks {
		t.Errorf("paths are resolved %d times for %d webhooks", resolved, hooks)
	}
}

// TestSent checks what a webhook gets of an event: the links of its Coroot, and its
// custom fields, which win.
func TestSent(t *testing.T) {
	t.Parallel()
	const text = `projects:
  - notificationIntegrations:
      baseURL: https://ops.example.com/coroot
      webhook: {url: "https://example.com", alerts: true, alertTemplate: x, customFields: {Env: prod}}
`
	found, err := memory(t, map[string]string{"coroot.yaml": text}, nil).Templates("coroot.yaml")
	if err != nil || len(found) != 1 {
		t.Fatal(found, err)
	}
	given := event.DefaultSample(event.KindAlert).Event
	given.CustomFields = map[string]string{"Env": "test", "Team": "shop"}
	sent := found[0].Sent(given)
	if want := map[string]string{"Env": "prod", "Team": "shop"}; !maps.Equal(sent.CustomFields, want) || given.CustomFields["Env"] != "test" {
		t.Errorf("the fields are %v, those given %v", sent.CustomFields, given.CustomFields)
	}
	if !strings.HasPrefix(sent.Alert.URL, "https://ops.example.com/coroot/p/") || strings.HasPrefix(given.Alert.URL, "https://ops") {
		t.Errorf("the link is %s, that given %s", sent.Alert.URL, given.Alert.URL)
	}
}

func TestStdin(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ name, text, want string }{
		"nothing tells":   {"", "{}", "<stdin>: <stdin>: the kind of this template is not known"},
		"a name":          {"x/incident.tmpl", "{}", "x/incident.tmpl incidentTemplate incident file name generic "},
		"that of a file":  {"alerts/firing.tmpl", "{}", "alerts/firing.tmpl#telegram alertTemplate alert key telegram Environment"},
		"a document":      {"", coroot, "<stdin>#prod.alertTemplate alertTemplate alert key generic "},
		"named as YAML":   {"x.yaml", coroot, "x.yaml#prod.alertTemplate alertTemplate alert key generic "},
		"something else":  {"x.yaml", "{}", "error: x.yaml: no webhooks are defined in this file"},
		"UTF-16":          {"alert.tmpl", "\xff\xfe{\x00", "error: alert.tmpl: the file is in UTF-16"},
		"a binary":        {"alert.tmpl", "\x00", "error: alert.tmpl: this is a binary file"},
		"a wrong comment": {"alert.tmpl", "{{/* hooktool: type=alrt */}}", `alert.tmpl: alert.tmpl: 1:21: in the comment hooktool: unknown kind "alrt": it must be incident, deployment or alert`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := memory(t, map[string]string{config.FileName: project}, func(o *workspace.Options) {
				o.Stdin, o.StdinName = strings.NewReader(test.text), test.name
			})
			if got := seen(t, w, "-"); !slices.Contains(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

// TestConfigFor checks that a file elsewhere belongs to the webhook of the
// configuration there.
func TestConfigFor(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write(t, filepath.Join(dir, config.FileName), project)
	firing := filepath.Join(dir, "alerts", "firing.tmpl")
	write(t, firing, "x")
	w := workspace.New(workspace.Options{ConfigFor: func(at string) (*config.File, error) {
		if !strings.HasSuffix(at, "alerts") {
			t.Errorf("asked for %s", at)
		}
		return config.Load(filepath.Join(dir, config.FileName), nil)
	}})
	got := seen(t, w, firing)
	want := []string{firing + "#chat alertTemplate alert key slack ", firing + "#telegram alertTemplate alert key telegram Environment"}
	if diff := golden.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestOverlay checks that an unsaved text replaces its file, and that files that do not
// exist yet are found.
func TestOverlay(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write(t, filepath.Join(dir, "a", "alert.tmpl"), "old")
	write(t, filepath.Join(dir, "b", "incident.tmpl"), "other")
	overlay := workspace.NewOverlay(workspace.Disk{}, map[string]string{
		filepath.Join(dir, "a", "alert.tmpl"): "new", filepath.Join(dir, "c", "deployment.tmpl"): "unsaved",
	})
	w := workspace.New(workspace.Options{Files: overlay})
	sources, err := w.Find(dir)
	if err != nil {
		t.Fatal(err)
	}
	var texts []string
	for _, s := range sources {
		contents, err := w.Open(s)
		if err != nil {
			t.Fatal(err)
		}
		texts = append(texts, contents.Templates[0].Text)
	}
	if diff := golden.Diff([]string{"new", "other", "unsaved"}, texts); diff != "" {
		t.Error(diff)
	}
}

// TestUnreadableYAML checks that a YAML file in a folder that is meant to define webhooks
// is reported if it cannot be read, however it is written, and that other files are not.
func TestUnreadableYAML(t *testing.T) {
	t.Parallel()
	const hook = "webhooks:\n  a:\n    url: https://example.com/\n    alerts: true\n    alertTemplate: x\n"
	wide := func(text string) string {
		var b strings.Builder
		for i := range len(text) {
			b.Write([]byte{text[i], 0})
		}
		return b.String()
	}
	long := "#" + strings.Repeat(" ", 9<<20) + "\n"
	for name, test := range map[string]struct{ text, problem string }{
		"with a mark": {"\ufeff" + hook, ""},
		"UTF-16":      {"\xff\xfe" + wide(hook), "UTF-16"},
		"no mark":     {wide(hook), "control character"},
		"long":        {hook + long, "larger than 8 MiB"},
		"latin":       {hook + "# \xe9\n", "UTF-8"},
		"other":       {"\xff\xfe" + wide("kind: webhook\n"), ""},
		"long other":  {"kind: webhook\n" + long, ""},
		"too long":    {"kind: webhook\n" + long + long, ""},
	} {
		dir := t.TempDir()
		write(t, filepath.Join(dir, "alert.tmpl"), "x")
		write(t, filepath.Join(dir, "hooks.yaml"), test.text)
		_, err := workspace.New(workspace.Options{}).Templates(dir)
		if test.problem == "" && err != nil || test.problem != "" && (err == nil || !strings.Contains(err.Error(), test.problem)) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestWalk checks which folders are entered.
func TestWalk(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for _, path := range []string{
		"alert.tmpl", "sub/a.GOTMPL", "sub/b.tpl", ".git/alert.tmpl", ".hooks/alert.tmpl", "node_modules/alert.tmpl", "sub/vendor/alert.tmpl", "sub/c.txt",
	} {
		write(t, filepath.Join(dir, path), "x")
	}
	other := t.TempDir()
	write(t, filepath.Join(other, "linked.tmpl"), "x")
	for from, to := range map[string]string{
		"sub/loop": "..", "0": "sub", "up": filepath.Dir(dir), "root": "/", "away": other, "sub/alert.tmpl": "../alert.tmpl", "gone.tmpl": "nowhere",
	} {
		if err := os.Symlink(to, filepath.Join(dir, from)); err != nil {
			t.Skip(err)
		}
	}
	found, _, errs := workspace.Walk(workspace.Disk{}, dir, workspace.IsTemplate)
	for i := range found {
		found[i], _ = filepath.Rel(dir, found[i])
	}
	if diff := golden.Diff([]string{"alert.tmpl", "away/linked.tmpl", "sub/a.GOTMPL", "sub/alert.tmpl", "sub/b.tpl"}, found); diff != "" {
		t.Error(diff)
	}
	if len(errs) != 1 || !errors.Is(errs[0], os.ErrNotExist) {
		t.Errorf("errors are %v", errs)
	}
}

// TestSave checks that texts go back to where they came from, and only if the file is
// unchanged.
func TestSave(t *testing.T) {
	t.Parallel()
	texts := map[string]string{config.FileName: project, "alerts/firing.tmpl": "x"}
	w := memory(t, texts, nil)
	sources, err := w.Find()
	if err != nil {
		t.Fatal(err)
	}
	var changes []workspace.Change
	var templates []*workspace.Template
	for _, s := range sources {
		contents, err := w.Open(s)
		if err != nil {
			t.Fatal(err)
		}
		for i := range contents.Templates {
			templates = append(templates, &contents.Templates[i])
			changes = append(changes, workspace.Change{Template: &contents.Templates[i], Text: contents.Templates[i].Text + "!"})
		}
	}
	saved := map[string]string{}
	write := func(path string, before, after []byte) error {
		if texts[path] != string(before) {
			t.Errorf("%s was not %q", path, before)
		}
		saved[path] = string(after)
		return nil
	}
	edits, err := workspace.Edits(changes...)
	if err != nil {
		t.Fatal(err)
	}
	for _, edit := range edits {
		if err := edit.Save(write); err != nil || edit.Note != "" {
			t.Fatal(edit.Note, err)
		}
	}
	want := map[string]string{
		config.FileName: strings.Replace(project, "\"}\n", "\"}\n      !\n", 1), "alerts/firing.tmpl": "x!",
	}
	want[config.FileName] = strings.Replace(project, `      {"text":"{{ .Status }}"}`+"\n", `      {"text":"{{ .Status }}"}`+"\n      !\n", 1)
	if saved["alerts/firing.tmpl"] != "x!" || !strings.Contains(saved[config.FileName], "!") {
		t.Error(golden.Diff(want, saved))
	}
	for _, tmpl := range templates {
		if tmpl.Path == "alerts/firing.tmpl" {
			changes = append(changes, workspace.Change{Template: tmpl, Text: "another"})
		}
	}
	if _, err := workspace.Edits(changes...); err == nil {
		t.Error("two texts of one template are one edit")
	}
}

// FuzzDetectKind checks that the sources of the kind keep their order.
func FuzzDetectKind(f *testing.F) {
	f.Add("{{/* hooktool: type=alert */}}", "incident.tmpl", "", "deployment")
	f.Add("{{- /* hooktool:ignore x */ -}}", "a/alert-incident.tmpl", "alert", "")
	f.Fuzz(func(t *testing.T, text, path, said, key string) {
		h := workspace.KindHints{Text: text, Path: path}
		h.Said, _ = event.ParseKind(said)
		h.Key, _ = event.ParseKind(key)
		kind, by, err := workspace.DetectKind(h)
		switch {
		case err != nil && (kind != "" || by != workspace.KindByComment):
			t.Fatalf("%q by %q, error %v", kind, by, err)
		case err == nil && (kind == "") != (by == workspace.KindUnknown):
			t.Fatalf("%q has the source %q", kind, by)
		case h.Said != "" && (kind != h.Said || by != workspace.KindSaid):
			t.Fatalf("%q was set by the user, but the kind is %q", h.Said, kind)
		case by == workspace.KindByName && h.Key != "":
			t.Fatal("the file's name outranks the webhook's key")
		}
		if kind != "" {
			if _, err := event.ParseKind(kind.String()); err != nil {
				t.Fatal(err)
			}
		}
	})
}

// FuzzFind checks that no text of a folder, of its configuration or of standard input
// makes Find panic, and that each file of it is listed at most once.
func FuzzFind(f *testing.F) {
	f.Add(project, coroot, "{{ .Status }}")
	f.Add("webhooks: {a: {alertTemplateFile: alert.tmpl, incidentTemplateFile: ./alert.tmpl}}", "a: [", "\x00")
	f.Fuzz(func(t *testing.T, configuration, document, template string) {
		w := workspace.New(workspace.Options{
			Files: workspace.NewOverlay(nil, map[string]string{config.FileName: configuration, "x.yaml": document, "alert.tmpl": template}),
			Stdin: strings.NewReader(document),
		})
		sources, err := w.Find(".", "-")
		if err != nil {
			t.Fatal(err)
		}
		listed := map[string]bool{}
		for _, s := range sources {
			if listed[s.Path] && s.Path != "." {
				t.Fatalf("%s is listed twice", s.Path)
			}
			listed[s.Path] = true
			contents, err := w.Open(s)
			if err != nil {
				continue
			}
			for _, found := range contents.Templates {
				if (found.Kind == "") != (found.Err != nil) && found.KindBy != workspace.KindByKey {
					t.Fatalf("%s has kind %q and error %v", found.Path, found.Kind, found.Err)
				}
				found.Position(len(found.Text))
			}
		}
	})
}

func write(t testing.TB, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// TestNote checks that an edit says what Coroot needs to read it.
func TestNote(t *testing.T) {
	t.Parallel()
	found, err := memory(t, map[string]string{"coroot.yaml": coroot}, nil).Templates("coroot.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{`{{ .Summary }}`: "", `{{ range $i, $e := .Details }}{{ end }}`: "DOLLAR='$'"} {
		edits, err := workspace.Edits(workspace.Change{Template: &found[0], Text: text})
		if err != nil || (want == "") != (edits[0].Note == "") || !strings.Contains(edits[0].Note, want) {
			t.Errorf("%s: %q, %v", text, edits[0].Note, err)
		}
	}
}
