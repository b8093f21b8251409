package message

import "strings"

// discord reads the parameters of Execute Webhook.
// https://discord.com/developers/docs/resources/webhook#execute-webhook
func (b *builder) discord(root node) *Message {
	var bs blocks
	bs.add(Paragraph, b.text(root.get("content")))
	for _, embed := range root.get("embeds").items() {
		color := embed.get("color").color()
		if color == "" {
			color = "#4e5058" // what Discord draws for no colour
		}
		bs.card(color, b.discordEmbed(embed))
	}
	bs = append(bs, b.discordComponents(root.get("components"))...)
	if question := b.text(root.get("poll").get("question").get("text")); question != nil {
		bs.card("", blocks{{Kind: Title, Text: question}})
	}
	return &Message{Sender: root.get("username").str(), Blocks: bs}
}

func (b *builder) discordEmbed(embed node) blocks {
	var bs blocks
	author := embed.get("author")
	if block := bs.add(Small, b.text(author.get("name"))); block != nil {
		block.Link = author.get("url").str()
	}
	bs.title(b.text(embed.get("title")), embed.get("url").str())
	bs.add(Paragraph, b.text(embed.get("description")))
	var fields []Field
	for _, field := range embed.get("fields").items() {
		inline := field.get("inline")
		fields = append(fields, Field{
			Name:  b.text(field.get("name")),
			Value: b.text(field.get("value")),
			Short: inline.is(Bool) && inline.Text == "true",
		})
	}
	bs.fields(Fields, fields)
	bs.image(words("thumbnail"), embed.get("thumbnail").get("url").str())
	bs.image(nil, embed.get("image").get("url").str())
	footer := b.text(embed.get("footer").get("text"))
	if at := embed.get("timestamp").str(); at != "" {
		if footer == nil {
			footer = words(at)
		} else {
			footer = words(footer.Plain() + " • " + at)
		}
	}
	bs.add(Small, footer)
	return bs
}

// The types of components.
// https://discord.com/developers/docs/components/reference
const (
	discordActionRow    = "1"
	discordButton       = "2"
	discordSection      = "9"
	discordTextDisplay  = "10"
	discordThumbnail    = "11"
	discordMediaGallery = "12"
	discordSeparator    = "14"
	discordContainer    = "17"
)

func (b *builder) discordComponents(list node) blocks {
	var bs blocks
	for _, component := range list.items() {
		switch component.get("type").str() {
		case discordActionRow:
			bs.buttons(discordButtons(component.get("components").items()))
		case discordSection:
			bs = append(bs, b.discordComponents(component.get("components"))...)
			accessory := component.get("accessory")
			bs.buttons(discordButtons([]node{accessory}))
			bs.image(b.text(accessory.get("description")), accessory.get("media").get("url").str())
		case discordTextDisplay:
			bs.add(Paragraph, b.text(component.get("content")))
		case discordThumbnail:
			bs.image(b.text(component.get("description")), component.get("media").get("url").str())
		case discordMediaGallery:
			for _, item := range component.get("items").items() {
				bs.image(b.text(item.get("description")), item.get("media").get("url").str())
			}
		case discordSeparator:
			bs.divider()
		case discordContainer:
			bs.card(component.get("accent_color").color(), b.discordComponents(component.get("components")))
		}
	}
	return bs
}

func discordButtons(components []node) []Button {
	var buttons []Button
	for _, c := range components {
		if c.get("type").str() != discordButton {
			continue
		}
		label := strings.TrimSpace(c.get("emoji").get("name").str() + " " + c.get("label").str())
		button := Button{Label: label, URL: c.get("url").str()}
		switch c.get("style").str() {
		case "1", "3":
			button.Style = "primary"
		case "4":
			button.Style = "danger"
		}
		buttons = append(buttons, button)
	}
	return buttons
}
