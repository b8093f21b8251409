package teams

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/hooktool/hooktool/pkg/destination"
	"github.com/hooktool/hooktool/pkg/destination/markup"
)

// visible lists the texts of a card, at every depth.
func visible() []destination.TextRule {
	row := func(path, label string, dialect markup.Dialect) destination.TextRule {
		return destination.TextRule{Path: "$.attachments[*].content.." + path, Label: label, Dialect: dialect}
	}
	const rich, plain = markup.AdaptiveCardMarkdown, markup.PlainText
	return []destination.TextRule{
		row("[type=TextBlock].text", "a text block", rich),
		row("[type=TextRun].text", "a text run", plain),
		row("[type=FactSet].facts[*].title", "the title of a fact", rich),
		row("[type=FactSet].facts[*].value", "the value of a fact", rich),
		row("actions[*].title", "the title of an action", plain),
	}
}

// newest is the newest version of Adaptive Cards that Teams shows:
// https://learn.microsoft.com/en-us/microsoftteams/platform/task-modules-and-cards/cards/design-effective-cards
const newest = "1.5"

// since returns the first version of Adaptive Cards that has a type of element, and ""
// for Teams' own and for unknown types. Microsoft's library adaptivecards has them.
func since(kind string) string {
	switch kind {
	case "TextBlock", "Image", "ImageSet", "FactSet", "Container", "ColumnSet", "Input.Text", "Input.Number", "Input.Date", "Input.Time",
		"Input.Toggle", "Input.ChoiceSet", "Action.OpenUrl", "Action.Submit", "Action.ShowCard":
		return "1.0"
	case "Media":
		return "1.1"
	case "RichTextBlock", "TextRun", "ActionSet", "Action.ToggleVisibility":
		return "1.2"
	case "Action.Execute":
		return "1.4"
	case "Table":
		return "1.5"
	case "Carousel":
		return "1.6"
	}
	return ""
}

// compareVersions compares versions such as 1.4 and 1.10.
func compareVersions(a, b string) int {
	number := func(part string) int {
		n, _ := strconv.Atoi(part) // the schema refuses what is not a number
		return n
	}
	majorA, minorA, _ := strings.Cut(a, ".")
	majorB, minorB, _ := strings.Cut(b, ".")
	return cmp.Or(cmp.Compare(number(majorA), number(majorB)), cmp.Compare(number(minorA), number(minorB)))
}

// extra finds payloads of the retired connectors, text that would be clipped, and what
// is newer than the card or than Teams.
func extra(p *destination.Payload) []destination.Problem {
	var problems []destination.Problem
	if kind := p.Get("@type"); kind.Str() == "MessageCard" {
		problems = append(problems, destination.ProblemAt(kind, destination.Warning, destination.Unsaid,
			"this is a MessageCard of the retired Office 365 connectors: Workflows are documented to take only Adaptive Cards", retired))
	}
	p.Each("$.attachments[*].content..[type=TextBlock]", func(block *destination.Value) {
		if wrap := block.Get("wrap"); wrap == nil || wrap.Text != "true" {
			problems = append(problems, destination.ProblemAt(block, destination.Info, destination.Cut,
				"without \"wrap\": true a long text is clipped at the end of the line", "add \"wrap\": true"))
		}
	})
	p.Each("$.attachments[*].content", func(card *destination.Value) {
		problems = append(problems, tooNew(card)...)
		if body := card.Get("body"); len(body.Elems()) > 0 && !slices.ContainsFunc(body.Elems(), visibly) && card.Get("actions") == nil {
			problems = append(problems, destination.ProblemAt(body, destination.Warning, destination.Vanishes,
				"nothing in the card is shown: every element has \"isVisible\": false", "leave isVisible out of what people should read"))
		}
	})
	return problems
}

// visibly reports whether an element is not hidden.
func visibly(element *destination.Value) bool {
	visible := element.Get("isVisible")
	return !visible.Is(destination.Boolean) || visible.True()
}

// tooNew finds a version newer than Teams shows, and elements newer than the version of
// their card. An element with a fallback is fine.
func tooNew(card *destination.Value) []destination.Problem {
	version := card.Get("version")
	if version.Str() == "" {
		return nil
	}
	var problems []destination.Problem
	if compareVersions(version.Str(), newest) > 0 {
		problems = append(problems, destination.ProblemAt(version, destination.Warning, destination.Altered,
			fmt.Sprintf("Teams shows Adaptive Cards up to version %s: a card of version %s may be shown only in part, or not at all", newest, version.Str()),
			fmt.Sprintf("write \"version\": %q", newest)))
	}
	told := map[string]bool{}
	p := destination.Payload{Root: card}
	p.Each("$..", func(element *destination.Value) {
		kind := element.Get("type").Str()
		first := since(kind)
		if first == "" || told[kind] || element.Get("fallback") != nil || compareVersions(first, version.Str()) <= 0 {
			return
		}
		told[kind] = true
		problems = append(problems, destination.ProblemAt(element, destination.Warning, destination.Vanishes,
			fmt.Sprintf("%s is of version %s of Adaptive Cards and the card says %s: it may not be shown", kind, first, version.Str()),
			fmt.Sprintf("write \"version\": %q", first)))
	})
	return problems
}
