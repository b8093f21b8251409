package rewrite

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"text/template/parse"
	"time"

	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/event/generate"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// runs says how many events of each style a repaired template is tried with.
var runs = []struct {
	style generate.Style
	count int
}{{generate.Benign, 150}, {generate.Empty, 10}, {generate.Hostile, 150}, {generate.Huge, 1}}

// briefRuns is how many of each style there are with Options.Brief.
const briefRuns = 10

// maxCompare bounds how long a template is tried.
const maxCompare = 2 * time.Second

// hostileField is what a custom field holds at worst.
const hostileField = "\"quoted\" \\ back\\\nline\r\ttab \u2028 <b> 日 \x01 \xff"

// compare runs the template as it was and as it has become.
func (f *fixer) compare() error {
	before, err := webhook.Parse(f.kind, "template", f.old, webhook.WithLimits(limits()))
	if err != nil {
		return err
	}
	after, err := webhook.Parse(f.kind, "template", f.text, webhook.WithLimits(limits()))
	if err != nil {
		return err
	}
	deadline := time.Now().Add(maxCompare)
	for style, ev := range f.events() {
		if time.Now().After(deadline) {
			return nil
		}
		same, err := compareOne(f.ctx, before, after, style, ev)
		switch {
		case err != nil:
			return err
		case same || f.unsafe || !f.comparable(style, ev):
		case !f.options.Unsafe:
			return &Error{
				Message: "there is no repair for this template: the changed one would say something else than it does now",
				Hint:    "hooktool fix --unsafe makes it all the same", Unsafe: true,
			}
		default:
			f.unsafe = true
		}
	}
	return nil
}

func limits() webhook.Limits { return webhook.Limits{Time: time.Second, Output: 32 << 20} }

// events yields the samples and then generated events.
func (f *fixer) events() func(yield func(generate.Style, event.Event) bool) {
	return func(yield func(generate.Style, event.Event) bool) {
		for _, sample := range event.Samples() {
			if sample.Kind == f.kind && !yield(generate.Benign, f.withFields(sample.Event.Clone(), false)) {
				return
			}
		}
		rng := rand.New(rand.NewPCG(1, 1))
		for _, run := range runs {
			for i := range run.count {
				if f.options.Brief && i == briefRuns {
					break
				}
				if !yield(run.style, f.withFields(generate.Event(f.kind, run.style, rng), run.style == generate.Hostile)) {
					return
				}
			}
		}
	}
}

// withFields adds the custom fields that Coroot can use: with their own values,
// or with what can stand in one at worst.
func (f *fixer) withFields(ev event.Event, hostile bool) event.Event {
	var keys []string
	for _, key := range slices.Sorted(maps.Keys(f.options.CustomFields)) {
		if _, _, err := webhook.DataType(f.kind, append(slices.Clone(keys), key)); err == nil {
			keys = append(keys, key)
		}
	}
	if len(keys) == 0 {
		return ev
	}
	ev.CustomFields = map[string]string{}
	for _, key := range keys {
		ev.CustomFields[key] = f.options.CustomFields[key]
		if hostile {
			ev.CustomFields[key] = hostileField
		}
	}
	return ev
}

// comparable reports whether both templates must say the same for an event of a
// style. What the old one makes of hostile texts need not be what they are; and
// where text stood for a value, no text was no value. A backslash in a text of a
// sample is as good as hostile.
func (f *fixer) comparable(style generate.Style, ev event.Event) bool {
	switch style {
	case generate.Benign:
		data, err := event.Marshal(ev)
		return err == nil && !bytes.Contains(data, []byte(`\\`)) && !bytes.Contains(data, []byte(`\"`))
	case generate.Empty:
		return !f.quoted
	}
	return false
}

// compareOne runs both templates with one event. The new one must print valid
// JSON wherever it prints, and may fail only where the old one did. It reports
// whether both say the same, where the old one printed JSON.
func compareOne(ctx context.Context, before, after *webhook.Template, style generate.Style, ev event.Event) (same bool, err error) {
	was, errBefore := before.Render(ctx, ev)
	is, errAfter := after.Render(ctx, ev)
	switch {
	case ctx.Err() != nil:
		return false, ctx.Err()
	case errBefore != nil && errAfter != nil:
		return true, nil
	case errAfter != nil:
		return false, &Error{Message: fmt.Sprintf("there is no repair for this template: the changed one fails where it did not before: %v", errAfter)}
	case !json.Valid(is.Body):
		return false, &Error{Message: fmt.Sprintf("there is no repair for this template: the changed one still prints invalid JSON for %s event", article(style))}
	}
	return !json.Valid(was.Body) || sameJSON(was.Body, is.Body), nil
}

func article(style generate.Style) string {
	if style == generate.Empty {
		return "an empty"
	}
	return "a " + style.String()
}

// sameJSON reports whether two valid JSON texts decode to the same. Numbers are
// compared as they are written.
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

// probe tells the Go types of what actions print, by having them print that.
func (f *fixer) probe(actions []*action) map[*parse.ActionNode][]string {
	var e edits
	for i, a := range actions {
		p := takeApart(f.text, a.node)
		e.replace(p.start, p.end, fmt.Sprintf(`printf "\x02%d %%T\x03" (%s)`, i, p.operand.in(f.text)))
	}
	tmpl, err := webhook.Parse(f.kind, "template", e.apply(f.text), webhook.WithLimits(limits()))
	if err != nil {
		return nil
	}
	types := map[*parse.ActionNode][]string{}
	mark := regexp.MustCompile("\x02(\\d+) ([^\x02\x03]*)\x03")
	deadline := time.Now().Add(maxCompare / 4)
	for style, ev := range f.events() {
		if style != generate.Benign || time.Now().After(deadline) {
			break
		}
		message, err := tmpl.Render(f.ctx, ev)
		if err != nil {
			continue
		}
		for _, m := range mark.FindAllSubmatch(message.Rendered, -1) {
			i, err := strconv.Atoi(string(m[1]))
			if err == nil && i < len(actions) && !slices.Contains(types[actions[i].node], string(m[2])) {
				types[actions[i].node] = append(types[actions[i].node], string(m[2]))
			}
		}
	}
	return types
}
