package main

import (
	"errors"
	"fmt"
	"html"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/hooktool/hooktool/internal/coroot/coroottest"
	"github.com/hooktool/hooktool/internal/golden"
)

// TestDocs runs every command in the console blocks of the documentation and compares
// its output. In the output, … matches anything within a line, and on its own line any
// number of lines. The commands run in a clone of this repository made by the first
// block of README.md, in which each page begins; hooktool is the one that README.md
// installs. With -update, the test writes differing output to the page. Review the
// result: what changes with each run must be replaced by … by hand.
func TestDocs(t *testing.T) {
	t.Parallel()
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	shell := newDocShell(t, root)
	shell.env = append(shell.env, "COROOT_BASE_URL="+documentedCoroot(t).URL, "COROOT_USERNAME=admin", "COROOT_PASSWORD=s3cret-Admin",
		"PRODUCTION_URL=https://api.telegram.org/bot123456789:AAE-documented/sendMessage", "PRODUCTION_X_TOKEN=documented")
	pages, err := filepath.Glob(filepath.Join(root, "docs", "*.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, page := range append([]string{filepath.Join(root, "README.md")}, pages...) {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		if shell.clone != "" {
			shell.dir = shell.clone
		}
		updated := string(text)
		for _, step := range docSteps(string(text)) {
			got := shell.run(t, step)
			switch {
			case matches(step.want, got):
			case golden.Update():
				updated = step.replace(updated, got)
			default:
				t.Errorf("%s:%d: %s\n prints\n%s\n the page says\n%s", filepath.Base(page), step.line, step.command, got, step.want)
			}
		}
		golden.Assert(t, []byte(updated), page)
		if shell.clone == "" { // after README.md
			shell.clone = shell.dir
		}
	}
	testPictures(t, shell, root)
}

// testPictures compares the text in pictures of terminals with what the commands print;
// docs/pictures/make.sh draws them.
func testPictures(t *testing.T, shell *docShell, root string) {
	t.Helper()
	script, err := os.ReadFile(filepath.Join(root, "docs", "pictures", "make.sh"))
	if err != nil {
		t.Fatal(err)
	}
	pictures := regexp.MustCompile(`(?m)^picture (\w+) '(.*)'$`).FindAllStringSubmatch(string(script), -1)
	if len(pictures) == 0 {
		t.Fatal("docs/pictures/make.sh draws no pictures of terminals")
	}
	shell.dir = shell.clone
	for _, picture := range pictures {
		svg, err := os.ReadFile(filepath.Join(root, "docs", "pictures", picture[1]+".svg"))
		if err != nil {
			t.Fatal(err)
		}
		var drawn strings.Builder
		for _, line := range regexp.MustCompile(`(?s)<text[^>]*>(.*?)</text>`).FindAllStringSubmatch(string(svg), -1) {
			drawn.WriteString(html.UnescapeString(regexp.MustCompile(`<[^>]*>`).ReplaceAllString(line[1], "")))
		}
		printed := "$ " + picture[2] + shell.run(t, docStep{command: "COLUMNS=100 " + picture[2]})
		if got, want := withoutBlanks(drawn.String()), withoutBlanks(printed); got != want {
			t.Errorf("docs/pictures/%s.svg is stale: run docs/pictures/make.sh\n%s\n%s", picture[1], got, want)
		}
	}
}

func withoutBlanks(text string) string { return strings.Join(strings.Fields(text), "") }

// documentedCoroot stands in for the Coroot in the documentation.
func documentedCoroot(t *testing.T) *coroottest.Server {
	t.Helper()
	s := coroottest.New(&coroottest.Project{
		ID: "a1b2c3d4", Name: "production", BaseURL: "https://coroot.example.com",
		Webhook: `{"url": "https://api.telegram.org/bot123456789:AAE-documented/sendMessage", "custom_headers": [{"key": "X-Token", "value": "documented"}],
			"alerts": true, "alert_template": "{\"chat_id\": -1001234567890, \"text\": \"{{ printf \"%.300s\" .Summary }}\"}\n"}`,
		Alerts: []string{
			`{"id":"al3","rule_name":"Errors in the logs","application_id":"a1b2c3d4:shop:Deployment:checkout","severity":"warning","summary":"new error: unexpected token \"<\" in JSON","details":null,"opened_at":1795880100000}`,
			`{"id":"al2","rule_name":"Low disk space","application_id":"","severity":"critical","summary":"2 volumes are 93% full","details":null,"opened_at":1795870100000,"resolved_at":1795873700000}`,
		},
	})
	t.Cleanup(s.Close)
	return s
}

// docStep is a command and its expected output.
type docStep struct {
	line          int
	command, want string
}

// open reports whether the command continues on the next line, as one does that reads
// text up to the word EOF.
func (s docStep) open() bool {
	return strings.Contains(s.command, "<<'EOF'") && !strings.HasSuffix(s.command, "\nEOF")
}

// replace replaces the output below a command in the text of a page.
func (s docStep) replace(page, got string) string {
	if got != "" && !strings.HasSuffix(got, "\n") {
		got += "\n"
	}
	prompt := "$ " + strings.ReplaceAll(s.command, "\n", "\n> ") + "\n"
	return strings.Replace(page, prompt+s.want, prompt+got, 1)
}

// docSteps finds the commands in the console blocks of a page.
func docSteps(text string) []docStep {
	var steps []docStep
	inBlock := false
	for i, line := range strings.Split(text, "\n") {
		command, isCommand := strings.CutPrefix(line, "$ ")
		switch {
		case line == "```console":
			inBlock = true
		case line == "```":
			inBlock = false
		case inBlock && isCommand:
			steps = append(steps, docStep{line: i + 1, command: command})
		case inBlock && len(steps) > 0 && steps[len(steps)-1].open():
			steps[len(steps)-1].command += "\n" + strings.TrimPrefix(line, "> ")
		case inBlock && len(steps) > 0:
			steps[len(steps)-1].want += line + "\n"
		}
	}
	return steps
}

// docShell runs commands as a reader would.
type docShell struct {
	dir   string // where the next command runs
	clone string // made by the first block of README.md
	env   []string
}

// newDocShell prepares an empty home, in which the repository's address refers to the
// one on this disk.
func newDocShell(t *testing.T, root string) *docShell {
	t.Helper()
	if _, err := os.Stat(filepath.Join(root, ".git")); err != nil {
		t.Skip("this is not a clone of the repository")
	}
	for _, program := range []string{"git", "sh"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Skip("the documentation uses " + program + ", which is not installed")
		}
	}
	home := t.TempDir()
	bin := filepath.Join(home, "bin")
	env := append(os.Environ(),
		"COLUMNS=", "CLICOLOR_FORCE=", // the pages show the output without these
		"HOME="+home, "XDG_CONFIG_HOME="+home, "GOBIN="+bin, "PATH="+bin+string(filepath.ListSeparator)+os.Getenv("PATH"),
		"GIT_CONFIG_COUNT=3",
		"GIT_CONFIG_KEY_0=url."+root+".insteadOf", "GIT_CONFIG_VALUE_0=https://github.com/hooktool/hooktool",
		"GIT_CONFIG_KEY_1=safe.directory", "GIT_CONFIG_VALUE_1=*",
		"GIT_CONFIG_KEY_2=advice.detachedHead", "GIT_CONFIG_VALUE_2=false", // as CI checks out a commit
	)
	for _, name := range []string{"GOPATH", "GOMODCACHE", "GOCACHE"} { // setting HOME would move these
		value, err := exec.CommandContext(t.Context(), "go", "env", name).Output()
		if err != nil {
			t.Fatal(err)
		}
		env = append(env, name+"="+strings.TrimSpace(string(value)))
	}
	if os.Getenv("GOFLAGS") == "" {
		env = append(env, "GOFLAGS=-trimpath") // lets the next clone reuse what one clone built
	}
	return &docShell{dir: home, env: env}
}

// run runs a command and returns its output.
func (s *docShell) run(t *testing.T, step docStep) string {
	t.Helper()
	pwd := filepath.Join(t.TempDir(), "pwd")
	script := fmt.Sprintf("cd %q && { %s\n}; pwd >%q", s.dir, step.command, pwd)
	cmd := exec.CommandContext(t.Context(), "sh", "-c", script)
	cmd.Env = s.env
	out, err := cmd.CombinedOutput()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	if dir, err := os.ReadFile(pwd); err == nil {
		s.dir = strings.TrimSpace(string(dir))
	}
	return string(out)
}

// matches compares output with what a page shows.
func matches(want, got string) bool {
	pattern := regexp.QuoteMeta(strings.TrimRight(want, "\n"))
	pattern = strings.ReplaceAll(pattern, "\n…\n", "\n(?s:.*)\n")
	pattern = strings.ReplaceAll(pattern, "…", ".*")
	return regexp.MustCompile(`^` + pattern + `$`).MatchString(strings.TrimRight(got, "\n"))
}
