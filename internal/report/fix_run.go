package report

import (
	"slices"

	"github.com/hooktool/hooktool/pkg/jsonflow"
	"github.com/hooktool/hooktool/pkg/lint"
)

// fixRun is a run of hooktool fix.
type fixRun struct {
	webhooks []string // those that are meant; none: all
	results  []lint.Result
	repairs  int // findings
}

// add adds a result that the run repairs.
func (f *fixRun) add(result lint.Result, wanted func(lint.Finding) bool) {
	f.results = append(f.results, result)
	for _, finding := range result.Findings {
		if wanted(finding) {
			f.repairs++
		}
	}
}

// wish is a result with findings that are wanted, and the webhooks for which its text
// cannot be repaired.
type wish struct {
	lint.Result
	blockers []string
}

// bestRun returns the run that repairs most of the findings that are wanted. A text that
// webhooks share stays as it is if it cannot be repaired for one of them: then it takes a
// run for others alone, or the rest is repaired.
func bestRun(r *Report, wanted func(lint.Finding) bool) fixRun {
	users := map[lint.Spot][]lint.Result{}
	for _, result := range r.Results {
		users[textOf(result)] = append(users[textOf(result)], result)
	}
	var (
		wishes  []wish
		free    fixRun
		blocked = map[string]bool{} // paths
	)
	for _, result := range r.Results {
		if !slices.ContainsFunc(result.Findings, wanted) {
			continue
		}
		blockers := blockersOf(users[textOf(result)], wanted)
		wishes = append(wishes, wish{result, blockers})
		if len(blockers) == 0 {
			free.add(result, wanted)
		} else {
			blocked[result.Path] = true
		}
	}
	if len(blocked) == 0 {
		return free
	}
	var best fixRun // on a tie, what leaves no error
	for _, result := range free.results {
		if !blocked[result.Path] {
			best.add(result, wanted)
		}
	}
	for _, run := range append(runsAlone(wishes, wanted), together(wishes, wanted), free) {
		if run.repairs > best.repairs {
			best = run
		}
	}
	return best
}

// runsAlone returns a run for each webhook.
func runsAlone(wishes []wish, wanted func(lint.Finding) bool) []fixRun {
	var runs []fixRun
	for _, w := range wishes {
		if w.Webhook == "" || slices.Contains(w.blockers, w.Webhook) {
			continue
		}
		i := slices.IndexFunc(runs, func(f fixRun) bool { return f.webhooks[0] == w.Webhook })
		if i < 0 {
			i, runs = len(runs), append(runs, fixRun{webhooks: []string{w.Webhook}})
		}
		runs[i].add(w.Result, wanted)
	}
	return runs
}

// together returns a run for all webhooks that are in nobody's way, if they are few. It
// leaves out template files: one that is named belongs to all webhooks that are.
func together(wishes []wish, wanted func(lint.Finding) bool) fixRun {
	const most = 3
	var all []string
	for _, w := range wishes {
		all = append(all, w.blockers...)
	}
	var run fixRun
	for _, w := range wishes {
		if w.Path != w.Definition || slices.Contains(all, w.Webhook) {
			continue
		}
		if !slices.Contains(run.webhooks, w.Webhook) {
			run.webhooks = append(run.webhooks, w.Webhook)
		}
		run.add(w.Result, wanted)
	}
	if len(run.webhooks) > most {
		return fixRun{}
	}
	return run
}

// textOf is the place of a text, for all kinds.
func textOf(r lint.Result) lint.Spot { return lint.Spot{Path: r.Path, Pos: r.Pos} }

// blockersOf names the webhooks for which a text cannot be repaired, among its users.
func blockersOf(users []lint.Result, wanted func(lint.Finding) bool) []string {
	var hooks []string
	for _, other := range users {
		if other.JSON == nil || slices.ContainsFunc(other.Findings, wanted) {
			continue
		}
		unknown := other.JSON.Verdict == string(jsonflow.Unknown)
		refuted := other.JSON.Verdict == string(jsonflow.Refuted) && len(other.Findings) > 0
		if unknown || refuted {
			hooks = append(hooks, append([]string{other.Webhook}, other.Others...)...)
		}
	}
	return hooks
}
