package yamltext

import (
	"bytes"
	"strings"

	"go.yaml.in/yaml/v3"
)

// rewriteBlock rewrites all lines of a block scalar. A text that begins with a space
// needs an indentation indicator in the header, whose value depends on what is around
// the scalar, so each is offered.
func (s *Scalar) rewriteBlock(text string) []Rewrite {
	if strings.ContainsFunc(text, isSpecial) || s.indent == 0 {
		return nil
	}
	chomp := ""
	switch body := strings.TrimRight(text, "\n"); {
	case body == text:
		chomp = "-"
	case body == "" || len(text)-len(body) > 1:
		chomp = "+"
	}
	lines := s.blockLines(text)
	indicators := []string{""}
	if s.header.indent != 0 {
		indicators[0] = string(rune(s.header.indent))
	} else if first := strings.TrimLeft(text, "\n"); strings.HasPrefix(first, " ") {
		indicators = strings.Split("123456789", "")
	}
	header := string(s.file.data[s.start:s.header.end])
	rest := strings.TrimLeft(header[1:], "+-123456789")
	if s.end == len(s.file.data) && !bytes.HasSuffix(s.file.data, []byte("\n")) {
		lines = strings.TrimSuffix(lines, s.lineEnd())
	}
	var list []Rewrite
	for _, indicator := range indicators {
		list = append(list, s.whole(header[:1]+indicator+chomp+rest+lines))
	}
	return list
}

// blockLines writes text as the lines of a block scalar.
func (s *Scalar) blockLines(text string) string {
	var b strings.Builder
	lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	for i, line := range lines {
		if line != "" {
			b.WriteString(strings.Repeat(" ", s.indent) + line)
		}
		b.WriteString(s.lineEnd())
		if s.style == yaml.FoldedStyle && s.folds(lines, i) {
			b.WriteString(s.lineEnd())
		}
	}
	return b.String()
}

// folds reports whether the break after a line of a folded scalar would become a space,
// so that an extra empty line is needed.
func (s *Scalar) folds(lines []string, i int) bool {
	if lines[i] == "" || isBlank(lines[i][0]) {
		return false
	}
	for _, next := range lines[i+1:] {
		if next != "" {
			return !isBlank(next[0])
		}
	}
	return false
}
