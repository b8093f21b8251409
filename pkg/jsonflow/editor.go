package jsonflow

import (
	"reflect"
	"slices"
	"strings"

	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/webhook"
)

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

// setEvery sets the text of a field, in every element of a list.
func (e *editor) setEvery(p *path, text string) bool {
	done := false
	for n := range 8 {
		done = e.setText(concrete{path: p, at: [4]int{n, n, n, n}}, text) || done
	}
	return done
}

func (e *editor) list() reflect.Value {
	for i := range e.root.NumField() {
		if v := e.root.Field(i); v.Kind() == reflect.Slice {
			return v
		}
	}
	return reflect.Value{}
}
