package message

import "strings"

// teams reads what Microsoft Teams takes: Adaptive Cards in the envelope of a
// message, a bare Adaptive Card, and the older MessageCard.
// https://adaptivecards.io/explorer/
func (b *builder) teams(root node) *Message {
	var bs blocks
	switch {
	case root.get("type").str() == "AdaptiveCard":
		bs.card("", b.adaptiveCard(root))
	case root.get("@type").Value != nil || root.get("sections").Value != nil:
		return b.messageCard(root)
	default:
		bs.add(Paragraph, b.text(root.get("text")))
		for _, attachment := range root.get("attachments").items() {
			bs.card("", b.adaptiveCard(attachment.get("content")))
		}
	}
	return &Message{Blocks: bs}
}

func (b *builder) adaptiveCard(card node) blocks {
	bs := b.adaptiveElements(card.get("body"))
	bs.buttons(adaptiveActions(card.get("actions")))
	if len(bs) == 0 {
		bs.add(Paragraph, b.text(card.get("fallbackText")))
	}
	return bs
}

func (b *builder) adaptiveElements(list node) blocks {
	var bs blocks
	for _, element := range list.items() {
		b.adaptiveElement(&bs, element)
	}
	return bs
}

func (b *builder) adaptiveElement(bs *blocks, e node) {
	switch e.get("type").str() {
	case "TextBlock":
		bs.add(textBlockKind(e), b.text(e.get("text")))
	case "RichTextBlock":
		b.adaptiveInlines(bs, e)
	case "FactSet":
		var facts []Field
		for _, fact := range e.get("facts").items() {
			facts = append(facts, Field{Name: b.text(fact.get("title")), Value: b.text(fact.get("value")), Short: true})
		}
		bs.fields(Facts, facts)
	case "Container":
		inner := b.adaptiveElements(e.get("items"))
		if color := adaptiveColor(e.get("style").str()); color != "" {
			bs.card(color, inner)
		} else {
			*bs = append(*bs, inner...)
		}
	case "ColumnSet":
		for _, column := range e.get("columns").items() {
			*bs = append(*bs, b.adaptiveElements(column.get("items"))...)
		}
	case "Image":
		bs.image(b.text(e.get("altText")), e.get("url").str())
	case "ImageSet":
		*bs = append(*bs, b.adaptiveElements(e.get("images"))...)
	case "ActionSet":
		bs.buttons(adaptiveActions(e.get("actions")))
	case "Table":
		for _, row := range e.get("rows").items() {
			for _, cell := range row.get("cells").items() {
				*bs = append(*bs, b.adaptiveElements(cell.get("items"))...)
			}
		}
	case "CodeBlock":
		bs.add(Code, b.text(e.get("codeSnippet")))
	case "Badge":
		bs.badge(b.text(e.get("text")), adaptiveColor(strings.ToLower(e.get("style").str())))
	}
}

func (b *builder) adaptiveInlines(bs *blocks, e node) {
	var text strings.Builder
	for _, inline := range e.get("inlines").items() {
		text.WriteString(inline.str() + inline.get("text").str())
	}
	if text.Len() > 0 {
		bs.add(Paragraph, plainText(e.path, text.String()))
	}
}

// textBlockKind tells headings from other text by their size.
func textBlockKind(e node) BlockKind {
	switch strings.ToLower(e.get("size").str()) {
	case "large", "extralarge":
		return Title
	case "small":
		return Small
	}
	switch {
	case e.get("style").str() == "heading", strings.EqualFold(e.get("weight").str(), "bolder"):
		return Title
	case e.get("isSubtle").is(Bool) && e.get("isSubtle").Text == "true":
		return Small
	}
	return Paragraph
}

func adaptiveColor(style string) string {
	switch style {
	case "good":
		return "#107c10"
	case "attention":
		return "#c4314b"
	case "warning":
		return "#c19c00"
	case "accent":
		return "#5b5fc7"
	case "emphasis":
		return "#8a8a8a"
	}
	return ""
}

func adaptiveActions(list node) []Button {
	var buttons []Button
	for _, action := range list.items() {
		button := Button{Label: action.get("title").str(), URL: action.get("url").str()}
		switch action.get("style").str() {
		case "positive":
			button.Style = "primary"
		case "destructive":
			button.Style = "danger"
		}
		if button.Label != "" {
			buttons = append(buttons, button)
		}
	}
	return buttons
}

// messageCard reads the card of the retired connectors.
// https://learn.microsoft.com/outlook/actionable-messages/message-card-reference
func (b *builder) messageCard(root node) *Message {
	var inner blocks
	inner.title(b.text(root.get("title")), "")
	inner.add(Paragraph, b.text(root.get("text")))
	for _, section := range root.get("sections").items() {
		inner.title(b.text(section.first("title", "activityTitle")), "")
		inner.add(Small, b.text(section.get("activitySubtitle")))
		inner.add(Paragraph, b.text(section.get("activityText")))
		inner.add(Paragraph, b.text(section.get("text")))
		var facts []Field
		for _, fact := range section.get("facts").items() {
			facts = append(facts, Field{Name: b.text(fact.get("name")), Value: b.text(fact.get("value")), Short: true})
		}
		inner.fields(Facts, facts)
		inner.buttons(messageCardActions(section.get("potentialAction")))
	}
	inner.buttons(messageCardActions(root.get("potentialAction")))
	if len(inner) == 0 {
		inner.add(Paragraph, b.text(root.get("summary")))
	}
	var bs blocks
	bs.card(root.get("themeColor").color(), inner)
	return &Message{Blocks: bs}
}

func messageCardActions(list node) []Button {
	var buttons []Button
	for _, action := range list.items() {
		button := Button{Label: action.get("name").str()}
		for _, target := range action.first("targets", "target").items() {
			if button.URL == "" {
				button.URL = target.get("uri").str() + target.str()
			}
		}
		if button.Label != "" {
			buttons = append(buttons, button)
		}
	}
	return buttons
}
