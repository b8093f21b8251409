package main

import (
	"path/filepath"
	"slices"
	"strings"

	"github.com/hooktool/hooktool/cmd/internal/exit"
	"github.com/hooktool/hooktool/internal/meeting"
	"github.com/hooktool/hooktool/pkg/lint"
	"github.com/hooktool/hooktool/pkg/workspace"
)

// notPast rejects a template in the place of a file with past events.
func notPast(paths []string) error {
	if at := slices.IndexFunc(paths, workspace.IsTemplate); at >= 0 {
		return exit.Usage("give the template as an argument, and to --events a file with past events", "--events: %s is a template, not a file of events", paths[at])
	}
	return nil
}

// pastEvents reads past events from files.
func (a *app) pastEvents(paths []string) ([]lint.PastEvent, error) {
	if err := notPast(paths); err != nil {
		return nil, err
	}
	var all []lint.PastEvent
	for _, path := range paths {
		r, err := a.files().Open(path)
		if err != nil {
			return nil, err
		}
		name := workspace.Shown(path)
		events, err := lint.ReadPast(r, name)
		r.Close()
		if err != nil {
			return nil, meeting.ReadError(err)
		}
		if len(events) == 0 {
			return nil, exit.BadFile(name, "hooktool coroot events prints the events of a running Coroot", "this file contains no events")
		}
		all = append(all, events...)
	}
	return all, nil
}

// looksLikeEvent reports whether an argument names events rather than a template.
func looksLikeEvent(path string) bool {
	switch strings.ToLower(filepath.Ext(path)) {
	case ".json", ".jsonl", ".ndjson":
		return true
	}
	return path == "-"
}
