package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"github.com/hooktool/hooktool/cmd/internal/exit"
	"github.com/hooktool/hooktool/internal/coroot/coroottest"
	"github.com/hooktool/hooktool/internal/report"
)

// The secrets of the test, which must be recognised wherever they occur. Each contains
// a part that nothing else contains.
const (
	secretToken    = "123456789:AAzqWx1TelegramTokenPartZqz1234567890"
	secretPassword = "zqz-pass/word\"1"
	secretHeader   = "Bearer zqzHeader0123456789abcdef"
	secretSession  = "zqz-session-7"
	secretField    = "zqzField0123456789abcdefRouting"
	secretEnv      = "zqzEnv0123456789abcdefRouting"
	secretLiteral  = "R7zqz9d21e8b04a6f9d2c7b15e0a4831"
	secretQuery    = "zqzQuery0123456789abcdef"
	secretPlain    = "zqzplainhook"
)

// leaked matches a part of the secrets, even one that was quoted, escaped or cut.
var leaked = regexp.MustCompile(`(?i)zqz|dGVhbTp6cXo`)

// secretProject creates a project full of secrets.
func secretProject(t *testing.T, answer string) (dir string) {
	t.Helper()
	dir = t.TempDir()
	for name, text := range map[string]string{
		".hooktool.yaml": fmt.Sprintf(`webhooks:
  telegram:
    url: %[1]s/bot%[2]s/sendMessage
    alerts: true
    alertTemplateFile: alert.tmpl
  all:
    url: %[1]s/hooks/%[9]s/x?token=%[8]s
    basicAuth: {username: team, password: '%[3]s'}
    customHeaders:
      - {key: Authorization, value: '%[4]s'}
      - {key: X-Session, value: '%[5]s'}
    customFields: {routing_key: %[6]s, api_token: '${ZQ_TOKEN}', team: '${ZQ_SECRET}'}
    destination: generic
    alerts: true
    alertTemplateFile: all.tmpl
  broken:
    url: %[1]s/hooks/%[9]s/y
    customFields: {secret: %[6]s}
    destination: generic
    alerts: true
    alertTemplateFile: broken.tmpl
  user: {url: 'https://zqzuser12345@host.invalid/', destination: generic, alerts: true, alertTemplateFile: alert.tmpl}
  segment: {url: 'https://host.invalid/zqzSegment12345', destination: generic, alerts: true, alertTemplateFile: alert.tmpl}
  words: {url: 'https://host.invalid/hooks/zqzwords', destination: generic, alerts: true, alertTemplateFile: alert.tmpl}
  fragment: {url: 'https://host.invalid/x?k=zqzQuery12345&v=1;jsessionid=zqzjs#zqzFragment12345', destination: generic, alerts: true, alertTemplateFile: alert.tmpl}
  beside: {url: 'https://host.invalid/zqzBeside12345/${ZQ_TOKEN}', destination: generic, alerts: true, alertTemplateFile: alert.tmpl}
  values:
    url: https://host.invalid/
    customHeaders:
      - {key: Cookie, value: 'sid=zqzcookie; theme=dark'}
      - {key: X-Callback, value: 'https://joe:zqzcallback@host.invalid/'}
    customFields: {dsn: 'postgres://joe:zqzdsn@host.invalid/db', sessionid: zqzsess99, note: 'see https://hooks.slack.com/services/T0/B0/zqzslackabcdefghij'}
    destination: generic
    alerts: true
    alertTemplateFile: values.tmpl
`, answer, secretToken, secretPassword, secretHeader, secretSession, secretField, "", secretQuery, secretPlain),
		"alert.tmpl":       `{"chat_id": 1, "text": {{ json .Summary }}}`,
		"all.tmpl":         `{"routing_key": {{ json .Routing_key }}, "k": {{ json .Api_token }}, "team": {{ json .Team }}, "token": "` + secretLiteral + `", "text": "{{ .Summary }}"}`,
		"values.tmpl":      `{"dsn": "{{ .Dsn }}", "session_id": {{ json .Sessionid }}, "note": "{{ .Note }}", "text": "{{ .Summary }}"}`,
		"broken.tmpl":      `{"token": "` + secretLiteral + `", "text": {{ .Nothing }} "` + secretField + `"}`,
		"parse.alert.tmpl": `{"token": "` + secretLiteral + `", "text": {{ "` + secretToken + `" | nothing }}`,
		"bad.cfg":          "webhooks:\n  x:\n    password: " + secretPassword + "\n   url: [" + secretQuery + "\n",
		"all.hooktool-test.yaml": "tests:\n  - name: all\n    template: all.tmpl\n    type: alert\n    sample: alert-check\n    golden: golden.json\n" +
			"  - name: broken\n    template: broken.tmpl\n    type: alert\n    sample: alert-check\n    body: '{\"token\": \"" + secretLiteral + "\"}'\n",
		"golden.json": `{"routing_key": "` + secretField + `x", "token": "` + secretLiteral + `"}`,
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// secretLines lists command lines that have to do with the secrets, in a project with
// them; a receiver that echoes them is at url.
func secretLines(url string) []string {
	lines := []string{
		"validate -v", "validate --oneline", "validate --statistics", "validate --write-baseline report.baseline", "validate all.tmpl broken.tmpl -w all", "validate parse.alert.tmpl", "validate .hooktool.yaml", "validate bad.cfg",
		"--config bad.cfg validate", "fix --diff all.tmpl", "fix --diff .hooktool.yaml", "fix --check all.tmpl", "fix --diff parse.alert.tmpl",
		"render broken.tmpl --type alert", "render parse.alert.tmpl --type alert", "render -w broken -t alert",
		"preview -w all", "preview -w all --raw", "preview -w telegram --states all", "preview -w all --html -", "preview parse.alert.tmpl", "preview -v -w broken",
		"test", "test -v --coverage", "test --format json", "test --format junit", "test --format tap", "test --update",
		"test-send -w all -v", "test-send -w all --format json", "test-send -w all --dry-run", "test-send -w all --dry-run --format json", "test-send -w all --curl",
		"test-send -w telegram -v --retries 1", "test-send -w broken",
		"test-send alert.tmpl --url " + url + "/bot" + secretToken + "/sendMessage -v",
		"test-send alert.tmpl --url http://team:" + "zqzuser%zz" + "@host/x",
		"test-send alert.tmpl --url http://team:zqz/pa@host/x -d telegram",
		"test-send alert.tmpl --url http://127.0.0.1:1/bot" + secretToken + "/sendMessage --timeout x",
		"test-send alert.tmpl -u team:zqzpw --url http://127.0.0.1:1/ --curl",
		"test-send alert.tmpl -H X-Api-Key:zqzkey --url http://127.0.0.1:1/x",
		"explain secret", "destinations", "samples", "samples alert-check -w all", "schema", "schema -w all alert", "version", "completion bash", "__complete validate -w ", "__complete test-send --url ",
		"coroot export -w all --for config", "coroot export -w all --for operator", "coroot export -w all --for helm", "coroot export -w all --for api",
		"coroot export -w telegram --for api", "coroot export -w telegram --for config", "coroot diff -w all --coroot-url " + url + "/" + secretQuery, "telegram chats --api-url " + url,
		"coroot projects --coroot-url http://team:zqzpw@127.0.0.1:1", "validate --custom-field =zqztoken",
	}
	for _, hook := range []string{"user", "segment", "words", "fragment", "beside", "values"} {
		for _, line := range []string{
			"coroot export --for config", "coroot export --for api", "test-send --dry-run", "test-send --curl", "test-send --timeout 100ms --format json", "preview -v", "validate -v", "schema alert",
		} {
			lines = append(lines, line+" -w "+hook)
		}
	}
	for _, format := range report.Formats() {
		lines = append(lines, "validate parse.alert.tmpl --format "+format, "validate --output "+format+"=report."+format)
	}
	return lines
}

// inEveryFormat adds, to the first line of each command, one for each format that the
// command has.
func inEveryFormat(lines []string) []string {
	root, done := newRootCmd(testApp()), map[*cobra.Command]bool{}
	all := lines
	for _, line := range lines {
		cmd, _, err := root.Find(strings.Fields(line))
		if err != nil || done[cmd] || strings.Contains(line, "--format") {
			continue
		}
		done[cmd] = true
		if formats, ok := cmd.GetFlagCompletionFunc("format"); ok {
			words, _ := formats(cmd, nil, "")
			for _, word := range words {
				all = append(all, line+" --format "+word)
			}
		}
	}
	return all
}

// TestEveryCommandMeetsSecrets checks that the tests here leave out no command.
func TestEveryCommandMeetsSecrets(t *testing.T) {
	t.Parallel()
	root, met := newRootCmd(testApp()), map[*cobra.Command]bool{}
	others := []string{"listen", "lsp", "init", "help"} // TestListenPrintsNoSecret, TestEditorSeesNoSecret; the others know none
	for _, line := range slices.Concat(secretLines(""), corootSecretLines(), others) {
		if cmd, _, err := root.Find(strings.Fields(line)); err == nil {
			met[cmd] = true
		}
	}
	eachCommand(root, func(cmd *cobra.Command) {
		if cmd.Runnable() && !cmd.HasAvailableSubCommands() && !met[cmd] {
			t.Errorf("%s is never run with secrets", cmd.CommandPath())
		}
	})
}

// TestNothingSecretIsPrinted runs every command with secrets of every kind, in every
// format and with errors, and searches the output for them.
func TestNothingSecretIsPrinted(t *testing.T) {
	status := http.StatusTeapot
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		user, password, _ := r.BasicAuth()
		body := new(bytes.Buffer)
		body.ReadFrom(r.Body)
		w.Header().Set("X-Echo", r.URL.String()+" "+password)
		w.Header().Set("Set-Cookie", "id=zqzcookie0123456789")
		if status/100 == 3 {
			w.Header()["Location"] = []string{"http://other.example/bot" + secretToken + "/%zz"}
		}
		w.WriteHeader(status)
		fmt.Fprintf(w, "%s %s %s %v %s\n{\"access_token\": \"zqzNew\", \"half\": \"%s\"}", r.URL, user, password, r.Header, body, secretToken[10:30])
	}))
	t.Cleanup(server.Close)
	dir := secretProject(t, server.URL)
	t.Chdir(dir)
	environment := map[string]string{
		"ZQ_TOKEN": secretEnv, "ZQ_SECRET": secretEnv + "2", "HOME": t.TempDir(), "HOOKTOOL_PASSWORD": secretPassword,
		"HOOKTOOL_TELEGRAM_TOKEN": secretToken, "TERM": "dumb",
	}
	lines := inEveryFormat(secretLines(server.URL))
	for _, code := range []int{http.StatusTeapot, http.StatusTemporaryRedirect} {
		status = code
		for _, line := range lines {
			if sends := strings.Contains(line, "test-send") || strings.Contains(line, server.URL); status/100 == 3 && !sends {
				continue // nothing redirects it
			}
			check := func(what, text string) {
				if at := leaked.FindStringIndex(text); at != nil {
					t.Errorf("hooktool %s: a secret in %s: …%s…", line, what, text[max(at[0]-60, 0):min(at[1]+60, len(text))])
				}
			}
			var out, err bytes.Buffer
			code := run(strings.Fields(line), streams{strings.NewReader(""), &out, &err}, func(name string) string { return environment[name] })
			if code == exit.Misuse && !strings.Contains(line, "zqz") && !strings.Contains(line, "bad") {
				t.Logf("hooktool %s: exit 2: %s", line, err.String())
			}
			check("stdout", out.String())
			check("stderr", err.String())
			reports, _ := filepath.Glob("report.*")
			for _, path := range reports {
				text, _ := os.ReadFile(path)
				check(path, string(text))
				os.Remove(path)
			}
		}
	}
	if golden, _ := os.ReadFile("golden.json"); !strings.Contains(string(golden), "***") || leaked.Match(golden) {
		t.Errorf("the golden file holds %s", golden)
	}
}

// corootSecretLines lists command lines that talk to a Coroot with secrets.
func corootSecretLines() []string {
	return []string{
		"coroot projects", "coroot projects --format json", "coroot check", "coroot check --format json", "coroot check --format sarif", "coroot check -v",
		"coroot diff -w all", "coroot diff -w all -v", "coroot diff -w telegram", "coroot test -w all", "coroot test -w all --format json",
		"coroot apply -w all", "coroot apply -w all --yes --force --test", "coroot apply -w telegram --yes -v", "coroot diff -w all",
		"coroot events", "coroot pull --dir pulled", "coroot pull --dir pulled --force -v",
	}
}

// TestNothingSecretIsPrintedOfCoroot runs the commands that talk to Coroot on a webhook
// full of secrets there.
func TestNothingSecretIsPrintedOfCoroot(t *testing.T) {
	definition, err := json.Marshal(map[string]any{
		"url": "http://127.0.0.1:1/bot" + secretToken + "/sendMessage?token=" + secretQuery, "alerts": true,
		"basic_auth":     map[string]string{"username": "team", "password": secretPassword},
		"custom_headers": []map[string]string{{"key": "Authorization", "value": secretHeader}, {"key": "X-Session", "value": secretSession}},
		"custom_fields":  map[string]string{"routing_key": secretField}, "incidents": false, "deployments": false,
		"alert_template": `{"token": "` + secretLiteral + `", "text": "{{ .Summary }}"}`,
	})
	if err != nil {
		t.Fatal(err)
	}
	server := coroottest.New(&coroottest.Project{ID: "p1", Name: "production", BaseURL: "http://c", Webhook: string(definition)})
	server.Do(func() {
		server.AnonymousRole = "Admin"
		server.TestError = "Post \"http://127.0.0.1:1/bot" + secretToken + "/sendMessage?token=" + secretQuery + "\": connection refused"
	})
	t.Cleanup(server.Close)
	t.Chdir(secretProject(t, "http://127.0.0.1:1"))
	environment := map[string]string{"ZQ_TOKEN": secretEnv, "ZQ_SECRET": secretEnv + "2", "HOME": t.TempDir(), "TERM": "dumb", "COROOT_BASE_URL": server.URL}
	for _, line := range inEveryFormat(corootSecretLines()) {
		var out, errs bytes.Buffer
		run(strings.Fields(line), streams{strings.NewReader(""), &out, &errs}, func(name string) string { return environment[name] })
		for what, text := range map[string]string{"stdout": out.String(), "stderr": errs.String()} {
			if at := leaked.FindStringIndex(text); at != nil {
				t.Errorf("hooktool %s: a secret in %s: …%s…", line, what, text[max(at[0]-60, 0):min(at[1]+60, len(text))])
			}
		}
		if strings.Contains(line, "projects") && !strings.Contains(out.String(), "production") {
			t.Errorf("hooktool %s: %s%s", line, out.String(), errs.String())
		}
	}
}

// TestListenPrintsNoSecret posts secrets to the stand-in.
func TestListenPrintsNoSecret(t *testing.T) {
	for _, format := range []string{"text", "json"} {
		out, in := io.Pipe()
		var errs bytes.Buffer
		ended := make(chan int, 1)
		go func() {
			line := []string{"listen", "--as", "pagerduty", "--count", "1", "--format", format, "-v"}
			ended <- run(line, streams{strings.NewReader(""), in, &errs}, func(string) string { return "" })
			in.Close()
		}()
		lines := bufio.NewReader(out)
		url, err := lines.ReadString('\n')
		if err != nil {
			t.Fatal(err)
		}
		rest := make(chan []byte, 1)
		go func() { text, _ := io.ReadAll(lines); rest <- text }()
		body := `{"routing_key": "` + secretField + `", "token": "` + secretLiteral + `", "session_id": "zqzsess123", "pass": "zqzpass123", "link": "https://host/x?api_key=zqzlinked1", "event_action": "trigger", "payload": {"summary": "x", "source": "y", "severity": "critical"}}`
		request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, strings.TrimSpace(url)+"?token="+secretQuery, strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		request.SetBasicAuth("team", secretPassword)
		request.Header.Set("X-Api-Key", secretSession)
		request.Header.Set("Referer", "https://host.invalid/x?token=zqzreferer")
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
		text := string(<-rest) + errs.String()
		if code := <-ended; code != 0 || !strings.Contains(text, "trigger") {
			t.Errorf("exit %d: %s", code, text)
		}
		if at := leaked.FindStringIndex(text); at != nil {
			t.Errorf("listen --format %s: a secret: …%s…", format, text[max(at[0]-60, 0):min(at[1]+60, len(text))])
		}
	}
}
