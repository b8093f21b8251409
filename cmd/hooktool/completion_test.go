package main

import (
	"bytes"
	"os"
	"testing"

	"github.com/hooktool/hooktool/cmd/internal/exit"
	"github.com/hooktool/hooktool/internal/golden"
)

// TestCompletionFiles checks that the scripts in completions match what the command
// prints.
func TestCompletionFiles(t *testing.T) {
	t.Parallel()
	extensions := map[string]string{"powershell": "ps1"}
	for _, shell := range completionShells() {
		extension := extensions[shell]
		if extension == "" {
			extension = shell
		}
		var out bytes.Buffer
		if code := run([]string{"completion", shell}, streams{os.Stdin, &out, os.Stderr}, os.Getenv); code != exit.OK {
			t.Fatalf("exit code %d", code)
		}
		golden.Assert(t, out.Bytes(), "../../completions/hooktool."+extension)
	}
}
