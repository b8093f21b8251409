package message

import (
	"slices"

	"github.com/hooktool/hooktool/internal/jsontree"
)

// Flat says how the members of a flat payload are shown: the look of a destination
// whose messages have a title, a text and a link. The first member that is present
// wins; a member that is not named becomes a fact.
type Flat struct {
	Badges []string // shown in this order, all of them
	Title  []string
	Body   []string
	Link   []string
	Label  []string // names of the link
	Facts  bool     // whether the other members are shown
	// Extras are further parts of the message, between the link and the facts.
	Extras func(*Reader) Blocks
}

// UsualNames is the look of payloads about which nothing is known.
func UsualNames() Flat {
	return Flat{
		Badges: []string{"status", "severity", "priority", "level"},
		Title:  []string{"title", "subject", "summary", "rule_name", "alertname", "name"},
		Body:   []string{"text", "message", "body", "description", "content", "markdown", "details"},
		Link:   []string{"url", "link", "href"},
		Facts:  true,
		Extras: func(r *Reader) Blocks { return r.Labels(r.Root.Get("tags")) },
	}
}

// Look makes a message of the body.
func (f Flat) Look(r *Reader) *Message {
	if !r.Root.Is(jsontree.Array) {
		return &Message{Blocks: f.blocks(r)}
	}
	var bs Blocks
	for _, element := range r.Root.Elements {
		bs.Card("", f.blocks(NewReader(element, r.document)))
	}
	return &Message{Blocks: bs}
}

func (f Flat) blocks(r *Reader) Blocks {
	var bs Blocks
	shown := slices.Concat(f.Badges, f.Label)
	for _, name := range f.Badges {
		v := r.Root.Get(name)
		text := r.Text(v)
		if v.Is(jsontree.Number) { // alone it says nothing
			text = Words(name + " " + v.Scalar())
		}
		bs.Badge(text, SeverityColor(v.Scalar()))
	}
	title, titleText := r.First(r.Root, f.Title...)
	body, bodyText := r.First(r.Root, f.Body...)
	bs.Add(Title, titleText)
	bs.Add(Paragraph, bodyText)
	shown = append(shown, title, body)
	if link, text := r.First(r.Root, f.Link...); text != nil {
		button := Button{Label: "Open", URL: r.Root.Get(link).Scalar()}
		if _, label := r.First(r.Root, f.Label...); label != nil {
			button.Label = label.Plain()
		}
		bs.Buttons([]Button{button})
		shown = append(shown, link)
	}
	if f.Extras != nil {
		bs = append(bs, f.Extras(r)...)
	}
	if f.Facts {
		bs.Fields(Facts, r.Facts(r.Root, shown...))
	}
	return bs
}

// Labels makes a badge of each element of a list.
func (r *Reader) Labels(list *Value) Blocks {
	var bs Blocks
	for _, label := range list.Elems() {
		bs.Badge(r.Text(label), "")
	}
	return bs
}
