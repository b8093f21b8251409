package main

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/hooktool/hooktool/cmd/internal/exit"
)

// TestGivenTwice gives every flag of every command a second value: only those that take
// several have it.
func TestGivenTwice(t *testing.T) {
	const help = "repeatable"
	tried := 0
	var walk func(cmd *cobra.Command)
	walk = func(cmd *cobra.Command) {
		cmd.LocalFlags().VisitAll(func(flag *pflag.Flag) {
			if flag.Value.Type() == "bool" {
				return
			}
			tried++
			flag.Changed = true
			err := flag.Value.Set("x")
			refused := err != nil && err.Error() == "it is given twice"
			if _, isList := flag.Value.(pflag.SliceValue); refused == isList {
				t.Errorf("%s --%s: a second value: %v", cmd.CommandPath(), flag.Name, err)
			}
			if refused && strings.Contains(flag.Usage, help) {
				t.Errorf("%s --%s is not %s, as its help says", cmd.CommandPath(), flag.Name, help)
			}
		})
		for _, sub := range cmd.Commands() {
			walk(sub)
		}
	}
	walk(newRootCmd(&app{getenv: func(string) string { return "" }}))
	if tried < 100 {
		t.Errorf("only %d flags were tried", tried)
	}
}

func TestGivenTwiceMessage(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.WriteFile("a.tmpl", []byte(`{"text": {{ json .Application.Name }}}`), 0o600); err != nil {
		t.Fatal(err)
	}
	env := map[string]string{"HOOKTOOL_TYPE": "incident", "HOOKTOOL_COLOR": "never", "HOOKTOOL_ENABLE": "json-unescaped"}
	for line, flag := range map[string]string{
		"render -w bad -w good":                                              "webhook",
		"validate a.tmpl -t alert --type alert":                              "type",
		"validate a.tmpl -d slack -d telegram":                               "destination",
		"validate a.tmpl --format json --format text":                        "format",
		"render a.tmpl --sample x --sample y":                                "sample",
		"render a.tmpl --max-time 1s --max-time=2s":                          "max-time",
		"render a.tmpl --max-output 1 --max-output=2":                        "max-output",
		"--color always validate --color never":                              "color",
		"render a.tmpl -t incident --color never":                            "",
		"render a.tmpl --set status=OK --set status=WARNING":                 "",
		"validate a.tmpl --disable json-unescaped --disable unused-variable": "",
	} {
		var out, errs bytes.Buffer
		code := run(strings.Fields(line), streams{strings.NewReader(""), &out, &errs}, func(name string) string { return env[name] })
		if flag == "" {
			if strings.Contains(errs.String(), "twice") {
				t.Errorf("hooktool %s: %s", line, errs.String())
			}
			continue
		}
		if all := out.String() + errs.String(); code != exit.Misuse || !strings.Contains(all, "--"+flag+" is given twice") {
			t.Errorf("hooktool %s: exit %d: %s", line, code, all)
		}
	}
}
