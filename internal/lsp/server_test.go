package lsp

import (
	"fmt"
	"strings"
	"testing"
)

func TestDiagnostics(t *testing.T) {
	e := startEditor(t, capable)
	e.open("alert.tmpl", `{"text": "{{ .Summary }}", "x": {{ json .Sumary }}}`)
	found := e.diagnostics("alert.tmpl", 1)
	if got := codes(found); !strings.Contains(got, "unknown-field") {
		t.Fatalf("found %s", got)
	}
	for _, d := range found {
		if d.Code == "unknown-field" && (d.Range.Start.Character != 40 || !strings.HasSuffix(d.CodeDescription.Href, "/unknown-field.md")) {
			t.Errorf("%+v", d)
		}
	}
	e.notify("textDocument/didChange", didChangeParams{
		TextDocument:   versionedTextDocumentIdentifier{e.uri("alert.tmpl"), 2},
		ContentChanges: []contentChange{{Text: `{"text": {{ json .Summary }}}`}},
	})
	if found := e.diagnostics("alert.tmpl", 2); len(found) > 0 {
		t.Errorf("found %+v", found)
	}
	e.notify("textDocument/didClose", didCloseParams{textDocumentIdentifier{e.uri("alert.tmpl")}})
	if found := e.diagnostics("alert.tmpl", 0); len(found) > 0 {
		t.Errorf("found %+v", found)
	}
}

// TestManyDiagnostics checks how many findings an editor gets of a rule that is broken
// many times, and that it gets the others once the first are fixed.
func TestManyDiagnostics(t *testing.T) {
	e := startEditor(t, capable)
	text := func(n int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, "{{ .Statuss%d }}\n", i)
		}
		return b.String()
	}
	e.open("alert.tmpl", text(1000))
	found := e.diagnostics("alert.tmpl", 1)
	last := found[len(found)-1]
	if n := strings.Count(codes(found), "unknown-field"); n != mostOfRule+1 || last.Message != "900 more of these: unknown-field" || last.Range.Start.Line != mostOfRule {
		t.Errorf("%d are shown, the last is %+v", n, last)
	}
	e.notify("textDocument/didChange", didChangeParams{
		TextDocument:   versionedTextDocumentIdentifier{e.uri("alert.tmpl"), 2},
		ContentChanges: []contentChange{{Text: text(mostOfRule + 1)}},
	})
	found = e.diagnostics("alert.tmpl", 2)
	if last := found[len(found)-1]; len(found) != mostOfRule+1 || !strings.Contains(last.Message, fmt.Sprintf(".Statuss%d", mostOfRule)) {
		t.Errorf("%d are shown, the last is %+v", len(found), last)
	}
}
