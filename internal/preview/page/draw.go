package page

import (
	"embed"
	"fmt"
	"html/template"
	"io"
	"strings"
	"sync"

	"github.com/hooktool/hooktool/internal/preview"
	"github.com/hooktool/hooktool/internal/words"
	"github.com/hooktool/hooktool/pkg/destination/markup"
	"github.com/hooktool/hooktool/pkg/destination/message"
)

//go:embed templates/*.html
var templateFiles embed.FS

// templates parses the page's own templates on first use.
//
// nolint:gochecknoglobals // made once, never changed
var templates = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("page").Funcs(template.FuncMap{
		"nodes":        nodes,
		"unlinked":     unlinked,
		"plain":        (*message.Text).Plain,
		"safe":         safeURL,
		"picture":      picture,
		"percent":      percent,
		"share":        share,
		"says":         sayKind,
		"worst":        worst,
		"verdict":      verdict,
		"verdictClass": verdictClass,
		"changed":      changed,
		"mark":         markClass,
		"list":         words.And,
	}).ParseFS(templateFiles, "templates/*.html"))
})

// nodes returns what to draw of a text.
func nodes(t *message.Text) []*markup.Node {
	if t == nil {
		return nil
	}
	left := mostText
	return clip(preview.Tidy(t.Nodes), &left)
}

// mostText bounds how much of one text is drawn, in bytes: several times what any
// destination accepts, so that the page stays responsive. Each node of its markup counts
// for as many bytes as nodeBytes, because it takes as long to draw.
const (
	mostText  = 64 << 10
	nodeBytes = 16
)

// clip cuts a text off when the budget is used up.
func clip(nodes []*markup.Node, left *int) []*markup.Node {
	for i, n := range nodes {
		if *left <= 0 {
			return append(nodes[:i:i], &markup.Node{Kind: markup.Text, Text: "… (the rest is not shown)"})
		}
		*left -= nodeBytes
		if len(n.Nodes) > 0 {
			n.Nodes = clip(n.Nodes, left)
			continue
		}
		if len(n.Text) > *left {
			n.Text = strings.ToValidUTF8(n.Text[:max(*left, 0)], "")
			*left = 0
			continue
		}
		*left -= len(n.Text)
	}
	return nodes
}

// unlinked returns the same nodes without links, because the whole is one.
func unlinked(t *message.Text) []*markup.Node {
	all := nodes(t)
	if t == nil {
		return nil
	}
	for n := range (&markup.Document{Nodes: all}).Walk() {
		if n.Kind == markup.Link {
			n.Kind = markup.Text
		}
	}
	return all
}

// safeURL returns a URL that may be linked to. preview.SafeURL rejects everything that
// runs, or loads anything but a page, so the type conversion is justified.
func safeURL(address string) template.URL { return template.URL(preview.SafeURL(address)) }

// A linked picture is drawn as a box with its description: the page loads nothing from
// elsewhere.
type linkedPicture struct {
	Label string
	URL   template.URL
}

func picture(of any) linkedPicture {
	switch of := of.(type) {
	case *message.Block:
		return linkedPicture{of.Text.Plain(), safeURL(of.Link)}
	case *markup.Node:
		label := preview.NodeText(of)
		if label == "" {
			label = "image"
		}
		return linkedPicture{label, safeURL(of.URL)}
	}
	return linkedPicture{}
}

// mostBody bounds how much of a body is shown as sent, in bytes.
const mostBody = 256 << 10

// bodyHTML draws a body as it is sent.
func bodyHTML(body []byte) template.HTML {
	shown := body[:min(len(body), mostBody)]
	var b strings.Builder
	preview.WriteRaw(&b, shown, htmlPainter{}) // a Builder never fails
	if len(shown) < len(body) {
		fmt.Fprintf(&b, "… and %d bytes more\n", len(body)-len(shown))
	}
	return template.HTML(b.String()) // nolint:gosec // htmlPainter escapes everything, including what comes from the body
}

// htmlPainter paints text as HTML.
type htmlPainter struct{}

// Paint implements preview.Painter.
func (htmlPainter) Paint(text string, s preview.Style) string {
	class := map[preview.Color]string{preview.Blue: "key", preview.Green: "str", preview.Cyan: "num", preview.Magenta: "lit"}[s.Color]
	escaped := template.HTMLEscapeString(text)
	if class == "" {
		return escaped
	}
	return `<span class="` + class + `">` + escaped + `</span>`
}

// execute writes one of the page's templates.
func execute(w io.Writer, name string, data any) error {
	return templates().ExecuteTemplate(w, name, data)
}
