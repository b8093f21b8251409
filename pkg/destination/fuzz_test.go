package destination_test

import (
	"testing"

	"github.com/hooktool/hooktool/pkg/destination"
	"github.com/hooktool/hooktool/pkg/destination/catalog"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// FuzzCheck checks that the problems of every destination lie in the body.
func FuzzCheck(f *testing.F) {
	for _, d := range catalog.All() {
		f.Add([]byte(d.Example))
	}
	f.Add([]byte("{\"text\":\"\\ud83c\\udf89 \xff *a\",\"chat_id\":\n1,\"parse_mode\":\"Markdown\"}"))
	f.Add([]byte("{\"chat_id\":1,\"text\":\"\\u00e9\n<b>\",\"parse_mode\":\"HTML\"}"))
	f.Add([]byte(`[[[[{"":{}}]]]]`))
	f.Fuzz(func(t *testing.T, body []byte) {
		for _, d := range catalog.All() {
			for _, problem := range d.Check(body) {
				if problem.Offset < 0 || problem.Offset > len(body) || problem.Message == "" || problem.Path == "" {
					t.Fatalf("%s: %+v", d.Name, problem)
				}
			}
			for _, text := range d.Texts(body) {
				if text.Offset < 0 || text.Offset > len(body) || text.Dialect == "" {
					t.Fatalf("%s: %+v", d.Name, text)
				}
			}
		}
		destination.ByShape(catalog.All(), body)
	})
}

// FuzzJudge checks that every destination has an outcome for any answer.
func FuzzJudge(f *testing.F) {
	f.Add(200, `{"ok":false,"errors":{"a":{"_errors":[{"message":"x"}]}},"error":{"message":"x"}}`)
	f.Add(202, "")
	f.Add(400, "invalid_blocks")
	f.Fuzz(func(t *testing.T, status int, body string) {
		for _, d := range catalog.All() {
			verdict := d.Judge(webhook.Response{StatusCode: status, Status: "status", Body: body})
			if verdict.Outcome == "" || status >= 400 && verdict.Outcome != webhook.Rejected {
				t.Fatalf("%s: %+v", d.Name, verdict)
			}
		}
	})
}

// FuzzURL checks that no destination shows a secret of a URL in one of its forms.
func FuzzURL(f *testing.F) {
	for _, d := range catalog.All() {
		for _, form := range d.URLs {
			f.Add(form.Example)
		}
	}
	f.Fuzz(func(t *testing.T, raw string) {
		for _, d := range catalog.All() {
			secrets := d.Secrets(raw)
			if (secrets.URL == "") != (d.Form(raw) == nil) {
				t.Fatalf("%s shows %q as %q", d.Name, raw, secrets.URL)
			}
		}
	})
}
