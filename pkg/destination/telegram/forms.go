package telegram

import (
	"github.com/hooktool/hooktool/pkg/destination"
	"github.com/hooktool/hooktool/pkg/destination/markup"
)

// method is a method of the Bot API that posts no message: it answers anything with
// success.
func method() *destination.Destination {
	return &destination.Destination{
		FormName: "method",
		Title:    "Telegram",
		Summary:  "a Bot API method that posts no message",
		Unknown:  destination.UnknownIgnored,
		Controls: func(string, byte) bool { return true },
		Rules:    []string{"the URL of a webhook must end in /sendMessage"},
		Extra: destination.PostsNothing("the URL does not end in /sendMessage: Telegram answers another method with success, but posts nothing",
			"make the URL end in /sendMessage"),
		Example:  `{"chat_id": -1001234567890}`,
		Endpoint: "/bot123456789:AAStandIn-StandIn-StandIn-StandIn000/getMe",
	}
}

// media is a method that sends a file, whose text is its caption.
// https://core.telegram.org/bots/api#sendphoto
func media() *destination.Destination {
	return &destination.Destination{
		FormName: "media",
		Title:    "Telegram",
		Summary:  "a photo, document or other file by its URL, with a caption",
		Docs:     "https://core.telegram.org/bots/api#sendphoto",
		Look:     show,
		Visible: []destination.TextRule{{
			Path: "$.caption", Label: "the caption", By: dialect, Dialect: markup.TelegramPlain,
			Max: 1024, Unit: destination.CodePoints, Effect: destination.Refused, Parsed: true, Trim: true,
		}},
		Unknown:   destination.UnknownKept,
		Controls:  func(string, byte) bool { return true },
		Rules:     []string{"the members are those of the method in the URL; a caption has at most 1024 characters"},
		BadMarkup: "escape the text, preferably with parse_mode HTML and the function html: {{ json (html .Summary) }}",
		Example:   `{"chat_id": -1001234567890, "photo": "https://example.com/graph.png", "caption": "checkout is down"}`,
		Endpoint:  "/bot123456789:AAStandIn-StandIn-StandIn-StandIn000/sendPhoto",
	}
}
