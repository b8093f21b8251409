package main

import (
	"errors"

	"github.com/hooktool/hooktool/pkg/destination"
	"github.com/hooktool/hooktool/pkg/destination/catalog"
)

// findDestination tells which destination a message is for.
func (in *input) findDestination(body []byte) (*destination.Destination, error) {
	hints := catalog.Hints{Name: in.flags.destination, Template: in.template.text, Path: in.template.path, Body: body}
	if in.hook != nil {
		hints.Configured = in.hook.Destination
		if resolved, err := in.hook.Resolve(in.app.getenv); err == nil { // a variable may be missing here
			hints.URL = resolved.URL
		}
	}
	d, _, err := catalog.Detect(hints)
	if err != nil {
		var unknown *catalog.UnknownError
		if errors.As(err, &unknown) {
			return nil, usageError(unknown.Hint(), "%w", err)
		}
		return nil, usageError("", "%w", err)
	}
	return d, nil
}
