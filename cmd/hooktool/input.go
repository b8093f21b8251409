package main

import (
	"cmp"
	"os"
	"slices"

	"github.com/hooktool/hooktool/cmd/internal/exit"
	"github.com/hooktool/hooktool/cmd/internal/files"
	"github.com/hooktool/hooktool/cmd/internal/option"
	"github.com/hooktool/hooktool/internal/meeting"
	"github.com/hooktool/hooktool/internal/words"
	"github.com/hooktool/hooktool/pkg/workspace"
)

// openInput reads the chosen template and prepares to read the events. Without a path,
// it uses the template of --webhook for the kind of event.
func (a *app) openInput(f *inputFlags, path string, events []string) (*meeting.Input, error) {
	if path == "" && len(f.hooks()) == 0 {
		return nil, errNoTemplate()
	}
	if err := files.NotFolder(path); err != nil {
		return nil, err
	}
	w, o, err := a.input(f, path, events)
	if err != nil {
		return nil, err
	}
	in, shared, err := meeting.OpenOne(w, path, o)
	if err != nil {
		return nil, err
	}
	if shared {
		a.note("%s is the template of the webhook %s; --webhook chooses another", in.Template.Path, in.Template.Webhook)
	}
	a.detailInput(in)
	return in, nil
}

// errNoTemplate says how to say which templates are meant.
func errNoTemplate() error {
	return exit.Usage("give a template or a folder, or the name of a webhook in the configuration with --webhook", "no template was given")
}

// input returns where templates are looked for, and which events they are rendered with.
func (a *app) input(f *inputFlags, path string, events []string) (w *workspace.Workspace, o meeting.Options, err error) {
	if err := f.checkArgs(a, path, events); err != nil {
		return nil, o, err
	}
	o = meeting.Options{
		Sets:  option.Pairs(f.sets),
		Paths: slices.Concat(events, f.past), Past: len(f.past) > 0, Open: a.files().Open, Lines: f.lines, All: f.states == option.StatesAll,
		Kind: f.said().Kind, Sort: !f.lines && holdsSeveral(path), Strict: f.strict, Limits: f.limits,
	}
	if !a.quiet {
		o.Warn = a.warn
	}
	switch {
	case f.rule.id != "":
		o.Sample, err = f.rule.sample(a, f.sample)
	case f.sample != "":
		o.Sample, err = meeting.BuiltIn(f.sample)
	default:
		err = files.Check(o.Paths)
	}
	return a.workspace(f.said(), ""), o, err
}

// holdsSeveral reports whether a path, or the configuration without one, can have
// templates for several kinds of event.
func holdsSeveral(path string) bool {
	if path == "" || workspace.IsYAML(path) {
		return true
	}
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

// checkArgs rejects arguments that cannot be combined.
func (f *inputFlags) checkArgs(a *app, template string, events []string) error {
	if err := cmp.Or(notEvents(events), notPast(f.past)); err != nil {
		return err
	}
	if chosen := f.choices(a, events); len(chosen) > 1 {
		return exit.Usage("remove one of them", "%s cannot be used together", words.And(chosen))
	}
	if f.rule.id == "" && (len(f.rule.labels) > 0 || f.rule.value != defaultRuleValue) {
		return exit.Usage("add --rule", "--label and --value need --rule")
	}
	f.limits = option.WithTurns(f.limits)
	return a.checkStdin("", []string{template}, slices.Concat(events, f.past))
}

// choices lists the ways in which events are chosen, of which there can be one. What the
// command line says overrides a setting.
func (f *inputFlags) choices(a *app, events []string) (chosen []string) {
	all := []struct {
		flag, name string
		isSet      bool
		drop       func()
	}{
		{"states", "--states all", f.states == option.StatesAll, func() { f.states = option.StatesOne }},
		{"events", "--events", len(f.past) > 0, func() { f.past = nil }},
		{"rule", "--rule", f.rule.id != "", func() { f.rule.id = "" }},
		{"sample", "--sample", f.sample != "" && f.rule.id == "", func() { f.sample = "" }},
		{"", "an event file", len(events) > 0, nil},
	}
	said := len(events) > 0
	for _, each := range all {
		said = said || each.isSet && a.given[each.flag]
	}
	for _, each := range all {
		switch {
		case !each.isSet:
		case said && each.flag != "" && !a.given[each.flag]:
			each.drop()
		default:
			chosen = append(chosen, each.name)
		}
	}
	return chosen
}

// notEvents rejects a second template, or a folder, in the place of events.
func notEvents(events []string) error {
	for _, path := range events {
		if workspace.IsTemplate(path) {
			return exit.Usage("events follow the template; hooktool preview FOLDER shows all templates in a folder", "%s is a template, not an event", path)
		}
		if info, err := os.Stat(path); err == nil && info.IsDir() {
			return exit.Usage("events follow the template; hooktool preview takes one folder", "%s is a folder, not an event", path)
		}
	}
	return nil
}

// detailInput prints, with --verbose, what was chosen.
func (a *app) detailInput(in *meeting.Input) {
	meets := "the given events"
	if len(in.Samples) > 0 {
		meets = "the built-in event " + in.Samples[0].Name
	}
	a.detail("%s is a template for the kind %s, rendered with %s", in.Template.Label(), in.Template.Kind, meets)
}

// splitArgs separates the template from the events. With a webhook from the
// configuration, the template may be omitted; then a first argument that looks like an
// event file is one.
func splitArgs(args []string, hasWebhook bool) (template string, events []string) {
	if len(args) == 0 {
		return "", nil
	}
	if hasWebhook && looksLikeEvent(args[0]) {
		return "", args
	}
	return args[0], args[1:]
}
