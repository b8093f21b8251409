package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/hooktool/hooktool/internal/printable"
	"github.com/hooktool/hooktool/pkg/jsonflow"
	"github.com/hooktool/hooktool/pkg/lint"
	"github.com/hooktool/hooktool/pkg/rewrite"
)

// repairs says how many findings hooktool fix repairs, and how to run it.
func (t *textWriter) repairs(r *Report, s Summary) {
	all := s.Errors + s.Warnings + s.Infos
	if n := count(r, isFixable); n > 0 {
		fmt.Fprintf(t.w, "%s %s can be repaired: %s\n", t.style.Cyan("hint:"), ofThem(n, all), t.fixWith(r, "", isFixable))
	}
	if n := count(r, isUnsafe); n > 0 {
		fmt.Fprintf(t.w, "%s for %s the repair may change what the message says: %s\n", t.style.Cyan("hint:"), ofThem(n, all), t.fixWith(r, "--unsafe ", isUnsafe))
	}
}

// ofThem says how many of all findings are meant.
func ofThem(n, all int) string {
	if all == 1 {
		return "it"
	}
	return fmt.Sprintf("%d of them", n)
}

// fixWith returns the command that repairs the findings that are wanted.
func (t *textWriter) fixWith(r *Report, flag string, wanted func(lint.Finding) bool) string {
	if t.o.Elsewhere {
		return strings.TrimRight("hooktool fix "+flag, " ") + ", after hooktool coroot pull"
	}
	return "hooktool fix " + flag + "--diff " + t.arguments(r, wanted)
}

// count counts the findings for which a function says so.
func count(r *Report, wanted func(lint.Finding) bool) (n int) {
	for _, result := range r.Results {
		for _, f := range result.Findings {
			if wanted(f) {
				n++
			}
		}
	}
	return n
}

func isFixable(f lint.Finding) bool { return f.Fixable }
func isUnsafe(f lint.Finding) bool  { return f.Applicability == rewrite.Unsafe }

// arguments returns the flags and paths with which hooktool fix finds the files of some
// findings, or a placeholder for many files.
func (t *textWriter) arguments(r *Report, wanted func(lint.Finding) bool) string {
	const most = 3
	flags := slices.Clone(t.o.Flags)
	if t.o.Stdin != "" {
		flags = append(flags, "--stdin-filename", printable.ShellWord(t.o.Stdin))
	}
	var arguments []string
	for _, result := range r.Results {
		path := printable.ShellWord(visible(result.Path))
		if result.Path == cmp.Or(t.o.Stdin, "<stdin>") {
			path = "-"
		}
		if slices.ContainsFunc(result.Findings, wanted) && !slices.Contains(arguments, path) {
			arguments = append(arguments, path)
		}
	}
	if !slices.Contains(arguments, "-") {
		flags = t.o.Flags // standard input needs no name
	}
	if len(arguments) == 1 {
		flags = append(slices.Clone(flags), onlyHook(r, wanted)...)
	}
	if len(arguments) > most {
		arguments = []string{"FILE..."}
	}
	return strings.Join(append(slices.Clone(flags), arguments...), " ")
}

// onlyHook returns the flag that names the webhook for which a file can be repaired, if
// the file has another webhook for which it cannot.
func onlyHook(r *Report, wanted func(lint.Finding) bool) []string {
	for _, result := range r.Results {
		if result.Webhook == "" || !slices.ContainsFunc(result.Findings, wanted) {
			continue
		}
		for _, other := range r.Results {
			if other.Path == result.Path && other.Pos == result.Pos && other.Webhook != result.Webhook &&
				other.JSON != nil && other.JSON.Verdict == string(jsonflow.Unknown) && !slices.ContainsFunc(other.Findings, wanted) {
				return []string{"--webhook", printable.ShellWord(result.Webhook)}
			}
		}
	}
	return nil
}
