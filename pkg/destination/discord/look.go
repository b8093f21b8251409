package discord

import (
	"strings"

	"github.com/hooktool/hooktool/pkg/destination"
	"github.com/hooktool/hooktool/pkg/destination/message"
)

// look makes blocks of the parts of a message.
type look struct{ *message.Reader }

// show reads the parameters of Execute Webhook.
// https://discord.com/developers/docs/resources/webhook#execute-webhook
func show(reader *message.Reader) *message.Message { return draw(reader, true) }

// showWithout reads them at a URL that does not ask for components, so none is shown.
func showWithout(reader *message.Reader) *message.Message { return draw(reader, false) }

func draw(reader *message.Reader, components bool) *message.Message {
	r, root := look{reader}, reader.Root
	var bs message.Blocks
	bs.Add(message.Paragraph, r.Text(root.Get("content")))
	for _, embed := range root.Get("embeds").Elems() {
		color := message.Color(embed.Get("color"))
		if color == "" {
			color = "#4e5058" // Discord's default colour
		}
		bs.Card(color, r.discordEmbed(embed))
	}
	if components {
		bs = append(bs, r.discordComponents(root.Get("components"))...)
	}
	if question := r.Text(root.Get("poll", "question", "text")); question != nil {
		bs.Card("", message.Blocks{{Kind: message.Title, Text: question}})
	}
	return &message.Message{Sender: root.Get("username").Scalar(), Blocks: bs}
}

func (r look) discordEmbed(embed *destination.Value) message.Blocks {
	var bs message.Blocks
	author := embed.Get("author")
	if block := bs.Add(message.Small, r.Text(author.Get("name"))); block != nil {
		block.Link = author.Get("url").Scalar()
	}
	bs.Title(r.Text(embed.Get("title")), embed.Get("url").Scalar())
	bs.Add(message.Paragraph, r.Text(embed.Get("description")))
	var fields []message.Field
	for _, field := range embed.Get("fields").Elems() {
		inline := field.Get("inline")
		fields = append(fields, message.Field{
			Name:  r.Text(field.Get("name")),
			Value: r.Text(field.Get("value")),
			Short: inline.True(),
		})
	}
	bs.Fields(message.Fields, fields)
	bs.Image(message.Words("thumbnail"), embed.Get("thumbnail", "url").Scalar())
	bs.Image(nil, embed.Get("image", "url").Scalar())
	footer := r.Text(embed.Get("footer", "text"))
	if at := embed.Get("timestamp").Scalar(); at != "" {
		if footer == nil {
			footer = message.Words(at)
		} else {
			footer = message.Words(footer.Plain() + " • " + at)
		}
	}
	bs.Add(message.Small, footer)
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

func (r look) discordComponents(list *destination.Value) message.Blocks {
	var bs message.Blocks
	for _, component := range list.Elems() {
		switch component.Get("type").Scalar() {
		case discordActionRow:
			bs.Buttons(discordButtons(component.Get("components").Elems()))
		case discordSection:
			bs = append(bs, r.discordComponents(component.Get("components"))...)
			accessory := component.Get("accessory")
			bs.Buttons(discordButtons([]*destination.Value{accessory}))
			bs.Image(r.Text(accessory.Get("description")), accessory.Get("media", "url").Scalar())
		case discordTextDisplay:
			bs.Add(message.Paragraph, r.Text(component.Get("content")))
		case discordThumbnail:
			bs.Image(r.Text(component.Get("description")), component.Get("media", "url").Scalar())
		case discordMediaGallery:
			for _, item := range component.Get("items").Elems() {
				bs.Image(r.Text(item.Get("description")), item.Get("media", "url").Scalar())
			}
		case discordSeparator:
			bs.Divider()
		case discordContainer:
			bs.Card(message.Color(component.Get("accent_color")), r.discordComponents(component.Get("components")))
		}
	}
	return bs
}

func discordButtons(components []*destination.Value) []message.Button {
	var buttons []message.Button
	for _, c := range components {
		if c.Get("type").Scalar() != discordButton {
			continue
		}
		label := strings.TrimSpace(c.Get("emoji", "name").Scalar() + " " + c.Get("label").Scalar())
		button := message.Button{Label: label, URL: c.Get("url").Scalar()}
		switch c.Get("style").Scalar() {
		case "1", "3":
			button.Style = "primary"
		case "4":
			button.Style = "danger"
		}
		buttons = append(buttons, button)
	}
	return buttons
}
