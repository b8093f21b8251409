// Command hooktool renders, previews, sends, checks and repairs the webhook
// templates of Coroot.
package main

import (
	"os"
	"runtime/debug"
)

// softMemory is from where on the collector of garbage works harder, in bytes.
// GOMEMLIMIT sets another.
const softMemory = 512 << 20

// gcPercent is how much the heap grows between two collections of garbage: most
// commands are over before a first one would pay. GOGC sets another.
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
