package suite

import (
	"cmp"
	"slices"

	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// Coverage records which branches of one template the cases reached.
type Coverage struct {
	Path     string
	Kind     event.Kind
	Branches []webhook.Branch
}

// reached returns the number of branches that were reached.
func (c Coverage) reached() int {
	n := 0
	for _, branch := range c.Branches {
		if branch.Reached {
			n++
		}
	}
	return n
}

// Percent returns the share of branches that were reached, from 0 to 100. A template
// without branches counts as covered once it is used; ok is false if none was used.
func Percent(coverages []Coverage) (percent float64, ok bool) {
	all, reached := 0, 0
	for _, coverage := range coverages {
		all += len(coverage.Branches)
		reached += coverage.reached()
	}
	if all == 0 {
		return 100, len(coverages) > 0
	}
	return 100 * float64(reached) / float64(all), true
}

// Coverage returns which branches the cases of Run reached, by template.
func (r *Runner) Coverage() []Coverage {
	var all []Coverage
	for _, loaded := range r.templates {
		for kind, t := range loaded.parsed {
			if t.parsed != nil {
				all = append(all, Coverage{Path: t.Path, Kind: kind, Branches: t.parsed.Branches()})
			}
		}
	}
	slices.SortFunc(all, func(a, b Coverage) int { return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.Kind, b.Kind)) })
	return all
}
