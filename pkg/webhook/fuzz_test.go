package webhook_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"text/template"
	"time"

	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// FuzzRender compares Render with the plain engine: both give the same text, or both
// fail. What stops at a limit is left alone, because the plain engine would not stop.
func FuzzRender(f *testing.F) {
	for _, r := range readRecorded(f) {
		f.Add(r.Template, string(r.Type))
	}
	f.Fuzz(func(t *testing.T, text, kindName string) {
		kind, err := event.ParseKind(kindName)
		if err != nil {
			return
		}
		limits := webhook.WithLimits(webhook.Limits{Time: 50 * time.Millisecond, Output: 1 << 16})
		tmpl, err := webhook.Parse(kind, "t.tmpl", text, limits)
		plain, plainErr := template.New(kind.TemplateName()).Funcs(webhook.Functions()).Parse(text)
		if (err == nil) != (plainErr == nil) {
			t.Fatalf("Parse(%q): %v; text/template: %v", text, err, plainErr)
		}
		if err != nil {
			checkTemplateError(t, text, err)
			return
		}
		for _, sample := range event.SamplesOf(kind) {
			message, err := tmpl.Render(context.Background(), sample.Event)
			if errors.Is(err, webhook.ErrTimeLimit) || errors.Is(err, webhook.ErrOutputLimit) || errors.Is(err, webhook.ErrNotSent) {
				return
			}
			data, dataErr := webhook.Data(sample.Event)
			if dataErr != nil {
				t.Fatal(dataErr)
			}
			var want bytes.Buffer
			plainErr := plain.Execute(&want, data)
			if (err == nil) != (plainErr == nil) {
				t.Fatalf("Render(%q): %v; text/template: %v", text, err, plainErr)
			}
			if err != nil {
				checkTemplateError(t, text, err)
			} else if !bytes.Equal(message.Rendered, want.Bytes()) {
				t.Fatalf("Render(%q) gives %q, text/template %q", text, message.Rendered, want.Bytes())
			}
		}
	})
}

func checkTemplateError(t *testing.T, text string, err error) {
	t.Helper()
	var failed *webhook.TemplateError
	if !errors.As(err, &failed) {
		t.Fatalf("%q: %v is not a TemplateError", text, err)
	}
	if failed.Pos.Line < 1 || failed.Pos.Column < 1 || failed.Pos.Line > strings.Count(text, "\n")+1 {
		t.Fatalf("%q: %v has the place %+v", text, err, failed.Pos)
	}
}

// FuzzRepairNewlines compares RepairNewlines with a reference that reads strict JSON
// with line breaks in strings. For input that the reference cannot read it only checks
// that nothing but line breaks changes.
func FuzzRepairNewlines(f *testing.F) {
	for _, seed := range []string{
		"{\"a\": \"x\ny\"}", "{\"a\": {\"b\": \"x\ny\"}, \"c\": [\"x\ny\"]}", "{\"a\nb\": \"\\\"\n\\\\\"}", "\n{\n}\n", "[\"a\nb\"]", "{\"a\": \"x\ny\"} and more",
	} {
		f.Add([]byte(seed))
	}
	for _, r := range readRecorded(f) {
		if r.Body != nil {
			f.Add([]byte(strings.ReplaceAll(*r.Body, `\n`, "\n")))
		}
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		got := webhook.RepairNewlines(bytes.Clone(body))
		if want, ok := repairReference(string(body)); ok && string(got) != want {
			t.Errorf("RepairNewlines(%q)\n gives %q\n want %q", body, got, want)
		}
		if a, b := bytes.ReplaceAll(got, []byte(`\n`), []byte("\n")), bytes.ReplaceAll(body, []byte(`\n`), []byte("\n")); !bytes.Equal(a, b) {
			t.Errorf("RepairNewlines(%q) changes more than line breaks: %q", body, got)
		}
	})
}

// repairReference escapes line breaks in the strings that are values of the root
// object. It is not ok if body is not a single object, line breaks in strings aside.
func repairReference(body string) (repaired string, ok bool) {
	const placeholder = "\u2028\u2029\u2028"    // stands for a line break inside a string
	if strings.ContainsAny(body, placeholder) { // even a part of one next to a placeholder would look like one
		return "", false
	}
	var marked strings.Builder
	inString, escaped := false, false
	for _, c := range []byte(body) {
		switch {
		case inString && c == '\n' && !escaped:
			marked.WriteString(placeholder)
			continue
		case escaped:
			escaped = false
		case inString && c == '\\':
			escaped = true
		case c == '"':
			inString = !inString
		}
		marked.WriteByte(c)
	}
	if !json.Valid([]byte(marked.String())) || !strings.HasPrefix(strings.TrimLeft(marked.String(), " \t\r\n"), "{") {
		return "", false
	}
	return unmark(marked.String(), placeholder)
}

// unmark turns each placeholder into \n in a value of the root object, and back into a
// line break elsewhere.
func unmark(marked, placeholder string) (string, bool) {
	var out strings.Builder
	dec := json.NewDecoder(strings.NewReader(marked))
	end, depth, isKey := 0, 0, false
	for {
		token, err := dec.Token()
		if err != nil {
			out.WriteString(marked[end:])
			return out.String(), true
		}
		text := marked[end:dec.InputOffset()]
		end = int(dec.InputOffset())
		replacement := "\n"
		switch token := token.(type) {
		case json.Delim:
			depth += map[json.Delim]int{'{': 1, '[': 1, '}': -1, ']': -1}[token]
			isKey = depth == 1
		case string:
			if depth == 1 && !isKey {
				replacement = `\n`
			}
			isKey = depth == 1 && !isKey
		default:
			isKey = depth == 1
		}
		out.WriteString(strings.ReplaceAll(text, placeholder, replacement))
	}
}
