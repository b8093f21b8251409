package source_test

import (
	"testing"

	"github.com/hooktool/hooktool/pkg/source"
)

func TestOperand(t *testing.T) {
	t.Parallel()
	json, goQuote := []string{"json"}, []string{`printf "%q"`}
	for _, test := range []struct {
		pipeline string
		calls    []string
		want     string
	}{
		{"json .X", json, ".X"},
		{" json   .X.Y ", json, ".X.Y"},
		{".X|json", json, ".X"},
		{"$x | json", json, "$x"},
		{"$.X |  json ", json, "$.X"},
		{"json .", json, "."},
		{"json", json, ""},
		{"json .X .Y", json, ""},
		{"json (len .X)", json, ""},
		{`json "a"`, json, ""},
		{".X | js | json", json, ""},
		{".X | json 1", json, ""},
		{"jsonx .X", json, ""},
		{".X", nil, ""},
		{`printf  "%q" .X`, goQuote, ".X"},
		{`.X | printf "%q"`, goQuote, ".X"},
		{`printf "%s" .X`, goQuote, ""},
		{"json .X | quote", []string{"json", "quote"}, ".X"},
		{".X | json | quote", []string{"json", "quote"}, ".X"},
		{".X | quote | json", []string{"json", "quote"}, ""},
		{"json .X", []string{"json", "quote"}, ""},
	} {
		if got := source.Operand(test.pipeline, test.calls...); got != test.want {
			t.Errorf("%s, %q: %q, not %q", test.pipeline, test.calls, got, test.want)
		}
	}
}
