package pagerduty

import (
	"github.com/hooktool/hooktool/pkg/destination"
	"github.com/hooktool/hooktool/pkg/destination/message"
)

// look makes blocks of the parts of a message.
type look struct{ *message.Reader }

// show reads an event of the Events API v2.
// https://developer.pagerduty.com/docs/events-api-v2-overview
func show(reader *message.Reader) *message.Message {
	r, root := look{reader}, reader.Root
	payload := root.Get("payload")
	var bs, inner message.Blocks
	severity := payload.Get("severity").Scalar()
	if action := root.Get("event_action").Scalar(); action == "resolve" || severity == "" {
		inner.Badge(r.Text(root.Get("event_action")), message.SeverityColor(action))
		severity = action
	} else {
		inner.Badge(r.Text(payload.Get("severity")), message.SeverityColor(severity))
	}
	inner.Title(r.Text(payload.Get("summary")), root.Get("client_url").Scalar())
	var facts []message.Field
	for _, key := range []string{"source", "component", "group", "class", "timestamp"} {
		if text := r.Text(payload.Get(key)); text != nil {
			facts = append(facts, message.Field{Name: message.Words(key), Value: text, Short: true})
		}
	}
	if text := r.Text(root.Get("dedup_key")); text != nil {
		facts = append(facts, message.Field{Name: message.Words("dedup key"), Value: text, Short: true})
	}
	inner.Fields(message.Facts, facts)
	details := payload.Get("custom_details")
	inner.Fields(message.Facts, r.Facts(details))
	if details.Is(destination.String) {
		inner.Add(message.Paragraph, r.Text(details))
	}
	for _, image := range root.Get("images").Elems() {
		inner.Image(r.Text(image.Get("alt")), image.Get("src").Scalar())
	}
	var links []message.Button
	for _, link := range root.Get("links").Elems() {
		button := message.Button{Label: link.Get("text").Scalar(), URL: link.Get("href").Scalar()}
		if button.Label == "" {
			button.Label = button.URL
		}
		links = append(links, button)
	}
	inner.Buttons(links)
	inner.Add(message.Small, r.Text(root.Get("client")))
	bs.Card(message.SeverityColor(severity), inner)
	return &message.Message{Blocks: bs}
}
