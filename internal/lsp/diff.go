package lsp

import "strings"

// hunk puts a text in the place of another, from start to end.
type hunk struct {
	start, end int
	text       string
}

// maxLines bounds the lines of which each is compared with each.
const maxLines = 2000

// differences returns what makes one text another: for each run of lines that
// differ the smallest part of them. They are in order and do not overlap.
func differences(before, after string) []hunk {
	a, b := strings.SplitAfter(before, "\n"), strings.SplitAfter(after, "\n")
	head := 0
	for head < len(a) && head < len(b) && a[head] == b[head] {
		head++
	}
	tail := 0
	for tail < len(a)-head && tail < len(b)-head && a[len(a)-1-tail] == b[len(b)-1-tail] {
		tail++
	}
	at := len(strings.Join(a[:head], ""))
	a, b = a[head:len(a)-tail], b[head:len(b)-tail]
	if len(a) > maxLines || len(b) > maxLines {
		return trimmed(at, strings.Join(a, ""), strings.Join(b, ""))
	}
	var hunks []hunk
	var old, changed strings.Builder
	flush := func() {
		hunks = append(hunks, trimmed(at, old.String(), changed.String())...)
		at += old.Len()
		old.Reset()
		changed.Reset()
	}
	common := commonLines(a, b)
	i, j := 0, 0
	for i < len(a) || j < len(b) {
		switch {
		case i < len(a) && j < len(b) && a[i] == b[j]:
			flush()
			at += len(a[i])
			i, j = i+1, j+1
		case j == len(b) || i < len(a) && common[i+1][j] >= common[i][j+1]:
			old.WriteString(a[i])
			i++
		default:
			changed.WriteString(b[j])
			j++
		}
	}
	flush()
	return hunks
}

// commonLines returns how many lines the ends of both from i and j on have in common.
func commonLines(a, b []string) [][]int {
	common := make([][]int, len(a)+1)
	for i := range common {
		common[i] = make([]int, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				common[i][j] = common[i+1][j+1] + 1
			} else {
				common[i][j] = max(common[i+1][j], common[i][j+1])
			}
		}
	}
	return common
}

// trimmed leaves out what both begin and end with. Characters stay whole.
func trimmed(at int, before, after string) []hunk {
	if before == after {
		return nil
	}
	head := 0
	for head < len(before) && head < len(after) && before[head] == after[head] {
		head++
	}
	for head > 0 && (head < len(before) && before[head]&0xC0 == 0x80 || head < len(after) && after[head]&0xC0 == 0x80) {
		head--
	}
	tail := 0
	for tail < len(before)-head && tail < len(after)-head && before[len(before)-1-tail] == after[len(after)-1-tail] {
		tail++
	}
	for tail > 0 && before[len(before)-tail]&0xC0 == 0x80 {
		tail--
	}
	return []hunk{{at + head, at + len(before) - tail, after[head : len(after)-tail]}}
}
