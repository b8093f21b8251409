package destination

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/hooktool/hooktool/internal/words"
	"github.com/hooktool/hooktool/pkg/destination/markup"
)

// TextRule says where a payload has a text that people see.
type TextRule struct {
	Path    string         // a pattern
	Label   string         // what it is, such as "the title of an embed"
	Dialect markup.Dialect // its markup
	// By returns the dialect if the payload decides it; nil: always Dialect.
	By     func(p *Payload, v *Value) markup.Dialect
	Max    int // zero: no limit is known
	Unit   Unit
	Effect Effect // what happens to a longer text
	Parsed bool   // the length is that of the text without its markup
	Trim   bool   // white space at both ends is not counted
	Silent bool   // mentions in it never ping
	// Mentions is the dialect whose mentions ping, if that is not the text's; empty:
	// the text's.
	Mentions markup.Dialect
	Note     string
	Soft     bool // the limit is uncertain: a warning
}

// limit returns the rule's limit. It is not ok if there is none.
func (r TextRule) limit() (Limit, bool) {
	return Limit{
		Path: r.Path, Label: r.Label, Max: r.Max, Unit: r.Unit, Effect: r.Effect, Trim: r.Trim, Note: r.Note, Soft: r.Soft,
	}, r.Max > 0
}

// Text is a text that people will see.
type Text struct {
	Path    string // the JSON path of the value; $ for a plain text body
	Offset  int    // where the value is in the body, in bytes
	Label   string
	Value   string
	Dialect markup.Dialect
	Limit   int // zero: none is known
	Unit    Unit
	Effect  Effect // beyond the limit
	Parsed  bool   // the limit applies to the text without its markup

	rule    *TextRule
	value   *Value
	payload *Payload
	silent  func(*Payload, Ping) bool
}

// silences reports whether a mention that would ping by its markup does not: mentions
// never do in this place, or the payload keeps them from it, such as with Discord's
// allowed_mentions.
func (t *Text) silences(mention *markup.Node) bool {
	return t.rule.Silent || t.silent != nil && t.silent(t.payload, Ping{Text: t, Node: mention, Name: asWritten(t.Value, mention)})
}

// Ping is a mention that would notify people.
type Ping struct {
	Text *Text
	Name string // as it is written, such as @everyone
	Node *markup.Node
}

// Texts returns the texts of a payload in the order of the destination's rules,
// and nothing for a body that is not JSON where it must be.
func (d *Destination) Texts(body []byte) []Text {
	p := d.Parse(body)
	if p.Fault != nil {
		return nil
	}
	return p.Texts()
}

// Texts returns the texts of the body in the order of the destination's rules; of a
// broken body, those before the fault. The slice must not be changed.
func (p *Payload) Texts() []Text {
	p.read.Do(func() { p.texts = p.destination.textsOf(p) })
	return p.texts
}

func (d *Destination) textsOf(p *Payload) []Text {
	texts := make([]Text, 0, len(d.Visible)) // a guess that is usually right
	for i := range d.Visible {
		rule := &d.Visible[i]
		p.Each(rule.Path, func(v *Value) {
			if v.Kind != String {
				return
			}
			dialect := rule.Dialect
			if rule.By != nil {
				dialect = rule.By(p, v)
			}
			texts = append(texts, Text{
				Path: v.Path(), Offset: v.Start, Label: rule.Label, Value: v.Text, Dialect: dialect,
				Limit: rule.Max, Unit: rule.Unit, Effect: rule.Effect, Parsed: rule.Parsed,
				rule: rule, value: v, payload: p, silent: d.Silent,
			})
		})
	}
	return texts
}

// Document parses the text as people see it. Where the destination reads it in two
// dialects in turn, as Discord does at /slack, what is code in the second one is code,
// whatever the first one says.
func (t *Text) Document() (*markup.Document, error) {
	document, err := markup.Parse(t.Dialect, t.Value)
	if err != nil || t.rule.Mentions == "" {
		return document, err
	}
	second, err := markup.Parse(t.rule.Mentions, t.Value)
	if err != nil {
		return document, nil // the text is written in the first dialect
	}
	whole := &markup.Document{}
	at := 0
	between := func(end int) {
		piece, err := markup.Parse(t.Dialect, t.Value[at:end])
		if err != nil {
			return
		}
		for node := range piece.Walk() {
			node.Start += at
			node.End += at
		}
		whole.Nodes = append(whole.Nodes, piece.Nodes...)
		whole.Text += piece.Text
	}
	for _, node := range second.Nodes {
		if node.Kind != markup.CodeBlock || node.Start < at || node.End > len(t.Value) {
			continue
		}
		between(node.Start)
		whole.Nodes = append(whole.Nodes, node)
		whole.Text += node.Text
		at = node.End
	}
	between(len(t.Value))
	return whole, nil
}

// checkText parses a text in its markup, measures it, and looks for mentions.
func (d *Destination) checkText(p *Payload, text *Text) {
	document, err := markup.Parse(text.Dialect, text.Value)
	var fault *markup.Error
	if errors.As(err, &fault) {
		p.add(d.markupProblem(p, text, fault))
	}
	if l, ok := text.rule.limit(); ok {
		if n := text.measure(l, document); n > l.Max {
			p.add(d.tooMuch(l, n, text.value, text.Offset))
		}
	}
	if document != nil {
		d.checkLinks(p, text, document)
	}
	if text.rule.Mentions != "" {
		document, _ = markup.Parse(text.rule.Mentions, text.Value)
	}
	if document != nil {
		d.checkPings(p, text, document)
	}
}

// measure counts the text; the document is nil if the markup is invalid.
func (t *Text) measure(l Limit, document *markup.Document) int {
	measured := *t.value
	if document != nil && t.rule.Parsed {
		measured.Text = document.Text
	}
	return l.measure(&measured)
}

func (d *Destination) markupProblem(p *Payload, text *Text, fault *markup.Error) Problem {
	return Problem{
		Rule: RuleMarkup, Severity: Error, Path: text.Path, Offset: text.value.Offset(p.Body, max(fault.Offset, 0)), Effect: Refused,
		Message: fmt.Sprintf("%s cannot parse %s as %s: %s", d.Title, text.Label, text.Dialect, fault.Message),
		Hint:    d.BadMarkup,
	}
}

// checkLinks finds links to web pages that the destination shows as plain text.
func (d *Destination) checkLinks(p *Payload, text *Text, document *markup.Document) {
	for _, link := range document.Dropped {
		if strings.HasPrefix(link.Target, "http://") || strings.HasPrefix(link.Target, "https://") {
			p.add(Problem{
				Rule: RuleShape, Severity: Info, Path: text.Path, Offset: text.value.Offset(p.Body, link.Start), Effect: Altered,
				Message: fmt.Sprintf("%s shows the text of the link to %s, but no link", d.Title, quoteShort(link.Target)),
				Hint:    "the host needs a dot: set Coroot's base URL to one with a domain, or also print the URL as text",
			})
		}
	}
}

// checkPings finds mentions that would notify people.
func (d *Destination) checkPings(p *Payload, text *Text, document *markup.Document) {
	told := map[string]bool{}
	severity := Warning
	if d.Readers {
		severity = Info
	}
	for _, node := range document.Pings() {
		name := asWritten(text.Value, node)
		if told[name] || text.silences(node) {
			continue
		}
		told[name] = true
		p.add(Problem{
			Rule: RulePing, Severity: severity, Path: text.Path, Offset: text.value.Offset(p.Body, node.Start), Effect: Pings,
			Message: fmt.Sprintf("%s in %s notifies people", quoteShort(name), text.Label),
			Hint:    d.NoPings,
		})
	}
}

// asWritten returns a mention as the text has it: readers see the same for <!here> and
// @here, but they do different things.
func asWritten(text string, node *markup.Node) string {
	written := text[min(max(node.Start, 0), len(text)):min(max(node.End, node.Start, 0), len(text))]
	if strings.HasPrefix(written, "<") && strings.HasSuffix(written, ">") || node.Text == "" {
		return written
	}
	return node.Text
}

// quoteShort quotes what a text says, shortened.
func quoteShort(s string) string {
	return strconv.Quote(strings.ToValidUTF8(words.Cut(s, 60), "\uFFFD"))
}
