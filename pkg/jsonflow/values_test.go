package jsonflow

import (
	"context"
	"encoding/json"
	"math/rand/v2"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"text/template/parse"
	"time"

	"github.com/hooktool/hooktool/internal/vast"
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/source"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// TestValues checks that the output of expressions is among the possible values that
// the analysis computes: the exact text for a folded constant, otherwise a text that
// the parts describe. HOOKTOOL_VALUES sets the number of expressions.
func TestValues(t *testing.T) {
	t.Parallel()
	count, seed := 300, uint64(1)
	if vast.Long(t) {
		count = 1500
	}
	if n, err := strconv.Atoi(os.Getenv("HOOKTOOL_VALUES")); err == nil {
		count, seed = n, uint64(time.Now().UnixNano())
	}
	rng := rand.New(rand.NewPCG(seed, 2))
	var constants, printed int
	for range count {
		kind := event.Kinds()[rng.IntN(len(event.Kinds()))]
		expression := newWild(kind, rng).call(3)
		c, p, problem := compareValue(kind, expression, rng)
		if constants, printed = constants+c, printed+p; problem != "" {
			t.Fatalf("seed %d: %s: {{ %s }}: %s", seed, kind, expression, problem)
		}
	}
	t.Logf("seed %d: %d expressions, %d of them constant, printed %d times", seed, count, constants, printed)
	if constants < count/20 || printed < count {
		t.Errorf("%d constants and %d outputs show little", constants, printed)
	}
}

// compareValue executes an expression with several events. constants is 1 if the
// expression is a constant, printed is the number of outputs, and problem describes a
// mismatch.
func compareValue(kind event.Kind, expression string, rng *rand.Rand) (constants, printed int, problem string) {
	text := "{{ " + expression + " }}{{ if " + expression + " }}\x02{{ else }}\x03{{ end }}"
	parsed, err := source.ParseTemplate(kind.TemplateName(), text)
	if err != nil {
		return 0, 0, ""
	}
	tmpl, err := webhook.New(kind, "t", parsed, webhook.WithLimits(confirmLimits()))
	if err != nil {
		return 0, 0, "" // such as an invalid number
	}
	a := newAnalyzer(context.Background(), kind, parsed, Options{CustomFields: []string{"team"}}, defaultLimits())
	results := a.pipe(a.start(), parsed.Root().Nodes[0].(*parse.ActionNode).Pipe)
	if len(a.reasons) > 0 {
		return 0, 0, ""
	}
	var patterns []*regexp.Regexp
	var yes, no bool
	for _, r := range results {
		patterns = append(patterns, pattern(a.printed(r.val)))
		t, f := a.split(r)
		yes, no = yes || len(t) > 0, no || len(f) > 0
		if _, ok := r.val.known(); ok {
			constants = 1
		}
	}
	for _, ev := range hostileEvents(kind, eventsPerTemplate, rng)[:6] {
		message, err := tmpl.Render(context.Background(), ev)
		if err != nil {
			continue
		}
		printed++
		out := string(message.Rendered)
		out, truth := out[:len(out)-1], out[len(out)-1] == '\x02'
		if truth && !yes || !truth && !no {
			return constants, printed, "it is " + strconv.FormatBool(truth) + ", which was not thought possible"
		}
		if !anyMatches(patterns, out) {
			event, _ := json.Marshal(ev.Values())
			return constants, printed, "prints " + strconv.Quote(out) + ", which none of " + describe(patterns) + " is, for " + string(event)
		}
	}
	return constants, printed, ""
}

func anyMatches(patterns []*regexp.Regexp, out string) bool {
	for _, p := range patterns {
		if p.MatchString(out) {
			return true
		}
	}
	return false
}

func describe(patterns []*regexp.Regexp) string {
	var all []string
	for _, p := range patterns {
		all = append(all, p.String())
	}
	return strings.Join(all, " or ")
}

// pattern returns a regular expression for the texts that parts describe.
func pattern(parts []part) *regexp.Regexp {
	const (
		anything = `(?s:.*)`
		body     = `(?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*`
	)
	var b strings.Builder
	b.WriteString(`^`)
	for _, p := range parts {
		switch p.class {
		case classLit:
			b.WriteString(regexp.QuoteMeta(p.lit))
		case classSet:
			var all []string
			for _, s := range p.set {
				all = append(all, regexp.QuoteMeta(s))
			}
			b.WriteString("(?:" + strings.Join(all, "|") + ")")
		case classBody:
			b.WriteString(body)
		case classSafe:
			b.WriteString(`[^"\\\x00-\x1f]*`)
		case classNumber:
			b.WriteString(`-?[0-9]+`)
		case classBool:
			b.WriteString(`(?:true|false)`)
		case classJSON:
			b.WriteString(`(?:null|\[` + anything + `\]|\{` + anything + `\})`)
		default:
			b.WriteString(anything)
		}
	}
	return regexp.MustCompile(b.String() + `$`)
}
