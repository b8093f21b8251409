package event

import "github.com/hooktool/hooktool/pkg/source"

// Problem is a fault at a place of an event file: the error that ends its decoding, or
// a warning.
type Problem = source.Problem
