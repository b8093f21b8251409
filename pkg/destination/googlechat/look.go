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
	for _, each := range get(root, "cardsV2").Elems() {
		bs.Card("", r.googleCard(each.Get("card")))
	}
	for _, card := range root.Get("cards").Elems() {
		bs.Card("", r.googleCard(card))
	}
	if len(bs) == 0 {
		bs.Add(message.Paragraph, r.Text(get(root, "fallbackText")))
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
	bs.Add(message.Paragraph, r.Text(get(widget, "textParagraph", "text")))
	decorated := get(widget, "decoratedText")
	if decorated == nil {
		decorated = get(widget, "keyValue")
	}
	if value := r.Text(decorated.First("text", "content")); value != nil {
		bs.Fields(message.Fields, []message.Field{{Name: r.Text(get(decorated, "topLabel")), Value: value}})
		bs.Add(message.Small, r.Text(get(decorated, "bottomLabel")))
	}
	bs.Buttons(googleButtons([]*destination.Value{decorated.Get("button"), get(decorated, "button", "textButton")}))
	bs.Buttons(googleButtons(get(widget, "buttonList", "buttons").Elems()))
	bs.Image(r.Text(get(widget, "image", "altText")), get(widget, "image", "imageUrl").Scalar())
	r.googleGrid(bs, widget.Get("grid"))
	r.googleChips(bs, get(widget, "chipList", "chips"))
	if widget.Get("divider").Is(destination.Object) {
		bs.Divider()
	}
	for _, column := range get(widget, "columns", "columnItems").Elems() {
		for _, inner := range column.Get("widgets").Elems() {
			r.googleWidget(bs, inner)
		}
	}
	for _, button := range widget.Get("buttons").Elems() { // version 1
		bs.Buttons(googleButtons([]*destination.Value{get(button, "textButton")}))
	}
}

// googleGrid reads a grid: each item has a title, and a subtitle below it.
func (r look) googleGrid(bs *message.Blocks, grid *destination.Value) {
	bs.Add(message.Title, r.Text(grid.Get("title")))
	var cells []message.Field
	for _, item := range grid.Get("items").Elems() {
		bs.Image(r.Text(get(item, "image", "altText")), get(item, "image", "imageUri").Scalar())
		name, value := r.Text(item.Get("title")), r.Text(item.Get("subtitle"))
		if value == nil {
			name, value = nil, name
		}
		if value != nil {
			cells = append(cells, message.Field{Name: name, Value: value, Short: true})
		}
	}
	bs.Fields(message.Fields, cells)
}

// googleChips reads chips: those with a link are buttons.
func (r look) googleChips(bs *message.Blocks, chips *destination.Value) {
	var buttons []message.Button
	for _, chip := range chips.Elems() {
		if url := get(chip, "onClick", "openLink", "url").Scalar(); url != "" {
			buttons = append(buttons, message.Button{Label: chip.First("label", "altText").Scalar(), URL: url})
		} else if label := r.Text(chip.Get("label")); label != nil {
			bs.Badge(label, "")
		}
	}
	bs.Buttons(buttons)
}

// get follows names in either spelling: cardId and card_id.
func get(v *destination.Value, names ...string) *destination.Value {
	for _, name := range names {
		next := v.Get(name)
		if next == nil {
			next = v.Get(snake(name))
		}
		v = next
	}
	return v
}

func googleButtons(list []*destination.Value) []message.Button {
	var buttons []message.Button
	for _, n := range list {
		button := message.Button{Label: n.First("text", "altText").Scalar(), URL: get(n, "onClick", "openLink", "url").Scalar()}
		if button.Label != "" {
			buttons = append(buttons, button)
		}
	}
	return buttons
}
