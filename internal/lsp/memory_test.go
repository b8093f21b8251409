package lsp

import (
	"encoding/json"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/hooktool/hooktool/pkg/lint"
	"github.com/hooktool/hooktool/pkg/workspace"
)

// TestTemplatesThatMove inserts a line above templates: their findings move with them,
// and they are not checked again.
func TestTemplatesThatMove(t *testing.T) {
	var asked atomic.Int64 // for the severities of rules, at least once a rule in a check
	e := connect(t, Options{Open: func(files workspace.FS, folder string) Folder {
		f := openPlain(files, folder)
		f.Lint.Paths = []lint.PathSeverities{{
			Match:      func(string) bool { asked.Add(1); return true },
			Severities: map[string]lint.Severity{"json-unescaped": lint.Warning, "unknown-field": lint.Warning},
		}}
		return f
	}})
	e.dir = t.TempDir()
	e.call("initialize", json.RawMessage(`{"capabilities":`+capable+`}`), nil)
	text := "webhooks:\n" + hookNamed("a", "{{ .Summary }}") + hookNamed("b", "{{ .Sumary }}")
	change := func(version int, text string) []diagnostic {
		e.notify("textDocument/didChange", didChangeParams{versionedTextDocumentIdentifier{e.uri("hooks.yaml"), version}, []contentChange{{Text: text}}})
		return e.diagnostics("hooks.yaml", version)
	}
	e.open("hooks.yaml", text)
	before, first := e.diagnostics("hooks.yaml", 1), asked.Swap(0)
	for i, d := range change(2, "# a comment\n"+text) {
		if d.Range.Start.Line != before[i].Range.Start.Line+1 || d.Message != before[i].Message {
			t.Errorf("%+v was %+v", d, before[i])
		}
	}
	moved := asked.Swap(0)
	after := change(3, strings.Replace(text, "Sumary", "Summary", 1))
	edited := asked.Load()
	if moved >= edited || edited >= first {
		t.Errorf("the check asks for severities %d times, %d times after a line was inserted, and %d times after a change of a template", first, moved, edited)
	}
	if got := codes(after); strings.Contains(got, "unknown-field") || strings.Count(got, "json-unescaped") != 2 {
		t.Errorf("found %s", got)
	}
}

func hookNamed(name, action string) string {
	return "  " + name + ":\n    url: https://example.com/" + name + "\n    alerts: true\n    alertTemplate: |\n      {\"text\": \"" + action + "\"}\n"
}
