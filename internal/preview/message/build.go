package message

import (
	"errors"
	"strings"
	"unicode/utf8"

	"github.com/hooktool/hooktool/pkg/destination"
	"github.com/hooktool/hooktool/pkg/destination/markup"
)

// builder reads payloads. What it needs to know of a text, such as its dialect,
// the destination tells.
type builder struct {
	texts map[string]destination.Text // by path
}

// Build reads a body as its destination shows it.
func Build(d *destination.Destination, body []byte) *Message {
	if d.Plain {
		return &Message{Blocks: plainBody(body)}
	}
	value, err := ParseJSON(body)
	if value == nil || value.Type != Object && value.Type != Array {
		return &Message{Blocks: plainBody(body), Err: err}
	}
	if err != nil { // what was read, as a body that is sound
		body = value.AppendJSON(nil)
	}
	b := &builder{texts: map[string]destination.Text{}}
	for _, text := range d.Texts(body) {
		b.texts[text.Path] = text
	}
	m := b.build(d.Name, node{value, "$"})
	m.Err = err
	return m
}

func (b *builder) build(name string, root node) *Message {
	switch name {
	case "telegram":
		return b.telegram(root)
	case "discord":
		return b.discord(root)
	case "mattermost", "rocketchat", "slack", "zulip":
		return b.slack(root)
	case "teams":
		return b.teams(root)
	case "pagerduty":
		return b.pagerDuty(root)
	case "opsgenie", "jsm":
		return b.opsgenie(root)
	case "googlechat":
		return b.googleChat(root)
	case "lark":
		return b.lark(root)
	case "alertmanager":
		return b.alertmanager(root)
	}
	return b.form(formOf(name), root)
}

// plainBody shows a body without structure.
func plainBody(body []byte) []*Block {
	text := strings.ToValidUTF8(string(body), string(utf8.RuneError))
	if strings.TrimSpace(text) == "" {
		return nil
	}
	return []*Block{{Kind: Paragraph, Text: plainText("$", text)}}
}

// plainText is a text without markup.
func plainText(path, text string) *Text {
	doc, _ := markup.Parse(markup.PlainText, text) // never fails
	return &Text{Path: path, Document: doc}
}

// text reads a text in the dialect that the destination reads it in. It is nil
// when there is nothing to see.
func (b *builder) text(n node) *Text {
	s := n.str()
	if n.is(Bool) {
		s = n.Text
	}
	if strings.TrimSpace(s) == "" {
		return nil
	}
	known, ok := b.texts[n.path]
	if !ok || known.Dialect == "" {
		return plainText(n.path, s)
	}
	doc, err := known.Document()
	if err == nil {
		for _, mention := range doc.Pings() {
			mention.Ping = !known.Silences(mention)
		}
		return &Text{Path: n.path, Document: doc}
	}
	text := plainText(n.path, s)
	errors.As(err, &text.Err)
	return text
}

// words makes a text of what is not in the body.
func words(text string) *Text { return plainText("", text) }

// blocks collects blocks and leaves out the empty ones.
type blocks []*Block

func (bs *blocks) add(kind BlockKind, text *Text) *Block {
	if text == nil {
		return nil
	}
	block := &Block{Kind: kind, Text: text}
	*bs = append(*bs, block)
	return block
}

// link adds a title that may lead somewhere.
func (bs *blocks) title(text *Text, link string) {
	if block := bs.add(Title, text); block != nil {
		block.Link = link
	}
}

func (bs *blocks) image(alt *Text, address string) {
	if address == "" {
		return
	}
	if alt == nil {
		alt = words("image")
	}
	*bs = append(*bs, &Block{Kind: Image, Text: alt, Link: address})
}

func (bs *blocks) badge(text *Text, color string) {
	if block := bs.add(Badge, text); block != nil {
		block.Color = color
	}
}

func (bs *blocks) fields(kind BlockKind, fields []Field) {
	if len(fields) > 0 {
		*bs = append(*bs, &Block{Kind: kind, Fields: fields})
	}
}

func (bs *blocks) buttons(buttons []Button) {
	if len(buttons) > 0 {
		*bs = append(*bs, &Block{Kind: Buttons, Buttons: buttons})
	}
}

func (bs *blocks) card(color string, inner blocks) {
	if len(inner) > 0 {
		*bs = append(*bs, &Block{Kind: Card, Color: color, Blocks: inner})
	}
}

func (bs *blocks) divider() { *bs = append(*bs, &Block{Kind: Divider}) }

// facts makes fields of an object: the names are those of its members.
func (b *builder) facts(n node) []Field {
	var fields []Field
	for i, value := range n.members() {
		text := b.text(value)
		if text == nil {
			text = listText(value)
		}
		if text != nil {
			fields = append(fields, Field{Name: words(n.Members[i].Key), Value: text, Short: true})
		}
	}
	return fields
}

// listText shows a list one element a line, and an object as it stands.
func listText(n node) *Text {
	var lines []string
	for _, item := range n.items() {
		line := item.str()
		if line == "" {
			line = string(item.AppendJSON(nil))
		}
		lines = append(lines, line)
	}
	if n.is(Object) {
		lines = []string{string(n.AppendJSON(nil))}
	}
	if len(lines) == 0 {
		return nil
	}
	return plainText(n.path, strings.Join(lines, "\n"))
}

// severityColor returns the colour that a word such as critical or P1 has.
func severityColor(word string) string {
	switch strings.ToLower(word) {
	case "critical", "p1", "fatal", "danger", "emergency", "urgent", "trigger", "firing":
		return "#d32f2f"
	case "error", "p2", "high":
		return "#e8590c"
	case "warning", "p3", "important":
		return "#b26a00"
	case "ok", "good", "resolve", "resolved", "recovery", "success":
		return "#2e7d32"
	case "info", "p4", "p5", "acknowledge", "acknowledgement":
		return "#1565c0"
	}
	return "#616161"
}
