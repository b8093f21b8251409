// Command hooktool renders, previews, sends, checks and repairs the webhook
// templates of Coroot.
package main

import (
	"os"
	"runtime/debug"
)

// softMemory is the memory use, in bytes, from which the garbage collector works
// harder. GOMEMLIMIT overrides it.
const softMemory = 512 << 20

// gcPercent is the percentage by which the heap grows between two garbage collections:
// most commands end before a first one would pay off. GOGC overrides it.
const gcPercent = 400

func main() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(gcPercent)
	}
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(softMemory)
	}
	os.Exit(run(os.Args[1:], streams{os.Stdin, os.Stdout, os.Stderr}, os.Getenv))
}
