package lsp

import udiff "github.com/aymanbagabas/go-udiff"

// hunk replaces the text from start to end.
type hunk struct {
	start, end int
	text       string
}

// differences returns the hunks that turn one text into another: for each run of lines
// that differ, the smallest part of them. They are in order and do not overlap.
func differences(before, after string) []hunk {
	var hunks []hunk
	for _, edit := range udiff.Lines(before, after) {
		hunks = append(hunks, trimmed(edit.Start, before[edit.Start:edit.End], edit.New)...)
	}
	return hunks
}

// trimmed removes the common beginning and end. Characters stay whole.
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
