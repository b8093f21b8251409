package message

// telegram reads the parameters of sendMessage, and the caption of a photo or
// document.
// https://core.telegram.org/bots/api#sendmessage
func (b *builder) telegram(root node) *Message {
	var bs blocks
	bs.image(nil, root.get("photo").str())
	bs.add(Paragraph, b.text(root.first("text", "caption")))
	for _, row := range root.get("reply_markup").get("inline_keyboard").items() {
		var buttons []Button
		for _, button := range row.items() {
			buttons = append(buttons, Button{Label: button.get("text").str(), URL: button.get("url").str()})
		}
		bs.buttons(buttons)
	}
	return &Message{Blocks: bs}
}
