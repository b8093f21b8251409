package starter_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/hooktool/hooktool/internal/starter"
	"github.com/hooktool/hooktool/pkg/config"
	"github.com/hooktool/hooktool/pkg/destination"
	"github.com/hooktool/hooktool/pkg/destination/catalog"
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// TestEveryDestination sets up a webhook to each destination and checks that the result
// is complete: with the webhook's custom fields, every template renders every sample
// into what the destination accepts.
func TestEveryDestination(t *testing.T) {
	t.Parallel()
	for _, d := range catalog.All() {
		t.Run(d.Name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			values := map[string]string{}
			for _, value := range starter.Values(d.Starter(event.KindAlert)) {
				values[value.Name] = "${VALUE}"
			}
			for _, values := range []map[string]string{nil, values} {
				o := starter.Options{Dir: filepath.Join(dir, "templates"), Config: filepath.Join(dir, config.FileName), Values: values, Force: true}
				if values != nil {
					o.Name = "with-values"
				}
				plan, err := starter.New(d, o)
				if err != nil {
					t.Fatal(err)
				}
				if err := plan.Write(); err != nil {
					t.Fatal(err)
				}
				checkWebhook(t, d, o.Config, plan.Name)
			}
		})
	}
}

func checkWebhook(t *testing.T, d *destination.Destination, path, name string) {
	t.Helper()
	file, err := config.Load(path, nil)
	if err != nil {
		t.Fatal(err)
	}
	w := file.Webhooks[len(file.Webhooks)-1]
	if w.Name != name || w.Destination != d.Name || len(d.Setup().Steps) == 0 {
		t.Errorf("the webhook is %q for %q", w.Name, w.Destination)
	}
	getenv := func(name string) string {
		if name == "VALUE" {
			return strings.Repeat("k", 32)
		}
		return "https://example.com/x"
	}
	resolved, err := w.Resolve(getenv)
	if err != nil {
		t.Fatal(err)
	}
	if err := resolved.Check(); err != nil && !strings.Contains(w.Raw().URL, "${") {
		t.Error(err)
	}
	if !w.Enabled(event.KindIncident) || !w.Enabled(event.KindAlert) {
		t.Error("incidents or alerts are not switched on")
	}
	for _, sample := range event.Samples() {
		text, err := w.Templates[sample.Kind].Read()
		if err != nil {
			t.Fatal(err)
		}
		tmpl, err := webhook.Parse(sample.Kind, "x", text)
		if err != nil {
			t.Fatal(err)
		}
		ev := sample.Event.Clone()
		ev.CustomFields = resolved.CustomFields
		message, err := tmpl.Render(t.Context(), ev)
		if err != nil {
			t.Fatal(err)
		}
		for _, problem := range d.Check(message.Body) {
			if problem.Severity == destination.Error && ev.CustomFields == nil {
				t.Errorf("%s: %s: %s", sample.Name, problem.Path, problem.Message)
			}
		}
	}
}

func TestValues(t *testing.T) {
	t.Parallel()
	values := starter.Values("{{- /* x */ -}}\n{{- /*\n  define \"no\"\n*/ -}}\n{{- define \"a\" }}{{ json \"1\" }}{{ end -}}\n{{- define \"b_c\" }}{{ json \"x \\\"y\\\"\" }}{{ end -}}\n\n{{- define \"later\" }}{{ json \"2\" }}{{ end -}}\n")
	if len(values) != 2 || values[0] != (starter.Value{Name: "a", Placeholder: "1"}) || values[1] != (starter.Value{Name: "b_c", Placeholder: `x "y"`}) {
		t.Errorf("the values are %+v", values)
	}
	for _, none := range []string{"", "{{- define \"a\" }}{{ json \"1\" }}{{ end -}}\n", "{{- /* x */ -}}\n{{- /* y */ -}}\n{{- define \"a\" }}{{ json \"1\" }}{{ end -}}\n"} {
		if values := starter.Values(none); len(values) > 0 {
			t.Errorf("%q has values %+v", none, values)
		}
	}
}

// TestHostileValue checks that a value stays text whatever it contains.
func TestHostileValue(t *testing.T) {
	t.Parallel()
	const value = "\"}} {{ .Nothing }} \\ \n `x`"
	dir := t.TempDir()
	o := starter.Options{Dir: dir, Config: filepath.Join(dir, config.FileName), Name: "true", Values: map[string]string{"chat_id": value}}
	plan, err := starter.New(catalog.ByName("telegram"), o)
	if err != nil {
		t.Fatal(err)
	}
	if err := plan.Write(); err != nil {
		t.Fatal(err)
	}
	got := starter.Values(plan.Files[0].Text)
	if len(got) != 1 || got[0].Placeholder != value {
		t.Errorf("the value is %+v", got)
	}
	if file, err := config.Load(o.Config, nil); err != nil || file.Webhooks[0].Name != "true" {
		t.Errorf("the configuration is %+v, %v", file, err)
	}
}

func TestNothingIsOverwritten(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := filepath.Join(dir, "alert.tmpl")
	if err := os.WriteFile(path, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := starter.New(catalog.ByName("telegram"), starter.Options{Dir: dir, Config: filepath.Join(dir, config.FileName)})
	var exists *starter.ExistsError
	if !errors.As(err, &exists) || len(exists.Paths) != 1 || exists.Paths[0] != path {
		t.Errorf("the error is %v", err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 1 {
		t.Errorf("the folder has %v, %v", entries, err)
	}
}

// TestAtOnce sets up webhooks in one configuration concurrently.
func TestAtOnce(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := filepath.Join(dir, config.FileName)
	all := catalog.All()
	var running sync.WaitGroup
	for _, d := range all {
		running.Go(func() {
			plan, err := starter.New(d, starter.Options{Dir: filepath.Join(dir, d.Name), Config: path})
			if err == nil {
				err = plan.Write()
			}
			if err != nil {
				t.Error(err)
			}
		})
	}
	running.Wait()
	file, err := config.Load(path, nil)
	if err != nil || len(file.Webhooks) != len(all) {
		t.Errorf("the configuration has %d webhooks, not %d: %v", len(file.Webhooks), len(all), err)
	}
}

// TestComesMeanwhile checks that a template created after the plan was made is not
// overwritten.
func TestComesMeanwhile(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	plan, err := starter.New(catalog.ByName("telegram"), starter.Options{Dir: dir, Config: filepath.Join(dir, config.FileName)})
	if err != nil {
		t.Fatal(err)
	}
	path := plan.Files[1].Path
	if err := os.WriteFile(path, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	var exists *starter.ExistsError
	if err := plan.Write(); !errors.As(err, &exists) || exists.Paths[0] != path {
		t.Errorf("the error is %v", err)
	}
	if text, err := os.ReadFile(path); err != nil || string(text) != "mine" {
		t.Errorf("%s holds %q, %v", path, text, err)
	}
}
