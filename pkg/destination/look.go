package destination

import (
	"fmt"

	"github.com/hooktool/hooktool/internal/jsontree"
	"github.com/hooktool/hooktool/pkg/destination/markup"
	"github.com/hooktool/hooktool/pkg/destination/message"
)

// deepest bounds how deeply the values of a body may nest to be drawn. No destination
// accepts more, and a screen has no room for cards in cards in cards.
const deepest = 100

// Message returns the body as its destination shows it.
func (p *Payload) Message() *message.Message {
	d := p.destination
	switch {
	case d.Plain || !p.Root.Is(Object) && !p.Root.Is(Array):
		m := message.Plain(p.Body)
		m.Err = p.Broken()
		return m
	case p.tree != nil && p.tree.Depth > deepest:
		m := message.Plain(p.Body)
		m.Err = &jsontree.SyntaxError{Message: fmt.Sprintf("the values nest deeper than %d", deepest)}
		return m
	}
	look := d.Look
	if look == nil {
		look = message.UsualNames().Look
	}
	m := look(message.NewReader(p.Root, p.documents()))
	m.Err = p.Broken()
	return m
}

// documents returns the function that parses the texts of the body in the destination's
// dialects. A mention that does not ping there is not a ping in the result.
func (p *Payload) documents() func(*Value) (*markup.Document, error) {
	texts := p.Texts()
	known := make(map[*Value]*Text, len(texts))
	for i := range texts {
		known[texts[i].value] = &texts[i]
	}
	return func(v *Value) (*markup.Document, error) {
		text := known[v]
		if text == nil || text.Dialect == "" {
			return nil, nil
		}
		document, err := text.Document()
		if err != nil {
			return nil, err
		}
		for _, mention := range document.Pings() {
			mention.Ping = !text.silences(mention)
		}
		return document, nil
	}
}
