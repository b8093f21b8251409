package message

// Blocks collects blocks and leaves out the empty ones.
type Blocks []*Block

// Add adds a block with a text and returns it; nil if there is no text.
func (bs *Blocks) Add(kind BlockKind, text *Text) *Block {
	if text == nil {
		return nil
	}
	block := &Block{Kind: kind, Text: text}
	*bs = append(*bs, block)
	return block
}

// Title adds a title with an optional link.
func (bs *Blocks) Title(text *Text, link string) {
	if block := bs.Add(Title, text); block != nil {
		block.Link = link
	}
}

// Image adds an image by its address.
func (bs *Blocks) Image(alt *Text, address string) {
	if address == "" {
		return
	}
	if alt == nil {
		alt = Words("image")
	}
	*bs = append(*bs, &Block{Kind: Image, Text: alt, Link: address})
}

// Badge adds a word in a box.
func (bs *Blocks) Badge(text *Text, color string) {
	if block := bs.Add(Badge, text); block != nil {
		block.Color = color
	}
}

// Fields adds fields of the kind Fields or Facts.
func (bs *Blocks) Fields(kind BlockKind, fields []Field) {
	if len(fields) > 0 {
		*bs = append(*bs, &Block{Kind: kind, Fields: fields})
	}
}

// Buttons adds a row of buttons.
func (bs *Blocks) Buttons(buttons []Button) {
	if len(buttons) > 0 {
		*bs = append(*bs, &Block{Kind: Buttons, Buttons: buttons})
	}
}

// Card adds blocks with a coloured bar at the side.
func (bs *Blocks) Card(color string, inner Blocks) {
	if len(inner) > 0 {
		*bs = append(*bs, &Block{Kind: Card, Color: color, Blocks: inner})
	}
}

// Divider adds a horizontal line.
func (bs *Blocks) Divider() { *bs = append(*bs, &Block{Kind: Divider}) }
