package markup_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/hooktool/hooktool/internal/golden"
	"github.com/hooktool/hooktool/pkg/destination/markup"
)

// TestGolden reads testdata/DIALECT.txt and compares what its reader sees, and the
// tree, with testdata/DIALECT.golden.
func TestGolden(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no files", err)
	}
	for _, file := range files {
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		name := strings.TrimSuffix(file, ".txt")
		doc, err := markup.Parse(markup.Dialect(filepath.Base(name)), strings.ReplaceAll(string(source), "\r\n", "\n"))
		if err != nil {
			t.Fatal(err)
		}
		golden.Assert(t, fmt.Appendf(nil, "%s\n\n%s", doc.Plain(), doc), name+".golden")
	}
}

// inline shows the tree of a paragraph as pseudo elements: <bold>x</bold>.
func inline(doc *markup.Document) string {
	var b strings.Builder
	for _, node := range doc.Nodes {
		writeInline(&b, node)
	}
	return b.String()
}

func writeInline(b *strings.Builder, node *markup.Node) {
	switch {
	case node.Kind == markup.Text:
		b.WriteString(node.Text)
		return
	case node.Kind == markup.Paragraph:
		for _, child := range node.Nodes {
			writeInline(b, child)
		}
		return
	}
	fmt.Fprintf(b, "<%s>%s", node.Kind, node.Text)
	for _, child := range node.Nodes {
		writeInline(b, child)
	}
	fmt.Fprintf(b, "</%s>", node.Kind)
}

func TestEmphasis(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		dialect  markup.Dialect
		in, want string
	}{
		{markup.CommonMarkdown, "*a*", "<italic>a</italic>"},
		{markup.CommonMarkdown, "**a**", "<bold>a</bold>"},
		{markup.CommonMarkdown, "***a***", "<italic><bold>a</bold></italic>"},
		{markup.CommonMarkdown, "***a** b*", "<italic><bold>a</bold> b</italic>"},
		{markup.CommonMarkdown, "***a* b**", "<bold><italic>a</italic> b</bold>"},
		{markup.CommonMarkdown, "**a*", "*<italic>a</italic>"},
		{markup.CommonMarkdown, "*a**", "<italic>a</italic>*"},
		{markup.CommonMarkdown, "*a **b* c**", "<italic>a <italic><italic>b</italic> c</italic></italic>"},
		{markup.CommonMarkdown, "*foo**bar**baz*", "<italic>foo<bold>bar</bold>baz</italic>"},
		{markup.CommonMarkdown, "a * b * c", "a * b * c"},
		{markup.CommonMarkdown, "a_b_c 2*3*4", "a_b_c 2<italic>3</italic>4"},
		{markup.CommonMarkdown, "*a [b*](u)", "*a <link>b*</link>"},
		{markup.CommonMarkdown, "[*a](u)*", "<link>*a</link>*"},
		{markup.CommonMarkdown, "[a [b](u) c](v)", "[a <link>b</link> c](v)"},
		{markup.CommonMarkdown, "[![a](b)](c)", "<link><image>a</image></link>"},
		{markup.CommonMarkdown, "`a` ``b`c`` `d", "<code>a</code> <code>b`c</code> `d"},
		{markup.CommonMarkdown, `\*a\* \a`, `*a* \a`},
		{markup.CommonMarkdown, "~~a~~ ~b~ ~c~~ ~~~d~~~", "<strikethrough>a</strikethrough> <strikethrough>b</strikethrough> ~c~~ ~~~d~~~"},
		{markup.MattermostMarkdown, "~~a~~ ~b~", "<strikethrough>a</strikethrough> ~b~"},
		{markup.DiscordMarkdown, "a__b__c ** d ** _e_f_", "a<underline>b</underline>c <bold> d </bold> <italic>e_f</italic>"},
		{markup.DiscordMarkdown, "||a **b|| c**", "<spoiler>a **b</spoiler> c**"},
		{markup.DiscordMarkdown, "| a | b", "| a | b"},
		{markup.SlackMrkdwn, "*a* b*c* *d *e* (*f*)", "<bold>a</bold> b*c* *d <bold>e</bold> (<bold>f</bold>)"},
		{markup.SlackMrkdwn, "_a *b* c_ ~x~", "<italic>a <bold>b</bold> c</italic> <strikethrough>x</strikethrough>"},
		{markup.SlackMrkdwn, "**a** [b](c) # d", "**a** [b](c) # d"},
		{markup.SlackMrkdwn, "`a\nb` &amp;lt;", "`a\nb` &lt;"},
		{markup.AdaptiveCardMarkdown, "# a\n`b` **c**", "# a `b` <bold>c</bold>"},
		{markup.RocketChatMarkdown, "*a* **b**", "<bold>a</bold> <bold>b</bold>"},
	} {
		doc, err := markup.Parse(tt.dialect, tt.in)
		if err != nil {
			t.Fatal(err)
		}
		if got := inline(doc); got != tt.want {
			t.Errorf("%s: %q\n got %s\nwant %s", tt.dialect, tt.in, got, tt.want)
		}
	}
}

func TestPings(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		dialect markup.Dialect
		pings   []string // each notifies
		quiet   []string // none notifies
	}{
		{markup.PlainText, nil, []string{"@everyone <!channel> <@1>"}},
		{markup.TelegramMarkdown, []string{"@alice", "@anna", "@gif", "*@alice*", "[x](tg://user?id=1)"}, []string{"`@alice`", "@bob", "a@alice.com", "@x", "@everyone@"}},
		{markup.TelegramHTML, []string{"@alice", `<a href="tg://user?id=1">x</a>`}, []string{"<code>@alice</code>", "<pre>@alice</pre>"}},
		{markup.DiscordMarkdown, []string{"@everyone", "x@here", "<@1>", "<@!1>", "<@&1>", "**@here**", "> @here", "# @here"}, []string{"`@here`", "```@here```", "<#1>", "@alice", "<@x>", "@Here"}},
		{
			markup.MattermostMarkdown,
			[]string{"@channel", "@all", "@HERE", "foo-@here", `\@here`, "_@here", "@alice.b", "<!channel>", "<!here>", "<@abc>", "> @all", "| a |\n|---|\n| @all |"},
			[]string{"`@here`", "```\n@here\n```", "app@here", "a_@here", "@", "<!everyone>"},
		},
		{markup.SlackMrkdwn, []string{"<!channel>", "<!here|x>", "<!everyone>", "<@U1>", "<!subteam^S1>", "*<!here>*"}, []string{"@channel", "&lt;!channel&gt;", "`<!here>`", "<#C1>", "<!date^1^x|y>"}},
		{markup.AdaptiveCardMarkdown, nil, []string{"<at>x</at>", "@channel"}},
		{markup.GoogleChatText, []string{"<users/all>", "<users/12>"}, []string{"@all", "`<users/all>`"}},
		{markup.RocketChatMarkdown, []string{"@all", "@here", "@bob"}, []string{"a@all", "`@all`"}},
		{markup.ZulipMarkdown, []string{"@**all**", "@*team*", "(@**all**)", "a /@**all**"}, []string{"@all", "a@**all**", ".@**all**", "@_**Bob**", "#**s**", "`@**all**`"}},
		{markup.WebexMarkdown, []string{"<@all>", "<@personEmail:a@b.c>", "<@personId:x|X>"}, []string{"@all", "<@x>"}},
		{markup.LarkText, []string{`<at user_id="all">x</at>`}, []string{"@all", "<at>x</at>"}},
		{markup.LarkMarkdown, []string{"<at id=all></at>"}, []string{"@all"}},
		{markup.CommonMarkdown, nil, []string{"@channel <!channel> <@1>"}},
		{markup.PushoverHTML, nil, []string{"@all"}},
		{markup.WeComMarkdown, []string{"<@alice>", "**<@all>**"}, []string{"@alice", "&lt;@alice&gt;", "`<@alice>`", `<font color="info">x</font>`}},
		{markup.GoogleChatHTML, nil, []string{"<users/all>", "@all"}},
	} {
		for want, texts := range [][]string{tt.quiet, tt.pings} {
			for _, text := range texts {
				doc, err := markup.Parse(tt.dialect, text)
				if err != nil {
					t.Fatal(err)
				}
				if got := len(doc.Pings()); got != want {
					t.Errorf("%s: %q has %d pings, want %d\n%s", tt.dialect, text, got, want, doc)
				}
			}
		}
	}
}

func TestUnknownDialect(t *testing.T) {
	t.Parallel()
	if _, err := markup.Parse("morse", "x"); err == nil || err.Error() != `unknown dialect "morse"` {
		t.Errorf("got %v", err)
	}
}
