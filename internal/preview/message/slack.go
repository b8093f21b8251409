package message

import "strings"

// slack reads messages of Slack's kind: text, attachments, and Slack's own
// blocks. Mattermost, Rocket.Chat and Zulip took over the form.
// https://api.slack.com/reference/messaging/payload
func (b *builder) slack(root node) *Message {
	var bs blocks
	if priority := root.get("priority").get("priority").str(); priority != "" { // Mattermost
		bs.badge(words(strings.ToUpper(priority)), severityColor(priority))
	}
	shown := b.slackBlocks(root.get("blocks"))
	if len(shown) == 0 { // with blocks the text only serves notifications
		bs.add(Paragraph, b.text(root.get("text")))
	}
	bs = append(bs, shown...)
	for _, attachment := range root.get("attachments").items() {
		bs = append(bs, b.attachment(attachment)...)
	}
	return &Message{Sender: root.first("username", "alias").str(), Blocks: bs}
}

// attachment reads what Slack calls a secondary attachment.
// https://api.slack.com/reference/messaging/attachments
func (b *builder) attachment(a node) blocks {
	var bs, inner blocks
	bs.add(Paragraph, b.text(a.get("pretext")))
	if block := inner.add(Small, b.text(a.get("author_name"))); block != nil {
		block.Link = a.get("author_link").str()
	}
	inner.title(b.text(a.get("title")), a.get("title_link").str())
	inner.add(Paragraph, b.text(a.get("text")))
	inner = append(inner, b.slackBlocks(a.get("blocks"))...)
	var fields []Field
	for _, field := range a.get("fields").items() {
		short := field.get("short")
		fields = append(fields, Field{
			Name: b.text(field.get("title")), Value: b.text(field.get("value")),
			Short: short.is(Bool) && short.Text == "true" || strings.EqualFold(short.str(), "true"),
		})
	}
	inner.fields(Fields, fields)
	inner.buttons(b.slackButtons(a.get("actions")))
	inner.image(nil, a.get("image_url").str())
	inner.image(words("thumbnail"), a.get("thumb_url").str())
	inner.add(Small, b.text(a.get("footer")))
	if len(bs)+len(inner) == 0 {
		inner.add(Paragraph, b.text(a.get("fallback")))
	}
	bs.card(attachmentColor(a.get("color")), inner)
	return bs
}

func attachmentColor(n node) string {
	switch n.str() {
	case "good":
		return "#2eb67d"
	case "warning":
		return "#daa038"
	case "danger":
		return "#e01e5a"
	}
	if color := n.color(); color != "" {
		return color
	}
	return "#b0b0b0"
}

// slackBlocks reads Block Kit.
// https://api.slack.com/reference/block-kit/blocks
func (b *builder) slackBlocks(list node) blocks {
	var bs blocks
	for _, block := range list.items() {
		switch block.get("type").str() {
		case "header":
			bs.title(b.text(block.get("text").get("text")), "")
		case "section":
			b.slackSection(&bs, block)
		case "context":
			b.slackContext(&bs, block)
		case "divider":
			bs.divider()
		case "image":
			bs.image(b.slackAlt(block), b.slackImage(block))
		case "actions":
			bs.buttons(b.slackButtons(block.get("elements")))
		case "markdown":
			bs.add(Paragraph, b.text(block.get("text")))
		case "video":
			bs.title(b.text(block.get("title").get("text")), block.get("title_url").str())
		case "rich_text":
			b.slackRichText(&bs, block)
		case "table":
			b.slackTable(&bs, block)
		}
	}
	return bs
}

func (b *builder) slackSection(bs *blocks, block node) {
	bs.add(Paragraph, b.text(block.get("text").get("text")))
	var fields []Field
	for _, field := range block.get("fields").items() {
		fields = append(fields, Field{Value: b.text(field.get("text")), Short: true})
	}
	bs.fields(Fields, fields)
	accessory := block.get("accessory")
	switch accessory.get("type").str() {
	case "image":
		bs.image(b.slackAlt(accessory), b.slackImage(accessory))
	case "button":
		bs.buttons([]Button{b.slackButton(accessory)})
	}
}

func (b *builder) slackContext(bs *blocks, block node) {
	for _, element := range block.get("elements").items() {
		if element.get("type").str() == "image" {
			continue // an icon
		}
		bs.add(Small, b.text(element.get("text")))
	}
}

func (b *builder) slackAlt(n node) *Text {
	if title := b.text(n.get("title").get("text")); title != nil {
		return title
	}
	return b.text(n.get("alt_text"))
}

func (b *builder) slackImage(n node) string {
	if address := n.get("image_url").str(); address != "" {
		return address
	}
	return n.get("slack_file").get("url").str()
}

func (b *builder) slackButtons(elements node) []Button {
	var buttons []Button
	for _, element := range elements.items() {
		if button := b.slackButton(element); button.Label != "" {
			buttons = append(buttons, button)
		}
	}
	return buttons
}

// slackButton reads a button of Block Kit, or the action of an attachment.
func (b *builder) slackButton(n node) Button {
	label := n.get("text").get("text").str()
	for _, key := range []string{"text", "name"} {
		if label == "" {
			label = n.get(key).str()
		}
	}
	return Button{Label: label, URL: n.get("url").str(), Style: n.get("style").str()}
}
