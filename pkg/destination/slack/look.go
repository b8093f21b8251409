package slack

import (
	"strings"

	"github.com/hooktool/hooktool/pkg/destination"
	"github.com/hooktool/hooktool/pkg/destination/message"
)

// look makes blocks of the parts of a message.
type look struct{ *message.Reader }

// Look reads messages in Slack's format: text, attachments, and Slack's own blocks.
// Mattermost, Rocket.Chat and Zulip have adopted it.
// https://api.slack.com/reference/messaging/payload
func Look(reader *message.Reader) *message.Message { return show(reader, true) }

// LookEither is Look for systems that drop the text if blocks or attachments show
// something, such as Zulip.
func LookEither(reader *message.Reader) *message.Message { return show(reader, false) }

// show makes a message; both says whether a text and attachments are shown together.
func show(reader *message.Reader, both bool) *message.Message {
	r, root := look{reader}, reader.Root
	var bs message.Blocks
	if priority := root.Get("priority", "priority").Scalar(); priority != "" { // Mattermost
		bs.Badge(message.Words(strings.ToUpper(priority)), message.SeverityColor(priority))
	}
	shown := r.slackBlocks(root.Get("blocks"))
	var attachments message.Blocks
	for _, attachment := range root.Get("attachments").Elems() {
		attachments = append(attachments, r.attachment(attachment)...)
	}
	if len(shown) == 0 && (both || len(attachments) == 0) { // with blocks the text is only for notifications
		bs.Add(message.Paragraph, r.Text(root.Get("text")))
	}
	bs = append(bs, shown...)
	bs = append(bs, attachments...)
	return &message.Message{Sender: root.First("username", "alias").Scalar(), Blocks: bs}
}

// attachment reads what Slack calls a secondary attachment.
// https://api.slack.com/reference/messaging/attachments
func (r look) attachment(a *destination.Value) message.Blocks {
	var bs, inner message.Blocks
	bs.Add(message.Paragraph, r.Text(a.Get("pretext")))
	if block := inner.Add(message.Small, r.Text(a.Get("author_name"))); block != nil {
		block.Link = a.Get("author_link").Scalar()
	}
	inner.Title(r.Text(a.Get("title")), a.Get("title_link").Scalar())
	inner.Add(message.Paragraph, r.Text(a.Get("text")))
	inner = append(inner, r.slackBlocks(a.Get("blocks"))...)
	var fields []message.Field
	for _, field := range a.Get("fields").Elems() {
		short := field.Get("short")
		fields = append(fields, message.Field{
			Name: r.Text(field.Get("title")), Value: r.Text(field.Get("value")),
			Short: short.True() || strings.EqualFold(short.Scalar(), "true"),
		})
	}
	inner.Fields(message.Fields, fields)
	inner.Buttons(r.slackButtons(a.Get("actions")))
	inner.Image(nil, a.Get("image_url").Scalar())
	inner.Image(message.Words("thumbnail"), a.Get("thumb_url").Scalar())
	inner.Add(message.Small, r.Text(a.Get("footer")))
	if len(bs)+len(inner) == 0 {
		inner.Add(message.Paragraph, r.Text(a.Get("fallback")))
	}
	bs.Card(attachmentColor(a.Get("color")), inner)
	return bs
}

func attachmentColor(n *destination.Value) string {
	switch n.Scalar() {
	case "good":
		return "#2eb67d"
	case "warning":
		return "#daa038"
	case "danger":
		return "#e01e5a"
	}
	if color := message.Color(n); color != "" {
		return color
	}
	return "#b0b0b0"
}

// slackBlocks reads Block Kit. https://api.slack.com/reference/block-kit/blocks
func (r look) slackBlocks(list *destination.Value) message.Blocks {
	var bs message.Blocks
	for _, block := range list.Elems() {
		switch block.Get("type").Scalar() {
		case "header":
			bs.Title(r.Text(block.Get("text", "text")), "")
		case "section":
			r.slackSection(&bs, block)
		case "context":
			r.slackContext(&bs, block)
		case "divider":
			bs.Divider()
		case "image":
			bs.Image(r.slackAlt(block), r.slackImage(block))
		case "actions":
			bs.Buttons(r.slackButtons(block.Get("elements")))
		case "markdown":
			bs.Add(message.Paragraph, r.Text(block.Get("text")))
		case "video":
			bs.Title(r.Text(block.Get("title", "text")), block.Get("title_url").Scalar())
		case "rich_text":
			r.slackRichText(&bs, block)
		case "table":
			r.slackTable(&bs, block)
		}
	}
	return bs
}

func (r look) slackSection(bs *message.Blocks, block *destination.Value) {
	bs.Add(message.Paragraph, r.Text(block.Get("text", "text")))
	var fields []message.Field
	for _, field := range block.Get("fields").Elems() {
		fields = append(fields, message.Field{Value: r.Text(field.Get("text")), Short: true})
	}
	bs.Fields(message.Fields, fields)
	accessory := block.Get("accessory")
	switch accessory.Get("type").Scalar() {
	case "image":
		bs.Image(r.slackAlt(accessory), r.slackImage(accessory))
	case "button":
		bs.Buttons([]message.Button{r.slackButton(accessory)})
	}
}

func (r look) slackContext(bs *message.Blocks, block *destination.Value) {
	for _, element := range block.Get("elements").Elems() {
		if element.Get("type").Scalar() == "image" {
			continue // an icon
		}
		bs.Add(message.Small, r.Text(element.Get("text")))
	}
}

func (r look) slackAlt(n *destination.Value) *message.Text {
	if title := r.Text(n.Get("title", "text")); title != nil {
		return title
	}
	return r.Text(n.Get("alt_text"))
}

func (r look) slackImage(n *destination.Value) string {
	if address := n.Get("image_url").Scalar(); address != "" {
		return address
	}
	return n.Get("slack_file", "url").Scalar()
}

func (r look) slackButtons(elements *destination.Value) []message.Button {
	var buttons []message.Button
	for _, element := range elements.Elems() {
		if button := r.slackButton(element); button.Label != "" {
			buttons = append(buttons, button)
		}
	}
	return buttons
}

// slackButton reads a button of Block Kit, or the action of an attachment.
func (r look) slackButton(n *destination.Value) message.Button {
	label := n.Get("text", "text").Scalar()
	if label == "" {
		label = n.Get("placeholder", "text").Scalar() // of a menu
	}
	for _, key := range []string{"text", "name"} {
		if label == "" {
			label = n.Get(key).Scalar()
		}
	}
	return message.Button{Label: label, URL: n.Get("url").Scalar(), Style: n.Get("style").Scalar()}
}
