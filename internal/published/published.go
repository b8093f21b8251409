// Package published runs the scripts in testdata/oracles, which print what receivers'
// vendors publish for JavaScript: the names and choices that schemas are compared with.
// It is for tests only.
package published

import (
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
)

// required is the environment variable that makes a test fail instead of being skipped
// if something is missing; .ci/run sets it.
const required = "HOOKTOOL_TEST_REAL"

// Read runs a script and decodes its output. If Node or the packages are missing the
// test is skipped, or fails if HOOKTOOL_TEST_REAL is set.
func Read(t testing.TB, script string, into any) {
	t.Helper()
	out, err := output(script)
	if err != nil {
		if os.Getenv(required) != "" {
			t.Fatalf("%v; npm ci --prefix testdata/oracles", err)
		}
		t.Skipf("not run: %v (npm ci --prefix testdata/oracles)", err)
	}
	if err := json.Unmarshal(out, into); err != nil {
		t.Fatal(err)
	}
}

var (
	running sync.Mutex
	outputs = map[string][]byte{}
)

// output runs each script once.
func output(script string) ([]byte, error) {
	running.Lock()
	defer running.Unlock()
	if out := outputs[script]; out != nil {
		return out, nil
	}
	folder, err := folder()
	if err != nil {
		return nil, err
	}
	if _, err := os.Stat(filepath.Join(folder, "node_modules")); err != nil {
		return nil, errors.New("the packages of testdata/oracles are not installed")
	}
	cmd := exec.Command("node", script)
	cmd.Dir = folder
	out, err := cmd.Output()
	if err == nil {
		outputs[script] = out
	}
	return out, err
}

// folder returns testdata/oracles of the module, searching upwards from the test's
// folder.
func folder() (string, error) {
	at, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for ; at != filepath.Dir(at); at = filepath.Dir(at) {
		if _, err := os.Stat(filepath.Join(at, "go.mod")); err == nil {
			return filepath.Join(at, "testdata", "oracles"), nil
		}
	}
	return "", errors.New("the module's folder was not found")
}
