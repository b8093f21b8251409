package yamltext_test

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"github.com/hooktool/hooktool/internal/yamltext"
)

// documents are YAML files whose scalars are written in every way.
var documents = []string{
	"a: |\n  one\n  two\n",
	"a: |-\n  one\n\n  two",
	"a: |+\n  one\n\n\nb: x",
	"a: |2\n   indented\n  not\n",
	"a:\n  b:\n    - |1-\n        x\n     y\n",
	"- |\n one\n\n \ttab\n",
	"a: |  # comment\n  one\n",
	"a: >\n  folded\n  line\n\n  para\n    more\n    more\n  end\n",
	"a: >-\n  one\n\n\n  two\n  \n   x\n",
	"a: >+\n  one\n\n",
	"a: \"one \\\"two\\\" \\n \\u00e9\\U0001F600\\x41 \\\n   joined\"\n",
	"a: \"line one\n\n  line two  \n  three\"\n",
	"a: 'it''s\n  two\n\n  three'\n",
	"a: plain text\nb: plain\n  over lines\n\n  and more\n",
	"a: &x |\n  anchored\nb: *x\nc: &y !!str 'tagged'\n",
	"a: !!str &z\n  # comment\n  text\n",
	"\uFEFFa: |\r\n  one\r\n\r\n  日本 😀\r\nb: \"x\r\n  y\"\r\n",
	"\uFEFFkey: value",
	"{a: \"x\", b: 'y', c: z z, d: [p, q]}",
	"a: |\n\n\n  late\n",
	"0: &0:0",
	"0: |\n  \n0:",
	"a: |\n\nb: ''\nc: \"\"\nd:\n",
	"a: \"x\u2028y\u0085 z\"\nb: |\n  p\u2028  q\n",
	"a: |\n  x\n  \n    y   \n\n# end\n",
	"---\na: >\n  1\n---\nb: |\n  2\n...\n",
	"? |\n  key\n: |\n  value\n",
	"a: |\n  x\n  \ttab\nb: >\n  y\n  \ttab\n  x\n",
}

func TestScalar(t *testing.T) {
	t.Parallel()
	for _, text := range documents {
		if n := checkAll(t, []byte(text)); n == 0 {
			t.Errorf("%q has no scalars", text)
		}
	}
}

// checkAll compares each scalar with what the parser returns, and each byte that is
// said to be verbatim with the file. It returns how many there were.
func checkAll(t *testing.T, data []byte) (n int) {
	t.Helper()
	file := yamltext.NewFile(data)
	for _, node := range scalars(data) {
		n++
		s, ok := file.Scalar(node)
		if !ok {
			t.Errorf("%q: cannot follow the scalar %q at %d:%d, style %d", data, node.Value, node.Line, node.Column, node.Style)
			continue
		}
		last := -1
		for i := range len(s.Text) + 1 {
			src := s.Source(i)
			if src < last || src > len(data) {
				t.Errorf("%q: byte %d of %q is said to be at %d, after %d", data, i, s.Text, src, last)
				break
			}
			last = src
			if i < len(s.Text) && isLetter(s.Text[i]) && data[src] != s.Text[i] && data[src] != '\\' {
				t.Errorf("%q: byte %d of %q is said to be at %d, but there is %q", data, i, s.Text, src, data[src])
			}
		}
	}
	return n
}

func isLetter(b byte) bool { return b >= 'a' && b <= 'z' || b >= '0' && b <= '9' }

// scalars returns the scalars of all documents that can be parsed.
func scalars(data []byte) (list []*yaml.Node) {
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	for {
		var root yaml.Node
		if err := decoder.Decode(&root); err != nil {
			if !errors.Is(err, io.EOF) {
				return nil
			}
			return list
		}
		list = appendScalars(list, &root)
	}
}

func appendScalars(list []*yaml.Node, node *yaml.Node) []*yaml.Node {
	if node.Kind == yaml.ScalarNode {
		list = append(list, node)
	}
	for _, child := range node.Content {
		list = appendScalars(list, child)
	}
	return list
}

func TestSource(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ text, find string }{
		{"a: |\n    {\n      {{ .X }}\n", "{{ .X }}"},
		{"a: >-\n  one\n  two {{ .X }}\n", "{{ .X }}"},
		{"a: \"q \\\" \\u00e9 {{ .X }}\"", "{{ .X }}"},
		{"a: 'it''s {{ .X }}'", "{{ .X }}"},
		{"\uFEFFa: |\r\n  日本\r\n  {{ .X }}\r\n", "{{ .X }}"},
	} {
		node := scalars([]byte(tt.text))[1]
		s, ok := yamltext.NewFile([]byte(tt.text)).Scalar(node)
		if !ok {
			t.Errorf("%q cannot be followed", tt.text)
			continue
		}
		got, want := s.Source(strings.Index(s.Text, tt.find)), strings.Index(tt.text, tt.find)
		if got != want {
			t.Errorf("%q: %q is said to be at %d, want %d", tt.text, tt.find, got, want)
		}
	}
}

func FuzzScalar(f *testing.F) {
	for _, text := range documents {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) < 4096 && !bytes.HasPrefix(data, []byte("\xFF\xFE")) && !bytes.HasPrefix(data, []byte("\xFE\xFF")) {
			checkAll(t, data)
		}
	})
}
