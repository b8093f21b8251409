package rewrite

import (
	"slices"

	"github.com/hooktool/hooktool/pkg/jsonflow"
	"github.com/hooktool/hooktool/pkg/source"
)

// silences finds which findings comments in the template silence; what is silenced is
// left unchanged.
type silences struct {
	text  string
	all   []*source.Ignore
	index *source.Index
}

// silenced reports whether a comment silences a rule at an offset.
func (f *fixer) silenced(rule string, offset int) bool {
	if f.silences.text != f.text || f.silences.index == nil {
		f.silences.text, f.silences.index = f.text, source.NewIndex(f.text)
		f.silences.all = source.Ignores(f.text, f.silences.index)
	}
	if len(f.silences.all) == 0 {
		return false
	}
	line := f.silences.index.Position(offset).Line
	return slices.ContainsFunc(f.silences.all, func(ig *source.Ignore) bool { return ig.Silences(rule, line, f.options.Now) })
}

// silencedAll reports whether there are problems and comments silence all of them.
func (f *fixer) silencedAll() bool {
	return len(f.analysis.Problems) > 0 && f.analysis.Verdict != jsonflow.Unknown &&
		!slices.ContainsFunc(f.analysis.Problems, func(p jsonflow.Problem) bool { return !f.silenced(p.Rule, p.Start) })
}

// silencedActions returns the offsets of actions whose findings are all silenced by
// comments.
func (f *fixer) silencedActions() map[int]bool {
	is := map[int]bool{}
	for _, p := range f.analysis.Problems {
		silenced := f.silenced(p.Rule, p.Start)
		if before, found := is[p.Start]; found {
			silenced = silenced && before
		}
		is[p.Start] = silenced
	}
	return is
}
