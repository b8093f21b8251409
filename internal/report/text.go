package report

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/hooktool/hooktool/internal/typeset"
	"github.com/hooktool/hooktool/internal/words"
	"github.com/hooktool/hooktool/pkg/lint"
)

// textWriter writes findings for people:
//
//	alert.tmpl:3:12: error: there is no .Statuss in an alert [unknown-field]
//	  3 |   "text": "{{ .Statuss }}"
//	    |               ^~~~~~~~
//	  hint: did you mean .Status?
type textWriter struct {
	w     io.Writer
	o     Options
	style typeset.Style
	users users
}

func writeText(w io.Writer, r *Report, o Options) error {
	out := bufio.NewWriter(w)
	t := textWriter{w: out, o: o, style: o.Style, users: usersOf(r)}
	if t.style == nil {
		t.style = typeset.Plain{}
	}
	t.results(r.Results)
	if o.Statistics {
		t.statistics(r)
	}
	if !o.Quiet {
		t.summary(r)
	}
	return out.Flush()
}

// results shows all results in order. They are worded on all cores, a few hundred at a
// time to bound the memory.
func (t *textWriter) results(all []lint.Result) {
	const many = 256
	for some := range slices.Chunk(all, many) {
		texts := make([]bytes.Buffer, len(some))
		var next atomic.Int64
		var wg sync.WaitGroup
		word := func() {
			for i := int(next.Add(1)) - 1; i < len(some); i = int(next.Add(1)) - 1 {
				one := textWriter{w: &texts[i], o: t.o, style: t.style, users: t.users}
				one.findings(some[i])
				if t.o.Verbose {
					one.verdict(some[i])
				}
			}
		}
		for range min(runtime.GOMAXPROCS(0), len(some)) - 1 {
			wg.Go(word)
		}
		word()
		wg.Wait()
		for i := range texts {
			texts[i].WriteTo(t.w)
		}
	}
}

// findings shows the findings of a template, each on one line or in full; only the
// first of each rule, unless all are wanted.
func (t *textWriter) findings(result lint.Result) {
	var left rest
	switch {
	case t.o.Statistics:
	case t.o.Oneline:
		for _, f := range result.Findings {
			if t.o.Verbose || left.tell(f, 1) {
				if who := t.users.of(result); who != "" {
					f.Message += ", " + who
				}
				t.headline(result, f)
			}
		}
	default:
		for _, g := range groups(result.Findings) {
			if t.o.Verbose || left.tell(g.Finding, 1+len(g.also)) {
				t.finding(result, g)
			}
		}
	}
	t.rest(result, &left)
}

func (t *textWriter) headline(result lint.Result, f lint.Finding) {
	prefix := fmt.Sprintf("%s %s ", t.style.Bold(fmt.Sprintf("%s:%s:", visible(result.Path), f.Pos)), t.severity(f.Severity, ":"))
	t.wrap(prefix, visible(f.Message)+" "+t.style.Dim("["+f.Rule+"]"), 2)
}

func (t *textWriter) finding(result lint.Result, g *group) {
	f := g.Finding
	t.headline(result, f)
	t.snippet(f)
	if who := t.users.of(result); who != "" {
		fmt.Fprintf(t.w, "  %s\n", visible(who))
	}
	if len(g.also) > 0 {
		fmt.Fprintf(t.w, "  %s %s\n", t.style.Dim("also at:"), g.alsoAt())
	}
	if f.Evidence != nil {
		t.evidence(*f.Evidence)
	}
	for line := range strings.Lines(f.Hint) {
		t.wrap("  "+t.style.Cyan("hint:")+" ", visible(strings.TrimRight(line, "\n")), len("  hint: "))
	}
	fmt.Fprintln(t.w)
}

// wrap writes a text, wrapped at words on a terminal. Elsewhere, with --oneline, and
// where its spaces matter, it is not wrapped.
func (t *textWriter) wrap(prefix, text string, indent int) {
	columns := t.o.Width
	if t.o.Oneline || strings.Contains(text, "  ") {
		columns = 0
	}
	io.WriteString(t.w, typeset.Hang(prefix, text, indent, columns))
}

// statistics writes the counts by rule.
func (t *textWriter) statistics(r *Report) {
	width := 0
	list := statistics(r)
	for _, s := range list {
		width = max(width, len(s.rule))
	}
	for _, s := range list {
		rule, _ := lint.ByID(s.rule)
		padding := strings.Repeat(" ", len("warning")-len(s.severity))
		fmt.Fprintf(t.w, "%5d  %s%s  %-*s  %s\n", s.count, t.severity(s.severity, ""), padding, width, s.rule, rule.Summary)
	}
	if len(list) > 0 {
		fmt.Fprintln(t.w)
	}
}

func (t *textWriter) severity(s lint.Severity, suffix string) string {
	word := string(s) + suffix
	switch s {
	case lint.Error:
		return t.style.Red(word)
	case lint.Warning:
		return t.style.Yellow(word)
	}
	return t.style.Cyan(word)
}

// snippet shows the line with a caret below it.
func (t *textWriter) snippet(f lint.Finding) {
	if len(f.Lines) == 0 || f.Lines[0] == "" {
		return
	}
	number := fmt.Sprint(f.Pos.Line)
	gutter := strings.Repeat(" ", len(number))
	width := maxSnippet
	if t.o.Width > 0 {
		width = max(t.o.Width-len("  ")-len(number)-len(" | "), minSnippet)
	}
	end := f.End.Column
	if f.End.Line != f.Pos.Line {
		end = len(f.Lines[0]) + 1 // to the end of the line, which has at most that many characters
	}
	line, caret := underline(f.Lines[0], f.Pos.Column, end, width)
	fmt.Fprintf(t.w, "  %s %s\n", t.style.Dim(number+" |"), line)
	fmt.Fprintf(t.w, "  %s %s\n", t.style.Dim(gutter+" |"), caret.colour(t.style.Red))
}

// verdict says whether a template's body is always JSON.
func (t *textWriter) verdict(result lint.Result) {
	if result.JSON == nil {
		return
	}
	fmt.Fprintf(t.w, "%s %s\n", t.style.Bold(visible(result.Path)+":"), visible(result.JSON.Sentence()))
}

func (t *textWriter) summary(r *Report) {
	s := r.Summary()
	rules := alertRules(r)
	if s.Templates+rules == 0 && s.Errors+s.Warnings+s.Infos == 0 {
		return
	}
	checked := words.Count(s.Templates, "template")
	if s.Templates == 0 && rules > 0 {
		checked = words.Count(rules, "alerting rule")
	}
	fmt.Fprintf(t.w, "%s: %s", checked, t.counts(s))
	t.standings(r)
	fmt.Fprintln(t.w)
	t.past(r)
	t.repairs(r, s)
	if rules := foundRules(r); len(rules) > 0 {
		fmt.Fprintf(t.w, "%s to learn more about a finding: hooktool explain %s\n", t.style.Cyan("hint:"), strings.Join(rules, " "))
	}
}

// alertRules counts the alerting rules that were checked.
func alertRules(r *Report) (n int) {
	for _, result := range r.Results {
		n += result.AlertRules
	}
	return n
}

// past summarises what would have become of past messages.
func (t *textWriter) past(r *Report) {
	var sum lint.Past
	for _, result := range r.Results {
		if past := result.Past; past != nil {
			sum.Events += past.Events
			sum.Lost += past.Lost
			sum.Cut += past.Cut
			sum.Altered += past.Altered
		}
	}
	if sum.Events > 0 {
		fmt.Fprintf(t.w, "%s: %d would not have arrived, %d would have been cut, %d displayed differently than written\n",
			words.Count(sum.Events, "past message"), sum.Lost, sum.Cut, sum.Altered)
	}
}

// jsonTemplates counts the templates that are meant to produce JSON.
func jsonTemplates(r *Report) (n int) {
	for _, result := range r.Results {
		if result.Kind != "" && (result.JSON == nil || result.JSON.Verdict != "not_json") {
			n++
		}
	}
	return n
}

// foundRules returns the rules of all findings, those of the worst first.
func foundRules(r *Report) (rules []string) {
	worst := map[string]lint.Severity{}
	for _, result := range r.Results {
		for _, f := range result.Findings {
			if _, ok := worst[f.Rule]; !ok {
				rules = append(rules, f.Rule)
			}
			if f.Severity.AtLeast(worst[f.Rule]) {
				worst[f.Rule] = f.Severity
			}
		}
	}
	slices.SortStableFunc(rules, func(a, b string) int {
		switch {
		case worst[a] == worst[b]:
			return 0
		case worst[a].AtLeast(worst[b]):
			return -1
		}
		return 1
	})
	return rules
}

// standings says of how many templates the body is always, or nearly always, JSON.
func (t *textWriter) standings(r *Report) {
	count, unchecked := map[lint.Standing]int{}, 0
	for _, result := range r.Results {
		if result.JSON != nil {
			count[result.JSON.Standing()]++
			if result.JSON.Unchecked {
				unchecked++
			}
		}
	}
	for _, said := range []struct {
		standing lint.Standing
		words    string
	}{
		{lint.Always, "valid JSON for every event"},
		{lint.Likely, "valid JSON for every event except unlikely ones"},
		{lint.SometimesNot, "valid JSON, but not rendered for every event"},
	} {
		if n := count[said.standing]; n > 0 {
			fmt.Fprintf(t.w, "; %s: %d of %d", said.words, n, jsonTemplates(r))
		}
	}
	if unchecked > 0 {
		fmt.Fprintf(t.w, "; JSON not checked, because the errors must be corrected first: %d of %d", unchecked, jsonTemplates(r))
	}
}

func (t *textWriter) counts(s Summary) string {
	var parts []string
	add := func(n int, noun string, paint func(string) string) {
		if n > 0 {
			parts = append(parts, paint(words.Count(n, noun)))
		}
	}
	add(s.Errors, "error", t.style.Red)
	add(s.Warnings, "warning", t.style.Yellow)
	add(s.Infos, "note", t.style.Cyan)
	if parts == nil {
		return t.style.Green("no findings")
	}
	return strings.Join(parts, ", ")
}
