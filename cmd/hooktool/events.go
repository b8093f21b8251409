package main

import (
	"path/filepath"
	"slices"
	"strings"

	"github.com/hooktool/hooktool/cmd/internal/exit"
	"github.com/hooktool/hooktool/pkg/workspace"
)

// notPast rejects a template in the place of a file with past events.
func notPast(paths []string) error {
	if at := slices.IndexFunc(paths, workspace.IsTemplate); at >= 0 {
		return exit.Usage("give the template as an argument, and to --events a file with past events", "--events: %s is a template, not a file of events", paths[at])
	}
	return nil
}

// looksLikeEvent reports whether an argument names events rather than a template.
func looksLikeEvent(path string) bool {
	switch strings.ToLower(filepath.Ext(path)) {
	case ".json", ".jsonl", ".ndjson":
		return true
	}
	return path == "-"
}
