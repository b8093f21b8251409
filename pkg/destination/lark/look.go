package lark

import (
	"github.com/hooktool/hooktool/pkg/destination"
	"github.com/hooktool/hooktool/pkg/destination/message"
)

// look makes blocks of the parts of a message.
type look struct{ *message.Reader }

// show reads a message of a custom bot of Lark or Feishu: text, post, or an
// interactive card.
// https://open.larksuite.com/document/client-docs/bot-v3/add-custom-bot
func show(reader *message.Reader) *message.Message {
	r, root := look{reader}, reader.Root
	var bs message.Blocks
	content := root.Get("content")
	bs.Add(message.Paragraph, r.Text(content.Get("text")))
	for _, m := range content.Get("post").Distinct() {
		language := m.Value
		bs.Title(r.Text(language.Get("title")), "")
		for _, line := range language.Get("content").Elems() {
			r.larkLine(&bs, line)
		}
	}
	if card := root.Get("card"); card != nil {
		var inner message.Blocks
		header := card.Get("header")
		inner.Title(r.Text(header.Get("title", "content")), "")
		inner.Add(message.Small, r.Text(header.Get("subtitle", "content")))
		if card.Get("schema").Str() == "2.0" {
			inner = append(inner, r.larkElements(card.Get("body", "elements"))...)
		} else {
			inner = append(inner, r.larkElements(card.First("elements"))...)
		}
		bs.Card(larkColor(header.Get("template").Scalar()), inner)
	}
	return &message.Message{Blocks: bs}
}

// larkLine reads one line of a post, which is a list of spans.
func (r look) larkLine(bs *message.Blocks, line *destination.Value) {
	for _, span := range line.Elems() {
		if span.Get("tag").Scalar() == "a" {
			bs.Buttons([]message.Button{{Label: span.Get("text").Scalar(), URL: span.Get("href").Scalar()}})
			continue
		}
		switch span.Get("tag").Scalar() {
		case "at":
			name := span.First("user_name", "user_id")
			bs.Add(message.Paragraph, message.Words("@"+name.Scalar()))
		case "img":
			bs.Image(nil, span.Get("image_key").Scalar())
		default:
			bs.Add(message.Paragraph, r.Text(span.Get("text")))
		}
	}
}

func (r look) larkElements(list *destination.Value) message.Blocks {
	var bs message.Blocks
	for _, e := range list.Elems() {
		switch e.Get("tag").Scalar() {
		case "div":
			bs.Add(message.Paragraph, r.Text(e.Get("text", "content")))
			var fields []message.Field
			for _, field := range e.Get("fields").Elems() {
				short := field.Get("is_short")
				fields = append(fields, message.Field{Value: r.Text(field.Get("text", "content")), Short: short.True()})
			}
			bs.Fields(message.Fields, fields)
		case "markdown":
			bs.Add(message.Paragraph, r.Text(e.Get("content")))
		case "hr":
			bs.Divider()
		case "action":
			var buttons []message.Button
			for _, action := range e.Get("actions").Elems() {
				buttons = append(buttons, larkButton(action))
			}
			bs.Buttons(buttons)
		case "button":
			bs.Buttons([]message.Button{larkButton(e)})
		case "img":
			bs.Image(r.Text(e.Get("alt", "content")), e.Get("img_key").Scalar())
		case "column_set":
			for _, column := range e.Get("columns").Elems() {
				bs = append(bs, r.larkElements(column.Get("elements"))...)
			}
		case "collapsible_panel", "interactive_container", "form":
			bs.Title(r.Text(e.Get("header", "title", "content")), "")
			bs = append(bs, r.larkElements(e.Get("elements"))...)
		case "note":
			for _, note := range e.Get("elements").Elems() {
				bs.Add(message.Small, r.Text(note.Get("content")))
			}
		}
	}
	return bs
}

// larkButton reads a button; in newer cards a behavior has its URL.
func larkButton(v *destination.Value) message.Button {
	url := v.Get("url").Scalar()
	for _, behavior := range v.Get("behaviors").Elems() {
		if behavior.Get("type").Scalar() == "open_url" {
			url = behavior.Get("default_url").Scalar()
		}
	}
	return message.Button{Label: v.Get("text", "content").Scalar(), URL: url, Style: v.Get("type").Scalar()}
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
