// Package watch reports changes of files, using the operating system's notifications
// for their folders.
package watch

import (
	"context"
	"fmt"
	"path/filepath"
	"time"

	"github.com/fsnotify/fsnotify"
)

// Watcher reports changes of files. It watches their folders, because editors save by
// putting a new file in the place of the old one.
type Watcher struct {
	fs      *fsnotify.Watcher
	dirs    map[string]bool
	matters func(path string) bool
}

// New returns a Watcher that watches nothing yet. matters selects by path the files
// whose changes count; nil selects all.
func New(matters func(path string) bool) (*Watcher, error) {
	fs, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, fmt.Errorf("watch files: %w", err)
	}
	if matters == nil {
		matters = func(string) bool { return true }
	}
	return &Watcher{fs: fs, dirs: map[string]bool{}, matters: matters}, nil
}

// Close stops watching.
func (w *Watcher) Close() error { return w.fs.Close() }

// maxFolders bounds how many folders are watched: watches are limited system-wide.
const maxFolders = 4000

// Follow watches the folders of these files, and no others; folder/* stands for all
// files in one. A folder that does not exist is left out. It reports whether there are
// new folders: what was read in them before may have changed unseen.
func (w *Watcher) Follow(files []string) (more bool) {
	wanted := map[string]bool{}
	for _, file := range files {
		wanted[filepath.Dir(file)] = true
	}
	for dir := range w.dirs {
		if !wanted[dir] {
			w.fs.Remove(dir) // the system may have removed it already
			delete(w.dirs, dir)
		}
	}
	for dir := range wanted {
		if !w.dirs[dir] && len(w.dirs) < maxFolders && w.fs.Add(dir) == nil {
			w.dirs[dir] = true
			more = true
		}
	}
	return more
}

// Editors write, rename and touch a file within a few milliseconds. The first is how
// long it must be quiet before the change counts as complete, the second how long to
// wait for that at most.
const (
	quietTime = 15 * time.Millisecond
	mostTime  = 100 * time.Millisecond
)

// Run calls changed after each change until ctx ends or watching fails.
func (w *Watcher) Run(ctx context.Context, changed func()) error {
	for {
		if err := w.wait(ctx, nil); err != nil {
			return err
		}
		deadline := time.After(mostTime)
		for quiet := false; !quiet; {
			timer := time.NewTimer(quietTime)
			err := w.wait(ctx, timer.C)
			quiet = !timer.Stop()
			if err != nil {
				return err
			}
			select {
			case <-deadline:
				quiet = true
			default:
			}
		}
		changed()
	}
}

// wait returns when files change, or when the time is up.
func (w *Watcher) wait(ctx context.Context, timeUp <-chan time.Time) error {
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-timeUp:
			return nil
		case event, ok := <-w.fs.Events:
			if !ok {
				return fsnotify.ErrClosed
			}
			if event.Op != fsnotify.Chmod && w.matters(event.Name) {
				return nil
			}
		case err, ok := <-w.fs.Errors:
			if !ok {
				return fsnotify.ErrClosed
			}
			return fmt.Errorf("watch files: %w", err)
		}
	}
}
