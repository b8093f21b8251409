package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/hooktool/hooktool/pkg/lint"
	"github.com/hooktool/hooktool/pkg/workspace"
)

// TestOpenFolderEnvironment checks that an editor sees what validate sees of Coroot's
// environment: the settings of the folder, unless the command line says otherwise.
func TestOpenFolderEnvironment(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	document := filepath.Join(dir, "coroot.yaml")
	texts := map[string]string{
		filepath.Join(dir, ".hooktool.yaml"): "config-env: WHO=folder\n",
		document: "projects:\n- name: p\n  notificationIntegrations:\n    baseURL: http://c\n    webhook:\n" +
			"      url: http://c/\n      alerts: true\n      alertTemplate: 'from ${WHO}'\n",
	}
	for _, test := range []struct {
		line []string
		want string
	}{
		{nil, "from folder"},
		{[]string{"WHO=line"}, "from line"},
	} {
		a := testApp()
		a.now, a.configEnv, a.given = time.Now, test.line, map[string]bool{"config-env": test.line != nil}
		opened := a.openFolder(workspace.NewOverlay(workspace.Disk{}, texts), dir)
		templates, err := opened.Workspace.Templates(document)
		if err != nil || opened.Problem != nil || len(templates) != 1 || templates[0].Text != test.want {
			t.Errorf("%q: %v, %v, %+v", test.line, opened.Problem, err, templates)
		}
	}
}

// TestOpenFolder reads the configuration of a folder as an editor has it: with the
// settings and rules of validate, unsaved texts, and broken files.
func TestOpenFolder(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	config := filepath.Join(dir, ".hooktool.yaml")
	template := filepath.Join(dir, "message.tmpl")
	write := func(path, text string) {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write(template, `{"a": "{{ .Summary }}", "b": {{ json .Team }}}`)
	write(config, "webhooks:\n  chat:\n    url: https://example.com/\n    alerts: true\n    alertTemplateFile: message.tmpl\n")
	hook := "webhooks:\n  chat:\n    url: https://example.com/\n    customFields: {team: x}\n    alerts: true\n    alertTemplateFile: message.tmpl\n"
	for _, test := range []struct{ unsaved, found, problem string }{
		{"", "json-unescaped unknown-field", ""},
		{hook, "json-unescaped", ""},
		{hook + "disable: [json-unescaped]\n", "", ""},
		{hook + "validate: {rules: {json-unescaped: off}}\n", "", ""},
		{hook + "min-severity: error\ncoroot-version: 1.19.0\n", "json-unescaped", ""},
		{hook + "output: [json=x]\n", "json-unescaped", `"output" cannot be set in this file`},
		{hook + "disable: [jsn-unescaped]\n", "json-unescaped", "there is no rule"},
		{"webhooks: [", "", "is not closed"},
	} {
		texts := map[string]string{}
		if test.unsaved != "" {
			texts[config] = test.unsaved
		}
		a := testApp()
		a.now = time.Now
		opened := a.openFolder(workspace.NewOverlay(workspace.Disk{}, texts), dir)
		problem := ""
		if opened.Problem != nil {
			problem = opened.Problem.Error()
		}
		if !strings.Contains(problem, test.problem) || test.problem == "" && problem != "" {
			t.Errorf("%q: the problem is %q", test.unsaved, problem)
		}
		templates, err := opened.Workspace.Templates(template)
		if err != nil || len(templates) != 1 {
			t.Errorf("%q: %d templates, %v", test.unsaved, len(templates), err)
			continue
		}
		if templates[0].Err != nil {
			continue
		}
		var found []string
		for _, f := range lint.Check(t.Context(), templates[0], opened.Lint).Findings {
			found = append(found, f.Rule)
		}
		if got := strings.Join(found, " "); got != test.found {
			t.Errorf("%q: found %q, not %q", test.unsaved, got, test.found)
		}
	}
}
