package markup

// wordsOnly reports whether a text is one line of letters, digits and single spaces
// between them, which is not markup in any dialect of Markdown.
func wordsOnly(text string) bool {
	space := true // at the beginning
	for i := range len(text) {
		switch c := text[i]; {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', c == ',', c == '%':
			space = false
		case c == ' ' && !space:
			space = true
		default:
			return false
		}
	}
	return !space
}

// ofWords returns the document that parsing such a text makes. It allocates everything
// at once, because most texts of a payload are like that.
func (s syntax) ofWords(text string) *Document {
	whole := &struct {
		document     Document
		line, words  Node
		lines, parts [1]*Node
	}{
		document: Document{Dialect: s.dialect, Text: text},
		line:     Node{Kind: Paragraph, End: len(text), to: len(text)},
		words:    Node{Kind: Text, Text: text, End: len(text), to: len(text)},
	}
	whole.lines[0], whole.parts[0] = &whole.line, &whole.words
	whole.document.Nodes, whole.line.Nodes = whole.lines[:], whole.parts[:]
	return &whole.document
}
