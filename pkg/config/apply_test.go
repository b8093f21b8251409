package config_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/hooktool/hooktool/pkg/config"
	"github.com/hooktool/hooktool/pkg/event"
)

// TestApply changes templates in every style. The rest of the file must stay as
// it is.
func TestApply(t *testing.T) {
	t.Parallel()
	const after = "      # after\n      url: x  # why\n"
	for _, tt := range []struct{ style, old, text, want string }{
		{"literal", "|\n        {\n          \"a\": {{ .A }}\n        }\n", "{\n  \"b\": {{ .A }}\n}\n", "|\n        {\n          \"b\": {{ .A }}\n        }\n"},
		{"an insertion at the beginning", "|\n        {{ .A }}\n", "{{ define `x` }}{{ end }}{{ .A }}\n", "|\n        {{ define `x` }}{{ end }}{{ .A }}\n"},
		{"more lines", "|-\n        a\n        b", "a\n\nx\n  y\nb", "|-\n        a\n\n        x\n          y\n        b"},
		{"an empty line", "|\n        a\n\n        b\n", "a\nx\nb\n", "|\n        a\n        x\n        b\n"},
		{"another end", "|  # note\n        a\n", "a", "|-  # note\n        a\n"},
		{"keeping ends", "|-\n        a\n", "a\n\n\n", "|+\n        a\n\n\n"},
		{"a space first", "|\n        a\n", " a\n", "|2\n         a\n"},
		{"indicator", "|2\n         a\n", " a\nb\n", "|2\n         a\n        b\n"},
		{"folded", ">\n        one\n        two {{ .A }}\n", "one two {{ json .A }}\n", ">\n        one\n        two {{ json .A }}\n"},
		{"folded with a line before", ">-\n        {\"a\":\n        1}", "{{ define `x` }}{{ end -}} {\"a\": 1}", ">-\n        {{ define `x` }}{{ end -}}\n        {\"a\":\n        1}"},
		{"folded with a new line", ">-\n        one\n        two", "one two\nthree\n  four\nfive", ">-\n        one two\n\n        three\n          four\n        five"},
		{"double", "\"{\\\"a\\\": {{ .A }}\\\n        }\"", "{\"b\": {{ .A }}}", "\"{\\\"b\\\": {{ .A }}\\\n        }\""},
		{"double with a new line", `"a"`, "a\tb\n\x01\u2028\r", `"a\tb\n\x01\u2028\r"`},
		{"single", "'it''s {{ .A }}'", "it's '{{ .B }}", "'it''s ''{{ .B }}'"},
		{"single with a new line", "'a'", "a\nb", `"a\nb"`},
		{"plain", "a {{ .A }}", "a {{ .B }}", "a {{ .B }}"},
		{"plain that can no longer be", "a {{ .A }}", "a: b's # {{ .B }}", "'a: b''s # {{ .B }}'"},
		{"plain that is empty", "a {{ .A }}", "", "''"},
	} {
		for _, eol := range []string{"\n", "\r\n"} {
			file := func(value string) string {
				head := "# before\nprojects:\n- notificationIntegrations:\n    webhook:\n      alertTemplate: "
				return strings.ReplaceAll(head+strings.TrimSuffix(value, "\n")+"\n"+after, "\n", eol)
			}
			got, err := apply(t, file(tt.old), tt.text)
			if want := file(tt.want); err != nil || got != want {
				t.Errorf("%s:\n got %q, %v\nwant %q", tt.style, got, err, want)
			}
		}
	}
}

func apply(t *testing.T, text, template string) (string, error) {
	t.Helper()
	file, err := config.ParseDocuments("c.yaml", []byte(text), nil)
	if err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	got, err := file.Apply(config.Change{Template: file.Webhooks[0].Templates[event.KindAlert], Text: template})
	return string(got), err
}

func TestApplyRefuses(t *testing.T) {
	t.Parallel()
	const head = "projects:\n- notificationIntegrations:\n    webhook:\n      alertTemplate: "
	_, err := apply(t, head+"|\n        a\n", "a\rb")
	if want := "c.yaml:4:22: the changed template cannot be written in the style of this one"; err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
	file, err := config.Parse("c.yaml", []byte("webhooks: {a: {alertTemplateFile: x.tmpl}}"), nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := file.Apply(config.Change{Template: file.Webhooks[0].Templates[event.KindAlert]}); err == nil {
		t.Error("a template in a file of its own was changed in the configuration")
	}
}

// TestApplyAny makes random changes to random texts in every style: what is written
// must be what was asked for, and its surroundings must stay.
func TestApplyAny(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(1, 2))
	headers := []string{"|", "|-", "|+", ">", ">-", ">+", "'", `"`}
	refused := 0
	for range 1000 {
		old, text := randomText(rng), randomText(rng)
		start, ok := write(t, headers[rng.IntN(len(headers))], old)
		if !ok {
			continue
		}
		got, err := apply(t, start, text)
		if err != nil {
			refused++
			continue
		}
		file, err := config.ParseDocuments("c.yaml", []byte(got), nil)
		if err != nil {
			t.Fatalf("%q becomes %q: %v", start, got, err)
		}
		if back := file.Webhooks[0].Templates[event.KindAlert].Text; back != text {
			t.Fatalf("%q should hold %q but holds %q", got, text, back)
		}
		head, _, _ := strings.Cut(start, "alertTemplate")
		if !strings.HasPrefix(got, head) || !strings.HasSuffix(got, "      # after\n      url: 'x'\n") {
			t.Fatalf("%q becomes %q", start, got)
		}
	}
	if refused > 100 {
		t.Errorf("%d of 1000 changes were refused", refused)
	}
}

// write makes a file with a template in a style, by changing an empty template.
func write(t *testing.T, header, text string) (string, bool) {
	t.Helper()
	value := header + "\n        x"
	if len(header) == 1 && strings.Contains(`'"`, header) {
		value = header + "x" + header
	}
	file := fmt.Sprintf("projects:\n- notificationIntegrations:\n    webhook:\n      alertTemplate: %s\n      # after\n      url: 'x'\n", value)
	got, err := apply(t, file, text)
	return got, err == nil
}

func randomText(rng *rand.Rand) string {
	pieces := []string{"a", "b c", " ", "\n", "\n", "\n\n", "{{ .X }}", `"`, "'", "\\", ": ", " #", "日", "😀", "  ", "\t", "- ", "#", "{", "]", "&", "%"}
	var b strings.Builder
	for range rng.IntN(12) {
		b.WriteString(pieces[rng.IntN(len(pieces))])
	}
	return b.String()
}
