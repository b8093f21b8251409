package discord

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/hooktool/hooktool/pkg/destination"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// deepestFault bounds how deeply the errors of an invalid form are followed.
const deepestFault = 20

// formFaults lists the errors of an invalid form, each with the path of the
// field, such as embeds.0.title: Must be 256 or fewer in length.
func formFaults(at any, path string, depth int) []string {
	object, ok := at.(map[string]any)
	if !ok || depth > deepestFault {
		return nil
	}
	var faults []string
	for _, key := range slices.Sorted(maps.Keys(object)) {
		if key != "_errors" {
			inner := key
			if path != "" {
				inner = path + "." + key
			}
			faults = append(faults, formFaults(object[key], inner, depth+1)...)
			continue
		}
		list, _ := object[key].([]any)
		for _, each := range list {
			if fault, ok := each.(map[string]any); ok {
				faults = append(faults, fmt.Sprintf("%s: %v", path, fault["message"]))
			}
		}
	}
	return faults
}

// oldFaults lists the errors of API v6, which a URL without a version uses: lists of
// words by field, such as {"embeds": ["0"]}, where the words are the numbers of the
// embeds.
func oldFaults(reply destination.Reply) string {
	var faults []string
	for _, key := range slices.Sorted(maps.Keys(reply)) {
		if _, isList := reply[key].([]any); !isList {
			return ""
		}
		faults = append(faults, key+": "+reply.Strings(key))
	}
	if len(faults) == 0 {
		return ""
	}
	return strings.Join(faults, "; ") + oldWords
}

const oldWords = " (an error of API v6)"

func answers() []destination.Answer {
	const refused = webhook.Rejected
	return []destination.Answer{
		{Status: 204, Outcome: webhook.Delivered, Hint: "add ?wait=true to the URL of a test: Discord then answers with the message, or with the reason why it was not saved"},
		{Status: 200, Says: `"id"`, Outcome: webhook.Delivered},
		{
			Says: oldWords, Outcome: refused, Meaning: "this field, or one in it, is wrong",
			Hint: "put /v10 into the URL, https://discord.com/api/v10/webhooks/…, for Discord to say what is wrong, or run `hooktool validate`",
		},
		{Says: "(50006)", Outcome: refused, Hint: "content or embeds must not be empty for any event"},
		{Says: "(50035)", Outcome: refused, Hint: "the answer names the field; `hooktool destinations discord` lists the limits"},
		{Says: "(50109)", Outcome: refused, Hint: "the body is not valid JSON; `hooktool validate` shows where"},
		{Says: "(10015)", Outcome: refused, Hint: "the webhook was deleted: create a new one in the channel's settings"},
		{Says: "(50027)", Outcome: refused, Hint: "the token in the URL is wrong: copy the URL again"},
		{Says: "(40005)", Outcome: refused, Hint: "cut what can grow with printf \"%.300s\""},
		{Says: "(220001)", Outcome: refused, Hint: "this is a forum: add thread_name to the body, or ?thread_id=… to the URL"},
		{Says: "(220002)", Outcome: refused, Hint: "give either thread_name or thread_id"},
		{Says: "(220003)", Outcome: refused, Hint: "this channel is not a forum: leave out thread_name"},
		{Says: "(40067)", Outcome: refused, Hint: "this forum requires a tag: add applied_tags"},
		{Says: "(160005)", Outcome: refused, Hint: "the thread is locked"},
		{Says: "(50083)", Outcome: refused, Hint: "the thread is archived"},
		{Says: "(200000)", Outcome: refused, Hint: "the server's automatic moderation has blocked the message"},
		{Says: "(240000)", Outcome: refused, Hint: "a link in the message was filtered as harmful"},
		{Status: 401, Outcome: refused, Hint: "the token in the URL is wrong: copy the URL again"},
		{Status: 404, Outcome: refused, Hint: "the webhook was deleted, or the URL is wrong: copy it again from the channel's settings"},
		{Status: 429, Outcome: refused, Hint: "--retries waits as long as Discord asks"},
	}
}
