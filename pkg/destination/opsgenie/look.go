package opsgenie

import "github.com/hooktool/hooktool/pkg/destination/message"

// look makes blocks of the parts of a message.
type look struct{ *message.Reader }

// Look reads an alert of Opsgenie or Jira Service Management.
// https://docs.opsgenie.com/docs/alert-api
func Look(reader *message.Reader) *message.Message {
	r, root := look{reader}, reader.Root
	var bs, inner message.Blocks
	priority := root.Get("priority")
	color := message.SeverityColor("P3") // the default
	if priority.Scalar() != "" {
		color = message.SeverityColor(priority.Scalar())
	}
	inner.Badge(r.Text(priority), color)
	for _, tag := range root.Get("tags").Elems() {
		inner.Badge(r.Text(tag), "")
	}
	inner.Title(r.Text(root.Get("message")), "")
	inner.Add(message.Paragraph, r.Text(root.Get("description")))
	var facts []message.Field
	for _, key := range []string{"alias", "entity", "source", "user", "note"} {
		if text := r.Text(root.Get(key)); text != nil {
			facts = append(facts, message.Field{Name: message.Words(key), Value: text, Short: true})
		}
	}
	inner.Fields(message.Facts, facts)
	inner.Fields(message.Facts, r.Facts(root.Get("details")))
	bs.Card(color, inner)
	return &message.Message{Blocks: bs}
}
