package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"strings"
	"testing"
)

// TestJSONPage compares docs/json.md with the output: every object has a version, and
// the page describes every field.
func TestJSONPage(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile("../../docs/json.md")
	if err != nil {
		t.Fatal(err)
	}
	documented := map[string]bool{}
	for _, code := range regexp.MustCompile("`[^`]+`").FindAllString(string(page), -1) {
		for _, name := range regexp.MustCompile(`\w+`).FindAllString(code, -1) {
			documented[name] = true
		}
	}
	const tests = "../../testdata/tests"
	for _, line := range []string{
		"validate " + tests + " ../../testdata/templates --format json",
		"validate " + tests + " --events ../../testdata/events/incident-warning.json --format json",
		"validate missing.tmpl --format json",
		"test-send " + tests + "/quick-alert.tmpl --url http://127.0.0.1:1/ --format json",
		"test-send " + tests + "/quick-alert.tmpl --url http://127.0.0.1:1/ --dry-run --format json",
		"test " + tests + " --format json",
		"test " + tests + " --run quotes --format json",
		"samples --format json", "schema --format json", "explain --format json", "destinations --format json",
		"version --format json", "validate --format json --nope",
		"validate " + tests + " missing.tmpl --format jsonl",
		"render ../../pkg/destination/slack/incident.tmpl ../../testdata/events/incident-warning.json --format ndjson",
		"render " + tests + "/quick-alert.tmpl - --format ndjson --on-error emit",
		"coroot projects --format json --coroot-url " + documentedCoroot(t).URL,
		"telegram chats --format json --token-file - --api-url " + telegramStandIn(t),
		"listen --as telegram --count 1 --format json",
	} {
		objects := jsonObjects(t, line)
		if len(objects) == 0 {
			t.Errorf("%s prints nothing", line)
		}
		for _, object := range objects {
			if object["version"] != 1.0 && !strings.HasPrefix(line, "version") && !strings.HasPrefix(line, "render") {
				t.Errorf("%s: the version is %v", line, object["version"])
			}
			for name := range fieldNames(object) {
				if !documented[name] {
					t.Errorf("%s: docs/json.md does not describe %q", line, name)
				}
			}
		}
	}
}

// jsonObjects runs a command and returns the objects that it prints.
func jsonObjects(t *testing.T, line string) []map[string]any {
	t.Helper()
	input := map[string]string{"telegram": "42:secret\n", "render": "{}\n"}[strings.Fields(line)[0]]
	getenv := func(name string) string {
		return map[string]string{"COROOT_USERNAME": "admin", "COROOT_PASSWORD": "s3cret-Admin"}[name]
	}
	out, in := io.Pipe()
	go func() {
		run(strings.Fields(line), streams{strings.NewReader(input), in, io.Discard}, getenv)
		in.Close()
	}()
	lines := bufio.NewReader(out)
	if strings.HasPrefix(line, "listen") { // the URL comes first
		url, err := lines.ReadString('\n')
		if err != nil {
			t.Fatal(err)
		}
		go func() { // the request is printed before it is answered
			if response, err := http.Post(strings.TrimSpace(url), "application/json", strings.NewReader(`{"chat_id": 1}`)); err == nil {
				response.Body.Close()
			}
		}()
	}
	var objects []map[string]any
	for decoder := json.NewDecoder(lines); ; {
		var object map[string]any
		switch err := decoder.Decode(&object); {
		case errors.Is(err, io.EOF):
			return objects
		case err != nil:
			t.Errorf("%s: %v", line, err)
			_, _ = io.Copy(io.Discard, out)
			return objects
		}
		objects = append(objects, object)
	}
}

// telegramStandIn answers as the Bot API does for a bot that has seen chats.
func telegramStandIn(t *testing.T) string {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		answer := `{"ok":true,"result":[{"update_id":1,"message":{"message_id":1,"date":1,"message_thread_id":7,"is_topic_message":true,
			"chat":{"id":-1001,"type":"supergroup","title":"On call","is_forum":true}}}]}`
		if strings.HasSuffix(r.URL.Path, "/getMe") {
			answer = `{"ok":true,"result":{"id":42,"is_bot":true,"first_name":"Coroot","username":"coroot_bot"}}`
		}
		io.WriteString(w, answer) //nolint:errcheck // an error fails the test
	}))
	t.Cleanup(server.Close)
	return server.URL
}

// fieldNames returns the names of all fields of a value, except those of events,
// headers and schemas.
func fieldNames(v any) map[string]bool {
	names := map[string]bool{}
	var walk func(any)
	walk = func(v any) {
		switch v := v.(type) {
		case map[string]any:
			for name, value := range v {
				names[name] = true
				if name != "event" && name != "headers" && name != "schema" {
					walk(value)
				}
			}
		case []any:
			for _, value := range v {
				walk(value)
			}
		}
	}
	walk(v)
	return names
}
