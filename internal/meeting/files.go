package meeting

import (
	"errors"
	"fmt"
	"io"

	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/lint"
	"github.com/hooktool/hooktool/pkg/source"
	"github.com/hooktool/hooktool/pkg/workspace"
)

// files reads the events of several files, which open opens, one after another.
type files struct {
	open    func(path string) (io.ReadCloser, error)
	lines   bool // each line is one event; see event.Decoder
	past    bool // a file without events is an error
	count   int  // events of the file that is being read
	paths   []string
	path    string // of the file that is being read, for messages
	file    io.ReadCloser
	decoder *event.Decoder
}

// next returns the text of the next event, or io.EOF after the last one of the last
// file.
func (e *files) next() (event.Document, error) {
	for {
		if e.decoder == nil {
			if len(e.paths) == 0 {
				return event.Document{}, io.EOF
			}
			path := e.paths[0]
			e.paths = e.paths[1:]
			file, err := e.open(path)
			if err != nil {
				return event.Document{}, err
			}
			e.path, e.count = workspace.Shown(path), 0
			e.file, e.decoder = file, event.NewDecoder(file, e.path)
			e.decoder.Lines = e.lines
		}
		doc, err := e.decoder.Next()
		if err == nil || !errors.Is(err, io.EOF) {
			e.count++
			return doc, ReadError(err)
		}
		e.file.Close()
		e.decoder = nil
		if e.past && e.count == 0 {
			return doc, noEvents(e.path)
		}
	}
}

// ReadPast reads past events of any kind from files, which open opens. said is the kind
// of those whose keys do not tell it, if the user says one.
func ReadPast(open func(path string) (io.ReadCloser, error), paths []string, said event.Kind) ([]lint.PastEvent, error) {
	var all []lint.PastEvent
	for _, path := range paths {
		r, err := open(path)
		if err != nil {
			return nil, err
		}
		events, err := lint.ReadPast(r, workspace.Shown(path), said)
		r.Close()
		switch {
		case err != nil:
			return nil, ReadError(err)
		case len(events) == 0:
			return nil, noEvents(workspace.Shown(path))
		}
		all = append(all, events...)
	}
	return all, nil
}

func noEvents(path string) error {
	return &source.Problem{Path: path, Message: "this file contains no events", Hint: "hooktool coroot events prints the events of a running Coroot"}
}

// close closes the file that is being read.
func (e *files) close() {
	if e.decoder != nil {
		e.file.Close()
	}
}

// ReadError rewords an operating system's error about a file.
func ReadError(err error) error {
	if err == nil { // not worth a place for problem, as this is called for each event
		return nil
	}
	var problem *event.Problem
	if errors.As(err, &problem) || errors.Is(err, io.EOF) {
		return err
	}
	return fmt.Errorf("read events: %w", err)
}
