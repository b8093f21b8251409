package preview_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/hooktool/hooktool/internal/golden"
	"github.com/hooktool/hooktool/internal/preview"
	"github.com/hooktool/hooktool/pkg/destination/catalog"
)

// tags is a Painter whose output is readable in a golden file.
type tags struct{}

func (tags) Paint(text string, s preview.Style) string {
	var names []string
	for _, each := range []struct {
		on   bool
		name string
	}{{s.Bold, "b"}, {s.Italic, "i"}, {s.Underline, "u"}, {s.Strike, "s"}, {s.Dim, "dim"}, {s.Reverse, "rev"}} {
		if each.on {
			names = append(names, each.name)
		}
	}
	if s.Color != "" {
		names = append(names, string(s.Color))
	}
	if len(names) == 0 {
		return text
	}
	return "<" + strings.Join(names, ",") + ">" + text + "</>"
}

// bodies returns the example bodies with the names of their destinations.
func bodies(t *testing.T) []body {
	t.Helper()
	files, err := filepath.Glob("testdata/bodies/*")
	if err != nil || len(files) == 0 {
		t.Fatalf("no bodies: %v", err)
	}
	var all []body
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		name := strings.TrimSuffix(filepath.Base(file), filepath.Ext(file))
		destination, _, _ := strings.Cut(name, "-")
		switch destination {
		case "hostile":
			destination = "discord"
		case "empty":
			destination = "telegram"
		}
		all = append(all, body{name, destination, bytes.TrimSuffix(text, []byte("\n"))})
	}
	return all
}

type body struct {
	name, destination string
	text              []byte
}

func (b body) preview(t *testing.T) *preview.Preview {
	t.Helper()
	d := catalog.ByName(b.destination)
	if d == nil {
		t.Skipf("there is no destination %s", b.destination)
	}
	return preview.New(d, b.text)
}

func TestText(t *testing.T) {
	t.Parallel()
	for _, b := range bodies(t) {
		t.Run(b.name, func(t *testing.T) {
			t.Parallel()
			p := b.preview(t)
			var all bytes.Buffer
			for _, o := range []preview.TextOptions{
				{Width: 80, Painter: preview.Plain{}},
				{Width: 40, Painter: preview.Plain{}},
				{Width: 1, Painter: preview.Plain{}},
				{Width: 100, Painter: tags{}, Links: true},
			} {
				o.Facts = []preview.Fact{{Text: "incident"}, {Text: "incident-critical"}, {Text: "JSON proved", Color: preview.Green}}
				fmt.Fprintf(&all, "== %d columns, %T\n", o.Width, o.Painter)
				if err := p.WriteText(&all, o); err != nil {
					t.Fatal(err)
				}
			}
			golden.Assert(t, []byte(visibleLinks(all.String())), filepath.Join("testdata", "text", b.name+".txt"))
		})
	}
}

// visibleLinks makes hyperlinks readable.
func visibleLinks(s string) string {
	return strings.NewReplacer("\x1b]8;;\x1b\\", "}", "\x1b]8;;", "{", "\x1b\\", " ").Replace(s)
}

// TestTextIsSafe checks that nothing that moves the cursor is written, at any width.
func TestTextIsSafe(t *testing.T) {
	t.Parallel()
	for _, b := range bodies(t) {
		for width := 1; width < 50; width += 7 {
			var out bytes.Buffer
			if err := b.preview(t).WriteText(&out, preview.TextOptions{Width: width, Painter: preview.Plain{}}); err != nil {
				t.Fatal(err)
			}
			if i := bytes.IndexFunc(out.Bytes(), func(r rune) bool { return r < ' ' && r != '\n' || r == '\u202e' }); i >= 0 {
				t.Errorf("%s at %d columns: %q", b.name, width, out.Bytes()[i:min(i+20, out.Len())])
			}
		}
	}
}

func TestRaw(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ body, want string }{
		{`{"a":1,"b":["x\n",null,{},[]],"c":{"d":true}}`, "{\n  \"a\": 1,\n  \"b\": [\n    \"x\\n\",\n    null,\n    {},\n    []\n  ],\n  \"c\": {\n    \"d\": true\n  }\n}\n"},
		{`"x"`, "\"x\"\n"},
		{"{\"a\": \x1b}", "{\"a\": \\u001b}\n"},
		{"plain\ntext\n", "plain\ntext\n"},
		{"", "\n"},
	} {
		var out bytes.Buffer
		if err := preview.WriteRaw(&out, []byte(test.body), preview.Plain{}); err != nil || out.String() != test.want {
			t.Errorf("%q: %q, %v; want %q", test.body, out.String(), err, test.want)
		}
	}
}

// TestRawDeep checks that deep nesting does not multiply the length of a body.
func TestRawDeep(t *testing.T) {
	t.Parallel()
	const depth = 9_000
	var out bytes.Buffer
	if err := preview.WriteRaw(&out, []byte(strings.Repeat("[", depth)+"1"+strings.Repeat("]", depth)), preview.Plain{}); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n")
	if len(lines) != 2*depth+1 || lines[1] != "  [" || strings.TrimLeft(lines[depth], " ") != "1" {
		t.Errorf("%d lines, %q in the middle", len(lines), lines[depth])
	}
	if most := 150 * depth; out.Len() > most {
		t.Errorf("%d bytes, want at most %d", out.Len(), most)
	}
}

func TestSafeURL(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]string{
		"https://example.com/a b?x=\"y\"": "https://example.com/a%20b?x=\"y\"",
		" http://example.com":             "http://example.com",
		"tg://user?id=1":                  "tg://user?id=1",
		"mailto:a@example.com":            "mailto:a@example.com",
		"javascript:alert(1)":             "",
		"JavaScript:alert(1)":             "",
		"java\tscript:alert(1)":           "",
		"data:text/html,x":                "",
		"file:///etc/passwd":              "",
		"//example.com":                   "",
		"https:///x":                      "",
		"https://example.com/\x1b]":       "",
		"vbscript:x":                      "",
		"":                                "",
	} {
		if got := preview.SafeURL(address); got != want {
			t.Errorf("SafeURL(%q) = %q, want %q", address, got, want)
		}
	}
}
