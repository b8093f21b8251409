package message

// googleChat reads a message of Google Chat: text and cards of version 2.
// https://developers.google.com/workspace/chat/api/reference/rest/v1/cards
func (b *builder) googleChat(root node) *Message {
	var bs blocks
	bs.add(Paragraph, b.text(root.get("text")))
	for _, each := range root.get("cardsV2").items() {
		bs.card("", b.googleCard(each.get("card")))
	}
	for _, card := range root.get("cards").items() {
		bs.card("", b.googleCard(card))
	}
	if len(bs) == 0 {
		bs.add(Paragraph, b.text(root.get("fallbackText")))
	}
	return &Message{Blocks: bs}
}

func (b *builder) googleCard(card node) blocks {
	var bs blocks
	header := card.get("header")
	bs.title(b.text(header.get("title")), "")
	bs.add(Small, b.text(header.get("subtitle")))
	for i, section := range card.get("sections").items() {
		if i > 0 {
			bs.divider()
		}
		bs.add(Title, b.text(section.get("header")))
		for _, widget := range section.get("widgets").items() {
			b.googleWidget(&bs, widget)
		}
	}
	return bs
}

func (b *builder) googleWidget(bs *blocks, widget node) {
	bs.add(Paragraph, b.text(widget.get("textParagraph").get("text")))
	decorated := widget.first("decoratedText", "keyValue")
	if value := b.text(decorated.first("text", "content")); value != nil {
		bs.fields(Fields, []Field{{Name: b.text(decorated.get("topLabel")), Value: value}})
		bs.add(Small, b.text(decorated.get("bottomLabel")))
	}
	bs.buttons(googleButtons([]node{decorated.get("button")}))
	bs.buttons(googleButtons(widget.get("buttonList").get("buttons").items()))
	bs.image(b.text(widget.get("image").get("altText")), widget.get("image").get("imageUrl").str())
	if widget.get("divider").is(Object) {
		bs.divider()
	}
}

func googleButtons(list []node) []Button {
	var buttons []Button
	for _, n := range list {
		button := Button{Label: n.first("text", "altText").str(), URL: n.get("onClick").get("openLink").get("url").str()}
		if button.Label != "" {
			buttons = append(buttons, button)
		}
	}
	return buttons
}
