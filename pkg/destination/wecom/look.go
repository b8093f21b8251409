package wecom

import (
	"github.com/hooktool/hooktool/pkg/destination"
	"github.com/hooktool/hooktool/pkg/destination/message"
)

// look shows the text, the articles, or the card.
func look(r *message.Reader) *message.Message {
	var bs message.Blocks
	for _, kind := range []string{"text", "markdown", "markdown_v2"} {
		bs.Add(message.Paragraph, r.Text(r.Root.Get(kind, "content")))
	}
	for _, article := range r.Root.Get("news", "articles").Elems() {
		var inner message.Blocks
		inner.Title(r.Text(article.Get("title")), article.Get("url").Scalar())
		inner.Add(message.Paragraph, r.Text(article.Get("description")))
		bs.Card("", inner)
	}
	bs.Card("", card(r, r.Root.Get("template_card")))
	return &message.Message{Blocks: bs}
}

// card shows a template card from top to bottom, without what belongs to the other type
// of card.
func card(r *message.Reader, at *destination.Value) message.Blocks {
	var bs message.Blocks
	text := at.Get("card_type").Scalar() == "text_notice"
	bs.Add(message.Small, r.Text(at.Get("source", "desc")))
	bs.Title(r.Text(at.Get("main_title", "title")), at.Get("card_action", "url").Scalar())
	bs.Add(message.Small, r.Text(at.Get("main_title", "desc")))
	if text {
		bs.Title(r.Text(at.Get("emphasis_content", "title")), "")
		bs.Add(message.Small, r.Text(at.Get("emphasis_content", "desc")))
	} else {
		bs.Image(nil, at.Get("card_image", "url").Scalar())
		bs.Title(r.Text(at.Get("image_text_area", "title")), at.Get("image_text_area", "url").Scalar())
		bs.Add(message.Paragraph, r.Text(at.Get("image_text_area", "desc")))
	}
	bs.Title(r.Text(at.Get("quote_area", "title")), at.Get("quote_area", "url").Scalar())
	bs.Add(message.Small, r.Text(at.Get("quote_area", "quote_text")))
	if text {
		bs.Add(message.Paragraph, r.Text(at.Get("sub_title_text")))
	} else {
		for _, entry := range at.Get("vertical_content_list").Elems() {
			bs.Title(r.Text(entry.Get("title")), "")
			bs.Add(message.Paragraph, r.Text(entry.Get("desc")))
		}
	}
	var facts []message.Field
	for _, entry := range at.Get("horizontal_content_list").Elems() {
		facts = append(facts, message.Field{Name: r.Text(entry.Get("keyname")), Value: r.Text(entry.Get("value"))})
	}
	bs.Fields(message.Facts, facts)
	var links []message.Button
	for _, entry := range at.Get("jump_list").Elems() {
		links = append(links, message.Button{Label: entry.Get("title").Scalar(), URL: entry.Get("url").Scalar()})
	}
	bs.Buttons(links)
	return bs
}
