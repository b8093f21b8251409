package main

import (
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"testing"
)

// What a package may allocate before main begins. A package that compiles tables or
// schemas then may be imported only by tests, because every command would pay for it.
const (
	maxInitBytes  = 100_000
	maxInitAllocs = 400
)

// TestStart checks that the packages of the real program initialise cheaply. It runs
// the program, because tests import more packages.
func TestStart(t *testing.T) {
	t.Parallel()
	cmd := exec.CommandContext(t.Context(), os.Getenv(binary), "version")
	cmd.Env = append(os.Environ(), "GODEBUG=inittrace=1")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	lines := regexp.MustCompile(`(?m)^init (\S+) .* (\d+) bytes, (\d+) allocs$`).FindAllStringSubmatch(string(out), -1)
	if len(lines) == 0 {
		t.Fatalf("the program tells nothing of its start:\n%s", out)
	}
	for _, line := range lines {
		bytes, _ := strconv.Atoi(line[2])
		allocs, _ := strconv.Atoi(line[3])
		if bytes > maxInitBytes || allocs > maxInitAllocs {
			t.Errorf("%s allocates %d bytes in %d pieces when the program starts", line[1], bytes, allocs)
		}
	}
}
