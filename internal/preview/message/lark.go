package message

// lark reads a message of a custom bot of Lark or Feishu: text, post, or an
// interactive card.
// https://open.larksuite.com/document/client-docs/bot-v3/add-custom-bot
func (b *builder) lark(root node) *Message {
	var bs blocks
	content := root.get("content")
	bs.add(Paragraph, b.text(content.get("text")))
	for _, language := range content.get("post").members() {
		bs.title(b.text(language.get("title")), "")
		for _, line := range language.get("content").items() {
			b.larkLine(&bs, line)
		}
	}
	if card := root.get("card"); card.Value != nil {
		var inner blocks
		header := card.get("header")
		inner.title(b.text(header.get("title").get("content")), "")
		inner = append(inner, b.larkElements(card.first("elements"))...)
		inner = append(inner, b.larkElements(card.get("body").get("elements"))...)
		bs.card(larkColor(header.get("template").str()), inner)
	}
	return &Message{Blocks: bs}
}

// larkLine reads one line of a post, which is a list of spans.
func (b *builder) larkLine(bs *blocks, line node) {
	for _, span := range line.items() {
		if span.get("tag").str() == "a" {
			bs.buttons([]Button{{Label: span.get("text").str(), URL: span.get("href").str()}})
			continue
		}
		bs.add(Paragraph, b.text(span.get("text")))
	}
}

func (b *builder) larkElements(list node) blocks {
	var bs blocks
	for _, e := range list.items() {
		switch e.get("tag").str() {
		case "div":
			bs.add(Paragraph, b.text(e.get("text").get("content")))
			var fields []Field
			for _, field := range e.get("fields").items() {
				short := field.get("is_short")
				fields = append(fields, Field{Value: b.text(field.get("text").get("content")), Short: short.is(Bool) && short.Text == "true"})
			}
			bs.fields(Fields, fields)
		case "markdown":
			bs.add(Paragraph, b.text(e.get("content")))
		case "hr":
			bs.divider()
		case "action":
			var buttons []Button
			for _, action := range e.get("actions").items() {
				buttons = append(buttons, Button{Label: action.get("text").get("content").str(), URL: action.get("url").str(), Style: action.get("type").str()})
			}
			bs.buttons(buttons)
		case "note":
			for _, note := range e.get("elements").items() {
				bs.add(Small, b.text(note.get("content")))
			}
		}
	}
	return bs
}

// larkColor returns the colour of a card's header.
func larkColor(template string) string {
	switch template {
	case "red", "carmine":
		return "#d83931"
	case "orange":
		return "#de7802"
	case "yellow":
		return "#dc9b04"
	case "green":
		return "#2ea121"
	case "turquoise", "wathet":
		return "#049fd7"
	case "blue":
		return "#245bdb"
	case "purple", "violet", "indigo":
		return "#6425d0"
	}
	return "#8f959e"
}
