package markup

import "sync"

// syntax describes one dialect of the Markdown family.
type syntax struct {
	dialect Dialect

	// Blocks.
	headings int  // the deepest level; 0 for none
	setext   bool // headings underlined with === or ---
	subtext  bool // lines with -# are small
	lists    bool
	rules    bool
	tables   bool
	quote    quoteStyle
	fences   fenceStyle
	// loose says that list items continue after empty lines, and with lines that are
	// not indented.
	loose bool
	// spaced says that a line break in a paragraph is shown as a space, and any number
	// of empty lines as one.
	spaced bool

	// Within a line.
	delimiters []delimiter
	words      bool // delimiters are only at the borders of words
	codeSpans  bool
	links      bool // [label](target)
	images     bool // ![label](target)
	escapes    bool // a backslash before punctuation
	addresses  bool // http:// and https:// in plain text

	// special reads what begins with one of <@:&# and returns its length, or 0.
	special func(text string, i int) (piece, int)
	// find finds things in text without markup.
	find func(text string) []found

	marks *[256]bool // the bytes at which markup can begin, within a line
}

// delimiter is a character that encloses text once or twice.
type delimiter struct {
	char     byte
	one, two Kind // the kind of a single and a double one; "" for none
	// loose says that a double one may be anywhere, even next to spaces.
	loose bool
	// exact says that both ends must be equally long, and at most two.
	exact bool
}

type quoteStyle int

const (
	noQuotes    quoteStyle = iota
	lineQuotes             // > before each line, >>> before the rest of the text
	nestedQuote            // > before a paragraph; quotes hold blocks
)

type fenceStyle int

const (
	noFences       fenceStyle = iota
	lineFences                // ``` on a line of its own
	anywhereFences            // ``` anywhere, even within a line
)

// syntaxes caches the dialects that were used.
var syntaxes sync.Map // from Dialect to syntax

// syntaxOf returns the syntax of a dialect of the family.
func syntaxOf(d Dialect) (syntax, bool) {
	if s, ok := syntaxes.Load(d); ok {
		return s.(syntax), true //nolint:forcetypeassert // nothing else is stored
	}
	s, ok := newSyntax(d)
	if ok {
		s.marks = s.marked()
		syntaxes.Store(d, s)
	}
	return s, ok
}

// marked returns the bytes at which inlineParser.scanAt finds something.
func (s *syntax) marked() *[256]bool {
	bytes := "\\`[]!\n"
	if s.addresses {
		bytes += "h"
	}
	if s.special != nil {
		bytes += "<@:&#"
	}
	for _, d := range s.delimiters {
		bytes += string(rune(d.char))
	}
	marks := new([256]bool)
	for i := range len(bytes) {
		marks[bytes[i]] = true
	}
	return marks
}

func newSyntax(d Dialect) (syntax, bool) {
	switch d {
	case DiscordMarkdown:
		return discordSyntax(), true
	case SlackMrkdwn:
		return slackSyntax(), true
	case GoogleChatText:
		return googleChatSyntax(), true
	case MattermostMarkdown:
		s := commonSyntax(d)
		s.spaced, s.special, s.find = false, mattermostSpecial, findNames
		s.delimiters[2].one = "" // a single ~ is text
		return s, true
	case RocketChatMarkdown:
		return rocketChatSyntax(), true
	case ZulipMarkdown:
		s := commonSyntax(d)
		s.spaced, s.setext, s.special = false, false, zulipSpecial
		return s, true
	case ZulipSlack:
		s := commonSyntax(d)
		s.spaced, s.setext, s.special = false, false, zulipSlackSpecial
		s.delimiters = []delimiter{{char: '*', one: Bold, two: Bold}, {char: '_', one: Italic, two: Bold}, {char: '~', one: Strikethrough, two: Strikethrough}}
		return s, true
	case WebexMarkdown:
		s := commonSyntax(d)
		s.tables, s.images, s.special = false, false, webexSpecial
		return s, true
	case CommonMarkdown:
		return commonSyntax(d), true
	case AdaptiveCardMarkdown:
		return adaptiveCardSyntax(), true
	case LarkText:
		return syntax{dialect: d, addresses: true, special: larkSpecial}, true
	case LarkMarkdown:
		return larkSyntax(), true
	case WeComMarkdown:
		return syntax{
			dialect: WeComMarkdown, headings: 6, quote: lineQuotes, delimiters: []delimiter{{char: '*', two: Bold}},
			codeSpans: true, links: true, addresses: true, special: weComSpecial,
		}, true
	}
	return syntax{}, false
}

// commonSyntax is GitHub's Markdown.
func commonSyntax(d Dialect) syntax {
	return syntax{
		dialect: d, headings: 6, setext: true, lists: true, rules: true, tables: true, quote: nestedQuote, fences: lineFences, loose: true, spaced: true,
		delimiters: []delimiter{
			{char: '*', one: Italic, two: Bold}, {char: '_', one: Italic, two: Bold}, {char: '~', one: Strikethrough, two: Strikethrough, exact: true},
		},
		codeSpans: true, links: true, images: true, escapes: true, addresses: true, special: commonSpecial,
	}
}

func discordSyntax() syntax {
	return syntax{
		dialect: DiscordMarkdown, headings: 3, subtext: true, lists: true, quote: lineQuotes, fences: anywhereFences,
		delimiters: []delimiter{{char: '*', one: Italic, two: Bold, loose: true}, {char: '_', one: Italic, two: Underline, loose: true}, {char: '~', two: Strikethrough, loose: true}, {char: '|', two: Spoiler, loose: true}},
		codeSpans:  true, links: true, escapes: true, addresses: true, special: discordSpecial,
	}
}

func slackSyntax() syntax {
	return syntax{
		dialect: SlackMrkdwn, quote: lineQuotes, fences: anywhereFences,
		delimiters: []delimiter{{char: '*', one: Bold}, {char: '_', one: Italic}, {char: '~', one: Strikethrough}},
		words:      true, codeSpans: true, addresses: true, special: slackSpecial,
	}
}

func googleChatSyntax() syntax {
	s := slackSyntax()
	s.dialect, s.quote, s.special = GoogleChatText, noQuotes, googleChatSpecial
	return s
}

func rocketChatSyntax() syntax {
	return syntax{
		dialect: RocketChatMarkdown, headings: 4, lists: true, quote: nestedQuote, fences: lineFences,
		delimiters: []delimiter{{char: '*', one: Bold, two: Bold}, {char: '_', one: Italic, two: Italic}, {char: '~', one: Strikethrough, two: Strikethrough}},
		codeSpans:  true, links: true, images: true, escapes: true, addresses: true, special: commonSpecial, find: findNames,
	}
}

func adaptiveCardSyntax() syntax {
	return syntax{
		dialect: AdaptiveCardMarkdown, lists: true, spaced: true,
		delimiters: []delimiter{{char: '*', one: Italic, two: Bold}, {char: '_', one: Italic, two: Bold}},
		links:      true, escapes: true, special: adaptiveCardSpecial,
	}
}

func larkSyntax() syntax {
	return syntax{
		dialect:    LarkMarkdown,
		delimiters: []delimiter{{char: '*', one: Italic, two: Bold}, {char: '~', two: Strikethrough}},
		links:      true, escapes: true, addresses: true, special: larkSpecial,
	}
}

// markdown is the state of a parser of the family.
type markdown struct {
	*builder
	syntax
	broken bool // a block has ended, so the next one begins on a new line
	blanks int  // empty lines before the next block

	inlines inlineParser
}

func (s syntax) parse(text string) *Document {
	if wordsOnly(text) {
		return s.ofWords(text)
	}
	return s.parseAll(text)
}

func (s syntax) parseAll(text string) *Document {
	const few = 16
	p := &markdown{builder: newBuilder(text), syntax: s, inlines: inlineParser{tokens: make([]token, 0, few)}}
	if s.fences == anywhereFences {
		p.segments()
	} else {
		p.blocks(p.lines(0, len(text)), 0)
	}
	d := p.document(s.dialect)
	if s.find != nil {
		d.rewriteTexts(s.find)
	}
	return d
}

// gap writes what a reader sees between nodes.
func (b *builder) gap(text string) {
	b.flush()
	b.out = append(b.out, text...)
	b.from = len(b.out)
}

// leaf adds a node that has its own text.
func (b *builder) leaf(node *Node, text string) {
	b.flush()
	node.from = len(b.out)
	b.out = append(b.out, text...)
	node.to = len(b.out)
	b.from = node.to
	b.add(node)
}
