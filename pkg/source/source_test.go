package source_test

import (
	"errors"
	"strings"
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

// TestNodeStart compares the offsets with the text.
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
			for part, start := range source.PartStarts(node) {
				if start != source.PartStart(node, part) {
					t.Errorf("part %d of %s begins at %d, or at %d", part, node, start, source.PartStart(node, part))
				}
			}
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

// TestNesting checks that whatever would exhaust the parser's stack is refused with its
// place, and that nothing else is.
func TestNesting(t *testing.T) {
	t.Parallel()
	most := source.MaxNesting
	for name, tt := range map[string]struct {
		text string
		want int // the offset of the block that is too deep; -1 for none
	}{
		"as deep as can be": {strings.Repeat("{{if 1}}", most) + strings.Repeat("{{end}}", most), -1},
		"one more":          {strings.Repeat("{{if 1}}", most+1) + strings.Repeat("{{end}}", most+1), most * len("{{if 1}}")},
		"never closed":      {strings.Repeat("{{- with 1}}", 500_000), most * len("{{- with 1}}")},
		"else if":           {"{{if 1}}" + strings.Repeat("{{else if 1}}", 500_000) + "{{end}}", len("{{if 1}}") + (most-1)*len("{{else if 1}}")},
		"one after another": {strings.Repeat("{{if 1}}{{end}}", 3*most), -1},
		"in a comment":      {strings.Repeat("{{/* {{if 1}} */}}", 3*most), -1},
		"a field":           {strings.Repeat("{{.if}}", 3*most), -1},
	} {
		_, err := source.ParseTemplate("x", tt.text)
		var nesting *source.NestingError
		if got := errors.As(err, &nesting); got != (tt.want >= 0) || got && nesting.Offset != tt.want {
			t.Errorf("%s: %v, want offset %d", name, err, tt.want)
		}
	}
}

// TestParentheses counts parentheses in actions, and nowhere else.
func TestParentheses(t *testing.T) {
	t.Parallel()
	const most = source.MaxParentheses
	nested := func(n int) string {
		return "{{ " + strings.Repeat("(", n) + "1" + strings.Repeat(")", n) + " }}"
	}
	for name, tt := range map[string]struct {
		text string
		want bool
	}{
		"as many as can be":     {nested(most), true},
		"one more":              {nested(most + 1), false},
		"in several actions":    {nested(most) + nested(most), true},
		"in text":               {strings.Repeat("(", 2*most), true},
		"in a string":           {`{{ "` + strings.Repeat(`(\"`, 2*most) + `" }}`, true},
		"in a raw string":       {"{{ `" + strings.Repeat("(\n\"", 2*most) + "` }}", true},
		"in a comment":          {"{{/* " + strings.Repeat("(", 2*most) + " */}}", true},
		"after a string":        {`{{ "(" | ` + nested(most + 1)[2:], false},
		"one after another":     {"{{ print " + strings.Repeat("(1)", 2*most) + " }}", true},
		"a string without end":  {`{{ "` + strings.Repeat("(", 2*most), true},
		"a comment without end": {"{{/* " + strings.Repeat("(", 2*most), false},
		"an action without end": {"{{ " + strings.Repeat("(", 2*most), false},
	} {
		if err := source.CheckNesting(tt.text); (err == nil) != tt.want {
			t.Errorf("%s: %v", name, err)
		}
	}
}
