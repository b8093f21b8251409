package rewrite

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"maps"
	"math/rand/v2"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/event/generate"
	"github.com/hooktool/hooktool/pkg/source"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// runs lists how many events of each style a repaired template is tried with.
var runs = []struct {
	style        generate.Style
	count, brief int // with Options.Brief; the samples must cover the rest
}{{generate.Benign, 150, 2}, {generate.Empty, 10, 1}, {generate.Hostile, 150, 2}, {generate.Huge, 1, 0}}

// The cost of trying a template, in units of roughly a nanosecond.
const (
	maxCompared = 100_000_000
	maxProbed   = 50_000_000
	workAByte   = 20 // per byte of a body, for scanning and decoding

	// Per excess byte of the template.
	comparedASource = 200
	probedASource   = 100
)

// workOf returns the cost of rendering a message and checking it.
func workOf(m webhook.Message) int { return m.Work + workAByte*len(m.Body) }

// hostileField is the worst value that a custom field can hold.
const hostileField = "\"quoted\" \\ back\\\nline\r\ttab \u2028 <b> 日 \x01 \xff"

// compare runs the old and the new template over the same events.
func (f *fixer) compare(before, after *webhook.Template) error {
	before, after = before.Limited(limits()), after.Limited(limits())
	work := comparedASource * source.Excess(f.text)
	for style, ev := range f.events() {
		if work > maxCompared {
			return nil
		}
		if style == generate.Huge && work+before.LeastWork(ev)+after.LeastWork(ev) > maxCompared {
			continue
		}
		same, cost, err := f.compareOne(before, after, style, ev)
		work += cost
		switch {
		case err != nil:
			return err
		case same || f.unsafe || style == generate.Benign && garbled(ev):
		case !f.options.Unsafe:
			return &Error{
				Message: "this template cannot be repaired without changing what it says",
				Hint:    "--unsafe repairs it anyway", Unsafe: true,
			}
		default:
			f.unsafe = true
		}
	}
	return nil
}

func limits() webhook.Limits { return webhook.Limits{Output: 8 << 20, Turns: 200_000} }

// events yields the samples and then generated events.
func (f *fixer) events() iter.Seq2[generate.Style, event.Event] {
	return func(yield func(generate.Style, event.Event) bool) {
		for _, sample := range event.SamplesOf(f.kind) {
			if !yield(generate.Benign, f.withFields(sample.Event, false)) {
				return
			}
		}
		for _, g := range generated(f.kind, f.options.Brief) {
			if !yield(g.style, f.withFields(g.event, g.style == generate.Hostile)) {
				return
			}
		}
	}
}

// fewEvents is how many events are also tried with one element in each list.
const fewEvents = 4

// harmless removes what no template can print into JSON unescaped.
var harmless = strings.NewReplacer(`\`, "", `"`, "", "\n", " ", "\r", "", "\t", " ")

// withOne returns the event with harmless texts and one element in each non-empty list:
// some templates print valid JSON for one element but not for more.
func withOne(ev event.Event) event.Event {
	ev = ev.Clone()
	for part := range ev.Root().Parts() {
		part.Resize(min(1, part.Len()))
	}
	ev.Rewrite(func(_ event.Place, text string) string { return harmless.Replace(text) })
	return ev
}

// styled is a generated event with its style.
type styled struct {
	style generate.Style
	event event.Event
}

// generated returns generated events, or the few that hundreds of templates are tried
// with. They are made only once, and callers must not change them.
func generated(kind event.Kind, brief bool) []styled {
	if brief {
		return generatedBriefly(kind)
	}
	return generatedAll(kind)
}

var (
	generatedAll     = event.OncePerKind(func(kind event.Kind) []styled { return makeEvents(kind, false) })
	generatedBriefly = event.OncePerKind(func(kind event.Kind) []styled { return makeEvents(kind, true) })
)

func makeEvents(kind event.Kind, brief bool) []styled {
	rng := rand.New(rand.NewPCG(1, 1)) //nolint:gosec // the events must be the same in every run
	var all []styled
	few := 0
	for _, run := range runs {
		n := run.count
		if brief {
			n = run.brief
		}
		for range n {
			ev := generate.Event(kind, run.style, rng)
			if few++; few <= fewEvents && run.style == generate.Benign {
				all = append(all, styled{run.style, withOne(ev)})
			}
			all = append(all, styled{run.style, ev})
		}
	}
	return all
}

// withFields adds the custom fields that Coroot can use, with their own values or with
// the worst ones possible.
func (f *fixer) withFields(ev event.Event, hostile bool) event.Event {
	if f.fields == nil {
		f.fields, f.hostile = map[string]string{}, map[string]string{}
		for _, key := range webhook.UsableKeys(f.kind, slices.Sorted(maps.Keys(f.options.CustomFields))) {
			f.fields[key], f.hostile[key] = f.options.CustomFields[key], hostileField
		}
	}
	switch {
	case len(f.fields) == 0:
	case hostile:
		ev.CustomFields = f.hostile
	default:
		ev.CustomFields = f.fields
	}
	return ev
}

// comparable reports whether both templates must say the same for events of a style.
// The old template may garble hostile texts, and where it printed a text as a value, an
// empty text was no value.
func (f *fixer) comparable(style generate.Style) bool {
	return style == generate.Benign || style == generate.Empty && !f.quoted
}

// garbled reports whether a sample counts as hostile, because of a backslash or a quote
// in a text.
func garbled(ev event.Event) bool {
	data, err := event.Marshal(ev)
	return err != nil || bytes.Contains(data, []byte(`\\`)) || bytes.Contains(data, []byte(`\"`))
}

// compareOne runs both templates with one event. The new one must print valid JSON
// whenever it prints, and may fail only where the old one did. compareOne reports
// whether both say the same where they must, as far as the old one printed JSON, and
// the work spent.
func (f *fixer) compareOne(before, after *webhook.Template, style generate.Style, ev event.Event) (same bool, work int, err error) {
	is, errAfter := after.Render(f.ctx, ev)
	if errAfter == nil && !f.comparable(style) && json.Valid(is.Body) {
		return true, workOf(is), nil
	}
	was, errBefore := before.Render(f.ctx, ev)
	work = workOf(was) + workOf(is)
	switch {
	case f.ctx.Err() != nil:
		return false, work, f.ctx.Err()
	case errBefore != nil && errAfter != nil:
		return true, work, nil
	case errAfter != nil:
		return false, work, &Error{Message: "this template cannot be repaired: the result fails where the original does not: " + withoutPlace(errAfter)}
	case !json.Valid(is.Body) && !json.Valid(was.Body) && ev.Unsent(event.Version{}) != "":
		return true, work, nil // Coroot never sends such an event
	case !json.Valid(is.Body):
		return false, work, &Error{Message: fmt.Sprintf("this template cannot be repaired: the result still prints invalid JSON for %s event", article(style))}
	}
	return !json.Valid(was.Body) || sameJSON(was.Body, is.Body), work, nil
}

// withoutPlace words the error of a repaired template without its place, which the user
// has never seen.
func withoutPlace(err error) string {
	var failed *webhook.TemplateError
	if errors.As(err, &failed) {
		return failed.Message
	}
	return err.Error()
}

func article(style generate.Style) string {
	if style == generate.Empty {
		return "an empty"
	}
	return "a " + style.String()
}

// sameJSON reports whether two valid JSON texts decode to the same value. Numbers are
// compared as written.
func sameJSON(a, b []byte) bool {
	if bytes.Equal(a, b) {
		return true
	}
	return reflect.DeepEqual(decode(a), decode(b))
}

func decode(data []byte) (value any) {
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	if err := decoder.Decode(&value); err != nil {
		return err
	}
	return value
}

// probeMark matches what probe makes actions print, plain or through json.
var probeMark = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile("(?:\x02|\\\\u0002)(\\d+) ([^\x02\x03\\\\]*)(?:\x03|\\\\u0003)")
})

// types are the Go types of operands that were seen.
type types map[span][]string

// probe returns the Go types of the operands of actions, and of the arguments of their
// inner calls of json, by making the actions print those types.
func (f *fixer) probe(actions []*action) types {
	var (
		e       edits
		operand []span
	)
	for _, a := range actions {
		p := takeApart(f.text, a.node)
		asked := []span{p.operand}
		for _, call := range innerCalls(f.text, a.node) {
			asked = append(asked, call.arg)
		}
		format, args := "", ""
		for _, s := range asked {
			format += fmt.Sprintf(`\x02%d %%T\x03`, len(operand))
			args += " (" + s.in(f.text) + ")"
			operand = append(operand, s)
		}
		e.replace(p.start, p.end, `printf "`+format+`"`+args)
	}
	tmpl, err := webhook.Parse(f.kind, "template", e.apply(f.text), webhook.WithLimits(limits()))
	if err != nil {
		return nil
	}
	seen := types{}
	work := probedASource * source.Excess(f.text)
	for style, ev := range f.events() {
		if style != generate.Benign || work > maxProbed {
			break
		}
		message, err := tmpl.Render(f.ctx, ev)
		work += workOf(message)
		if err != nil {
			continue
		}
		for _, m := range probeMark().FindAllSubmatch(message.Rendered, -1) {
			i, err := strconv.Atoi(string(m[1]))
			if err == nil && i < len(operand) && !slices.Contains(seen[operand[i]], string(m[2])) {
				seen[operand[i]] = append(seen[operand[i]], string(m[2]))
			}
		}
	}
	return seen
}
