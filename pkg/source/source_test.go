package source_test

import (
	"testing"
	"text/template/parse"

	"github.com/hooktool/hooktool/pkg/source"
)

func TestIndex(t *testing.T) {
	t.Parallel()
	text := "a日b\r\n\nüx"
	x := source.NewIndex(text)
	for offset, want := range map[int]source.Position{
		0: {Line: 1, Column: 1}, 1: {Line: 1, Column: 2}, 4: {Line: 1, Column: 3}, 7: {Line: 2, Column: 1},
		8: {Line: 3, Column: 1}, 10: {Line: 3, Column: 2}, 11: {Line: 3, Column: 3}, 99: {Line: 3, Column: 3}, -1: {Line: 1, Column: 1},
	} {
		if got := x.Position(offset); got != want {
			t.Errorf("Position(%d) = %v, want %v", offset, got, want)
		}
	}
	if x.Line(1) != "a日b" || x.Line(3) != "üx" || x.Line(4) != "" || x.Lines() != 3 {
		t.Error("Line gives the wrong lines")
	}
}

func FuzzIndex(f *testing.F) {
	f.Add("a\nb\n\xff日", 3)
	f.Fuzz(func(t *testing.T, text string, offset int) {
		x := source.NewIndex(text)
		p := x.Position(offset)
		if p.Line < 1 || p.Column < 1 || p.Line > x.Lines() {
			t.Fatalf("Position(%d) of %q is %v", offset, text, p)
		}
		if back := x.Position(x.Offset(p)); back != p {
			t.Fatalf("%v of %q becomes %v", p, text, back)
		}
	})
}

// TestNodeStart compares with what stands in the text.
func TestNodeStart(t *testing.T) {
	t.Parallel()
	text := "{{ .A }}{{ .B.C.D }}{{ $.E }}{{ $.F.G }}{{ $x := 1 }}{{ $x }}{{ (index .H 0).I.J }}{{ printf `%s` .K }}"
	trees, err := parse.Parse("t", text, "", "", map[string]any{"index": 1, "printf": 1})
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	source.Inspect(trees["t"].Root, func(node parse.Node) bool {
		switch node.(type) {
		case *parse.FieldNode, *parse.VariableNode, *parse.ChainNode, *parse.IdentifierNode, *parse.StringNode:
			seen++
			start, want := source.NodeStart(node), node.String()
			if _, ok := node.(*parse.ChainNode); ok {
				want = "(index"
				start--
			}
			if start < 0 || text[start:start+len(want)] != want {
				t.Errorf("%s begins at %d: %q", node, start, text[start:])
			}
		}
		return true
	})
	if seen < 12 {
		t.Errorf("only %d nodes were seen", seen)
	}
}
