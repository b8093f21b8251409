package main

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/hooktool/hooktool/cmd/internal/exit"
)

// TestNoChats checks the advice for a bot that has seen no chat.
func TestNoChats(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		answer := `{"ok":true,"result":[]}`
		if strings.HasSuffix(r.URL.Path, "/getMe") {
			answer = `{"ok":true,"result":{"id":42,"is_bot":true,"username":"coroot_bot"}}`
		}
		io.WriteString(w, answer) //nolint:errcheck // an error fails the test
	}))
	defer server.Close()
	var stdout, stderr bytes.Buffer
	code := run([]string{"telegram", "chats", "--api-url", server.URL, "--token-file", "-"},
		streams{strings.NewReader("42:s3cr3t\n"), &stdout, &stderr}, func(string) string { return "" })
	if code != exit.Failure || stdout.Len() > 0 || strings.Contains(stderr.String(), "s3cr3t") {
		t.Errorf("exit %d, stdout %q", code, &stdout)
	}
	for _, want := range []string{
		"error: the bot @coroot_bot has seen no chat in the last 24 hours",
		"hint: for yourself: open https://t.me/coroot_bot and press Start",
		"hint: for a group: add @coroot_bot to it",
	} {
		if !strings.Contains(stderr.String(), want) {
			t.Errorf("stderr lacks %q:\n%s", want, &stderr)
		}
	}
}
