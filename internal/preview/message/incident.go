package message

// pagerDuty reads an event of the Events API v2.
// https://developer.pagerduty.com/docs/events-api-v2-overview
func (b *builder) pagerDuty(root node) *Message {
	payload := root.get("payload")
	var bs, inner blocks
	severity := payload.get("severity").str()
	if action := root.get("event_action").str(); action == "resolve" || severity == "" {
		inner.badge(b.text(root.get("event_action")), severityColor(action))
		severity = action
	} else {
		inner.badge(b.text(payload.get("severity")), severityColor(severity))
	}
	inner.title(b.text(payload.get("summary")), root.get("client_url").str())
	var facts []Field
	for _, key := range []string{"source", "component", "group", "class", "timestamp"} {
		if text := b.text(payload.get(key)); text != nil {
			facts = append(facts, Field{Name: words(key), Value: text, Short: true})
		}
	}
	if text := b.text(root.get("dedup_key")); text != nil {
		facts = append(facts, Field{Name: words("dedup key"), Value: text, Short: true})
	}
	inner.fields(Facts, facts)
	details := payload.get("custom_details")
	inner.fields(Facts, b.facts(details))
	if details.is(String) {
		inner.add(Paragraph, b.text(details))
	}
	for _, image := range root.get("images").items() {
		inner.image(b.text(image.get("alt")), image.get("src").str())
	}
	var links []Button
	for _, link := range root.get("links").items() {
		button := Button{Label: link.get("text").str(), URL: link.get("href").str()}
		if button.Label == "" {
			button.Label = button.URL
		}
		links = append(links, button)
	}
	inner.buttons(links)
	inner.add(Small, b.text(root.get("client")))
	bs.card(severityColor(severity), inner)
	return &Message{Blocks: bs}
}

// opsgenie reads an alert of Opsgenie or Jira Service Management.
// https://docs.opsgenie.com/docs/alert-api
func (b *builder) opsgenie(root node) *Message {
	var bs, inner blocks
	priority := root.get("priority")
	color := severityColor("P3") // the default
	if priority.str() != "" {
		color = severityColor(priority.str())
	}
	inner.badge(b.text(priority), color)
	for _, tag := range root.get("tags").items() {
		inner.badge(b.text(tag), "")
	}
	inner.title(b.text(root.get("message")), "")
	inner.add(Paragraph, b.text(root.get("description")))
	var facts []Field
	for _, key := range []string{"alias", "entity", "source", "user", "note"} {
		if text := b.text(root.get(key)); text != nil {
			facts = append(facts, Field{Name: words(key), Value: text, Short: true})
		}
	}
	inner.fields(Facts, facts)
	inner.fields(Facts, b.facts(root.get("details")))
	bs.card(color, inner)
	return &Message{Blocks: bs}
}

// alertmanager reads the list of alerts that Alertmanager's API takes.
// https://github.com/prometheus/alertmanager/blob/main/api/v2/openapi.yaml
func (b *builder) alertmanager(root node) *Message {
	var bs blocks
	for _, alert := range root.items() {
		var inner blocks
		labels, annotations := alert.get("labels"), alert.get("annotations")
		severity := labels.get("severity")
		inner.badge(b.text(severity), severityColor(severity.str()))
		inner.title(b.text(labels.get("alertname")), alert.get("generatorURL").str())
		inner.fields(Facts, b.facts(annotations))
		inner.fields(Facts, b.facts(labels))
		var facts []Field
		for _, key := range []string{"startsAt", "endsAt"} {
			if text := b.text(alert.get(key)); text != nil {
				facts = append(facts, Field{Name: words(key), Value: text, Short: true})
			}
		}
		inner.fields(Facts, facts)
		bs.card(severityColor(severity.str()), inner)
	}
	return &Message{Blocks: bs}
}
