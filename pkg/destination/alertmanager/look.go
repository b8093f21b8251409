package alertmanager

import "github.com/hooktool/hooktool/pkg/destination/message"

// look makes blocks of the parts of a message.
type look struct{ *message.Reader }

// show reads the list of alerts that Alertmanager's API accepts.
// https://github.com/prometheus/alertmanager/blob/main/api/v2/openapi.yaml
func show(reader *message.Reader) *message.Message {
	r, root := look{reader}, reader.Root
	var bs message.Blocks
	for _, alert := range root.Elems() {
		var inner message.Blocks
		labels, annotations := alert.Get("labels"), alert.Get("annotations")
		severity := labels.Get("severity")
		inner.Badge(r.Text(severity), message.SeverityColor(severity.Scalar()))
		inner.Title(r.Text(labels.Get("alertname")), alert.Get("generatorURL").Scalar())
		inner.Fields(message.Facts, r.Facts(annotations))
		inner.Fields(message.Facts, r.Facts(labels))
		var facts []message.Field
		for _, key := range []string{"startsAt", "endsAt"} {
			if text := r.Text(alert.Get(key)); text != nil {
				facts = append(facts, message.Field{Name: message.Words(key), Value: text, Short: true})
			}
		}
		inner.Fields(message.Facts, facts)
		bs.Card(message.SeverityColor(severity.Scalar()), inner)
	}
	return &message.Message{Blocks: bs}
}
