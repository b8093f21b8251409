package report

import (
	"fmt"

	"github.com/hooktool/hooktool/internal/repeated"
	"github.com/hooktool/hooktool/pkg/lint"
)

// rest counts the findings of each rule in a template after the first few, so that a
// file with twenty thousand mistakes does not fill a log. The zero value is ready to
// use.
type rest struct {
	told  map[string]int
	index map[string]int // into list
	list  []repeated.Rest
	worst map[string]lint.Severity // of the findings left out
}

// tell reports whether a finding, which represents n of them, is among the first of its
// rule. Otherwise, it counts it.
func (r *rest) tell(f lint.Finding, n int) bool {
	if r.told == nil {
		r.told, r.index, r.worst = map[string]int{}, map[string]int{}, map[string]lint.Severity{}
	}
	if r.told[f.Rule]++; r.told[f.Rule] <= repeated.Most {
		return true
	}
	i, ok := r.index[f.Rule]
	if !ok {
		i = len(r.list)
		r.index[f.Rule] = i
		r.list = append(r.list, repeated.Rest{Kind: f.Rule})
	}
	r.list[i].Count += n
	if f.Severity.AtLeast(r.worst[f.Rule]) {
		r.worst[f.Rule] = f.Severity
	}
	return false
}

// rest says how many findings of each rule were left out, and how to see them.
func (t *textWriter) rest(result lint.Result, r *rest) {
	for _, each := range r.list {
		fmt.Fprintf(t.w, "%s %s\n", t.style.Bold(visible(result.Path)+":"), each.Message())
	}
	if len(r.list) == 0 {
		return
	}
	t.wrap(t.style.Cyan("hint:")+" ", "to see all of them: --verbose, or --format json", len("hint: "))
	if !t.o.Oneline {
		fmt.Fprintln(t.w)
	}
}
