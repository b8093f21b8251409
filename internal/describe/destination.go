package describe

import (
	"fmt"
	"strings"

	"github.com/hooktool/hooktool/internal/typeset"
	"github.com/hooktool/hooktool/pkg/destination"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// Destinations lists destinations, each with a line about it, wrapped at columns; zero
// means no wrapping.
func Destinations(list []*destination.Destination, style typeset.Style, columns int) string {
	width := 0
	for _, d := range list {
		width = max(width, len(d.Name))
	}
	var b strings.Builder
	for _, d := range list {
		name := style.Bold(fmt.Sprintf("%-*s", width, d.Name)) + "  "
		b.WriteString(typeset.Hang(name, d.Title+": "+d.Summary, width+2, columns))
	}
	return b.String()
}

// Destination describes what a destination accepts and answers, wrapped at columns;
// zero means no wrapping.
func Destination(d *destination.Destination, style typeset.Style, columns int) string {
	page := &destinationPage{d: d, style: style, columns: columns}
	page.head()
	page.recognition()
	page.payload()
	page.limits()
	page.texts()
	page.answers()
	page.example()
	return page.text.String()
}

// Schema returns the JSON Schema of a destination's payload, or "true" if it accepts
// any JSON.
func Schema(d *destination.Destination) string {
	if len(d.Schema()) == 0 {
		return "true\n"
	}
	return string(d.Schema())
}

// destinationPage builds the text about a destination.
type destinationPage struct {
	d       *destination.Destination
	style   typeset.Style
	columns int // the width to wrap at; zero: no wrapping
	text    strings.Builder
}

func (p *destinationPage) section(title string) {
	fmt.Fprintf(&p.text, "\n%s\n", p.style.Bold(title))
}

func (p *destinationPage) line(format string, args ...any) {
	p.text.WriteString(typeset.Hang("  ", fmt.Sprintf(format, args...), 4, p.columns))
}

// below writes details of the line above.
func (p *destinationPage) below(text string) {
	p.text.WriteString(typeset.Below(text, p.columns))
}

func (p *destinationPage) table(rows [][]string) {
	p.text.WriteString(typeset.Table(rows, p.columns))
}

func (p *destinationPage) head() {
	d := p.d
	aliases := d.Aliases
	if d.FormName != "" {
		aliases = nil
	}
	fmt.Fprintf(&p.text, "%s (%s)\n", p.style.Bold(d.Title), strings.Join(append([]string{d.String()}, aliases...), ", "))
	p.line("%s", d.Summary)
	p.line("%s", p.style.Cyan(d.Docs))
	for _, notice := range []string{d.EndOfLife, d.Notice} {
		if notice != "" {
			p.line("%s %s", p.style.Yellow("note:"), notice)
		}
	}
}

func (p *destinationPage) recognition() {
	d := p.d
	if len(d.URLs) > 0 {
		p.section("URL (*** is secret)")
	}
	for _, form := range d.URLs {
		p.line("%s", d.Secrets(form.Example).URL)
		if form.Note != "" {
			p.below(form.Note)
		}
	}
	p.forms()
	if len(d.SecretMembers)+len(d.SecretHeaders) > 0 {
		p.section("OTHER SECRETS")
	}
	for _, name := range d.SecretMembers {
		p.line("the member %q of the body", name)
	}
	for _, name := range d.SecretHeaders {
		p.line("the header %s", name)
	}
}

// forms lists the forms that accept a payload other than the one shown.
func (p *destinationPage) forms() {
	var rows [][]string
	for _, form := range p.d.Whole().Forms() {
		if form != p.d {
			rows = append(rows, []string{form.String(), form.Summary})
		}
	}
	if len(rows) > 0 && p.d.FormName == "" {
		p.section("FORMS WITH ANOTHER PAYLOAD (hooktool destinations NAME/FORM)")
		p.table(rows)
	}
}

func (p *destinationPage) payload() {
	d := p.d
	if fields := d.Fields(); len(fields) > 0 {
		p.section("PAYLOAD (--format jsonschema prints all of it)")
		var rows [][]string
		for _, field := range fields {
			must := ""
			if field.Required {
				must = "required"
			}
			rows = append(rows, []string{field.Name, field.Type, must, field.Doc})
		}
		p.table(rows)
	}
	p.section("RULES")
	for _, rule := range d.Rules {
		p.line("%s", rule)
	}
	switch d.Unknown {
	case destination.UnknownRefused:
		p.line("unknown fields are refused")
	case destination.UnknownIgnored:
		p.line("unknown fields are ignored")
	case destination.UnknownUnsaid:
		p.line("what happens to unknown fields is not documented")
	case destination.UnknownKept:
	}
	if d.BadJSON != "" {
		p.line("if the JSON is broken, %s", d.BadJSON)
	}
	if d.NoPings != "" {
		p.line("to keep names in texts from notifying anybody: %s", d.NoPings)
	}
}

func (p *destinationPage) example() {
	p.section("EXAMPLE")
	fmt.Fprintf(&p.text, "  %s\n", strings.TrimRight(p.d.Example, "\n")) // meant to be copied, so not wrapped
}

func (p *destinationPage) limits() {
	var rows [][]string
	for _, limit := range p.d.AllLimits() {
		effect := "not documented"
		if limit.Effect != destination.Unsaid {
			effect = string(limit.Effect)
		}
		if limit.Note != "" {
			effect += ": " + limit.Note
		}
		rows = append(rows, []string{limit.Label, fmt.Sprintf("%d %s", limit.Max, limit.Unit), effect})
	}
	if len(rows) > 0 {
		p.section("LIMITS, AND WHAT HAPPENS BEYOND THEM")
		p.table(rows)
	}
}

func (p *destinationPage) texts() {
	var rows [][]string
	for _, rule := range p.d.Visible {
		note := ""
		if rule.By != nil {
			note = "unless the payload says otherwise"
		}
		rows = append(rows, []string{rule.Path, string(rule.Dialect), note})
	}
	if len(rows) > 0 {
		p.section("TEXTS AND THEIR MARKUP")
		p.table(rows)
	}
}

func (p *destinationPage) answers() {
	p.section("ANSWERS")
	var rows [][]string
	for _, answer := range p.d.Answers {
		when := "any"
		if answer.Status != 0 {
			when = fmt.Sprint(answer.Status)
		}
		words := []string{}
		for _, word := range []string{answer.Meaning, answer.Hint} {
			if word != "" {
				words = append(words, word)
			}
		}
		rows = append(rows, []string{when, answer.Says, string(answer.Outcome), strings.Join(words, "; ")})
	}
	rows = append(rows, []string{"other", "", "", "2xx is delivered (202: accepted), everything else " + string(webhook.Rejected)})
	p.table(rows)
}
