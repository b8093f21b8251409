package telegram

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/hooktool/hooktool/pkg/destination"
)

// jsonText returns a member of the body as JSON, which the server accepts as it is and
// as JSON in a string. It is "" if there is none.
// https://core.telegram.org/bots/api#making-requests
func jsonText(p *destination.Payload, name string) string {
	at := p.Get(name)
	switch {
	case at == nil || at.Is(destination.Null):
		return ""
	case at.Is(destination.String):
		return strings.TrimSpace(at.Text)
	}
	return string(p.Body[at.Start:at.End])
}

// keyboardProblems finds a keyboard that the server refuses.
func keyboardProblems(p *destination.Payload) []destination.Problem {
	at := p.Get("reply_markup")
	if at == nil || !at.Is(destination.Object) && !at.Is(destination.String) {
		return nil // the schema reports it
	}
	message, hint := keyboardFault(jsonText(p, "reply_markup"))
	if message == "" {
		return nil
	}
	return []destination.Problem{destination.ProblemAt(at, destination.Error, destination.Refused, "Telegram answers: "+message, hint)}
}

const nested = "a keyboard is a list of rows, and a row is a list of buttons: [[{…}]]"

// keyboardFault checks the text of reply_markup as Client.cpp of telegram-bot-api does,
// in its words. The fault is "" if there is none.
func keyboardFault(text string) (message, hint string) {
	if text == "" {
		return "", ""
	}
	var value any
	if json.Unmarshal([]byte(text), &value) != nil {
		return "Can't parse reply keyboard markup JSON object", "write it as an object"
	}
	object, isObject := value.(map[string]any)
	if !isObject {
		return "Object expected as reply markup", "write it as an object"
	}
	for _, each := range []struct{ name, markup string }{{"keyboard", "ReplyKeyboardMarkup"}, {"inline_keyboard", "InlineKeyboardMarkup"}} {
		rows, has := object[each.name]
		if !has || rows == nil {
			continue
		}
		list, isList := rows.([]any)
		if !isList {
			return fmt.Sprintf("Field %q of the %s must be an Array", each.name, each.markup), nested
		}
		for _, row := range list {
			buttons, isRow := row.([]any)
			if !isRow {
				return fmt.Sprintf("Field %q of the %s must be an Array of Arrays", each.name, each.markup), nested
			}
			for _, button := range buttons {
				if message, hint = buttonFault(button); message != "" && each.name == "inline_keyboard" {
					return message, hint
				}
			}
		}
	}
	return "", ""
}

// buttonActions are the members of a button of which one must be present.
//
// nolint:gochecknoglobals // a table
var buttonActions = []string{
	"url", "callback_data", "callback_game", "switch_inline_query", "switch_inline_query_current_chat", "switch_inline_query_chosen_chat",
	"login_url", "web_app", "pay", "copy_text",
}

// longestCallback is the length of callback_data, in bytes.
const longestCallback = 64

func buttonFault(value any) (message, hint string) {
	const parse = "Can't parse inline keyboard button: "
	button, isObject := value.(map[string]any)
	if !isObject {
		return parse + "Inline keyboard button must be an Object", "a button has a text and a url"
	}
	text, isText := button["text"].(string)
	if !isText {
		return parse + `Can't find field "text"`, "give the button a text"
	}
	action := ""
	for _, name := range buttonActions {
		if button[name] != nil {
			action = name
			break
		}
	}
	address, isAddress := button["url"].(string)
	data, isData := button["callback_data"].(string)
	switch {
	case strings.TrimSpace(text) == "", action == "":
		return parse + "Text buttons are unallowed in the inline keyboard", "give every button a text that is not empty, and a url"
	case action == "url" && !isAddress:
		return parse + `Field "url" must be of type String`, "write the URL as a string: {{ json .URL }}"
	case action == "url" && !validButtonURL(address):
		return fmt.Sprintf("Inline keyboard button URL '%s' is invalid: Wrong HTTP URL", address),
			"the URL must be absolute, with a dot in the host: set Coroot's base URL to one with a domain, or put the link in the text"
	case action == "callback_data" && isData && (data == "" || len(data) > longestCallback):
		return "BUTTON_DATA_INVALID", "callback_data has 1 to 64 bytes, and Coroot never hears of a click: use url"
	}
	return "", ""
}

// validButtonURL follows LinkManager.cpp of TDLib: http and https on a host with a dot
// or an IPv6 address, tg, and ton; without a scheme it is http.
func validButtonURL(address string) bool {
	address = strings.TrimSpace(address)
	scheme, rest, has := strings.Cut(address, "://")
	switch {
	case !has:
		rest = address
	case strings.EqualFold(scheme, "tg"), strings.EqualFold(scheme, "ton"), strings.EqualFold(scheme, "tonsite"):
		return rest != ""
	case !strings.EqualFold(scheme, "http") && !strings.EqualFold(scheme, "https"):
		return false
	}
	if strings.HasPrefix(strings.ToLower(address), "tg:") {
		return true
	}
	host := rest
	if end := strings.IndexAny(host, "/?#"); end >= 0 {
		host = host[:end]
	}
	host = host[strings.LastIndexByte(host, '@')+1:]
	if strings.HasPrefix(host, "[") {
		return strings.Contains(host, "]")
	}
	host, _, _ = strings.Cut(host, ":")
	return strings.Contains(strings.Trim(host, "."), ".")
}

// entityProblems finds entities in a string that is not a list. The schema checks those
// in a list.
func entityProblems(p *destination.Payload) []destination.Problem {
	at := p.Get("entities")
	text := jsonText(p, "entities")
	var list []any
	if !at.Is(destination.String) || text == "" || json.Unmarshal([]byte(text), &list) == nil {
		return nil
	}
	return []destination.Problem{destination.ProblemAt(at, destination.Error, destination.Refused,
		"entities is a string that is not a JSON list: Telegram answers \"can't parse entities\"", "write it as a list")}
}
