package rewrite

// blocks maps the offset after each action that begins a block or a branch to where
// that block or branch ends. A single pass finds them all, however deeply the blocks
// are nested.
type blocks map[int]int

// blocksOf finds the ends of all blocks in a text.
func blocksOf(text string) blocks {
	ends := blocks{}
	var open [][]int // for each open block, where its branches begin
	for at := 0; ; {
		start, word, ok := nextAction(text, at)
		if !ok {
			return ends
		}
		at = actionEnd(text, len(text)-len(word))
		switch last := len(open) - 1; keyword(word) {
		case "if", "with", "range", "block", "define":
			open = append(open, []int{at})
		case "else":
			if last >= 0 {
				open[last] = append(open[last], at)
			}
		case "end":
			if last < 0 {
				continue
			}
			for _, branch := range open[last] {
				ends[branch] = start
			}
			open = open[:last]
		}
	}
}

// endOf is like the function endOf, but fast for a text with many blocks.
func (b blocks) endOf(text string, pos int) (offset int, ok bool) {
	if offset, ok = b[actionEnd(text, pos)]; ok {
		return offset, true
	}
	return endOf(text, pos)
}
