package webhook_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/hooktool/hooktool/pkg/webhook"
)

// secretHook is a webhook full of secrets, each of which contains the letters s3cr3t.
func secretHook(base string) webhook.Webhook {
	return webhook.Webhook{
		URL:       base + "/bot123:s3cr3t-AAAA/sendMessage?token=s3cr3t%2Fq&x=1",
		BasicAuth: &webhook.BasicAuth{Username: "user", Password: `pw"s3cr3t`},
		CustomHeaders: []webhook.Header{
			{Key: "X-Api-Key", Value: "key-s3cr3t"},
			{Key: "Authorization", Value: "Bearer s3cr3t-bearer"},
			{Key: "X-Plain", Value: "shown"},
		},
	}
}

func TestNothingSecretInADelivery(t *testing.T) {
	t.Parallel()
	// Echoes everything that it was sent, in its body and a header.
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		user, password, _ := r.BasicAuth()
		echo := fmt.Sprintf("%s %s %s %s %v %s", r.URL, r.URL.Path, user, password, r.Header, body)
		quoted, _ := json.Marshal(echo)
		w.Header().Set("X-Echo", r.URL.String())
		w.WriteHeader(http.StatusTeapot)
		fmt.Fprintf(w, "%s\n%s", echo, quoted)
	}))
	t.Cleanup(server.Close)
	body := `{"text":"hi","routing_key":"R0123s3cr3t"}`
	for _, base := range []string{server.URL, "http://127.0.0.1:1", "https://no-such-host.invalid", "bad://x", "http://a b"} {
		d := (&webhook.Sender{}).Send(t.Context(), secretHook(base), message(body))
		text := fmt.Sprintf("%+v %v %+v", d, d.Err, d.Response)
		if strings.Contains(text, "s3cr3t") || strings.Contains(text, "dXNlcjpwd") {
			t.Errorf("%s: a secret in %s", base, text)
		}
	}
}

func TestShowSecret(t *testing.T) {
	t.Parallel()
	hook := secretHook("http://127.0.0.1:1")
	d := (&webhook.Sender{ShowSecret: true}).Send(t.Context(), hook, message("{}"))
	if d.URL != hook.URL {
		t.Errorf("the URL is %s", d.URL)
	}
}

// Values of one to three characters are masked by their place only.
func TestRedactKeepsShortValues(t *testing.T) {
	t.Parallel()
	redact := webhook.NewRedactor(webhook.Webhook{
		URL: "https://h.example.com/a?x=1&y=%31&z=abc", BasicAuth: &webhook.BasicAuth{Username: "u", Password: "2.0"},
		CustomHeaders: []webhook.Header{{Key: "X-Token", Value: "1"}},
	})
	for _, text := range []string{"POST / HTTP/1.1", `{"v": 1, "version": "2.0"}`, "abc is wrong"} {
		if got := redact.Body(text); got != text {
			t.Errorf("%q becomes %q", text, got)
		}
	}
	if got := redact.URL("https://h.example.com/a?x=1&y=%31&z=abc"); got != "https://h.example.com/***" {
		t.Errorf("the URL is shown as %q", got)
	}
	if got := redact.Header(http.Header{"X-Token": {"1"}}).Get("X-Token"); got != webhook.Mask {
		t.Errorf("the header is shown as %q", got)
	}
}

func TestRedactKeepsWords(t *testing.T) {
	t.Parallel()
	redact := webhook.NewRedactor(webhook.Webhook{
		URL: "https://example.com/hook", BasicAuth: &webhook.BasicAuth{Username: "u", Password: "a"},
	})
	for text, want := range map[string]string{
		"the webhook was not found at /hook":     "the webhook was not found at ***",
		"https://example.com/hook says: a hook!": "https://example.com*** says: a hook!",
	} {
		if got := redact.Text(text); got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
	for raw, want := range map[string]string{
		"https://example.com/hook":   "https://example.com/***",
		"https://example.com/":       "https://example.com/",
		"https://u:p@example.com":    "https://example.com/***",
		"https://example.com?key=1":  "https://example.com/***",
		"::":                         "***",
		"http://[::1]:8080/services": "http://[::1]:8080/***",
	} {
		if got := redact.URL(raw); got != want {
			t.Errorf("%s is shown as %s, want %s", raw, got, want)
		}
	}
}

// TestCurl runs the command line: it must send what the sender sends.
func TestCurl(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("curl"); err != nil {
		t.Skip("curl is not installed")
	}
	address, requests := rawServer(t, okAnswer)
	hook := secretHook("http://" + address)
	hook.CustomHeaders = append(hook.CustomHeaders, webhook.Header{Key: "X-Empty", Value: ""})
	body := "{\"text\":\"it's\\n `$HOME` \\\\ ünïcode \u200b\u202e\"}\n"
	d := (&webhook.Sender{}).Send(t.Context(), hook, message(body))
	if d.Outcome != webhook.Delivered {
		t.Fatal(d)
	}
	want := <-requests
	for name, redact := range map[string]*webhook.Redactor{"shown": nil, "masked": webhook.NewRedactor(hook)} {
		line, err := hook.Curl([]byte(body), redact)
		if err != nil {
			t.Fatal(err)
		}
		if redact != nil && strings.Contains(line, "s3cr3t") {
			t.Errorf("%s: a secret in %s", name, line)
		}
		cmd := exec.CommandContext(t.Context(), "sh", "-c", line)
		cmd.Env = append(cmd.Environ(), "HOOKTOOL_URL="+hook.URL, "HOOKTOOL_PASSWORD="+hook.BasicAuth.Password,
			"HOOKTOOL_HEADER_X_API_KEY=key-s3cr3t", "HOOKTOOL_HEADER_AUTHORIZATION=Bearer s3cr3t-bearer")
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%s: %v\n%s", name, err, out)
		}
		got := strings.Replace(<-requests, "X-Empty:\r\n", "X-Empty: \r\n", 1)
		if sortedLines(got) != sortedLines(strings.Replace(want, "Accept-Encoding: gzip\r\n", "", 1)) {
			t.Errorf("%s: curl sends\n%s\nhooktool sends\n%s", name, got, want)
		}
	}
}

// TestCurlReadsNoFile attacks the command line with values that curl would take for a
// file, for several URLs, or for a header to leave out.
func TestCurlReadsNoFile(t *testing.T) {
	t.Parallel()
	hook := webhook.Webhook{URL: "https://example.com/{a,b}[1-2]", CustomHeaders: []webhook.Header{{Key: "X-Empty"}}}
	line, err := hook.Curl([]byte("@/etc/hostname"), nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{"--globoff", "--data-raw '@/etc/hostname'", "'X-Empty;'"} {
		if !strings.Contains(line, part) {
			t.Errorf("no %s in %s", part, line)
		}
	}
	hook.CustomHeaders = []webhook.Header{{Key: "@/etc/hostname", Value: "x"}}
	if line, err := hook.Curl(nil, nil); err == nil {
		t.Errorf("a file is sent: %s", line)
	}
}

// FuzzRedact checks that no part of a secret is left, whatever is around it, and that
// columns do not move.
func FuzzRedact(f *testing.F) {
	f.Add("a", "b", "hunter2-Pass")
	f.Add(`{"token": "`, `"}`, "R7f3c9d21e8b04a6f9d2")
	f.Add("https://u:", "@host/x?y=", "p/w@x:1")
	f.Fuzz(func(t *testing.T, before, after, secret string) {
		if len(secret) < 8 || strings.Trim(secret, "*\"\\%&<>\x00 ") != secret {
			return
		}
		redact := webhook.NewRedactor(webhook.Webhook{BasicAuth: &webhook.BasicAuth{Username: "u", Password: secret}})
		text := before + secret + after
		quoted, _ := json.Marshal(text)
		for _, masked := range []string{redact.Text(text), redact.Body(text), redact.Answer(text), redact.Text(string(quoted))} {
			if strings.Contains(masked, secret) && !strings.Contains(before+webhook.Mask+after, secret) {
				t.Errorf("%q is left in %q", secret, masked)
			}
		}
		if utf8.ValidString(text) {
			if got := redact.InPlace(text); utf8.RuneCountInString(got) != utf8.RuneCountInString(text) {
				t.Errorf("%q becomes %q, which is not as long", text, got)
			}
		}
	})
}

// sortedLines makes requests comparable whose headers are in different order.
func sortedLines(s string) string {
	lines := strings.Split(s, "\r\n")
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

// TestKnownSecrets checks that what is not secret is shown when it is known which parts
// are.
func TestKnownSecrets(t *testing.T) {
	t.Parallel()
	hook := webhook.Webhook{URL: "https://example.com/hooks/shop/s3cr3t-token?wait=true"}
	redact := webhook.NewRedactorKnowing(hook, webhook.Secrets{
		URL: "https://example.com/hooks/shop/***?wait=true", Values: []string{"s3cr3t-token"}, Members: []string{"user"},
	})
	if got := redact.URL(hook.URL); got != "https://example.com/hooks/shop/***?wait=true" {
		t.Errorf("the URL is shown as %s", got)
	}
	if got := redact.URL("https://other.example.com/hooks/x"); got != "https://other.example.com/***" {
		t.Errorf("another URL is shown as %s", got)
	}
	if got := redact.Text("POST /hooks/shop/s3cr3t-token: no"); got != "POST /hooks/shop/***: no" {
		t.Errorf("a text is shown as %s", got)
	}
	if got := redact.Body(`{"user": "u123", "text": "hi"}`); got != `{"user": "***", "text": "hi"}` {
		t.Errorf("a body is shown as %s", got)
	}
}

// TestRedactForms checks secrets in the forms in which receivers repeat them.
func TestRedactForms(t *testing.T) {
	t.Parallel()
	redact := webhook.NewRedactor(webhook.Webhook{
		URL:           "https://t0kenuser@example.com/a/b&c/topsecret?x=1",
		CustomHeaders: []webhook.Header{{Key: "X-Id", Value: "0123456789abcdef0123"}, {Key: "X-Team", Value: "shop"}},
		CustomFields:  map[string]string{"routingKey": "r0uting", "environment": "production"},
	})
	for text, want := range map[string]string{
		`no channel "topsecret" here`:    `no channel "***" here`,
		`{"path":"\/a\/b&c\/topsecret"}`: `{"path":"***"}`,
		`at /a/b&amp;c/topsecret`:        `at ***`,
		`hello t0kenuser`:                `hello ***`,
		`Basic dDBrZW51c2VyOg==`:         `Basic ***`,
		`0123456789abcdef0123 of shop`:   `*** of shop`,
		`r0uting in production`:          `*** in production`,
		`a topsecretly told tale`:        `a topsecretly told tale`,
	} {
		if got := redact.Answer(text); got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
	if body := `{"text":"topsecret in production"}`; redact.Body(body) != body {
		t.Errorf("a word is masked in the body: %s", redact.Body(body))
	}
}

func TestFindSecretsJudgesTheToken(t *testing.T) {
	t.Parallel()
	const slack = "https://hooks.slack.com/services/"
	for text, want := range map[string]int{
		slack + "T00000000/B00000000/AbCdEf1234567890GhIjKlMn": 1,
		slack + "T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX": 0,
		slack + "T0000000/B0000000/XXX":                        0,
		slack + "YOUR/WEBHOOK/URL":                             0,
	} {
		if found := webhook.FindSecrets(text); len(found) != want {
			t.Errorf("%s has %d secrets, want %d", text, len(found), want)
		}
	}
}

// TestFindSecretsByName checks which members of a body and parameters of URLs in it are
// secrets by their names, alone or together with their values.
func TestFindSecretsByName(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		`{"sessionid": "abcdefgh"}`:                      "abcdefgh",
		`{"session_id": "abc12345"}`:                     "abc12345",
		`{"session": "checkout"}`:                        "",
		`{"passed": "abc12345", "author": "joe12345"}`:   "",
		`{"key": "PROJ-1234"}`:                           "",
		`{"api_key": "PROJ-1234"}`:                       "PROJ-1234",
		`{"signature": "sent by someone, 2026-11-29"}`:   "",
		`see https://h/x?a=1&amp;access_token=abcd1234`:  "abcd1234",
		`see https://h/x#token=abcd1234 and more`:        "abcd1234",
		`see https://h/x?token={{ .Token }}&key=PROJ-12`: "",
		`see https://h/x?token=${TOKEN}`:                 "",
	} {
		found := ""
		for _, s := range webhook.FindSecrets(text) {
			found += text[s.Start:s.End]
		}
		if found != want {
			t.Errorf("in %s is %q, not %q", text, found, want)
		}
	}
	for _, field := range []struct{ name, value string }{
		{"dsn", "postgres://joe:abcd@host/db"}, {"note", "see https://h/x?token=abcd1234"}, {"sessionid", "x"}, {"key", "PROJ-1234"},
	} {
		if !webhook.SecretField(field.name, field.value) {
			t.Errorf("%v is not a secret", field)
		}
	}
	if webhook.SecretField("team", "shop") || webhook.SecretField("link", "https://h/x?page=12345678") {
		t.Error("a plain custom field is a secret")
	}
}

// TestFragment checks that the parameters in the fragment of a URL are masked like those
// in its query.
func TestFragment(t *testing.T) {
	t.Parallel()
	for _, raw := range []string{
		"https://x.example.com/#token=abcd1234efgh", "https://x.example.com/a#abcd1234efgh", "https://x.example.com/#/a?x=1&key=abcd1234efgh", "https://x.example.com/a?b=1#c=1&api_key=abcd1234efgh",
	} {
		redact := webhook.NewRunRedactor()
		redact.Learn(webhook.Webhook{URL: raw}, webhook.Secrets{})
		if masked := redact.Text("posting to " + raw); strings.Contains(masked, "abcd1234efgh") {
			t.Errorf("%s: %s", raw, masked)
		}
	}
}
