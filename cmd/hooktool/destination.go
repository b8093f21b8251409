package main

import (
	"github.com/hooktool/hooktool/pkg/destination"
	"github.com/hooktool/hooktool/pkg/destination/catalog"
)

// findDestination tells which destination a message is for.
func (in *input) findDestination(body []byte) (*destination.Destination, error) {
	hints := in.hints(body)
	if in.hook != nil {
		if resolved, err := in.hook.Resolve(in.app.getenv); err == nil { // a variable may be missing here
			hints.URL = resolved.URL
		}
	}
	d, _, err := catalog.Detect(hints)
	if err != nil {
		return nil, destinationError(err)
	}
	return d, nil
}
