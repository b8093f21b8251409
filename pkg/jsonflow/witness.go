package jsonflow

import (
	"reflect"
	"slices"
	"strings"

	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// concrete is one place in an event: the path with the number of each
// element.
type concrete struct {
	path *path
	at   [4]int // the numbers of elements on the way, the outermost first
}

// demand is what an event must be like to go a way through the template.
type demand struct {
	lengths map[*path]domain
	order   []concrete
	domains map[concrete]domain
	pairs   []pair
}

// pair is two texts that must be equal, or must not.
type pair struct {
	x, y  concrete
	equal bool
}

// demands collects what a way assumes of the event. Conditions that are only
// known by their words are left out.
func demands(way *trace) demand {
	d := demand{lengths: map[*path]domain{}, domains: map[concrete]domain{}}
	turns := map[turn]int{}
	for _, t := range forwards(way) {
		switch {
		case t.turn != nil && t.turn.list != nil:
			length := domain{kind: kindLen, lo: t.turn.index + 1, hi: noMaximum}
			if t.turn.over {
				length.lo, length.hi = t.turn.index, t.turn.index
			} else {
				turns[t.turn.turn] = t.turn.index
			}
			d.length(t.turn.list, length)
		case t.turn != nil:
		case t.subject.cond != nil:
			if c := t.subject.cond; c.op == "eq" && c.x.sort == sortText && c.y.sort == sortText && c.x.path != nil && c.y.path != nil {
				d.pairs = append(d.pairs, pair{concretely(c.x.path, turns), concretely(c.y.path, turns), t.domain.lo == 1})
			}
		case t.subject.last:
			if n := turns[t.subject.path.turn]; t.domain.lo == 1 {
				d.length(t.subject.path.parent, domain{kind: kindLen, lo: n + 1, hi: n + 1})
			} else {
				d.length(t.subject.path.parent, domain{kind: kindLen, lo: n + 2, hi: noMaximum})
			}
		case t.domain.kind == kindLen:
			d.length(t.subject.path, t.domain)
		default:
			c := concretely(t.subject.path, turns)
			if _, ok := d.domains[c]; !ok {
				d.order = append(d.order, c)
				d.domains[c] = t.domain
			} else if both, ok := d.domains[c].intersect(t.domain); ok {
				d.domains[c] = both
			}
		}
	}
	return d
}

func (d *demand) length(list *path, want domain) {
	if known, ok := d.lengths[list]; ok {
		if both, ok := known.intersect(want); ok {
			want = both
		}
	}
	d.lengths[list] = want
}

// forwards returns the steps of a way, the first first.
func forwards(t *trace) []*trace {
	const most = 100_000
	var steps []*trace
	var collect func(t, until *trace)
	collect = func(t, until *trace) {
		for ; t != nil && t != until && len(steps) < most; t = t.before {
			if t.inner != nil {
				collect(t.inner, t.innerTo)
				continue
			}
			steps = append(steps, t)
		}
	}
	collect(t, nil)
	slices.Reverse(steps)
	return steps
}

func concretely(p *path, turns map[turn]int) concrete {
	c := concrete{path: p}
	n := 0
	for q := p; q != nil && n < len(c.at); q = q.parent {
		if q.name == "[]" {
			c.at[n] = turns[q.turn]
			n++
		}
	}
	return c
}

// editor changes an event at paths.
type editor struct {
	ev   event.Event
	root reflect.Value
	keys []string
}

func edit(ev event.Event, keys []string) *editor {
	ev = cloneDeep(ev)
	e := &editor{ev: ev, keys: keys}
	switch {
	case ev.Incident != nil:
		e.root = reflect.ValueOf(ev.Incident).Elem()
	case ev.Deployment != nil:
		e.root = reflect.ValueOf(ev.Deployment).Elem()
	case ev.Alert != nil:
		e.root = reflect.ValueOf(ev.Alert).Elem()
	}
	if len(keys) > 0 && e.ev.CustomFields == nil {
		e.ev.CustomFields = map[string]string{}
	}
	for _, key := range keys {
		if _, ok := e.ev.CustomFields[key]; !ok {
			e.ev.CustomFields[key] = "production"
		}
	}
	return e
}

// cloneDeep copies an event with its lists.
func cloneDeep(ev event.Event) event.Event {
	ev = ev.Clone()
	switch {
	case ev.Incident != nil:
		ev.Incident.Reports = slices.Clone(ev.Incident.Reports)
	case ev.Deployment != nil:
		ev.Deployment.Summary = slices.Clone(ev.Deployment.Summary)
	case ev.Alert != nil:
		ev.Alert.Details = slices.Clone(ev.Alert.Details)
	}
	return ev
}

// meet changes the event so that it goes the way.
func (e *editor) meet(d demand) {
	for list, length := range d.lengths {
		v, ok := e.find(concrete{path: list})
		if !ok || v.Kind() != reflect.Slice {
			continue
		}
		n := min(max(v.Len(), length.lo), length.hi)
		e.resize(v, n)
	}
	for _, c := range d.order {
		e.meetOne(c, d.domains[c])
	}
	for _, p := range d.pairs {
		e.meetPair(p, d)
	}
}

// meetPair makes two texts equal, or different. The text that can only be one of
// a few stays as it is.
func (e *editor) meetPair(p pair, d demand) {
	x, okX := e.text(p.x)
	y, okY := e.text(p.y)
	if !okX || !okY || (x == y) == p.equal {
		return
	}
	_, bound := d.domains[p.x]
	if bound || p.x.path.values != nil {
		p.x, p.y, x, y = p.y, p.x, y, x
	}
	if p.equal {
		e.setText(p.x, y)
	} else if p.x.path.values == nil {
		e.setText(p.x, x+"-2")
	}
}

// resize makes a list so long, by repeating its elements.
func (e *editor) resize(v reflect.Value, n int) {
	const most = 200
	n = min(n, most)
	if n == 0 {
		v.SetZero()
		return
	}
	had := v.Len()
	out := reflect.MakeSlice(v.Type(), n, n)
	for i := range n {
		if had > 0 {
			out.Index(i).Set(v.Index(i % had))
		} else {
			out.Index(i).Set(defaultElement(v.Type().Elem()))
		}
	}
	v.Set(out)
}

func defaultElement(t reflect.Type) reflect.Value {
	switch t {
	case reflect.TypeFor[event.Report]():
		return reflect.ValueOf(event.Report{Name: "SLO", Check: "Availability", Message: "error budget burn rate is 26x within 1 hour"})
	case reflect.TypeFor[event.Detail]():
		return reflect.ValueOf(event.Detail{Name: "Description", Value: "The disk of an instance is more than 80% full."})
	case reflect.TypeFor[string]():
		return reflect.ValueOf("💔 Availability: 87% (objective: 99%)").Convert(t)
	}
	return reflect.Zero(t)
}

func (e *editor) meetOne(c concrete, d domain) {
	if c.path.method {
		e.meetMethod(c, d)
		return
	}
	if d.kind == kindBool {
		if v, ok := e.find(c); ok && v.Kind() == reflect.Bool {
			v.SetBool(d.lo == 1)
		}
		return
	}
	text, ok := e.text(c)
	if !ok || d.kind != kindText || d.has(text) {
		return
	}
	for _, candidate := range append(d.texts(), plainTexts(c.path.name)...) {
		if d.has(candidate) {
			e.setText(c, candidate)
			return
		}
	}
}

func (e *editor) meetMethod(c concrete, d domain) {
	v, ok := e.find(concrete{path: c.path.parent, at: c.at})
	if !ok {
		return
	}
	app, ok := v.Addr().Interface().(*event.ApplicationID)
	if !ok || d.kind != kindBool {
		return
	}
	switch {
	case c.path.name == "IsZero" && d.lo == 1:
		*app = event.ApplicationID{}
	case c.path.name == "NamespaceIsEmpty" && d.lo == 1:
		app.Namespace = "_"
	case c.path.name == "NamespaceIsEmpty" && app.NamespaceIsEmpty():
		app.Namespace = "default"
	case c.path.name == "IsZero" && app.IsZero():
		*app = event.NewApplicationID("a1b2c3d4", "default", "Deployment", "app1")
	}
}

// find returns the place in the event.
func (e *editor) find(c concrete) (reflect.Value, bool) {
	var chain []*path
	for p := c.path; p != nil && p.parent != nil; p = p.parent {
		chain = append(chain, p)
	}
	loops := 0
	for _, p := range chain {
		loops += btoi(p.name == "[]")
	}
	v := e.root
	for i := len(chain) - 1; i >= 0; i-- {
		p := chain[i]
		switch {
		case p.name == "[]":
			loops--
			at := c.at[min(loops, len(c.at)-1)]
			if v.Kind() != reflect.Slice || at >= v.Len() {
				return reflect.Value{}, false
			}
			v = v.Index(at)
		case p.name[0] == '[':
			at := 0
			for _, digit := range p.name[1 : len(p.name)-1] {
				at = at*10 + int(digit-'0')
			}
			if v.Kind() != reflect.Slice || at >= v.Len() {
				return reflect.Value{}, false
			}
			v = v.Index(at)
		case p.method:
			return v, v.IsValid()
		default:
			if v.Kind() != reflect.Struct {
				return reflect.Value{}, false
			}
			if v = v.FieldByName(p.name); !v.IsValid() {
				return v, false
			}
		}
	}
	return v, true
}

func (e *editor) text(c concrete) (string, bool) {
	if key, ok := e.custom(c.path); ok {
		return e.ev.CustomFields[key], true
	}
	v, ok := e.find(c)
	if !ok || v.Kind() != reflect.String {
		return "", false
	}
	return v.String(), true
}

// setText sets the text at a place. Of an application it is the name.
func (e *editor) setText(c concrete, text string) bool {
	if key, ok := e.custom(c.path); ok {
		e.ev.CustomFields[key] = text
		return true
	}
	v, ok := e.find(c)
	switch {
	case !ok:
		return false
	case v.Kind() == reflect.String:
		v.SetString(text)
		return true
	case v.Type() == reflect.TypeFor[event.ApplicationID]():
		v.FieldByName("Name").SetString(text)
		return true
	}
	return false
}

func (e *editor) custom(p *path) (string, bool) {
	if p == nil || p.parent == nil || p.parent.parent != nil {
		return "", false
	}
	for _, key := range e.keys {
		if webhook.FieldName(key) == p.name {
			return key, true
		}
	}
	return "", false
}

// everyText calls change for each text of the event that is not enumerated.
func (e *editor) everyText(enums map[string][]string, change func(name, text string) string) {
	var walk func(name string, v reflect.Value)
	walk = func(name string, v reflect.Value) {
		switch v.Kind() {
		case reflect.String:
			if v.CanSet() && enums[name] == nil {
				v.SetString(change(name, v.String()))
			}
		case reflect.Slice:
			for i := range v.Len() {
				walk(name+"[]", v.Index(i))
			}
		case reflect.Struct:
			for i := range v.NumField() {
				if field := v.Type().Field(i); field.IsExported() {
					walk(strings.TrimPrefix(name+"."+field.Name, "."), v.Field(i))
				}
			}
		}
	}
	walk("", e.root)
	for key, text := range e.ev.CustomFields {
		e.ev.CustomFields[key] = change(key, text)
	}
}

// harmless returns a text without what could break any JSON.
func harmless(_, text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return ' '
		case r < ' ' || r == '\\' || r == '"' || r == '\'' || r == 0x7f:
			return -1
		}
		return r
	}, text)
}

// plainTexts returns texts for a field, for a way that needs another one than
// the sample has.
func plainTexts(name string) []string {
	switch name {
	case "Duration":
		return []string{"1h30m", "5m30s", ""}
	case "ResolvedBy":
		return []string{"admin", "AI", ""}
	case "Namespace":
		return []string{"default", "shop", ""}
	case "Kind":
		return []string{"Deployment", "StatefulSet", ""}
	}
	return []string{"checkout", "orders", ""}
}

// believable returns texts for a field that break what does not escape them, and
// that Coroot could send.
func believable(name string) []string {
	switch name {
	case "Message":
		return []string{`2 pods report "connection refused"`, `C:\data is full`, "2 upstream services:\ncheckout, orders"}
	case "Summary", "[]":
		return []string{`💔 new error: unexpected token "<" in JSON`, `C:\data is full`, "first line\nsecond line"}
	case "Value":
		return []string{`reason="BackOff"`, `C:\temp\order.json`, "kind=Pod\nreason=BackOff", "can't connect"}
	case "RCASummary", "RCARemediations":
		return []string{`The pod "checkout-7d9f" ran out of memory.`, "**Cause**\nout of memory", `C:\data is full`}
	case "RuleName", "ProjectName":
		return []string{`Lag of "orders"`, `C:\data`, "two\nlines"}
	case "Check":
		return []string{`Errors in "orders"`, `C:\data`, "two\nlines"}
	case "Version":
		return []string{`123ab456: app:"v1.8.2"`, `123ab456: app\v1`, "123ab456:\napp"}
	}
	return []string{`my "app"`, `my\app`, "my\napp"}
}

// unlikely reports whether Coroot hardly sends a text that breaks JSON in a
// field.
func unlikely(p *path) bool {
	if p == nil {
		return false
	}
	switch p.name {
	case "URL", "Kind", "Namespace", "ClusterId", "Duration", "Status", "Severity":
		return true
	}
	return false
}
