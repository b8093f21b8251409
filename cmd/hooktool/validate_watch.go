package main

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/fsnotify/fsnotify"

	"github.com/hooktool/hooktool/pkg/source"
	"github.com/hooktool/hooktool/pkg/workspace"
)

// settleTime is how long no further change must come before files are checked
// again: editors write a file in several steps.
const settleTime = 80 * time.Millisecond

// watchFiles checks, and checks again whenever a file changes, until Ctrl-C.
func (o *validateOptions) watchFiles(ctx context.Context, check *checker) error {
	watcher, err := fsnotify.NewWatcher()
	if err != nil {
		return failed("", "watch files: %w", err)
	}
	defer watcher.Close()
	for first := true; ; first = false {
		if err := o.watchFolders(watcher); err != nil {
			return err
		}
		_, err := o.app.loadConfigs()
		if err == nil {
			err = o.once(ctx, check)
		}
		switch {
		case ctx.Err() != nil:
			return nil
		case first && err != nil && !isExit(err):
			return err
		case err != nil && !isExit(err): // a file that was saved halfway, perhaps
			for _, each := range source.ProblemsOf(err) {
				printProblem(o.app.err, o.app.errPalette(), "error", each)
			}
		}
		o.app.note("checked at %s; waiting for changes, Ctrl-C ends", o.app.now().Format(time.TimeOnly))
		if !waitForChange(ctx, watcher) {
			return nil
		}
	}
}

func isExit(err error) bool {
	_, ok := err.(exitError) //nolint:errorlint // once returns it as it is
	return ok
}

// watchFolders watches the folders of what is checked. A file is watched through
// its folder, because editors replace files.
func (o *validateOptions) watchFolders(watcher *fsnotify.Watcher) error {
	paths := o.paths
	if len(paths) == 0 {
		paths = []string{"."}
		for _, dir := range o.configFolders() {
			if err := watcher.Add(dir); err != nil {
				return readError(dir, err)
			}
		}
	}
	for _, path := range paths {
		if path == "-" {
			return usageError("give files or folders", "standard input cannot be watched")
		}
		if isFile(path) {
			path = filepath.Dir(path)
		}
		err := filepath.WalkDir(path, func(dir string, entry fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return err
			case !entry.IsDir():
				return nil
			case dir != path && strings.HasPrefix(entry.Name(), "."):
				return filepath.SkipDir
			}
			return watcher.Add(dir)
		})
		if err != nil {
			return readError(path, err)
		}
	}
	return nil
}

// configFolders lists the folders of the configuration and of the templates that
// it names, which may lie outside of this one.
func (o *validateOptions) configFolders() []string {
	var folders []string
	add := func(path string) {
		if dir := filepath.Dir(path); !slices.Contains(folders, dir) && isFolder(dir) {
			folders = append(folders, dir)
		}
	}
	for _, file := range o.app.configs {
		add(file.Path)
		for _, hook := range file.Webhooks {
			for _, t := range hook.Templates {
				add(t.Path)
			}
		}
	}
	return folders
}

func isFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

// waitForChange waits until files that matter have changed and settled. It
// returns false when there is nothing to wait for any more.
func waitForChange(ctx context.Context, watcher *fsnotify.Watcher) bool {
	var settled <-chan time.Time
	for {
		select {
		case <-ctx.Done():
			return false
		case event, ok := <-watcher.Events:
			if !ok {
				return false
			}
			if name := event.Name; event.Op != fsnotify.Chmod && (workspace.IsTemplate(name) || isYAML(name) || filepath.Ext(name) == "") {
				settled = time.After(settleTime)
			}
		case _, ok := <-watcher.Errors:
			if !ok {
				return false
			}
			settled = time.After(settleTime)
		case <-settled:
			return true
		}
	}
}
