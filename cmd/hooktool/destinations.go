package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/hooktool/hooktool/cmd/internal/terminal"
	"github.com/hooktool/hooktool/pkg/destination"
	"github.com/hooktool/hooktool/pkg/destination/catalog"
	"github.com/hooktool/hooktool/pkg/webhook"
)

const destinationsLong = `Print what each receiving system accepts, and what its answers mean: the forms
of its URLs and what in them is secret, the fields of its payload, limits with
what happens past them, the markup of its texts, and its answers.

--format jsonschema prints the JSON Schema of one destination's payload.`

const destinationsExample = `  hooktool destinations
  hooktool destinations discord
  hooktool destinations telegram --format json
  hooktool destinations slack --format jsonschema > slack.schema.json`

func newDestinationsCmd(a *app) *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Annotations:       map[string]string{needsNoConfig: "true"},
		Use:               "destinations [NAME]",
		Aliases:           []string{"destination"},
		Short:             "Print what a receiving system accepts and answers",
		Long:              destinationsLong,
		Example:           destinationsExample,
		ValidArgsFunction: completeDestinations,
		Args:              args(0, 1, "hooktool destinations [NAME]"),
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return a.printDestinations(format)
			}
			if err := checkDestination(args[0]); err != nil {
				return err
			}
			if args[0] == "" {
				return usageError("see hooktool destinations", "the name of a destination must not be empty")
			}
			return a.printDestination(catalog.ByName(args[0]), format)
		},
	}
	formatVar(cmd, &format, "text", "json", "jsonschema")
	return cmd
}

// printDestinations lists them all.
func (a *app) printDestinations(format string) error {
	switch format {
	case "jsonschema":
		return usageError("name one: hooktool destinations telegram --format jsonschema", "--format jsonschema prints one destination's schema")
	case "json":
		list := []destinationJSON{}
		for _, d := range catalog.All() {
			list = append(list, describeDestination(d))
		}
		return printJSON(a.out, map[string]any{"version": 1, "destinations": list})
	}
	p := a.outPalette()
	var b strings.Builder
	var width int
	for _, d := range catalog.All() {
		width = max(width, len(d.Name))
	}
	for _, d := range catalog.All() {
		name := p.Bold(fmt.Sprintf("%-*s", width, d.Name)) + "  "
		b.WriteString(hang(name, d.Title+": "+d.Summary, width+2, a.outColumns()))
	}
	return printAll(a.out, b.String())
}

// printDestination prints all that is known about one.
func (a *app) printDestination(d *destination.Destination, format string) error {
	switch format {
	case "jsonschema":
		switch {
		case d.Plain:
			return usageError("", "%s is text, which has no JSON Schema", d)
		case len(d.Schema()) == 0:
			return printAll(a.out, "true\n") // any JSON
		}
		return printAll(a.out, string(d.Schema()))
	case "json":
		return printJSON(a.out, map[string]any{"version": 1, "destinations": []destinationJSON{describeDestination(d)}})
	}
	page := &destinationPage{d: d, palette: a.outPalette(), columns: a.outColumns()}
	page.head()
	page.recognition()
	page.payload()
	page.limits()
	page.texts()
	page.answers()
	page.example()
	return printAll(a.out, page.text.String())
}

// destinationPage is the text about a destination.
type destinationPage struct {
	d       *destination.Destination
	palette terminal.Palette
	columns int // to which it is wrapped; zero: not at all
	text    strings.Builder
}

func (p *destinationPage) section(title string) {
	fmt.Fprintf(&p.text, "\n%s\n", p.palette.Bold(title))
}

func (p *destinationPage) line(format string, args ...any) {
	p.text.WriteString(hang("  ", fmt.Sprintf(format, args...), 4, p.columns))
}

// below writes what belongs to the line above.
func (p *destinationPage) below(text string) {
	p.text.WriteString(hang("      ", text, 6, p.columns))
}

// table prints rows in columns; the last one may be of any length, and stands
// below the others where there is no room beside them.
func (p *destinationPage) table(rows [][]string) {
	var widths []int
	for _, row := range rows {
		for i, cell := range row[:len(row)-1] {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], len([]rune(cell)))
		}
	}
	start := 2
	for _, width := range widths {
		start += width + 2
	}
	narrow := p.columns > 0 && start+leastColumn > p.columns
	for _, row := range rows {
		last := len(row) - 1
		if narrow {
			p.narrowRow(row)
			continue
		}
		var b strings.Builder
		b.WriteString("  ")
		for i, cell := range row[:last] {
			b.WriteString(cell + strings.Repeat(" ", widths[i]-len([]rune(cell))+2))
		}
		p.text.WriteString(hang(b.String(), row[last], start, p.columns))
	}
}

// narrowRow writes a row without columns, its last cell below the others if it
// does not fit behind them.
func (p *destinationPage) narrowRow(row []string) {
	last := len(row) - 1
	line := "  " + strings.Join(slices.DeleteFunc(row[:last:last], func(cell string) bool { return cell == "" }), "  ")
	if printedWidth(line+"  "+row[last]) <= p.columns {
		p.text.WriteString(strings.TrimRight(line+"  "+row[last], " ") + "\n")
		return
	}
	if printedWidth(line) > p.columns {
		line = strings.TrimSuffix(hang("  ", line, 4, p.columns), "\n")
	}
	p.text.WriteString(line + "\n")
	p.below(row[last])
}

func (p *destinationPage) head() {
	d := p.d
	aliases := d.Aliases
	if d.FormName != "" {
		aliases = nil
	}
	fmt.Fprintf(&p.text, "%s (%s)\n", p.palette.Bold(d.Title), strings.Join(append([]string{d.String()}, aliases...), ", "))
	p.line("%s", d.Summary)
	p.line("%s", p.palette.Cyan(d.Docs))
	for _, notice := range []string{d.EndOfLife, d.Notice} {
		if notice != "" {
			p.line("%s %s", p.palette.Yellow("note:"), notice)
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

// forms lists those that take another payload than the one that is shown.
func (p *destinationPage) forms() {
	var rows [][]string
	for _, form := range p.d.Whole().Forms() {
		if form != p.d {
			rows = append(rows, []string{form.String(), form.Summary})
		}
	}
	if len(rows) > 0 && p.d.FormName == "" {
		p.section("FORMS THAT TAKE ANOTHER PAYLOAD (hooktool destinations NAME/FORM)")
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
		p.line("what becomes of unknown fields is not documented")
	case destination.UnknownKept:
	}
	if d.BadJSON != "" {
		p.line("broken JSON: %s", d.BadJSON)
	}
	if d.NoPings != "" {
		p.line("to notify nobody by a name in a text: %s", d.NoPings)
	}
}

func (p *destinationPage) example() {
	p.section("EXAMPLE")
	fmt.Fprintf(&p.text, "  %s\n", strings.TrimRight(p.d.Example, "\n")) // to be copied: not wrapped
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
		p.section("LIMITS, AND WHAT HAPPENS PAST THEM")
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
