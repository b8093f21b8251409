package webhook_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"

	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// A template is parsed once, and renders any number of events.
func ExampleTemplate_Render() {
	tmpl, err := webhook.Parse(event.KindAlert, "alert.tmpl", `{"text": {{ json .Summary }}}`)
	if err != nil {
		fmt.Println(err)
		return
	}
	ev := event.Event{Alert: &event.Alert{Status: "WARNING", Summary: `disk "data" is full`}}
	message, err := tmpl.Render(context.Background(), ev)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%s\n", message.Body)
	// Output: {"text": "disk \"data\" is full"}
}

// An error has a position, which text/template alone does not give for syntax errors.
func ExampleParse() {
	_, err := webhook.Parse(event.KindAlert, "alert.tmpl", "{{ if .Details }}\n{{ .Summary }")
	fmt.Println(err)
	// Output: alert.tmpl:2:13: the action ends with one brace
}

// Coroot repairs line breaks in strings at the top level, and only those.
func ExampleRepairNewlines() {
	fmt.Printf("%s\n", webhook.RepairNewlines([]byte("{\"a\": \"one\ntwo\"}")))
	// Output: {"a": "one\ntwo"}
}

// A Sender reports what became of a message, with secrets masked.
func ExampleSender_Send() {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusAccepted)
	}))
	defer server.Close()
	sender := webhook.Sender{}
	message := webhook.Message{Kind: event.KindAlert, Body: []byte(`{}`)}
	delivery := sender.Send(context.Background(), webhook.Webhook{URL: server.URL}, message)
	fmt.Println(delivery.Outcome, delivery.StatusCode())
	// Output: accepted 202
}

// A redactor removes a webhook's secrets from any text.
func ExampleRedactor() {
	redact := webhook.NewRedactor(webhook.Webhook{URL: "https://chat.example.com/hooks/x7f3k9qq2m"})
	fmt.Println(redact.Text("post to https://chat.example.com/hooks/x7f3k9qq2m failed"))
	// Output: post to https://chat.example.com*** failed
}
