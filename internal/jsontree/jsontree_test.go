package jsontree_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/hooktool/hooktool/internal/golden"

	"github.com/hooktool/hooktool/internal/jsontree"
)

// reference is what encoding/json makes of a text.
func reference(text []byte) (any, error) {
	var v any
	if !json.Valid(text) {
		return nil, json.Unmarshal(text, &v)
	}
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	err := d.Decode(&v)
	return v, err
}

func TestBroken(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		text, want string // the part that could be read
		offset     int
		message    string
	}{
		{`{"a":"x","b":"C:\kafka"}`, `{"a":"x","b":"C:"}`, 16, `invalid escape "\\k" in a string`},
		{`{"a":"x "y" z","b":1}`, `{"a":"x "}`, 9, `expected ',' or '}', found 'y'`},
		{"{\"a\":\"x\ny\",\"b\":1}", `{"a":"x\ny","b":1}`, 7, `raw control character '\n' in a string`},
		{`{"a":[1,2`, `{"a":[1,2]}`, 9, `expected ',' or ']', found the end of the text`},
		{`{"a":"x`, `{"a":"x"}`, 7, `a string has no end`},
		{`{"a":"x\`, `{"a":"x"}`, 7, `a string has no end`},
		{`{"a":tru}`, `{}`, 5, `expected a value, found 't'`},
		{`{"a":1.}`, `{"a":null}`, 7, `expected a digit, found '}'`},
		{`{"a" 1}`, `{}`, 5, `expected ':' after a key, found '1'`},
		{`{a:1}`, `{}`, 1, `expected a key in quotes, found 'a'`},
		{`{"a":1}}`, `{"a":1}`, 7, `text after the end of the JSON value`},
		{`{"a":1,}`, `{"a":1}`, 7, `expected a key in quotes, found '}'`},
		{`{"a":"\ud83c"}`, `{"a":"�"}`, 0, ``},
		{`{"a":"\é"}`, `{"a":""}`, 6, `invalid escape "\\é" in a string`},
	} {
		tree := jsontree.Parse([]byte(test.text))
		if tree.Root == nil {
			t.Fatalf("%s: nothing was read", test.text)
		}
		if got := string(tree.Root.AppendJSON(nil)); got != test.want {
			t.Errorf("%s: read %s, want %s", test.text, got, test.want)
		}
		switch err := tree.Fault; {
		case err == nil && test.message != "", err != nil && (err.Message != test.message || err.Offset != test.offset):
			t.Errorf("%s: the error is %+v, want %d %s", test.text, err, test.offset, test.message)
		}
	}
}

func TestControls(t *testing.T) {
	t.Parallel()
	tree := jsontree.Parse([]byte("{\"a\":\"x\ny\tz\",\n\"b\":1}"))
	if tree.Fault == nil || !tree.Fault.Control || !reflect.DeepEqual(tree.Controls, []int{7, 9}) || tree.Root.Get("b").Scalar() != "1" {
		t.Errorf("%+v", tree)
	}
	tree = jsontree.Parse([]byte("{\"a\":\"x\ny\" z}"))
	if tree.Fault == nil || tree.Fault.Control || tree.Fault.Offset != 11 {
		t.Errorf("%+v", tree.Fault)
	}
}

func TestPaths(t *testing.T) {
	t.Parallel()
	root := jsontree.Parse([]byte(`{"a":[{"run-book":1},{"@type":2}],"":{"x\"y":3},"é":4,"0":5,"a1":6}`)).Root
	var paths, places []string
	root.Walk(func(_ string, v *jsontree.Value) {
		paths, places = append(paths, v.Path()), append(places, v.Place())
	})
	want := []string{"$", "$.a", "$.a[0]", `$.a[0]["run-book"]`, "$.a[1]", "$.a[1].@type", `$[""]`, `$[""]["x\"y"]`, `$["é"]`, `$["0"]`, "$.a1"}
	if diff := golden.Diff(want, paths); diff != "" {
		t.Error(diff)
	}
	if places[3] != `$.a[]["run-book"]` || places[5] != "$.a[].@type" {
		t.Errorf("%q", places)
	}
	var none *jsontree.Value
	if none.Path() != "$" || none.Get("a").First("b").Str() != "" || none.Elems() != nil || none.Distinct() != nil || none.Plain() != nil {
		t.Error("a missing value has a property")
	}
}

func TestDepth(t *testing.T) {
	t.Parallel()
	nested := func(n int) []byte { return []byte(strings.Repeat("[", n) + strings.Repeat("]", n)) }
	for _, n := range []int{0, 1, 9_999, 10_000, 10_001} {
		text := nested(n)
		tree := jsontree.Parse(text)
		if got, want := tree.Fault == nil, json.Valid(text); got != want {
			t.Errorf("%d levels: valid is %v, encoding/json says %v", n, got, want)
		}
		if tree.Depth != min(n, jsontree.MaxDepth) {
			t.Errorf("%d levels: the depth is %d", n, tree.Depth)
		}
	}
}

func TestRaw(t *testing.T) {
	t.Parallel()
	v := jsontree.Raw([]byte(`a "\n`))
	if v.Str() != `a "\n` || v.Offset(nil, 3) != 3 || v.Offset(nil, 99) != 5 || v.Path() != "$" {
		t.Errorf("%+v", v)
	}
}

// FuzzParse compares the reader with encoding/json, and places with the text.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		`{"a":[1,-2.5e+3,true,null,"x\ud83c\udf89\n"],"b":{}}`, `"\u00e9é\ud800x"`, `[`, `{"a":`, `{"a":"` + "\n" + `"}`, `01`, `1e`, `"\u12"`, "\xff", "\"\xff\\n\xc3\"", `{"a":1,"a":2}`, ` `, `-`, `nul`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		tree := jsontree.Parse(text)
		if tree.Root != nil && !json.Valid(tree.Root.AppendJSON(nil)) {
			t.Fatalf("%q: what was read is not JSON: %s", text, tree.Root.AppendJSON(nil))
		}
		want, err := reference(text)
		if (tree.Fault == nil) != (err == nil) {
			t.Fatalf("%q: %v, encoding/json says %v", text, tree.Fault, err)
		}
		tree.Root.Walk(func(_ string, v *jsontree.Value) {
			if v.Start < 0 || v.End > len(text) || v.Start > v.End {
				t.Fatalf("%q: %s lies at %d-%d", text, v.Path(), v.Start, v.End)
			}
			for i := 0; i <= min(len(v.Text), 50); i++ {
				if at := v.Offset(text, i); at < 0 || at > len(text) {
					t.Fatalf("%q: byte %d of %s lies at %d", text, i, v.Path(), at)
				}
			}
		})
		if tree.Fault != nil {
			if tree.Fault.Offset < 0 || tree.Fault.Offset > len(text) {
				t.Fatalf("%q: %v", text, tree.Fault)
			}
			return
		}
		if diff := golden.Diff(want, tree.Root.Plain()); diff != "" {
			t.Fatalf("%q: (-encoding/json +ours)\n%s", text, diff)
		}
		tree.Root.Walk(func(_ string, v *jsontree.Value) { checkPlaces(t, text, v) })
	})
}

// checkPlaces checks that a value of a valid text lies at its place.
func checkPlaces(t *testing.T, text []byte, v *jsontree.Value) {
	t.Helper()
	got, err := reference(text[v.Start:v.End])
	if err != nil || !reflect.DeepEqual(got, v.Plain()) {
		t.Fatalf("%q: %s does not lie at %d-%d", text, v.Path(), v.Start, v.End)
	}
	for _, m := range v.Members {
		var key string
		if err := json.Unmarshal(text[m.KeyStart:m.KeyEnd], &key); err != nil || key != m.Key {
			t.Fatalf("%q: the key %q does not lie at %d-%d", text, m.Key, m.KeyStart, m.KeyEnd)
		}
	}
	if v.Kind != jsontree.String {
		return
	}
	for i := 0; i < len(v.Text); {
		_, size := utf8.DecodeRuneInString(v.Text[i:])
		var before string
		cut := append(bytes.Clone(text[v.Start:v.Offset(text, i)]), '"')
		if err := json.Unmarshal(cut, &before); err != nil || before != v.Text[:i] {
			t.Fatalf("%q: byte %d of %s is %q, before it is %q", text, i, v.Path(), v.Text[i:], before)
		}
		i += size
	}
}

// BenchmarkParse reads a message with embeds.
func BenchmarkParse(b *testing.B) {
	text := []byte(`{"content":"x","embeds":[` + strings.Repeat(`{"title":"checkout","fields":[{"name":"a\n","value":"b","inline":true}],"color":1},`, 9) + `{}]}`)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		jsontree.Parse(text)
	}
}

func ExampleParse() {
	tree := jsontree.Parse([]byte(`{"embeds": [{"title": "x"}]}`))
	title := tree.Root.Get("embeds").Elems()[0].Get("title")
	fmt.Println(title.Path(), title.Place(), title.Start)
	// Output: $.embeds[0].title $.embeds[].title 22
}
