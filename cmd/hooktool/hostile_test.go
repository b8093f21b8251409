package main

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/hooktool/hooktool/internal/printable"
)

// hostile is a name that attacks terminals, logs of GitHub and GitLab, XML, TAP and
// human readers.
const hostile = "a\n::error::pwned\r\x1b]0;title\x07\x1b[2J\u009b31m\u202etxt\u200b\ufeff # SKIP <&\"' ##[error]x"

// TestNoNameControlsATerminal runs every command on hostile names of files, webhooks
// and tests, and on hostile templates and answers.
func TestNoNameControlsATerminal(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusTeapot)
		io.WriteString(w, hostile) //nolint:errcheck // the test notices
	}))
	t.Cleanup(server.Close)
	dir := t.TempDir()
	t.Chdir(dir)
	file := strings.NewReplacer("/", "_").Replace(hostile) + ".alert.tmpl"
	name := strconv.QuoteToASCII(hostile)
	template := strconv.QuoteToASCII(file)
	for path, text := range map[string]string{
		file:              `{"text": "{{ .Summary }}", "a` + hostile + `": {{ .Nothing` + hostile + `}}`,
		"good.alert.tmpl": `{"text": {{ json .Summary }}}`,
		".hooktool.yaml": "webhooks:\n  " + name + ":\n    url: " + server.URL + "/x\n    alerts: true\n    alertTemplateFile: " + template + "\n" +
			"  good:\n    url: " + server.URL + "/x\n    destination: generic\n    alerts: true\n    alertTemplateFile: good.alert.tmpl\n",
		"x.hooktool-test.yaml": "tests:\n  - name: " + name + "\n    template: good.alert.tmpl\n    sample: alert-check\n    body: " + name + "\n",
	} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	lines := [][]string{
		{"validate"},
		{"validate", "-v", file},
		{"validate", "--oneline"},
		{"validate", "--statistics"},
		{"validate", hostile},
		{"validate", "--enable", hostile},
		{"fix", "--diff"},
		{"fix", "--check"},
		{"fix", "--diff", file},
		{"render", file},
		{"render", "-w", hostile},
		{"render", "good.alert.tmpl", hostile},
		{"preview", file},
		{"preview", "-w", "good"},
		{"preview", "good.alert.tmpl", "--set", "summary=" + hostile},
		{"preview", "good.alert.tmpl", "--raw", "--set", "summary=" + hostile},
		{"test"},
		{"test", "-v", "--coverage"},
		{"test", "--format", "json"},
		{"test", "--format", "junit"},
		{"test", "--format", "tap"},
		{"test", "--run", hostile},
		{"test-send", "-w", "good"},
		{"test-send", "-w", "good", "-v", "--retries", "1"},
		{"test-send", "-w", "good", "--format", "json"},
		{"test-send", "-w", hostile, "--dry-run"},
		{"test-send", "-w", "good", "--curl", "--set", "summary=" + hostile},
		{"test-send", "-w", "good", "--dry-run", "--set", "summary=" + hostile},
		{"test-send", "good.alert.tmpl", "--url", "http://" + hostile},
		{"coroot", "diff", "-w", "good", "--coroot-url", server.URL},
		{"coroot", "projects", "--coroot-url", server.URL, "--user", "a:b"},
		{"coroot", "export", "-w", hostile, "--for", "config"},
		{"explain", hostile},
		{"destinations", hostile},
		{"samples", hostile},
		{hostile},
		{"--" + hostile},
		{"__complete", "validate", "-w", ""},
		{"telegram", "chats", "--api-url", server.URL},
		{"init", hostile},
		{"--config", hostile, "validate"},
	}
	for _, format := range []string{"json", "jsonl", "sarif", "junit", "github", "gitlab", "checkstyle"} {
		lines = append(lines, []string{"validate", "--format", format})
	}
	environment := map[string]string{"HOME": t.TempDir(), "TERM": "dumb", "HOOKTOOL_TELEGRAM_TOKEN": "123456789:AAabcdefghijklmnopqrstuvwxyz0123456"}
	for _, line := range lines {
		var out, errs bytes.Buffer
		run(line, streams{strings.NewReader(""), &out, &errs}, func(name string) string { return environment[name] })
		github := strings.Contains(strings.Join(line, " "), "--format github")
		checkOutput(t, line, out.String(), github)
		checkOutput(t, line, errs.String(), false)
		checkFormat(t, line, out.Bytes())
	}
}

func checkOutput(t *testing.T, args []string, text string, github bool) {
	t.Helper()
	for i, r := range text {
		if printable.Unsafe(r) && r != '\n' && r != '\t' && !(r == '\r' && strings.HasPrefix(text[i:], "\r\n")) {
			t.Errorf("hooktool %q prints %q in …%q…", args, r, text[max(i-40, 0):min(i+40, len(text))])
			break
		}
	}
	for line := range strings.Lines(text) {
		if strings.HasPrefix(strings.TrimSpace(line), "::") && (!github || !strings.Contains(line, "file=")) || strings.Contains(line, "##[") {
			t.Errorf("hooktool %q prints a command: %q", args, line)
		}
	}
}

// checkFormat checks that machine-readable output can still be parsed.
func checkFormat(t *testing.T, args []string, text []byte) {
	t.Helper()
	switch format := args[len(args)-1]; {
	case args[len(args)-1] == "tap":
		for line := range strings.Lines(string(text)) {
			if strings.HasPrefix(line, "ok") || strings.Contains(strings.ReplaceAll(line, `\#`, ""), "# SKIP") && !strings.HasPrefix(line, "  ") {
				t.Errorf("hooktool %q: a failed test passes: %q", args, line)
			}
		}
	case format == "json", format == "sarif", format == "gitlab":
		var v any
		if err := json.Unmarshal(text, &v); err != nil {
			t.Errorf("hooktool %q: %v", args, err)
		}
	case format == "junit", format == "checkstyle":
		decoder := xml.NewDecoder(bytes.NewReader(text))
		for {
			if _, err := decoder.Token(); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Errorf("hooktool %q: %v", args, err)
				break
			}
		}
	}
}
