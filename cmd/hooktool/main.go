// Command hooktool renders, previews, sends, checks and repairs the webhook
// templates of Coroot.
package main

import "os"

func main() {
	setMemory()
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
