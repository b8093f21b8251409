package main

import (
	"os"
	"path/filepath"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
	"go.yaml.in/yaml/v3"
)

// step is the script command of that name: it extracts the shell script from a file
// that CI systems and pre-commit read, so that a test runs what they run.
func step(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: step FILE NAME TO")
	}
	text, err := os.ReadFile(filepath.Join(ts.Getenv("TESTDATA"), "..", filepath.FromSlash(args[0])))
	ts.Check(err)
	script := ""
	switch filepath.Base(args[0]) {
	case "action.yml":
		script = actionStep(ts, text, args[1])
	case ".pre-commit-hooks.yaml":
		script = hookEntry(ts, text, args[1])
	default:
		script = gitlabScript(ts, text, args[1])
	}
	if script == "" {
		ts.Fatalf("%s has no step %q", args[0], args[1])
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[2]), []byte(script), 0o755))
}

func actionStep(ts *testscript.TestScript, text []byte, name string) string {
	var action struct {
		Runs struct {
			Steps []struct{ Name, Run string }
		}
	}
	ts.Check(yaml.Unmarshal(text, &action))
	for _, step := range action.Runs.Steps {
		if step.Name == name {
			return step.Run
		}
	}
	return ""
}

// hookEntry returns a hook's command, to which the changed files are added.
func hookEntry(ts *testscript.TestScript, text []byte, id string) string {
	var hooks []struct {
		ID            string
		Entry         string
		PassFilenames *bool `yaml:"pass_filenames"`
	}
	ts.Check(yaml.Unmarshal(text, &hooks))
	for _, hook := range hooks {
		switch {
		case hook.ID != id:
		case hook.PassFilenames != nil && !*hook.PassFilenames:
			return hook.Entry
		default:
			return hook.Entry + ` "$@"`
		}
	}
	return ""
}

func gitlabScript(ts *testscript.TestScript, text []byte, job string) string {
	var jobs map[string]struct{ Script []string }
	ts.Check(yaml.Unmarshal(text, &jobs))
	return strings.Join(jobs[job].Script, "\n")
}
