package main

import (
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"sync/atomic"
)

// softMemory is the memory use, in bytes, from which the garbage collector works
// harder. GOMEMLIMIT overrides it.
const softMemory = 512 << 20

// gcPercent is the percentage by which the heap grows between two garbage collections:
// most commands end before a first one would pay off. GOGC overrides it.
const gcPercent = 400

// streamMemoryLimit keeps the memory use of commands flat that read events or messages
// without end. Little of it is live, so the heap may grow to several times that before
// the garbage collector runs.
const (
	streamMemoryLimit = 48 << 20
	streamGCPercent   = 600
)

// softLimit is the limit that this process has set for itself, or 0. It holds for the
// whole process, so a command that runs within another program, such as a test, sets
// none.
var softLimit atomic.Int64

// setMemory sets what the environment does not.
func setMemory() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(gcPercent)
	}
	if os.Getenv("GOMEMLIMIT") == "" {
		softLimit.Store(softMemory)
		debug.SetMemoryLimit(softMemory)
		afterCollection(func() (again bool) {
			raiseLimit()
			return true
		})
	}
}

// limitMemory lowers the limit that main has set.
func (a *app) limitMemory() {
	if softLimit.Load() == 0 {
		return
	}
	softLimit.Store(streamMemoryLimit)
	debug.SetMemoryLimit(streamMemoryLimit)
	if a.getenv("GOGC") == "" {
		debug.SetGCPercent(streamGCPercent)
	}
}

// raiseLimit sets the limit to more than twice what is live, if that is more than the
// soft limit. A thousand webhooks can be: the garbage collector would take half of the
// time in vain.
func raiseLimit() { debug.SetMemoryLimit(max(softLimit.Load(), roomFor(liveHeap()))) }

func roomFor(live int64) int64 { return live*2 + live/2 }

// liveHeap returns the bytes that the last garbage collection has found in use.
func liveHeap() int64 {
	sample := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(sample)
	return int64(sample[0].Value.Uint64()) //nolint:gosec // no heap is that large
}

// afterCollection calls a function after the next garbage collection, and again after
// each one as long as it returns true.
func afterCollection(f func() (again bool)) {
	type sentinel struct{ _ *int }
	runtime.SetFinalizer(&sentinel{}, func(*sentinel) {
		if f() {
			afterCollection(f)
		}
	})
}
