package telegram_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/hooktool/hooktool/internal/golden"

	"github.com/hooktool/hooktool/pkg/destination/telegram"
)

const token = "123456:s3cr3t-TOKEN"

// botAPI answers each method with a text.
func botAPI(t *testing.T, answers map[string]string) *telegram.Client {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		io.WriteString(w, answers[strings.TrimPrefix(r.URL.Path, "/bot"+token+"/")]) //nolint:errcheck // the test fails then
	}))
	t.Cleanup(server.Close)
	client, err := telegram.NewClient(server.URL+"/bot0:x/sendMessage", token)
	if err != nil {
		t.Fatal(err)
	}
	return client
}

func TestChats(t *testing.T) {
	t.Parallel()
	client := botAPI(t, map[string]string{"getUpdates": `{"ok":true,"result":[
		{"update_id":1,"message":{"chat":{"id":5,"type":"private","first_name":"Ann","last_name":"Lee","username":"ann"}}},
		{"update_id":2,"message":{"chat":{"id":-7,"type":"group","title":"Old name"}}},
		{"update_id":3,"edited_message":{"chat":{"id":-7,"type":"group","title":"New name"}}},
		{"update_id":4,"message":{"chat":{"id":-7,"type":"group","title":"New name"},"migrate_to_chat_id":-1007}},
		{"update_id":5,"my_chat_member":{"chat":{"id":-8,"type":"group","title":"Gone"},"new_chat_member":{"status":"kicked"}}},
		{"update_id":6,"my_chat_member":{"chat":{"id":-9,"type":"group","title":"Back"},"new_chat_member":{"status":"left"}}},
		{"update_id":7,"my_chat_member":{"chat":{"id":-9,"type":"group","title":"Back"},"new_chat_member":{"status":"member"}}},
		{"update_id":8,"channel_post":{"chat":{"id":-1002,"type":"channel","title":"News"}}},
		{"update_id":9,"callback_query":{"id":"1","message":{"chat":{"id":-1003,"type":"supergroup","title":"Forum"},"message_thread_id":4,"is_topic_message":true}}},
		{"update_id":10,"message":{"chat":{"id":-1003,"type":"supergroup","title":"Forum"},"message_thread_id":4,"is_topic_message":true,"reply_to_message":{"forum_topic_created":{"name":"Alerts"}}}},
		{"update_id":11,"message":{"chat":{"id":-1003,"type":"supergroup","title":"Forum"},"message_thread_id":2,"is_topic_message":true,"forum_topic_created":{"name":"Talk"}}},
		{"update_id":12,"poll":{"id":"1","question":"x"}}, {"update_id":13,"unknown":7}]}`})
	chats, err := client.Chats(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	want := []telegram.Chat{
		{ID: -1002, Type: "channel", Title: "News"},
		{ID: -9, Type: "group", Title: "Back"},
		{ID: -8, Type: "group", Title: "Gone", Gone: "the bot was removed from it"},
		{ID: -7, Type: "group", Title: "New name", Gone: "it became the supergroup -1007"},
		{ID: 5, Type: "private", Title: "Ann Lee", Username: "ann"},
		{ID: -1003, Type: "supergroup", Title: "Forum", Topics: []telegram.Topic{{2, "Talk"}, {4, "Alerts"}}},
	}
	if diff := golden.Diff(want, chats); diff != "" {
		t.Error(diff)
	}
}

// No error may contain the token.
func TestClientErrors(t *testing.T) {
	t.Parallel()
	for answer, want := range map[string]string{
		`{"ok":false,"error_code":401,"description":"Unauthorized"}`:           "Telegram answers 401: Unauthorized",
		`{"ok":false,"error_code":400,"description":"bad ` + token + ` here"}`: "Telegram answers 400: bad *** here",
		`{"ok":true,"result":7}`: "the answer is not from a Bot API server",
		`{"ok":false}`:           "the answer is not from a Bot API server",
		`<html>`:                 "the answer is 200 OK, not from a Bot API server",
		``:                       "the answer is 200 OK, not from a Bot API server",
	} {
		_, err := botAPI(t, map[string]string{"getMe": answer}).Me(context.Background())
		if err == nil || err.Error() != want {
			t.Errorf("%s: %v", answer, err)
		}
	}
	for _, url := range []string{"http://127.0.0.1:1", "http://[", "nonsense://x", ""} {
		client, err := telegram.NewClient(url, token)
		if err == nil {
			_, err = client.Me(context.Background())
		}
		if err == nil || strings.Contains(err.Error(), "s3cr3t") {
			t.Errorf("%q: %v", url, err)
		}
	}
	canceled, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := botAPI(t, nil).Me(canceled); !errors.Is(err, context.Canceled) {
		t.Errorf("canceled: %v", err)
	}
}

func TestValidToken(t *testing.T) {
	t.Parallel()
	for token, want := range map[string]bool{
		"1:a": true, "123456789:AAE-x_9": true, "": false, "1": false, "1:": false, "0:a": false, "x:a": false, "1:a b": false, "1:a/b": false,
		"1:" + strings.Repeat("a", 79): false, fmt.Sprint(1<<54, ":a"): false,
	} {
		if got := telegram.ValidToken(token); got != want {
			t.Errorf("%q: %v", token, got)
		}
	}
}
