package googlechat

import (
	"fmt"
	"strings"

	"github.com/hooktool/hooktool/pkg/destination"
	"github.com/hooktool/hooktool/pkg/destination/markup"
)

// visible lists the texts, in both spellings of their names. Cards of version 1
// have keyValue where those of version 2 have decoratedText.
func visible() []destination.TextRule {
	rules := []destination.TextRule{{Path: "$.text", Label: "the text", Dialect: markup.GoogleChatText}}
	add := func(label string, dialect markup.Dialect, paths ...string) {
		for _, path := range paths {
			rules = append(rules, destination.TextRule{Path: path, Label: label, Dialect: dialect, By: syntax})
		}
	}
	for _, card := range []string{"$.cardsV2[*].card", "$.cards_v2[*].card", "$.cards[*]"} {
		add("the title of a card", markup.PlainText, card+".header.title")
		add("the subtitle of a card", markup.PlainText, card+".header.subtitle")
		add("the header of a section", markup.GoogleChatHTML, card+".sections[*].header")
		add("a paragraph", markup.GoogleChatHTML, card+"..textParagraph.text", card+"..text_paragraph.text")
		add("a decorated text", markup.GoogleChatHTML, card+"..decoratedText.text", card+"..decorated_text.text", card+"..keyValue.content", card+"..key_value.content")
		add("the label over a text", markup.PlainText, card+"..topLabel", card+"..top_label")
		add("the label under a text", markup.PlainText, card+"..bottomLabel", card+"..bottom_label")
	}
	return rules
}

// syntax returns the dialect of a text: a paragraph can say that it is Markdown.
func syntax(_ *destination.Payload, v *destination.Value) markup.Dialect {
	holder := v.Parent()
	switch {
	case holder.Get("textSyntax").Str() == "MARKDOWN", holder.Get("text_syntax").Str() == "MARKDOWN":
		return markup.CommonMarkdown
	case holder.Get("text") == v && holder.Parent() == nil:
		return markup.GoogleChatText
	case holder.Get("text") == v, holder.Get("content") == v, holder.Get("header") == v:
		return markup.GoogleChatHTML
	}
	return markup.PlainText
}

// choices are the members of an object of which only one may be present, as a protocol
// buffer's oneof has it:
// https://developers.google.com/workspace/chat/api/reference/rest/v1/cards
func choices() map[string][]string {
	icon := []string{"knownIcon", "iconUrl", "materialIcon"}
	return map[string][]string{
		"widgets": {
			"textParagraph", "image", "decoratedText", "buttonList", "textInput", "selectionInput", "dateTimePicker", "divider", "grid",
			"columns", "carousel", "chipList", "keyValue",
		},
		"onClick": {"action", "openLink", "openDynamicLinkAction", "card", "overflowMenu"},
		"icon":    icon, "startIcon": icon, "endIcon": icon,
	}
}

// extra finds objects with two members of which only one may be present, and tags in
// texts that vanish.
func extra(p *destination.Payload) []destination.Problem {
	var problems []destination.Problem
	for holder, names := range choices() {
		for _, path := range []string{"$.." + holder, "$.." + holder + "[*]", "$.." + snake(holder)} {
			p.Each(path, func(v *destination.Value) {
				if both := present(v, names); len(both) > 1 {
					problems = append(problems, destination.ProblemAt(v, destination.Error, destination.Refused,
						fmt.Sprintf("there may be one of %s here, not two", strings.Join(both, " and ")), "make two objects of it"))
				}
			})
			if snake(holder) == holder && path == "$.."+holder+"[*]" {
				break
			}
		}
	}
	return append(problems, lostTags(p)...)
}

// present returns which of some members an object has, in either spelling.
func present(v *destination.Value, names []string) []string {
	var found []string
	for _, name := range names {
		if !v.Is(destination.Object) {
			break
		}
		if there(v.Get(name)) || snake(name) != name && there(v.Get(snake(name))) {
			found = append(found, name)
		}
	}
	return found
}

func there(v *destination.Value) bool { return v != nil && !v.Is(destination.Null) }

// snake writes a name as the protocol buffer does.
func snake(name string) string {
	var b strings.Builder
	for _, r := range name {
		if 'A' <= r && r <= 'Z' {
			b.WriteByte('_')
			r += 'a' - 'A'
		}
		b.WriteRune(r)
	}
	return b.String()
}

// lostTags finds what is taken for an HTML tag and not shown.
func lostTags(p *destination.Payload) []destination.Problem {
	var problems []destination.Problem
	for _, rule := range visible() {
		p.Each(rule.Path, func(v *destination.Value) {
			if syntax(p, v) != markup.GoogleChatHTML {
				return
			}
			tags, _ := markup.LostTags(v.Str())
			if len(tags) == 0 {
				return
			}
			problems = append(problems, destination.Problem{
				Rule: destination.RuleMarkup, Severity: destination.Warning, Path: v.Path(), Offset: v.Start, Effect: destination.Altered,
				Message: fmt.Sprintf("%s is HTML, in which %q is a tag that Google Chat does not know and does not show", rule.Label, tags[0]),
				Hint:    "pass text through the function html, such as {{ json (html .Summary) }}",
			})
		})
	}
	return problems
}
