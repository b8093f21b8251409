package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/hooktool/hooktool/internal/printable"
	"github.com/hooktool/hooktool/pkg/lint"
	"github.com/hooktool/hooktool/pkg/rewrite"
)

// repairs says how many findings hooktool fix repairs, and how to run it.
func (t *textWriter) repairs(r *Report, s Summary) {
	all := s.Errors + s.Warnings + s.Infos
	if run := bestRun(r, isFixable); run.repairs > 0 {
		fmt.Fprintf(t.w, "%s %s can be repaired: %s\n", t.style.Cyan("hint:"), ofThem(run.repairs, all), t.fixWith(run, ""))
	}
	if run := bestRun(r, isUnsafe); run.repairs > 0 {
		fmt.Fprintf(t.w, "%s for %s the repair may change what the message says: %s\n", t.style.Cyan("hint:"), ofThem(run.repairs, all), t.fixWith(run, "--unsafe "))
	}
}

// ofThem says how many of all findings are meant.
func ofThem(n, all int) string {
	if all == 1 {
		return "it"
	}
	return fmt.Sprintf("%d of them", n)
}

// fixWith returns the command line of a run.
func (t *textWriter) fixWith(run fixRun, flag string) string {
	if t.o.Elsewhere {
		return strings.TrimRight("hooktool fix "+flag, " ") + ", after hooktool coroot pull"
	}
	return "hooktool fix " + flag + "--diff " + t.arguments(run)
}

func isFixable(f lint.Finding) bool { return f.Fixable }
func isUnsafe(f lint.Finding) bool  { return f.Applicability == rewrite.Unsafe }

// arguments returns the flags and paths of a run, or a placeholder for many files.
func (t *textWriter) arguments(run fixRun) string {
	const most = 3
	flags, stdin := slices.Clone(t.o.Flags), false
	var arguments []string
	add := func(path string) {
		word := printable.ShellWord(visible(path))
		if path == cmp.Or(t.o.Stdin, "<stdin>") {
			word, stdin = "-", true
		}
		if !slices.Contains(arguments, word) {
			arguments = append(arguments, word)
		}
	}
	for _, result := range run.results {
		if d := result.Definition; d != "" && d != result.Path && !slices.Contains(t.o.Configs, d) {
			add(d) // which tells hooktool fix of the webhook
		}
		add(result.Path)
	}
	if stdin && t.o.Stdin != "" {
		flags = append(flags, "--stdin-filename", printable.ShellWord(t.o.Stdin))
	}
	if len(run.webhooks) > 0 {
		flags = withoutHooks(flags)
	}
	for _, name := range run.webhooks {
		flags = append(flags, "--webhook", printable.ShellWord(name))
	}
	if len(arguments) > most {
		arguments = []string{"FILE..."}
	}
	return strings.Join(append(flags, arguments...), " ")
}

// withoutHooks removes --webhook from flags that all have a value.
func withoutHooks(flags []string) []string {
	var kept []string
	for pair := range slices.Chunk(flags, 2) {
		if pair[0] != "--webhook" {
			kept = append(kept, pair...)
		}
	}
	return kept
}
