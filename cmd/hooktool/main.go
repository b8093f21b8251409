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
	settle()
	os.Exit(run(os.Args[1:], streams{os.Stdin, os.Stdout, os.Stderr}, os.Getenv))
}

// settle makes the current folder the one that it is on disk, as git does: which
// project it belongs to must not depend on the symbolic link that it was entered by.
func settle() {
	entered, ok := os.LookupEnv("PWD")
	if !ok {
		return
	}
	os.Unsetenv("PWD") // os.Getwd would return it
	if dir, err := os.Getwd(); err == nil {
		entered = dir
	}
	os.Setenv("PWD", entered)
}
