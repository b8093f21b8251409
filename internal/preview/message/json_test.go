package message_test

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/hooktool/hooktool/internal/preview/message"
)

// plain turns a value into what encoding/json makes of it.
func plain(v *message.Value) any {
	switch v.Type {
	case message.Object:
		m := map[string]any{}
		for _, member := range v.Members {
			m[member.Key] = plain(member.Value)
		}
		return m
	case message.Array:
		items := []any{}
		for _, item := range v.Items {
			items = append(items, plain(item))
		}
		return items
	case message.String:
		return v.Text
	case message.Number:
		return json.Number(v.Text)
	case message.Bool:
		return v.Text == "true"
	}
	return nil
}

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

func TestParseBroken(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		text, want string // want is what could be read
		offset     int
		message    string
	}{
		{`{"a":"x","b":"C:\kafka"}`, `{"a":"x","b":"C:"}`, 16, `invalid escape "\\k" in a string`},
		{`{"a":"x "y" z","b":1}`, `{"a":"x "}`, 9, `expected ',' or '}', found 'y'`},
		{"{\"a\":\"x\ny\",\"b\":1}", `{"a":"x\ny","b":1}`, 7, `raw control character '\n' in a string`},
		{`{"a":[1,2`, `{"a":[1,2]}`, 9, `expected ',' or ']', found the end of the text`},
		{`{"a":"x`, `{"a":"x"}`, 7, `a string has no end`},
		{`{"a":tru}`, `{}`, 5, `expected a value, found 't'`},
		{`{"a":1.}`, `{"a":null}`, 7, `expected a digit, found '}'`},
		{`{"a" 1}`, `{}`, 5, `expected ':' after a key, found '1'`},
		{`{a:1}`, `{}`, 1, `expected a key in quotes, found 'a'`},
		{`{"a":1}}`, `{"a":1}`, 7, `text after the end of the JSON value`},
		{`{"a":1,}`, `{"a":1}`, 7, `expected a key in quotes, found '}'`},
		{`{"a":"\ud83c"}`, `{"a":"�"}`, 0, ``},
	} {
		v, err := message.ParseJSON([]byte(test.text))
		if v == nil {
			t.Fatalf("%s: nothing was read", test.text)
		}
		if got := string(v.AppendJSON(nil)); got != test.want {
			t.Errorf("%s: read %s, want %s", test.text, got, test.want)
		}
		switch {
		case err == nil && test.message != "", err != nil && (err.Message != test.message || err.Offset != test.offset):
			t.Errorf("%s: the error is %+v, want %d %s", test.text, err, test.offset, test.message)
		}
	}
}

// FuzzParseJSON holds the reader to encoding/json.
func FuzzParseJSON(f *testing.F) {
	for _, seed := range []string{
		`{"a":[1,-2.5e+3,true,null,"x\ud83c\udf89\n"],"b":{}}`, `"\u00e9"`, `[`, `{"a":`, `{"a":"` + "\n" + `"}`, `01`, `1e`, `"\u12"`, "\xff", `{"a":1,"a":2}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		v, err := message.ParseJSON(text)
		if v != nil && !json.Valid(v.AppendJSON(nil)) {
			t.Fatalf("%q: what was read is not JSON: %s", text, v.AppendJSON(nil))
		}
		want, wantErr := reference(text)
		if deep := err != nil && wantErr == nil && bytes.Count(text, []byte("["))+bytes.Count(text, []byte("{")) > 100; deep {
			return // nested deeper than we read
		}
		if (err == nil) != (wantErr == nil) {
			t.Fatalf("%q: %v, encoding/json says %v", text, err, wantErr)
		}
		if err == nil {
			if diff := cmp.Diff(want, plain(v)); diff != "" {
				t.Fatalf("%q: (-encoding/json +ours)\n%s", text, diff)
			}
		}
	})
}
