// Command hooktool renders, previews, sends, checks and repairs the webhook
// templates of Coroot.
package main

import "os"

func main() {
	os.Exit(run(os.Args[1:], streams{os.Stdin, os.Stdout, os.Stderr}, os.Getenv))
}
