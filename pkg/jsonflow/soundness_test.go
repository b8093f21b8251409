package jsonflow

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/hooktool/hooktool/internal/vast"
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/event/generate"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// eventsPerTemplate is the number of events with which each proved template is
// executed; eventsInLong is the number in the long run.
const (
	eventsPerTemplate = 60
	eventsInLong      = 300
)

// soundness is the result of executing proved templates.
type soundness struct {
	templates  int
	verdicts   map[Verdict]int
	executions int            // those that sent a body
	unproven   map[string]int // reasons for unknown verdicts
	broken     string         // the first proved template that produced an invalid body
	slowest    time.Duration
	slow       string
}

// testSoundness generates templates and executes the proved ones with hostile events,
// until it has generated the given number of templates or finds an invalid body.
func testSoundness(seed uint64, templates, events int, plant fault) soundness {
	s := soundness{verdicts: map[Verdict]int{}, unproven: map[string]int{}}
	rng := rand.New(rand.NewPCG(seed, 1))
	pools := map[event.Kind][]event.Event{}
	seeds := templateFiles()
	for s.templates < templates && s.broken == "" {
		kind := pick(&generator{rand: rng}, event.Kinds()...)
		if len(pools[kind]) == 0 || rng.IntN(50) == 0 {
			pools[kind] = hostileEvents(kind, events, rng)
		}
		g := newGenerator(kind, rng)
		text := g.template()
		switch from := seeds[kind]; {
		case rng.IntN(3) == 0:
			text = newWild(kind, rng).template()
		case len(from) > 0 && rng.IntN(10) == 0:
			text = g.mutate(g.mutate(pick(g, from...)))
		}
		tmpl, err := webhook.Parse(kind, "t", text)
		if err != nil {
			continue
		}
		limits := defaultLimits()
		limits.Executions = 0
		limits.decide = plant.planted()
		limits.sent = rng.IntN(4) == 0
		start := time.Now()
		a, err := analyzeOnce(context.Background(), kind, tmpl, Options{CustomFields: []string{"team", "environment"}}, limits)
		if took := time.Since(start); took > s.slowest {
			s.slowest, s.slow = took, text
		}
		if err != nil {
			continue
		}
		s.templates++
		s.verdicts[a.Verdict]++
		if a.Verdict == Proved {
			s.execute(tmpl, pools[kind], limits.sent)
		}
	}
	return s
}

// templateFiles returns the templates in Coroot's documentation and the starters.
func templateFiles() map[event.Kind][]string {
	texts := map[event.Kind][]string{}
	for _, pattern := range []string{"../../testdata/templates/*/*.tmpl", "../destination/*/*.tmpl"} {
		files, _ := filepath.Glob(pattern) // the pattern is valid
		for _, file := range files {
			text, err := os.ReadFile(file)
			if kind := event.Kind(strings.TrimSuffix(filepath.Base(file), ".tmpl")); err == nil && event.Type(kind) != nil {
				texts[kind] = append(texts[kind], string(text))
			}
		}
	}
	return texts
}

// hostileEvents returns hostile events. Some are short and some resemble others, so
// that comparisons of two fields are sometimes true.
func hostileEvents(kind event.Kind, n int, rng *rand.Rand) []event.Event {
	pool := []event.Event{generate.Event(kind, generate.Empty, rng)}
	if rng.IntN(20) == 0 {
		pool = append(pool, generate.Event(kind, generate.Huge, rng))
	}
	for len(pool) < n {
		style := generate.Hostile
		if rng.IntN(5) == 0 {
			style = generate.Benign
		}
		ev := generate.Event(kind, style, rng)
		if rng.IntN(6) == 0 {
			same := generate.Event(kind, generate.Hostile, rng).Values()
			text := reflect.ValueOf(same).FieldByName("URL").String()
			ev = ev.Clone()
			ev.Rewrite(func(at event.Place, was string) string {
				if at.Field().Form == event.FormEnum {
					return was
				}
				return text
			})
		}
		ev.CustomFields = map[string]string{
			"team":        reflect.ValueOf(generate.Event(kind, style, rng).Values()).FieldByName("URL").String(),
			"environment": pick(&generator{rand: rng}, "", "prod", `a"b`, "a\nb", "\\", "\x01"),
		}
		pool = append(pool, ev)
	}
	for i := range pool {
		if pool[i].CustomFields == nil {
			pool[i].CustomFields = map[string]string{"team": "", "environment": ""}
		}
	}
	return pool
}

// execute executes a proved template. If sent is true, it leaves out events with
// enumerated values that Coroot does not send.
func (s *soundness) execute(tmpl *webhook.Template, events []event.Event, sent bool) {
	for _, ev := range events {
		if sent && !holdsSent(ev) {
			continue
		}
		message, err := tmpl.Render(context.Background(), ev)
		if err != nil {
			continue
		}
		s.executions++
		if !json.Valid(message.Body) {
			marshalled, _ := event.Marshal(ev)
			s.broken = fmt.Sprintf("%s\n%s\nprints for %.2000s\n%.2000q", tmpl.Kind(), tmpl.Text(), marshalled, message.Body)
			return
		}
	}
}

func holdsSent(ev event.Event) bool {
	for at := range ev.Texts() {
		text, _ := at.Text()
		if at.Field().Form == event.FormEnum && !slices.Contains(at.Field().SentBy(event.Version{}), text) {
			return false
		}
	}
	return true
}

// TestSoundness executes proved templates. HOOKTOOL_SOUNDNESS sets the number of
// templates to generate; if it is set, the seed comes from the clock.
func TestSoundness(t *testing.T) {
	t.Parallel()
	templates, events, seed := 250, eventsPerTemplate, uint64(1)
	if vast.Long(t) {
		templates = 500
	}
	if n, err := strconv.Atoi(os.Getenv("HOOKTOOL_SOUNDNESS")); err == nil {
		templates, events, seed = n, eventsInLong, uint64(time.Now().UnixNano())
	}
	s := testSoundness(seed, templates, events, noFault)
	if testing.Verbose() {
		t.Logf("slowest: %s", s.slow)
	}
	t.Logf("seed %d: %d templates: %v, %d executions, slowest %s", seed, s.templates, s.verdicts, s.executions, s.slowest)
	if s.broken != "" {
		t.Errorf("seed %d: a proved template makes invalid JSON:\n%s", seed, s.broken)
	}
	if s.verdicts[Proved]*5 < s.templates {
		t.Errorf("only %d of %d templates were proved, which shows little", s.verdicts[Proved], s.templates)
	}
}

// TestSoundnessFindsFaults injects one fault at a time into the analysis and checks
// that the executions reveal it.
func TestSoundnessFindsFaults(t *testing.T) {
	t.Parallel()
	for plant := faultElement; plant <= faultShadowed; plant++ {
		t.Run(plant.String(), func(t *testing.T) {
			t.Parallel()
			if plant == faultElement && !vast.Long(t) {
				t.Skip("it takes 1,817 templates to find: HOOKTOOL_TEST_LONG=1 runs this")
			}
			if s := testSoundness(1, 20000, eventsPerTemplate, plant); s.broken == "" {
				t.Errorf("%d templates, %d executions: the fault was not found", s.templates, s.executions)
			} else {
				t.Logf("found after %d templates", s.templates)
			}
		})
	}
}
