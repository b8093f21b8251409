package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// TestBenthos runs the pipeline of docs/pipelines.md with the real engine, which is a
// separate module.
func TestBenthos(t *testing.T) {
	t.Parallel()
	module := filepath.Join("..", "..", "testdata", "benthos")
	pipeline, err := filepath.Abs(filepath.Join(module, "pipeline.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	checkDocumented(t, pipeline)
	if os.Getenv("HOOKTOOL_TEST_REAL") == "" {
		t.Skip("building Benthos takes a minute: set HOOKTOOL_TEST_REAL=1 to run the pipeline")
	}
	dir := t.TempDir()
	engine := filepath.Join(dir, "benthos"+exe())
	build := exec.CommandContext(t.Context(), "go", "build", "-o", engine, ".")
	build.Dir = module
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("build Benthos: %v\n%s", err, out)
	}
	self := os.Getenv(binary)
	for name, text := range map[string]string{
		"alert.tmpl": `{"text": {{ json .Summary }}, "first": {{ json (index .Details 0).Name }}}`,
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	const alert = `{"status":"WARNING","project_name":"p","application":"p:::","rule_name":"r","severity":"warning","summary":"SUMMARY","details":DETAILS,"url":"u"}` + "\n"
	line := func(summary, details string) string {
		return strings.NewReplacer("SUMMARY", summary, "DETAILS", details).Replace(alert)
	}
	run := exec.CommandContext(t.Context(), engine, "run", pipeline)
	run.Dir = dir
	run.Env = append(os.Environ(), "PATH="+filepath.Dir(self)+string(filepath.ListSeparator)+os.Getenv("PATH"))
	run.Stdin = strings.NewReader(line("one", `[{"name":"Sample","value":"<v>"}]`) + line("two", "null") + line("three", `[{"name":"Labels","value":"v"}]`))
	out, err := run.Output()
	if err != nil {
		t.Fatalf("run the pipeline: %v", err)
	}
	const want = `{"text": "one", "first": "Sample"}` + "\n" + `{"text": "three", "first": "Labels"}`
	if got := bodies(string(out)); got != want {
		t.Errorf("the pipeline prints\n%s\nwant\n%s", got, want)
	}
	failed, err := os.ReadFile(filepath.Join(dir, "failed.ndjson"))
	if err != nil || !strings.Contains(string(failed), `"index":1,"error":"alert.tmpl:1:`) || strings.Count(string(failed), "\n") != 1 {
		t.Errorf("the failed events are %q, %v", failed, err)
	}
}

// bodies removes the log, which the engine also prints on stdout.
func bodies(out string) string {
	var lines []string
	for line := range strings.Lines(out) {
		if strings.HasPrefix(line, `{"text"`) {
			lines = append(lines, strings.TrimSpace(line))
		}
	}
	return strings.Join(lines, "\n")
}

func exe() string {
	if runtime.GOOS == "windows" {
		return ".exe"
	}
	return ""
}

// checkDocumented checks that the page shows the pipeline that the test runs.
func checkDocumented(t *testing.T, pipeline string) {
	t.Helper()
	text, err := os.ReadFile(pipeline)
	if err != nil {
		t.Fatal(err)
	}
	page, err := os.ReadFile(filepath.Join("..", "..", "docs", "pipelines.md"))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(page), "```yaml\n"+string(text)+"```") {
		t.Errorf("docs/pipelines.md does not show %s", pipeline)
	}
}
