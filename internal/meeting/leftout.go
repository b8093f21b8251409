package meeting

import (
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/workspace"
)

// only passes on the events of a kind, and warns about the others. An event whose keys
// do not tell counts as one of the kind: who decodes it says what is wrong.
func (m *Meeting) only(kind event.Kind, templates []workspace.Template) func() (event.Document, error) {
	next, passed := m.next, false
	var other event.Kind
	return func() (event.Document, error) {
		for {
			doc, err := next()
			if errors.Is(err, io.EOF) && !passed && other != "" {
				return doc, m.noneFor(other, templates)
			}
			if err != nil {
				return doc, err
			}
			found, err := doc.DetectKind(kind)
			if err != nil || found == kind {
				passed = true
				return doc, nil
			}
			other = found
			m.leaveOut(doc, found)
		}
	}
}

// leaveOut warns about an event for which there is no template.
func (m *Meeting) leaveOut(doc event.Document, kind event.Kind) {
	message := fmt.Sprintf("there is no template for this %s", kind)
	switch hooks := m.offIn(kind); {
	case m.options.Kind != "":
		message = fmt.Sprintf("this %s is left out, because the kind %s was chosen", kind, m.options.Kind)
	case len(hooks) > 0:
		message = fmt.Sprintf("this %s is left out: %ss are turned off in %s", kind, kind, workspace.NameHooks(hooks))
	}
	m.warn(&event.Problem{Path: doc.Path, Pos: doc.Pos, Message: message})
}

// offIn lists the webhooks that have a template for a kind, but have it turned off.
func (m *Meeting) offIn(kind event.Kind) (hooks []string) {
	for _, t := range m.options.off {
		if t.Key() == kind {
			hooks = append(hooks, t.Webhook)
		}
	}
	return hooks
}

// tellLeftOut warns about webhooks that get none of the events that others get. If no
// events were chosen, each gets those of its own kinds.
func (m *Meeting) tellLeftOut(hooks []string, inputs []*Input) {
	o := m.options
	if o.Past || len(o.Paths) == 0 && o.Sample.Name == "" && o.Kind == "" {
		return
	}
	for _, kind := range event.Kinds() {
		gets := map[string]bool{}
		for _, in := range inputs {
			if in.Template.Kind == kind {
				gets[in.Template.Webhook] = true
			}
		}
		for _, hook := range hooks {
			if len(gets) == 0 || gets[hook] {
				continue
			}
			why := "it has no template for them"
			if slices.Contains(m.offIn(kind), hook) {
				why = "they are turned off in it"
			}
			m.warn(&event.Problem{Message: fmt.Sprintf("the webhook %q is left out for %ss: %s", hook, kind, why)})
		}
	}
}

// NoTemplate reports that the events are for none of the templates, or that there are
// none.
func (m *Meeting) NoTemplate(templates []workspace.Template) error {
	switch {
	case m.docs != nil && len(m.docs) == 0:
		return misuse("", "the input contains no event, so there is nothing to show")
	case m.options.Sample.Name == "":
		return m.noneFor(m.kind, templates)
	case len(templates) > 1:
		return misuse("choose a sample of another kind: see hooktool samples", "there is no template for the sample %s", m.options.Sample.Name)
	}
	return misuse("choose a sample of its kind: see hooktool samples",
		"the sample %s is of the kind %s, but the template is for the kind %s", m.options.Sample.Name, m.options.Sample.Kind, templates[0].Kind)
}

// noneFor reports that no template is for the kind of the events.
func (m *Meeting) noneFor(kind event.Kind, templates []workspace.Template) error {
	if hooks := m.offIn(kind); len(hooks) > 0 {
		return misuse(fmt.Sprintf("set %ss to true there, or send them anyway with --type %s", kind, kind),
			"the events are of the kind %s, which is turned off in %s", kind, workspace.NameHooks(hooks))
	}
	if said := m.options.Kind; said != "" && said != kind {
		return misuse("leave --type out, or choose the kind "+kind.String(), "the events are of the kind %s, but the kind %s was chosen", kind, said)
	}
	hint := "give a template for that kind"
	if hook := templates[0].Webhook; hook != "" && !slices.ContainsFunc(templates, func(t workspace.Template) bool { return t.Webhook != hook }) {
		hint = fmt.Sprintf("add %[1]s or %[1]sFile to the webhook %[2]s", kind.TemplateName(), hook)
	}
	return misuse(hint, "the events are of the kind %s, for which there is no template", kind)
}
