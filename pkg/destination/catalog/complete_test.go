package catalog_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hooktool/hooktool/pkg/destination"
	"github.com/hooktool/hooktool/pkg/destination/catalog"
	"github.com/hooktool/hooktool/pkg/destination/markup"
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// TestComplete checks that every folder is complete in the same way.
func TestComplete(t *testing.T) {
	t.Parallel()
	for _, d := range catalog.All() {
		t.Run(d.Name, func(t *testing.T) {
			t.Parallel()
			for what, text := range map[string]string{"title": d.Title, "summary": d.Summary, "docs": d.Docs, "example": d.Example, "unknown fields": string(d.Unknown)} {
				if text == "" {
					t.Errorf("there is no %s", what)
				}
			}
			if u, err := url.Parse(d.Docs); err != nil || u.Scheme != "https" || u.Host == "" {
				t.Errorf("docs is not a URL: %s", d.Docs)
			}
			if len(d.Rules) == 0 || len(d.Answers) == 0 {
				t.Error("there are no rules or no answers")
			}
			for _, file := range []string{"payloads.txtar", "answers.txtar"} {
				if _, err := os.Stat(folder(d.Name, "testdata", file)); err != nil {
					t.Error(err)
				}
			}
			for _, kind := range event.Kinds() {
				if d.Starter(kind) == "" {
					t.Errorf("there is no starter template for kind %s", kind)
				}
			}
			if !json.Valid(d.Schema()) {
				t.Error("the schema is not JSON")
			}
			if d.Name == "generic" || d.Name == "plaintext" {
				return // nothing else is known about these
			}
			if d.Read == nil || len(d.URLs) == 0 || len(d.Visible) == 0 || len(d.Fields()) == 0 {
				t.Error("there is no reader, no URL, no text or no field")
			}
			if d.Endpoint == "" || d.Respond == nil {
				t.Error("it has no stand-in: no endpoint, or no answers of its own to requests")
			}
			if d.Visible[0].Label == "" {
				t.Error("a text has no label")
			}
		})
	}
}

// TestNamesAreUnique checks that no two destinations share a name.
func TestNamesAreUnique(t *testing.T) {
	t.Parallel()
	seen := map[string]string{}
	for _, d := range catalog.All() {
		for _, name := range append([]string{d.Name}, d.Aliases...) {
			if seen[name] != "" || name != strings.ToLower(name) {
				t.Errorf("%s of %s is taken by %s, or is not in lower case", name, d.Name, seen[name])
			}
			seen[name] = d.Name
			if got := catalog.ByName(strings.ToUpper(name)); got != d {
				t.Errorf("%s is not found", name)
			}
		}
	}
}

// TestURLs checks that every form recognises its example and masks its secrets.
func TestURLs(t *testing.T) {
	t.Parallel()
	for _, d := range catalog.All() {
		for i := range d.URLs {
			form := &d.URLs[i]
			want := d
			if form.Takes != nil {
				want = form.Takes
			}
			if got := catalog.ByURL(form.Example); got == nil || got.String() != want.String() {
				t.Errorf("%s is taken for %v, want %v", form.Example, got, want)
			}
			if got := d.Form(form.Example); got == nil || got.Pattern != form.Pattern {
				t.Errorf("%s of %s has another form than its own", form.Example, d.Name)
			}
			re, err := regexp.Compile(form.Pattern)
			if err != nil {
				t.Fatal(err)
			}
			secrets := d.Secrets(form.Example)
			hasSecret := len(form.SecretQuery) > 0 && strings.Contains(form.Example, "?") || slices.ContainsFunc(re.SubexpNames(), func(name string) bool {
				return strings.HasPrefix(name, "secret")
			})
			if hasSecret != strings.Contains(secrets.URL, webhook.Mask) || hasSecret != (len(secrets.Values) > 0) {
				t.Errorf("%s of %s is shown as %s", form.Example, d.Name, secrets.URL)
			}
			if shown := webhook.NewRedactorKnowing(webhook.Webhook{URL: form.Example}, secrets).Text(form.Example); hasSecret && shown == form.Example {
				t.Errorf("%s of %s is not masked in a text", form.Example, d.Name)
			}
		}
	}
	for _, raw := range []string{"", "x", "https://example.com", "https://example.com/hooks", "https://slack.example.com/", "::", "https://coroot.com/telegram"} {
		if d := catalog.ByURL(raw); d != nil {
			t.Errorf("%q is taken for %s", raw, d.Name)
		}
	}
}

// TestForms checks that every form is complete, and that its stand-in serves it.
func TestForms(t *testing.T) {
	t.Parallel()
	for _, d := range catalog.All() {
		for _, form := range d.Forms() {
			if form.FormName != strings.ToLower(form.FormName) || form.Summary == d.Summary || form.Example == "" || form.Unknown == "" || len(form.Rules) == 0 {
				t.Errorf("%s: there is no name, summary, example or rule of its own", form)
			}
			if got := catalog.ByName(form.String()); got != form || form.Whole() != d || form.Name != d.Name || form.Title == "" || form.Respond == nil {
				t.Errorf("%s is %v by its name", form, got)
			}
			for _, problem := range form.Check([]byte(form.Example)) {
				if problem.Effect != destination.Ignored || problem.Path != "$" {
					t.Errorf("the example of %s: %+v", form, problem)
				}
			}
			if m := form.Parse([]byte(form.Example)).Message(); m.Err != nil {
				t.Errorf("the example of %s: %v", form, m.Err)
			}
			if slices.Contains(d.Chosen, form) {
				continue
			}
			endpoint, err := url.Parse(form.Endpoint)
			if err != nil {
				t.Fatal(err)
			}
			if got := d.Serving(endpoint.Path, endpoint.Query()); got != form {
				t.Errorf("at %s the stand-in is %s, not %s", form.Endpoint, got, form)
			}
			call := &destination.Call{
				Method: "POST", Path: endpoint.Path, Query: endpoint.Query(), Body: []byte(form.Example), Number: 1,
				Header: http.Header{"Content-Type": {"application/json"}},
			}
			if answer := d.Receive(call); answer.StatusCode >= 300 || call.Form != form.FormName {
				t.Errorf("%s answers to its example with %+v", form, answer)
			}
			call.Method = "POST"
			if verdict := form.Judge(d.Receive(call)); verdict.Outcome != webhook.Delivered && verdict.Outcome != webhook.Accepted {
				t.Errorf("%s judges its own answer as %+v", form, verdict)
			}
		}
		endpoint, err := url.Parse(d.Endpoint)
		if err != nil {
			t.Fatal(err)
		}
		if got := d.Serving(endpoint.Path, endpoint.Query()); got != d {
			t.Errorf("at %s the stand-in is %s, not %s", d.Endpoint, got, d)
		}
	}
}

// TestExamples checks that each example satisfies its destination's own rules, and is
// recognised by its shape if there is one.
func TestExamples(t *testing.T) {
	t.Parallel()
	for _, d := range catalog.All() {
		for _, problem := range d.Check([]byte(d.Example)) {
			t.Errorf("the example of %s: %+v", d.Name, problem)
		}
		got, _ := destination.ByShape(catalog.All(), []byte(d.Example))
		switch {
		case len(d.Shapes) > 0 && got != d:
			t.Errorf("the example of %s is taken for %v", d.Name, got)
		case len(d.Shapes) == 0 && got != nil && d.Name != "jsm":
			t.Errorf("the example of %s is taken for %s", d.Name, got.Name)
		}
		if texts := d.Texts([]byte(d.Example)); len(texts) == 0 && d.Name != "generic" {
			t.Errorf("the example of %s shows no text", d.Name)
		}
	}
}

// TestEveryPathIsReadable finds mistyped paths of limits, texts and shapes.
func TestEveryPathIsReadable(t *testing.T) {
	t.Parallel()
	for _, d := range catalog.Forms() {
		var paths []string
		for _, limit := range d.Limits {
			paths = append(append(paths, limit.Path), limit.SumOf...)
		}
		for _, rule := range d.Visible {
			paths = append(paths, rule.Path)
			if !slices.Contains(markup.Dialects(), rule.Dialect) {
				t.Errorf("%s: the dialect %q is not known", d.Name, rule.Dialect)
			}
		}
		for _, shape := range d.Shapes {
			for _, condition := range shape {
				if path, _, _ := strings.Cut(condition, "="); path != "thin" {
					paths = append(paths, path)
				}
			}
		}
		for _, path := range paths {
			if err := destination.CheckPath(path); err != nil && path != destination.WholeBody {
				t.Errorf("%s: %v", d.Name, err)
			}
		}
	}
}
