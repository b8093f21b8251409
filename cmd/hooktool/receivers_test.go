package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/hooktool/hooktool/internal/receiver"
	"github.com/hooktool/hooktool/pkg/destination/catalog"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// receiverCase is a payload and its receiver's response.
type receiverCase struct {
	ID, Destination, URL, Type, Template, Real, Why string
}

// TestReceivers compares validate and the stand-ins with the behaviour of receivers
// recorded in testdata/receivers.
func TestReceivers(t *testing.T) {
	t.Parallel()
	file, err := os.Open(filepath.Join("..", "..", "testdata", "receivers", "payloads.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var c receiverCase
		if err := json.Unmarshal(lines.Bytes(), &c); err != nil {
			t.Fatal(err)
		}
		t.Run(c.ID, func(t *testing.T) {
			t.Parallel()
			c.validate(t)
			c.post(t)
		})
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
}

// validate compares the findings with the receiver's response.
func (c receiverCase) validate(t *testing.T) {
	t.Helper()
	kind := c.Type
	if kind == "" {
		kind = "alert"
	}
	dir := t.TempDir()
	config := filepath.Join(dir, ".hooktool.yaml")
	path := filepath.Join(dir, kind+".tmpl")
	args := []string{"validate", "--config", config, "--format", "json", "--type", kind, "-d", c.Destination, path}
	text := []byte(c.Template)
	if c.URL != "" {
		path = filepath.Join(dir, "hooks.yaml")
		args = []string{"validate", "--config", config, "--format", "json", path}
		hook := map[string]any{"url": c.URL, kind + "s": true, kind + "Template": c.Template}
		text, _ = json.Marshal(map[string]any{"webhooks": map[string]any{"hook": hook}})
	}
	for name, content := range map[string][]byte{config: []byte("{}\n"), path: text} {
		if err := os.WriteFile(name, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var out, errOut bytes.Buffer
	run(args, streams{strings.NewReader(""), &out, &errOut}, func(string) string { return "" })
	var result struct {
		Templates []struct {
			Findings []struct{ Severity, Message string }
		}
	}
	if err := json.Unmarshal(out.Bytes(), &result); err != nil || len(result.Templates) == 0 {
		t.Fatalf("%v: %s%s", err, out.Bytes(), errOut.Bytes())
	}
	worst := ""
	for _, f := range result.Templates[0].Findings {
		if f.Severity == "error" || worst != "error" && f.Severity == "warning" {
			worst = f.Severity
		}
		if c.Real == "taken" && f.Severity == "error" {
			t.Errorf("the receiver takes it, validate does not: %s", f.Message)
		}
	}
	if c.Real == "refused" && worst != "error" {
		t.Errorf("the receiver refuses it (%s), validate does not", c.Why)
	}
	if (c.Real == "ignored" || c.Real == "misread") && worst == "" {
		t.Errorf("it is %s, and validate says nothing", c.Real)
	}
}

// post compares the stand-in's response with the receiver's, if the body is not a
// template.
func (c receiverCase) post(t *testing.T) {
	t.Helper()
	if c.Real != "taken" && c.Real != "refused" || strings.Contains(c.Template, "{{") {
		return
	}
	d := catalog.ByName(c.Destination)
	r := receiver.New(receiver.Options{Destination: d})
	target := r.Endpoint()
	if c.URL != "" { // the stand-in serves every form of the destination at its path
		u, err := url.Parse(c.URL)
		if err != nil {
			t.Fatal(err)
		}
		target, d = u.RequestURI(), d.At(c.URL)
	}
	req := httptest.NewRequest(http.MethodPost, target, strings.NewReader(c.Template))
	req.Header.Set("Content-Type", "application/json")
	w := httptest.NewRecorder()
	r.ServeHTTP(w, req)
	verdict := d.Judge(webhook.Response{StatusCode: w.Code, Header: w.Header(), Body: w.Body.String()})
	if taken := verdict.Outcome != webhook.Rejected; taken != (c.Real == "taken") {
		t.Errorf("the receiver's answer is %q, the stand-in answers %d %s", c.Real, w.Code, w.Body.String())
	}
}
