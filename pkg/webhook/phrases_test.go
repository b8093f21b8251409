package webhook

import (
	"fmt"
	"strings"
	"testing"
)

// TestManySecrets counts what makes masking slow: places of a text that are searched
// for, and indexes that are searched.
func TestManySecrets(t *testing.T) {
	t.Parallel()
	const secrets = 10_000
	redact := NewRunRedactor()
	for i := range secrets {
		redact.LearnValues(manySecrets(i))
		redact.Text("a line of output between what is learned")
	}
	if n := len(redact.secrets.old); n > 14 {
		t.Errorf("%d secrets are in %d indexes", secrets, n)
	}
	text, searched := strings.Repeat("the output says nothing that begins as a secret does\n", 100), 0
	for _, index := range redact.secrets.old {
		for range index.places(text) {
			searched++
		}
	}
	if searched > len(text)/2 {
		t.Errorf("%d places of %d are searched for", searched, len(text))
	}
	if got := redact.Text(manySecrets(0) + " and " + manySecrets(secrets-1)); got != "*** and ***" {
		t.Error(got)
	}
}

func manySecrets(i int) string { return fmt.Sprintf("%04x-Key-%d", i*7919%65536, i) }

func BenchmarkRedactor(b *testing.B) {
	text := strings.Repeat("alert.tmpl:7:12: error: Summary is not escaped, and a quote in it breaks the JSON [json-unescaped]\n", 100)
	for _, n := range []int{1, 100, 10_000} {
		redact := NewRunRedactor()
		for i := range n {
			redact.LearnValues(manySecrets(i))
		}
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				redact.Body(text)
			}
		})
	}
}
