package main

import (
	"errors"
	"io"
	"maps"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/hooktool/hooktool/internal/words"
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/lint"
)

// eventFiles reads the events of several files one after another.
type eventFiles struct {
	app     *app
	paths   []string
	file    io.ReadCloser
	decoder *event.Decoder
}

// next returns the next event's text, io.EOF behind the last one of the last
// file.
func (e *eventFiles) next() (event.Document, error) {
	for {
		if e.decoder == nil {
			if len(e.paths) == 0 {
				return event.Document{}, io.EOF
			}
			path := e.paths[0]
			e.paths = e.paths[1:]
			file, err := e.app.open(path)
			if err != nil {
				return event.Document{}, err
			}
			if path == "-" {
				path = stdinName
			}
			e.file, e.decoder = file, event.NewDecoder(file, path)
		}
		doc, err := e.decoder.Next()
		if err == nil || !errors.Is(err, io.EOF) {
			return doc, plainReadError(err)
		}
		e.file.Close()
		e.decoder = nil
	}
}

// pastEvents reads events that really happened.
func (a *app) pastEvents(paths []string) ([]lint.PastEvent, error) {
	var all []lint.PastEvent
	for _, path := range paths {
		r, err := a.open(path)
		if err != nil {
			return nil, err
		}
		name := path
		if path == "-" {
			name = stdinName
		}
		events, err := lint.ReadPast(r, name)
		r.Close()
		if err != nil {
			return nil, plainReadError(err)
		}
		if len(events) == 0 {
			return nil, badFile(name, "hooktool coroot events prints those of a running Coroot", "there are no events in this file")
		}
		all = append(all, events...)
	}
	return all, nil
}

// plainReadError words what the operating system says about a file.
func plainReadError(err error) error {
	var problem *event.Problem
	if err == nil || errors.As(err, &problem) || errors.Is(err, io.EOF) {
		return err
	}
	return failed("", "read events: %w", err)
}

// changes are what the command line adds to every event.
type changes struct {
	customFields map[string]string
	sets         [][2]string
}

// apply changes an event. What the command line says wins over the event's own
// custom fields.
func (c changes) apply(ev *event.Event) error {
	if len(c.customFields) > 0 {
		merged := maps.Clone(ev.CustomFields)
		if merged == nil {
			merged = map[string]string{}
		}
		maps.Copy(merged, c.customFields)
		ev.CustomFields = merged
	}
	for _, pair := range c.sets {
		if err := ev.Set(pair[0], pair[1]); err != nil {
			return usageError("a path is made of JSON names, such as reports[0].message; see hooktool schema", "--%w", err)
		}
	}
	return nil
}

// sampleEvent returns a built-in sample by its name.
func sampleEvent(name string) (event.Sample, error) {
	sample, ok := event.SampleByName(name)
	if !ok {
		hint := words.Suggest(name, sampleNames(), "hooktool samples lists them")
		return event.Sample{}, usageError(hint, "there is no sample %q", name)
	}
	return sample, nil
}

func sampleNames() []string {
	var names []string
	for _, sample := range event.Samples() {
		names = append(names, sample.Name)
	}
	return names
}

// completeSamples completes the names of samples, with what they are.
func completeSamples(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	var named []string
	for _, sample := range event.Samples() {
		named = append(named, cobra.CompletionWithDesc(sample.Name, sample.Doc))
	}
	return named, cobra.ShellCompDirectiveNoFileComp
}

// looksLikeEvent reports whether an argument names events rather than a
// template.
func looksLikeEvent(path string) bool {
	switch strings.ToLower(filepath.Ext(path)) {
	case ".json", ".jsonl", ".ndjson":
		return true
	}
	return path == "-"
}
