package lark

import (
	"fmt"
	"regexp"
	"strings"
	"sync"

	"github.com/hooktool/hooktool/pkg/destination"
)

// htmlTag is the beginning of an HTML tag in Markdown.
var htmlTag = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`</?([A-Za-z][A-Za-z0-9_-]*)[\s/>]`) })

// known are the tags that Lark's Markdown has.
// https://open.larksuite.com/document/common-capabilities/message-card/message-cards-content/using-markdown-tags
const known = " a at audio br code_block font hr link local_datetime number_tag person raw text_tag "

// extra finds HTML in a card's Markdown, because of which Lark refuses the card.
func extra(p *destination.Payload) []destination.Problem {
	var problems []destination.Problem
	var visit func(v *destination.Value)
	visit = func(v *destination.Value) {
		if tag := v.Get("tag").Str(); tag == "lark_md" || tag == "markdown" {
			content := v.Get("content")
			for _, match := range htmlTag().FindAllStringSubmatch(content.Str(), -1) {
				if !strings.Contains(known, " "+strings.ToLower(match[1])+" ") {
					problems = append(problems, destination.ProblemAt(content, destination.Warning, destination.Refused,
						fmt.Sprintf("the text contains the HTML tag %q, for which Lark refuses a card", match[1]),
						"escape the text with the function html, or show it as plain_text"))
					break
				}
			}
		}
		for _, member := range v.Distinct() {
			visit(member.Value)
		}
		for _, element := range v.Elems() {
			visit(element)
		}
	}
	visit(p.Get("card"))
	return problems
}
