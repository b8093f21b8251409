package teams

import (
	"slices"
	"strings"

	"github.com/hooktool/hooktool/pkg/destination"
	"github.com/hooktool/hooktool/pkg/destination/markup"
	"github.com/hooktool/hooktool/pkg/destination/message"
)

// look makes blocks of the parts of a message.
type look struct{ *message.Reader }

// show reads what Microsoft Teams accepts: Adaptive Cards in the envelope of a message,
// a bare Adaptive Card, and the older MessageCard.
//
// https://adaptivecards.io/explorer/
func show(reader *message.Reader) *message.Message {
	r, root := look{reader}, reader.Root
	var bs message.Blocks
	switch {
	case root.Get("type").Scalar() == "AdaptiveCard":
		bs.Card("", r.adaptiveCard(root))
	case root.Get("@type") != nil || root.Get("sections") != nil:
		return r.messageCard(root)
	default:
		bs.Add(message.Paragraph, r.Text(root.Get("text")))
		for _, attachment := range root.Get("attachments").Elems() {
			bs.Card("", r.adaptiveCard(attachment.Get("content")))
		}
	}
	return &message.Message{Blocks: bs}
}

// Card makes blocks of an Adaptive Card.
func Card(r *message.Reader, card *destination.Value) message.Blocks {
	return look{r}.adaptiveCard(card)
}

func (r look) adaptiveCard(card *destination.Value) message.Blocks {
	bs := r.adaptiveElements(card.Get("body"))
	bs.Buttons(adaptiveActions(card.Get("actions")))
	if len(bs) == 0 {
		bs.Add(message.Paragraph, r.Text(card.Get("fallbackText")))
	}
	return bs
}

func (r look) adaptiveElements(list *destination.Value) message.Blocks {
	var bs message.Blocks
	for _, element := range list.Elems() {
		r.adaptiveElement(&bs, element)
	}
	return bs
}

// adaptiveElement shows an element. One with isVisible false is not shown; one of an
// unknown type, or newer than the version of its card, is replaced by its fallback, if
// any.
func (r look) adaptiveElement(bs *message.Blocks, e *destination.Value) {
	if !visibly(e) {
		return
	}
	if fallback := e.Get("fallback"); fallback.Is(destination.Object) && !drawn(e.Get("type").Scalar()) {
		r.adaptiveElement(bs, fallback)
		return
	}
	switch e.Get("type").Scalar() {
	case "TextBlock":
		bs.Add(textBlockKind(e), r.Text(e.Get("text")))
	case "RichTextBlock":
		r.adaptiveInlines(bs, e)
	case "FactSet":
		var facts []message.Field
		for _, fact := range e.Get("facts").Elems() {
			facts = append(facts, message.Field{Name: r.Text(fact.Get("title")), Value: r.Text(fact.Get("value")), Short: true})
		}
		bs.Fields(message.Facts, facts)
	case "Container":
		inner := r.adaptiveElements(e.Get("items"))
		if color := adaptiveColor(e.Get("style").Scalar()); color != "" {
			bs.Card(color, inner)
		} else {
			*bs = append(*bs, inner...)
		}
	case "ColumnSet":
		for _, column := range e.Get("columns").Elems() {
			*bs = append(*bs, r.adaptiveElements(column.Get("items"))...)
		}
	case "Image":
		bs.Image(r.Text(e.Get("altText")), e.Get("url").Scalar())
	case "ImageSet":
		*bs = append(*bs, r.adaptiveElements(e.Get("images"))...)
	case "ActionSet":
		bs.Buttons(adaptiveActions(e.Get("actions")))
	case "Table":
		for _, row := range e.Get("rows").Elems() {
			for _, cell := range row.Get("cells").Elems() {
				*bs = append(*bs, r.adaptiveElements(cell.Get("items"))...)
			}
		}
	case "Carousel":
		for _, page := range e.Get("pages").Elems() {
			bs.Card("", r.adaptiveElements(page.Get("items")))
		}
	case "CodeBlock":
		bs.Add(message.Code, r.Text(e.Get("codeSnippet")))
	case "Badge":
		bs.Badge(r.Text(e.Get("text")), adaptiveColor(strings.ToLower(e.Get("style").Scalar())))
	}
}

// drawn reports whether a type of element can be drawn.
func drawn(kind string) bool { return since(kind) != "" || teamsOwn(kind) }

// teamsOwn reports whether an element is one that Teams adds to Adaptive Cards.
func teamsOwn(kind string) bool {
	switch kind {
	case "Badge", "CodeBlock", "CompoundButton", "Component", "Icon", "ProgressBar", "ProgressRing", "Rating", "Input.Rating":
		return true
	}
	return strings.HasPrefix(kind, "Chart.")
}

func (r look) adaptiveInlines(bs *message.Blocks, e *destination.Value) {
	var text strings.Builder
	var nodes []*markup.Node
	runs := e.Get("inlines").Elems()
	for _, inline := range runs {
		run := inline.Scalar() + inline.Get("text").Scalar()
		node := &markup.Node{Kind: markup.Text, Text: run, Start: text.Len(), End: text.Len() + len(run)}
		text.WriteString(run)
		if strings.EqualFold(inline.Get("weight").Scalar(), "bolder") {
			node = &markup.Node{Kind: markup.Bold, Start: node.Start, End: node.End, Nodes: []*markup.Node{node}}
		}
		nodes = append(nodes, node)
	}
	if text.Len() == 0 {
		return
	}
	kind := message.Paragraph
	if len(runs) == 1 {
		kind = runKind(runs[0])
	}
	shown := message.PlainText(e.Path(), text.String())
	if kind == message.Paragraph {
		shown.Nodes = nodes
	}
	bs.Add(kind, shown)
}

// runKind returns the kind of block for a run that is alone in it.
func runKind(run *destination.Value) message.BlockKind {
	switch {
	case strings.EqualFold(run.Get("fontType").Scalar(), "monospace"):
		return message.Code
	case !slices.Contains([]string{"", "default", "small"}, strings.ToLower(run.Get("size").Scalar())):
		return message.Title
	case run.Get("isSubtle").True():
		return message.Small
	}
	return message.Paragraph
}

// textBlockKind distinguishes headings from other text by their size.
func textBlockKind(e *destination.Value) message.BlockKind {
	switch strings.ToLower(e.Get("size").Scalar()) {
	case "large", "extralarge":
		return message.Title
	case "small":
		return message.Small
	}
	switch {
	case e.Get("style").Scalar() == "heading", strings.EqualFold(e.Get("weight").Scalar(), "bolder"):
		return message.Title
	case e.Get("isSubtle").True():
		return message.Small
	}
	return message.Paragraph
}

func adaptiveColor(style string) string {
	switch style {
	case "good":
		return "#107c10"
	case "attention":
		return "#c4314b"
	case "warning":
		return "#c19c00"
	case "accent":
		return "#5b5fc7"
	case "emphasis":
		return "#8a8a8a"
	}
	return ""
}

// mostButtons is how many buttons of one list Teams shows.
const mostButtons = 6

func adaptiveActions(list *destination.Value) []message.Button {
	var buttons []message.Button
	for i, action := range list.Elems() {
		if i == mostButtons {
			break
		}
		button := message.Button{Label: action.Get("title").Scalar(), URL: action.Get("url").Scalar()}
		switch action.Get("style").Scalar() {
		case "positive":
			button.Style = "primary"
		case "destructive":
			button.Style = "danger"
		}
		if button.Label != "" {
			buttons = append(buttons, button)
		}
	}
	return buttons
}

// messageCard reads the card of the retired connectors.
// https://learn.microsoft.com/outlook/actionable-messages/message-card-reference
func (r look) messageCard(root *destination.Value) *message.Message {
	var inner message.Blocks
	inner.Title(r.Text(root.Get("title")), "")
	inner.Add(message.Paragraph, r.Text(root.Get("text")))
	for _, section := range root.Get("sections").Elems() {
		inner.Title(r.Text(section.First("title", "activityTitle")), "")
		inner.Add(message.Small, r.Text(section.Get("activitySubtitle")))
		inner.Add(message.Paragraph, r.Text(section.Get("activityText")))
		inner.Add(message.Paragraph, r.Text(section.Get("text")))
		var facts []message.Field
		for _, fact := range section.Get("facts").Elems() {
			facts = append(facts, message.Field{Name: r.Text(fact.Get("name")), Value: r.Text(fact.Get("value")), Short: true})
		}
		inner.Fields(message.Facts, facts)
		inner.Buttons(messageCardActions(section.Get("potentialAction")))
	}
	inner.Buttons(messageCardActions(root.Get("potentialAction")))
	if len(inner) == 0 {
		inner.Add(message.Paragraph, r.Text(root.Get("summary")))
	}
	var bs message.Blocks
	bs.Card(message.Color(root.Get("themeColor")), inner)
	return &message.Message{Blocks: bs}
}

func messageCardActions(list *destination.Value) []message.Button {
	var buttons []message.Button
	for _, action := range list.Elems() {
		button := message.Button{Label: action.Get("name").Scalar()}
		for _, target := range action.First("targets", "target").Elems() {
			if button.URL == "" {
				button.URL = target.Get("uri").Scalar() + target.Scalar()
			}
		}
		if button.Label != "" {
			buttons = append(buttons, button)
		}
	}
	return buttons
}
