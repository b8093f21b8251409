package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/hooktool/hooktool/internal/golden"
	"github.com/hooktool/hooktool/internal/vast"
)

func TestMain(m *testing.M) {
	os.Exit(apart(m))
}

// binary is set to the path of the program under test. Scripts and other tests run the
// real program: the test binary takes twice as long to start.
const binary = "HOOKTOOL_TEST_BINARY"

// apart runs the tests isolated from their surroundings: they see neither the user's
// configuration nor one in a folder above theirs. The program is built and is first on
// PATH.
func apart(m *testing.M) int {
	home, err := os.MkdirTemp("", "hooktool-test-home")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(home)
	above, err := filepath.Abs("..")
	if err != nil {
		panic(err)
	}
	env := goEnv() // some tests build the program
	if os.Getenv(binary) == "" {
		env[binary] = filepath.Join(home, "bin", "hooktool"+exe())
		if out, err := exec.CommandContext(context.Background(), "go", "build", "-ldflags=-s -w", "-o", env[binary], ".").CombinedOutput(); err != nil {
			panic(fmt.Sprintf("%v\n%s", err, out))
		}
		env["PATH"] = filepath.Dir(env[binary]) + string(filepath.ListSeparator) + os.Getenv("PATH")
	}
	env["HOME"] = home
	env["XDG_CONFIG_HOME"] = filepath.Join(home, ".config")
	env["GIT_CEILING_DIRECTORIES"] = filepath.Dir(home) + string(filepath.ListSeparator) + above
	for name, value := range env {
		if err := os.Setenv(name, value); err != nil {
			panic(err)
		}
	}
	return m.Run()
}

// goEnv returns the settings of Go that depend on the home folder.
func goEnv() map[string]string {
	out, err := exec.CommandContext(context.Background(), "go", "env", "-json", "GOCACHE", "GOENV", "GOMODCACHE", "GOPATH").Output()
	env := map[string]string{}
	if err == nil {
		err = json.Unmarshal(out, &env)
	}
	if err != nil {
		panic(err)
	}
	return env
}

// TestScripts runs the scripts of testdata/script with the real command. In each,
// $TESTDATA is the repository's testdata folder.
//
// In addition to the commands of testscript, there are:
//
//	serve NAME STATUS [FILE]   starts a receiver that answers with STATUS and the text
//	                           of FILE; $NAME is its URL, and NAME.got contains what
//	                           it received. Several statuses, separated by commas,
//	                           apply to one request each, and the last also to all
//	                           further ones
//	listen NAME ARGS...        starts hooktool listen; $NAME is the URL that it prints,
//	                           and NAME.out contains the rest of its output
//	ends NAME [now]            waits for it to end by itself, or interrupts it
//	normalise FILE TO          writes a copy without what changes with each run: times,
//	                           ports and folders
//	count FILE N               fails unless the file has N lines
//	step FILE NAME TO          writes the shell script of a step in action.yml, a hook
//	                           in .pre-commit-hooks.yaml or a GitLab job
//	coroot NAME FILE           starts a stand-in for Coroot's server, described in FILE;
//	                           $NAME is its URL, $VIEWER the session of a Viewer
//	live NAME FILE             writes the stand-in's current webhook, and the requests
//	                           that it received
//	exits CODE COMMAND...      runs a command and fails unless it exits with CODE
//
// The condition [long] is true if HOOKTOOL_TEST_LONG is set.
func TestScripts(t *testing.T) {
	t.Parallel()
	testdata, err := filepath.Abs("../../testdata")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:                 filepath.Join(testdata, "script"),
		UpdateScripts:       golden.Update(),
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Condition: func(condition string) (bool, error) {
			if condition != "long" {
				return false, fmt.Errorf("unknown condition %q", condition)
			}
			return vast.Long(t), nil
		},
		Setup: func(env *testscript.Env) error {
			env.Setenv("TESTDATA", testdata)
			env.Setenv("XDG_CONFIG_HOME", filepath.Join(env.WorkDir, ".config"))
			env.Setenv("HOME", filepath.Join(env.WorkDir, "home"))
			env.Setenv("GIT_CEILING_DIRECTORIES", filepath.Dir(env.WorkDir))
			env.Setenv("NO_PROXY", "127.0.0.1")
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"serve":     serve,
			"listen":    listen,
			"ends":      ends,
			"normalise": normalise,
			"count":     count,
			"step":      step,
			"coroot":    corootServer,
			"live":      live,
			"exits":     exits,
		},
	})
}

// serve is the script command of that name.
func serve(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 || len(args) > 3 {
		ts.Fatalf("usage: serve NAME STATUS [FILE]")
	}
	var statuses []int
	for _, text := range strings.Split(args[1], ",") {
		status, err := strconv.Atoi(text)
		ts.Check(err)
		statuses = append(statuses, status)
	}
	answer := ""
	if len(args) == 3 {
		answer = ts.ReadFile(args[2])
	}
	log := ts.MkAbs(args[0] + ".got")
	ts.Check(os.WriteFile(log, nil, 0o644))
	var mu sync.Mutex
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		f, err := os.OpenFile(log, os.O_APPEND|os.O_WRONLY, 0o644)
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		defer f.Close()
		writeRequest(f, r)
		if location, ok := strings.CutPrefix(answer, "Location: "); ok {
			w.Header().Set("Location", strings.TrimSpace(location))
		}
		w.WriteHeader(statuses[0])
		if len(statuses) > 1 {
			statuses = statuses[1:]
		}
		io.WriteString(w, answer)
	}))
	ts.Defer(server.Close)
	ts.Setenv(args[0], server.URL)
}

// writeRequest writes a request as text, with its headers sorted.
func writeRequest(w io.Writer, r *http.Request) {
	out := bufio.NewWriter(w)
	defer out.Flush()
	fmt.Fprintf(out, "%s %s\n", r.Method, r.URL)
	for _, key := range slices.Sorted(maps.Keys(r.Header)) {
		for _, value := range r.Header[key] {
			fmt.Fprintf(out, "%s: %s\n", key, value)
		}
	}
	body, _ := io.ReadAll(r.Body)
	fmt.Fprintf(out, "\n%s\n", body)
}

// normalise is the script command of that name.
func normalise(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: normalise FILE TO")
	}
	text := ts.ReadFile(args[0])
	text = changing().ReplaceAllString(text, "$1<N>")
	text = httpDate().ReplaceAllString(text, "<DATE>")
	text = strings.ReplaceAll(text, ts.Getenv("TESTDATA"), "$TESTDATA")
	text = strings.ReplaceAll(text, ts.Getenv("WORK"), "$WORK")
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte(text), 0o644))
}

// count checks how many lines a file has: count FILE N.
func count(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: count FILE N")
	}
	if got := bytes.Count([]byte(ts.ReadFile(args[0])), []byte("\n")); strconv.Itoa(got) != args[1] {
		ts.Fatalf("%s has %d lines, not %s", args[0], got, args[1])
	}
}

// exits runs a command and checks its exit code.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE COMMAND...")
	}
	code := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		var exit *exec.ExitError
		if !errors.As(err, &exit) {
			ts.Fatalf("%v", err)
		}
		code = exit.ExitCode()
	}
	if strconv.Itoa(code) != args[0] {
		ts.Fatalf("%v exits with %d, not %s", args[1:], code, args[0])
	}
}

// changing matches what differs between runs: durations and ports.
func changing() *regexp.Regexp {
	return regexp.MustCompile(`( in |127\.0\.0\.1:|"duration_ms": )\d+(?:\.\d+)?(?:m?s)?`)
}

func httpDate() *regexp.Regexp {
	return regexp.MustCompile(`\w{3}, \d\d \w{3} \d{4} [\d:]{8} GMT`)
}
