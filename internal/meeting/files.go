package meeting

import (
	"errors"
	"fmt"
	"io"

	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/workspace"
)

// files reads the events of several files, which open opens, one after another.
type files struct {
	open    func(path string) (io.ReadCloser, error)
	lines   bool // each line is one event; see event.Decoder
	paths   []string
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
			e.file, e.decoder = file, event.NewDecoder(file, workspace.Shown(path))
			e.decoder.Lines = e.lines
		}
		doc, err := e.decoder.Next()
		if err == nil || !errors.Is(err, io.EOF) {
			return doc, ReadError(err)
		}
		e.file.Close()
		e.decoder = nil
	}
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
