package markup

import (
	"fmt"
	"strings"
)

// deepestShown bounds the indentation of a shown tree.
const deepestShown = 50

func (n *Node) describe(b *strings.Builder, depth int) {
	fmt.Fprintf(b, "%s%s [%d:%d]", strings.Repeat("  ", depth), n.Kind, n.Start, n.End)
	if n.Text != "" {
		fmt.Fprintf(b, " %q", n.Text)
	}
	if n.Level > 0 {
		fmt.Fprintf(b, " level=%d", n.Level)
	}
	if n.Ordered {
		fmt.Fprintf(b, " from=%d", n.Number)
	}
	if n.Language != "" {
		fmt.Fprintf(b, " language=%q", n.Language)
	}
	if n.URL != "" {
		fmt.Fprintf(b, " url=%q", n.URL)
	}
	if n.Ping {
		b.WriteString(" PING")
	}
	b.WriteByte('\n')
	if depth == deepestShown {
		return
	}
	for _, child := range n.Nodes {
		child.describe(b, depth+1)
	}
}
