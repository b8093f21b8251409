package message

import (
	"slices"
	"strings"
)

// form says which members of a flat payload are shown as what. The first that
// is there counts; what is named nowhere becomes a fact.
type form struct {
	badges []string // shown in this order, all of them
	title  []string
	body   []string
	link   []string
	label  []string // of the link
	facts  bool     // whether the other members are shown
}

// formOf returns the form of a destination; every other gets one that guesses
// by the usual names.
func formOf(name string) form {
	switch name {
	case "ntfy": // https://docs.ntfy.sh/publish/#publish-as-json
		return form{badges: []string{"priority"}, title: []string{"title"}, body: []string{"message"}, link: []string{"click", "attach"}}
	case "gotify": // https://gotify.net/docs/pushmsg
		return form{badges: []string{"priority"}, title: []string{"title"}, body: []string{"message"}}
	case "pushover": // https://pushover.net/api
		return form{title: []string{"title"}, body: []string{"message"}, link: []string{"url"}, label: []string{"url_title"}}
	case "webex": // https://developer.webex.com/docs/basics#formatting-messages
		return form{body: []string{"markdown", "text"}}
	case "incidentio": // https://api-docs.incident.io/tag/Alert-Events-V2
		return form{badges: []string{"status"}, title: []string{"title"}, body: []string{"description"}, link: []string{"source_url"}, facts: true}
	case "splunkoncall": // https://help.victorops.com/knowledge-base/rest-endpoint-integration-guide/
		return form{badges: []string{"message_type"}, title: []string{"entity_display_name", "entity_id"}, body: []string{"state_message"}, facts: true}
	}
	return form{
		badges: []string{"status", "severity", "priority", "level"},
		title:  []string{"title", "subject", "summary", "rule_name", "alertname", "name"},
		body:   []string{"text", "message", "body", "description", "content", "markdown", "details"},
		link:   []string{"url", "link", "href"},
		facts:  true,
	}
}

// form reads a flat payload.
func (b *builder) form(f form, root node) *Message {
	if root.is(Array) {
		var bs blocks
		for _, item := range root.items() {
			bs.card("", b.form(f, item).Blocks)
		}
		return &Message{Blocks: bs}
	}
	var bs blocks
	shown := slices.Concat(f.badges, f.label)
	for _, key := range f.badges {
		n := root.get(key)
		bs.badge(b.text(n), severityColor(n.str()))
	}
	title, body := b.firstText(root, f.title), b.firstText(root, f.body)
	bs.add(Title, title.text)
	bs.add(Paragraph, body.text)
	shown = append(shown, title.key, body.key)
	link := b.firstText(root, f.link)
	if link.text != nil {
		label := "Open"
		if named := b.firstText(root, f.label); named.text != nil {
			label = named.text.Plain()
		}
		bs.buttons([]Button{{Label: label, URL: root.get(link.key).str()}})
		shown = append(shown, link.key)
	}
	bs = append(bs, b.formExtras(root)...)
	if f.facts {
		bs.fields(Facts, slices.DeleteFunc(b.facts(root), func(field Field) bool {
			return slices.Contains(shown, field.Name.Plain())
		}))
	}
	return &Message{Blocks: bs}
}

// formExtras reads what ntfy and Webex have besides.
func (b *builder) formExtras(root node) blocks {
	var bs blocks
	for _, tag := range root.get("tags").items() {
		bs.badge(b.text(tag), "")
	}
	var buttons []Button
	for _, action := range root.get("actions").items() {
		if label := action.get("label").str(); label != "" {
			buttons = append(buttons, Button{Label: label, URL: action.get("url").str()})
		}
	}
	bs.buttons(buttons)
	for _, attachment := range root.get("attachments").items() {
		if strings.HasSuffix(attachment.get("contentType").str(), "card.adaptive") {
			bs.card("", b.adaptiveCard(attachment.get("content")))
		}
	}
	return bs
}

// keyed is a text with the member that it came from.
type keyed struct {
	key  string
	text *Text
}

func (b *builder) firstText(root node, keys []string) keyed {
	for _, key := range keys {
		if text := b.text(root.get(key)); text != nil {
			return keyed{key, text}
		}
	}
	return keyed{}
}
