package page

import (
	"encoding/json"
	"strings"

	"github.com/hooktool/hooktool/internal/preview"
	"github.com/hooktool/hooktool/pkg/destination/markup"
)

// cardData is what Microsoft's renderer needs to draw the Adaptive Cards of a
// message.
type cardData struct {
	Cards    []json.RawMessage `json:"cards"`
	Markdown map[string]string `json:"markdown"` // the HTML of each text
}

// AdaptiveCards returns the Adaptive Cards in a message to Teams, and nil for every
// other message.
func (d *drawing) AdaptiveCards() *cardData {
	if d.Destination.Name != "teams" || d.Message.Err != nil {
		return nil
	}
	var payload struct {
		Type        string
		Attachments []struct{ Content json.RawMessage }
	}
	if json.Unmarshal(d.Body, &payload) != nil {
		return nil
	}
	data := &cardData{Markdown: map[string]string{}}
	if payload.Type == "AdaptiveCard" {
		data.Cards = append(data.Cards, d.Body)
	}
	for _, attachment := range payload.Attachments {
		if len(attachment.Content) > 0 {
			data.Cards = append(data.Cards, attachment.Content)
		}
	}
	if len(data.Cards) == 0 {
		return nil
	}
	for _, text := range d.Destination.Texts(d.Body) {
		doc, err := markup.Parse(text.Dialect, text.Value)
		if err != nil {
			continue // the renderer shows it as is
		}
		var html strings.Builder
		if execute(&html, "nodes", preview.Tidy(doc.Nodes)) == nil {
			data.Markdown[text.Value] = html.String()
		}
	}
	return data
}
