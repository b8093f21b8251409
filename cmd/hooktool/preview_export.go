package main

import (
	"bytes"
	"context"
	"errors"

	"github.com/hooktool/hooktool/cmd/internal/exit"
	"github.com/hooktool/hooktool/cmd/internal/files"
	"github.com/hooktool/hooktool/cmd/internal/option"
	"github.com/hooktool/hooktool/internal/preview/page"
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/workspace"
)

// takeKind takes the kind of a template from the event given with it, if nothing else
// determines it.
func (o *previewOptions) takeKind() error {
	if o.kind != "" || o.template == "" || len(o.events) == 0 || files.CountStdin(append(o.events, o.template)...) > 0 || o.serve == "" && o.html == "" && o.png == "" {
		return nil
	}
	templates, _ := o.app.templates(&o.inputFlags, o.template)
	if len(templates) != 1 || !errors.Is(templates[0].Err, workspace.ErrNoKind) {
		return nil
	}
	inputs, err := o.app.openInputs(&o.inputFlags, o.template, o.events)
	if err == nil && len(inputs) == 1 {
		o.kind = string(inputs[0].Template.Kind)
	}
	return err
}

// export writes --html and --png.
func (o *previewOptions) export(ctx context.Context) error {
	workspace, err := o.workspace()
	if err != nil {
		return err
	}
	scan := workspace.Scan()
	sections, err := o.sections(scan)
	if err != nil {
		return err
	}
	if o.html != "" {
		var b bytes.Buffer
		if err := workspace.Export(ctx, &b, page.ExportOptions{}, sections...); err != nil {
			return exit.Failed("", "draw the page: %w", err)
		}
		if err := o.deliver(o.html, b.Bytes()); err != nil {
			return err
		}
	}
	if o.png == "" {
		return scan.Err // report what else is wrong; the other templates got a page
	}
	o.app.untilInterrupted() // on Ctrl-C, Chromium exits and its folder is removed
	picture, err := workspace.Picture(ctx, page.PictureOptions{}, sections...)
	switch {
	case errors.Is(err, page.ErrNoChromium):
		return exit.Failed("install it (on Debian and Ubuntu: apt install chromium), or write a page with --html", "--png: %w", err)
	case err != nil:
		return exit.Failed("", "--png: %w", err)
	}
	return errors.Join(o.deliver(o.png, picture), scan.Err)
}

// deliver writes a file; "-" is standard output.
func (o *previewOptions) deliver(path string, data []byte) error {
	if path == "-" {
		_, err := asIs(o.app.out).Write(data)
		return err
	}
	if err := files.Write(path, data); err != nil {
		return err
	}
	o.app.note("wrote %s", path)
	return nil
}

// sections lists what the page shows: for each template, all built-in events of its
// kind, or the requested ones.
func (o *previewOptions) sections(scan page.Scan) ([]page.Section, error) {
	if errors.Is(scan.Err, workspace.ErrNoTemplate) {
		return nil, exit.Usage("give a template, or a folder that contains templates", "there is no template to show")
	}
	if scan.Err != nil && len(scan.Templates) == 0 {
		return nil, exit.Failed("", "%w", scan.Err)
	}
	if len(scan.Templates) == 0 {
		return nil, exit.Usage("give a template, or a folder that contains templates", "there is no template to show")
	}
	var sections []page.Section
	for _, t := range scan.Templates {
		if t.Err != nil {
			return nil, exit.Failed("", "%w", t.Err)
		}
		samples := scan.Samples(t.Kind)
		switch {
		case o.sample != "":
			sample, err := sampleEvent(o.sample)
			if err != nil {
				return nil, err
			}
			if sample.Kind != t.Kind {
				continue
			}
			samples = []page.Sample{{Name: sample.Name, Doc: sample.Doc, Event: sample.Event}}
		case o.statesGiven && o.states == option.StatesOne && len(o.events) == 0:
			samples = samples[:min(len(samples), 1)]
		case len(o.events) > 0:
			samples = samples[:len(samples)-len(event.SamplesOf(t.Kind))]
		}
		sections = append(sections, page.Section{Template: t, Samples: samples})
	}
	if len(sections) == 0 {
		return nil, exit.Usage("choose a sample of another kind: see hooktool samples", "there is no template for the sample %s", o.sample)
	}
	return sections, nil
}
