package main

import (
	"errors"
	"fmt"
	"os"

	"github.com/hooktool/hooktool/cmd/internal/exit"
	"github.com/hooktool/hooktool/cmd/internal/files"
	"github.com/hooktool/hooktool/cmd/internal/option"
	"github.com/hooktool/hooktool/internal/meeting"
	"github.com/hooktool/hooktool/pkg/workspace"
)

// openInput reads the chosen template and prepares to read the events. Without a path,
// it uses the template of --webhook for the kind of event.
func (a *app) openInput(f *inputFlags, path string, events []string) (*meeting.Input, error) {
	if path == "" && len(f.hooks()) == 0 {
		return nil, exit.Usage("give a template, or the name of a webhook in the configuration with --webhook", "no template was given")
	}
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return nil, files.Folder(path)
	}
	inputs, err := a.openInputs(f, path, events)
	if err != nil {
		return nil, err // what could be read is not what was meant
	}
	first := inputs[0]
	for _, other := range inputs[1:] {
		if other.Template.Kind != first.Template.Kind {
			return nil, several(path, f, first.Template)
		}
	}
	if path != "" && first.Template.Inside() {
		return nil, several(path, f, first.Template)
	}
	if len(inputs) > 1 {
		a.note("%s is the template of the webhook %s; --webhook chooses another", first.Template.Path, first.Template.Webhook)
	}
	a.detailInput(first)
	return first, nil
}

// several returns an error that asks the user to choose among templates.
func several(path string, f *inputFlags, first workspace.Template) error {
	switch {
	case path == "":
		return exit.Usage("choose one with --type, with --sample, or by an event", "%s has templates for several kinds of event", f.namedHooks())
	case first.Inside():
		return &exit.Error{
			Code: exit.Misuse, Path: path, Err: errors.New("this is a configuration with webhooks, not a template"),
			Hint: fmt.Sprintf("choose one of its webhooks: --config %s --webhook %s", path, first.Webhook),
		}
	}
	return &exit.Error{
		Code: exit.Misuse, Path: path, Err: errors.New("this template is used for several kinds of event"),
		Hint: "choose one with --type, with --sample, or by an event",
	}
}

// openInputs reads all chosen templates, each with the events of its kind. Even if it
// returns inputs, the error joins the reasons why other templates cannot be used.
func (a *app) openInputs(f *inputFlags, path string, events []string) ([]*meeting.Input, error) {
	if err := f.checkArgs(a, path, events); err != nil {
		return nil, err
	}
	templates, unread := a.templates(f, path)
	if len(templates) == 0 {
		return nil, unread
	}
	meets, err := a.chooseEvents(f, templates, events)
	if err != nil {
		return nil, err
	}
	var inputs []*meeting.Input
	for _, t := range templates {
		switch in, err := meets.With(t); {
		case err != nil:
			unread = errors.Join(unread, err)
		case in != nil:
			inputs = append(inputs, in)
		}
	}
	if len(inputs) == 0 && unread == nil {
		unread = meets.NoTemplate(templates)
	}
	return inputs, unread
}

// templates returns the templates at a path, of the webhook, or of the configuration.
// It includes those of unknown kind, because the event can determine it.
func (a *app) templates(f *inputFlags, path string) ([]workspace.Template, error) {
	said, err := f.said()
	if err != nil {
		return nil, err
	}
	found, unread := a.workspace(said, "").Templates(path)
	var all []workspace.Template
	for _, t := range found {
		switch {
		case t.Err == nil, errors.Is(t.Err, workspace.ErrNoKind):
			all = append(all, t)
		case path == "": // the configuration names it
			unread = errors.Join(unread, exit.Misused(t.Err))
		default:
			unread = errors.Join(unread, t.Err)
		}
	}
	if len(found) == 0 && path == "" && unread == nil {
		return nil, exit.Usage("add "+said.Kind.TemplateName()+" or "+said.Kind.TemplateName()+"File to it",
			"%s: there is no template for the kind %s", f.namedHooks(), said.Kind)
	}
	return all, unread
}

// checkArgs rejects arguments that cannot be combined.
func (f *inputFlags) checkArgs(a *app, template string, events []string) error {
	if err := notEvents(events); err != nil {
		return err
	}
	switch {
	case f.sample != "" && len(events) > 0:
		return exit.Usage("remove one of them", "--sample and an event file cannot be used together")
	case f.rule.id != "" && len(events) > 0:
		return exit.Usage("remove one of them", "--rule and an event file cannot be used together")
	case f.rule.id == "" && (len(f.rule.labels) > 0 || f.rule.value != defaultRuleValue):
		return exit.Usage("add --rule", "--label and --value need --rule")
	}
	f.limits = option.WithTurns(f.limits)
	return a.checkStdin("", []string{template}, events)
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
