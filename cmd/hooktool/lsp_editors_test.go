package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// sighting is what an editor saw of the language server.
type sighting struct {
	Found      []string // the codes of diagnostics
	Hover      string
	Completion []string
	Left       []string // the codes after the repair
}

const editedTemplate = "{\n  \"text\": \"{{ .Summary }} 😀\",\n  \"status\": \"{{ .Status }}\"\n}\n"

// check compares what an editor saw with what it should see, and the saved template
// with its repair.
func (s sighting) check(t *testing.T, dir string) {
	t.Helper()
	if !slices.Contains(s.Found, "json-unescaped") || len(s.Left) != 0 {
		t.Errorf("found %s, and after the repair %s", s.Found, s.Left)
	}
	if !strings.Contains(s.Hover, "since Coroot 1.18.0") || !strings.Contains(s.Hover, "$.text") {
		t.Errorf("hover: %s", s.Hover)
	}
	if !slices.Contains(s.Completion, "Summary") || slices.Contains(s.Completion, "Reports") {
		t.Errorf("completion: %s", s.Completion)
	}
	saved, err := os.ReadFile(filepath.Join(dir, "alert.tmpl"))
	if err != nil || !strings.Contains(string(saved), `{{ template "jsonstr" .Summary }} 😀`) {
		t.Errorf("saved: %s %v", saved, err)
	}
}

// editorDir returns a folder with a template to edit.
func editorDir(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "alert.tmpl"), []byte(editedTemplate), 0o600); err != nil {
		t.Fatal(err)
	}
	return dir
}

// missing skips a test, or fails it if nothing may be missing.
func missing(t *testing.T, what string) {
	t.Helper()
	if os.Getenv("HOOKTOOL_TEST_REAL") != "" {
		t.Fatal(what)
	}
	t.Skip("not run: " + what)
}

// TestNeovim drives the language server in Neovim.
func TestNeovim(t *testing.T) {
	t.Parallel()
	nvim, err := exec.LookPath("nvim")
	if err != nil {
		missing(t, "there is no nvim")
	}
	script, err := filepath.Abs("../../testdata/editors/nvim.lua")
	if err != nil {
		t.Fatal(err)
	}
	dir := editorDir(t)
	cmd := exec.CommandContext(t.Context(), nvim, "--headless", "--clean", "-c", "luafile "+script)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "XDG_STATE_HOME="+t.TempDir(), "XDG_CACHE_HOME="+t.TempDir())
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	text, err := os.ReadFile(filepath.Join(dir, "result.json"))
	if err != nil {
		t.Fatal(err)
	}
	var s sighting
	if err := json.Unmarshal(text, &s); err != nil {
		t.Fatal(err)
	}
	s.check(t, dir)
}

// TestNodeClient drives the language server with the client library of VS Code.
func TestNodeClient(t *testing.T) {
	t.Parallel()
	oracles, err := filepath.Abs("../../testdata/oracles")
	if err != nil {
		t.Fatal(err)
	}
	node, err := exec.LookPath("node")
	if err != nil {
		missing(t, "there is no node")
	}
	if _, err := os.Stat(filepath.Join(oracles, "node_modules", "vscode-languageserver-protocol")); err != nil {
		missing(t, "the packages of testdata/oracles are not installed: npm ci --prefix testdata/oracles")
	}
	dir := editorDir(t)
	cmd := exec.CommandContext(t.Context(), node, "lsp.mjs", os.Getenv(binary), dir)
	cmd.Dir = oracles
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	var s struct {
		sighting
		Encoding string
		Lenses   []string
		Body     string
		Page     bool
		Code     int
	}
	if err := json.Unmarshal(out, &s); err != nil {
		t.Fatalf("%v in %s", err, out)
	}
	s.check(t, dir)
	if s.Encoding != "utf-16" || !s.Page || s.Code != 0 || !json.Valid([]byte(s.Body)) || len(s.Lenses) != 2 {
		t.Errorf("saw %+v", s)
	}
}
