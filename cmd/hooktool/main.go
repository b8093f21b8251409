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

func main() {
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(softMemory)
	}
	os.Exit(run(os.Args[1:], streams{os.Stdin, os.Stdout, os.Stderr}, os.Getenv))
}
