package googlechat

import (
	"github.com/hooktool/hooktool/pkg/destination"
	"github.com/hooktool/hooktool/pkg/destination/message"
)

// look makes blocks of the parts of a message.
type look struct{ *message.Reader }

// show reads a message of Google Chat: text and cards of version 2.
// https://developers.google.com/workspace/chat/api/reference/rest/v1/cards
func show(reader *message.Reader) *message.Message {
	r, root := look{reader}, reader.Root
	var bs message.Blocks
	bs.Add(message.Paragraph, r.Text(root.Get("text")))
	for _, each := range root.Get("cardsV2").Elems() {
		bs.Card("", r.googleCard(each.Get("card")))
	}
	for _, card := range root.Get("cards").Elems() {
		bs.Card("", r.googleCard(card))
	}
	if len(bs) == 0 {
		bs.Add(message.Paragraph, r.Text(root.Get("fallbackText")))
	}
	return &message.Message{Blocks: bs}
}

func (r look) googleCard(card *destination.Value) message.Blocks {
	var bs message.Blocks
	header := card.Get("header")
	bs.Title(r.Text(header.Get("title")), "")
	bs.Add(message.Small, r.Text(header.Get("subtitle")))
	for i, section := range card.Get("sections").Elems() {
		if i > 0 {
			bs.Divider()
		}
		bs.Add(message.Title, r.Text(section.Get("header")))
		for _, widget := range section.Get("widgets").Elems() {
			r.googleWidget(&bs, widget)
		}
	}
	return bs
}

func (r look) googleWidget(bs *message.Blocks, widget *destination.Value) {
	bs.Add(message.Paragraph, r.Text(widget.Get("textParagraph", "text")))
	decorated := widget.First("decoratedText", "keyValue")
	if value := r.Text(decorated.First("text", "content")); value != nil {
		bs.Fields(message.Fields, []message.Field{{Name: r.Text(decorated.Get("topLabel")), Value: value}})
		bs.Add(message.Small, r.Text(decorated.Get("bottomLabel")))
	}
	bs.Buttons(googleButtons([]*destination.Value{decorated.Get("button")}))
	bs.Buttons(googleButtons(widget.Get("buttonList", "buttons").Elems()))
	bs.Image(r.Text(widget.Get("image", "altText")), widget.Get("image", "imageUrl").Scalar())
	if widget.Get("divider").Is(destination.Object) {
		bs.Divider()
	}
}

func googleButtons(list []*destination.Value) []message.Button {
	var buttons []message.Button
	for _, n := range list {
		button := message.Button{Label: n.First("text", "altText").Scalar(), URL: n.Get("onClick", "openLink", "url").Scalar()}
		if button.Label != "" {
			buttons = append(buttons, button)
		}
	}
	return buttons
}
