package main

import (
	"bytes"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/hooktool/hooktool/cmd/internal/exit"
)

// FuzzCommandLine runs render with arbitrary options: it must never panic, end with an
// unknown exit code, or print anything when it fails.
func FuzzCommandLine(f *testing.F) {
	for _, seed := range []string{
		"--set\nstatus=OK", "--custom-field\na=b", "--custom-field\nmy-env=x", "--set\nreports[0].message=\"", "-t\nincident\n-q", "--sample\nincident-rca",
		"--format\nndjson\n--raw", "--max-time\n1ms\n--max-output=1", "-\n--strict", "--color=always\n--no-such", "-w\nx", "--config\n/dev/null",
	} {
		f.Add(seed)
	}
	template, err := filepath.Abs("../../testdata/templates/telegram/incident.tmpl")
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, options string) {
		args := append([]string{"render", template}, strings.Split(options, "\n")...)
		if slices.ContainsFunc(args[2:], func(arg string) bool { return strings.HasPrefix(arg, "/dev/") && arg != "/dev/null" }) {
			return // reading a terminal or random numbers would never end
		}
		var out, problems bytes.Buffer
		code := run(args, streams{strings.NewReader(`{"status":"OK"}`), &out, &problems}, func(string) string { return "" })
		switch code {
		case exit.OK:
		case exit.Misuse, exit.Failure:
			if out.Len() > 0 || problems.Len() == 0 {
				t.Errorf("%q: exit code %d with %q on stdout and %q on stderr", args, code, out.String(), problems.String())
			}
		default:
			t.Errorf("%q: exit code %d", args, code)
		}
	})
}
