package telegram

import "github.com/hooktool/hooktool/pkg/destination/message"

// look makes blocks of the parts of a message.
type look struct{ *message.Reader }

// show reads the parameters of sendMessage, and the caption of a photo or
// document.
// https://core.telegram.org/bots/api#sendmessage
func show(reader *message.Reader) *message.Message {
	r, root := look{reader}, reader.Root
	var bs message.Blocks
	bs.Image(nil, root.Get("photo").Scalar())
	bs.Add(message.Paragraph, r.Text(root.First("text", "caption")))
	for _, row := range root.Get("reply_markup", "inline_keyboard").Elems() {
		var buttons []message.Button
		for _, button := range row.Elems() {
			buttons = append(buttons, message.Button{Label: button.Get("text").Scalar(), URL: button.Get("url").Scalar()})
		}
		bs.Buttons(buttons)
	}
	return &message.Message{Blocks: bs}
}
