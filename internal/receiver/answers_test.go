package receiver_test

import (
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/hooktool/hooktool/internal/golden"
	"github.com/hooktool/hooktool/internal/receiver"
	"github.com/hooktool/hooktool/pkg/destination"
	"github.com/hooktool/hooktool/pkg/destination/catalog"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// clock is the time of every test.
func clock() time.Time { return time.Date(2026, 8, 28, 12, 30, 45, 123456000, time.UTC) }

// post sends a request to a stand-in without a network.
func post(r http.Handler, method, target, body string, header http.Header) webhook.Response {
	req := httptest.NewRequest(method, target, strings.NewReader(body))
	req.Header.Set("Content-Type", "application/json")
	maps.Copy(req.Header, header)
	w := httptest.NewRecorder()
	r.ServeHTTP(w, req)
	return webhook.Response{StatusCode: w.Code, Status: fmt.Sprintf("%d %s", w.Code, http.StatusText(w.Code)), Header: w.Header(), Body: w.Body.String()}
}

// key is what the Alert API demands; the other destinations ignore it.
func key() http.Header { return http.Header{"Authorization": {"GenieKey x"}} }

// TestAnswers compares the answers of every destination with golden files: to its
// example, to an invalid body, to a wrong path, to a GET, and to too many requests.
func TestAnswers(t *testing.T) {
	t.Parallel()
	for _, d := range catalog.All() {
		t.Run(d.Name, func(t *testing.T) {
			t.Parallel()
			r := receiver.New(receiver.Options{Destination: d, Now: clock})
			var b strings.Builder
			for _, each := range []struct{ name, method, target, body string }{
				{"its example", "POST", r.Endpoint(), d.Example},
				{"an empty object", "POST", r.Endpoint(), "{}"},
				{"broken JSON", "POST", r.Endpoint(), `{"text": "a" b"}`},
				{"an array", "POST", r.Endpoint(), `[1]`},
				{"nothing", "POST", r.Endpoint(), ""},
				{"a GET", "GET", r.Endpoint(), ""},
				{"another path", "POST", "/nothing/here", d.Example},
			} {
				writeAnswer(&b, each.name, post(r, each.method, each.target, each.body, key()))
			}
			writeAnswer(&b, "too many requests", d.TooMany(1500*time.Millisecond))
			golden.Assert(t, []byte(b.String()), filepath.Join("testdata", d.Name+".golden"))
		})
	}
}

func writeAnswer(b *strings.Builder, name string, r webhook.Response) {
	fmt.Fprintf(b, "== %s\n%s\n", name, r.Status)
	for _, key := range slices.Sorted(maps.Keys(r.Header)) {
		fmt.Fprintf(b, "%s: %s\n", key, strings.Join(r.Header[key], ", "))
	}
	fmt.Fprintf(b, "\n%s\n\n", r.Body)
}

// TestJudge checks the stand-ins against the readers of answers: what one sends the
// other understands, and the URL is recognised.
func TestJudge(t *testing.T) {
	t.Parallel()
	for _, d := range catalog.All() {
		r := receiver.New(receiver.Options{Destination: d, Now: clock})
		if len(d.Endpoint) > 1 && catalog.ByURL("http://127.0.0.1:8080"+d.Endpoint) != d {
			t.Errorf("%s: the URL of its stand-in belongs to %v", d.Name, catalog.ByURL("http://127.0.0.1:8080"+d.Endpoint))
		}
		good := d.Judge(post(r, "POST", r.Endpoint(), d.Example, key()))
		if good.Outcome != webhook.Delivered && good.Outcome != webhook.Accepted {
			t.Errorf("%s: its example is %+v", d.Name, good)
		}
		if many := d.Judge(d.TooMany(time.Second)); many.Outcome != webhook.Rejected {
			t.Errorf("%s: too many requests are %+v", d.Name, many)
		}
		if d.Plain {
			continue
		}
		if bad := d.Judge(post(r, "POST", r.Endpoint(), "no JSON", key())); bad.Outcome != webhook.Rejected {
			t.Errorf("%s: a body that is not JSON is %+v", d.Name, bad)
		}
	}
}

// TestRefusals compares single answers with the words of the services.
func TestRefusals(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", 5000)
	for _, tt := range []struct {
		name, body string
		header     http.Header
		status     int
		says       string
	}{
		{"telegram", `{"chat_id": 1, "text": "a.b", "parse_mode": "MarkdownV2"}`, nil, 400, `"description":"Bad Request: can't parse entities: Character '.' is reserved and must be escaped with the preceding '\\'"`},
		{"telegram", `{"chat_id": 1, "text": "` + long + `"}`, nil, 400, `{"ok":false,"error_code":400,"description":"Bad Request: message is too long"}`},
		{"telegram", `{"chat_id": 1, "text": " \n "}`, nil, 400, "Bad Request: text must be non-empty"},
		{"telegram", `{"chat_id": 1, "text": "x", "parse_mode": "BBCode"}`, nil, 400, "Bad Request: unsupported parse_mode"},
		{"telegram", `{"text": "x"}`, nil, 400, "Bad Request: chat_id is empty"},
		{"telegram", `{"text": "x", "chat_id": "nobody"}`, nil, 400, "Bad Request: chat not found"},
		{"telegram", `{"chat_id": -1001234567890, "text": "a` + "\n\tb" + `"}`, nil, 200, `"chat":{"id":-1001234567890,"title":"Stand-in","type":"supergroup"},"date":1787920245,"text":"a\n b"}`},
		{"telegram", `{"chat_id": "@channel", "text": "\ud83d\udd25 <b>b</b>", "parse_mode": "html"}`, nil, 200, `"text":"🔥 b","entities":[{"type":"bold","offset":3,"length":1}]`},
		{"telegram", `{"chat_id": 1, "text": "x"}`, http.Header{"Content-Type": {"application/json", "text/plain"}}, 400, "message text is empty"},
		{"discord", `{"embeds": [{"title": "` + long + `"}]}`, nil, 400, `{"message":"Invalid Form Body","code":50035,"errors":{"embeds":{"0":{"title":{"_errors":[{"code":"BASE_TYPE_MAX_LENGTH","message":"Must be 256 or fewer in length."}]}}}}}`},
		{"discord", `{"content": "x"}`, http.Header{"Content-Type": {"text/plain"}}, 400, "50035"},
		{"discord", `{"content": "x` + "\n" + `y"}`, nil, 400, `{"message":"The request body contains invalid JSON.","code":50109}`},
		{"mattermost", `{"text": "x` + "\n" + `y"}`, nil, 200, "ok"},
		{"slack", `{"blocks": [{"type": "header", "text": {"type": "plain_text", "text": "` + long + `"}}]}`, nil, 400, "invalid_blocks"},
		{"teams", `{"type": "message"}`, nil, 400, "Required properties are missing from object: attachments."},
		{"pagerduty", `{"routing_key": "R0000000000000000000000000000000", "event_action": "trigger", "payload": {"summary": "x", "source": "y"}}`, nil, 400, "'payload.severity' is missing or blank"},
		{"pagerduty", `{"routing_key": "short", "event_action": "resolve", "dedup_key": "x"}`, nil, 400, "Length of 'routing_key' is incorrect (should be 32 characters)"},
		{"opsgenie", `{"message": "x"}`, http.Header{"Authorization": nil}, 401, "Could not authenticate"},
		{"pushover", `{"title": "x"}`, nil, 400, `"message cannot be blank"`},
		{"gotify", `{"message": ""}`, nil, 400, "Field 'message' is required"},
		{"lark", `{"msg_type": "telegram"}`, nil, 200, `{"code":9499,`},
		{"incidentio", `{}`, nil, 422, "validation_error"},
		{"opsgenie", `{}`, nil, 422, `"errors":{"message":"must not be empty"}`},
	} {
		header := key()
		maps.Copy(header, tt.header)
		r := receiver.New(receiver.Options{Destination: catalog.ByName(tt.name), Now: clock})
		answer := post(r, "POST", r.Endpoint(), tt.body, header)
		if answer.StatusCode != tt.status || !strings.Contains(answer.Body, tt.says) {
			t.Errorf("%s: %.200s\n got %d %s\nwant %d %s", tt.name, tt.body, answer.StatusCode, answer.Body, tt.status, tt.says)
		}
	}
}

// TestTelegramMethods calls the methods that Telegram's set-up calls.
func TestTelegramMethods(t *testing.T) {
	t.Parallel()
	r := receiver.New(receiver.Options{Destination: catalog.ByName("telegram"), Now: clock})
	for path, want := range map[string]string{
		"/bot12:ab/getMe":      `{"ok":true,"result":{"id":12,"is_bot":true,`,
		"/bot12:ab/GETUPDATES": `"title":"Production alerts","type":"supergroup"`,
		"/bot12:ab/getFile":    `{"ok":false,"error_code":404,"description":"Not Found: method not found"}`,
		"/bot12/getMe":         `{"ok":false,"error_code":401,"description":"Unauthorized: invalid token specified"}`,
		"/bot012:ab/getMe":     "Unauthorized",
		"/getMe":               `{"ok":false,"error_code":404,"description":"Not Found"}`,
		"/bot12:ab/sendMessage?chat_id=5&text=hello": `"chat":{"id":5,"first_name":"Stand-in","type":"private"}`,
	} {
		if got := post(r, "GET", path, "", nil); !strings.Contains(got.Body, want) {
			t.Errorf("%s: %s, want %s", path, got.Body, want)
		}
	}
}

// A destination without words of its own answers by its payload rules.
func TestDefaultAnswers(t *testing.T) {
	t.Parallel()
	d := &destination.Destination{Name: "x", Title: "X", Files: catalog.Generic().Files}
	r := receiver.New(receiver.Options{Destination: d})
	if got := post(r, "POST", r.Endpoint(), "{}", nil); got.StatusCode != 200 {
		t.Errorf("got %+v", got)
	}
	if got := post(r, "POST", r.Endpoint(), "{", nil); got.StatusCode != 400 || !strings.Contains(got.Body, "not valid JSON") {
		t.Errorf("got %+v", got)
	}
	if got := d.TooMany(time.Second); got.StatusCode != 429 || got.Header.Get("Retry-After") != "1" {
		t.Errorf("got %+v", got)
	}
}
