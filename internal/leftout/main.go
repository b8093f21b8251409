// Leftout runs all tests and says which of them were left out, and why: go test itself
// says so only with -v, among tens of thousands of lines.
//
//	go run ./internal/leftout [ARGUMENTS OF go test]
package main

import (
	"bufio"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
)

func main() {
	args := os.Args[1:]
	if len(args) == 0 {
		args = []string{"./..."}
	}
	cmd := exec.CommandContext(context.Background(), "go", append([]string{"test", "-json"}, args...)...)
	cmd.Stderr = os.Stderr
	events, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	report(events, os.Stdout)
	if cmd.Wait() != nil {
		os.Exit(1)
	}
}

// event is a line of go test -json, see go doc test2json.
type event struct{ Action, Package, Test, Output string }

// said matches what a test logs.
var said = regexp.MustCompile(`^\s*\w+\.go:\d+: (.*)\n$`)

const module = "github.com/hooktool/hooktool/"

// sampled is part of what package vast logs in a test that tries a sample.
const sampled = "this is a sample"

// report prints how each package did and the output of tests that failed, and at the end
// the tests that were left out, by reason.
func report(events io.Reader, out io.Writer) {
	output := map[string]string{} // of tests that are still running
	logged := map[string]string{} // what each of them logged first
	left := leftOut{}
	lines := bufio.NewScanner(events)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var e event
		if err := json.Unmarshal(lines.Bytes(), &e); err != nil {
			fmt.Fprintln(out, lines.Text())
			continue
		}
		id := e.Package + " " + e.Test
		switch {
		case e.Action == "build-output", e.Action == "output" && e.Test == "" && strings.HasPrefix(e.Output, "ok "):
			fmt.Fprint(out, e.Output)
		case e.Action == "output":
			output[id] += e.Output
			switch m := said.FindStringSubmatch(e.Output); {
			case m == nil:
			case strings.HasPrefix(m[1], sampled):
				left.add(m[1], e)
			case logged[id] == "":
				logged[id] = m[1]
			}
		case e.Action == "fail":
			fmt.Fprint(out, output[id])
		case e.Action == "skip" && e.Test != "":
			left.add(logged[id], e)
		}
		if e.Action == "pass" || e.Action == "fail" || e.Action == "skip" {
			delete(output, id)
			delete(logged, id)
		}
	}
	left.print(out)
}

// leftOut are the tests that were left out: reason → package → names.
type leftOut map[string]map[string][]string

func (l leftOut) add(reason string, e event) {
	if l[reason] == nil {
		l[reason] = map[string][]string{}
	}
	room, name := strings.TrimPrefix(e.Package, module), e.Test
	if strings.HasPrefix(reason, sampled) {
		name, _, _ = strings.Cut(name, "/")
	}
	if !slices.Contains(l[reason][room], name) {
		l[reason][room] = append(l[reason][room], name)
	}
}

func (l leftOut) print(out io.Writer) {
	if len(l) == 0 {
		fmt.Fprintln(out, "\nNothing was left out.")
		return
	}
	fmt.Fprintln(out, "\nLeft out:")
	for _, reason := range slices.Sorted(maps.Keys(l)) {
		fmt.Fprintf(out, "\n%s\n", cmp.Or(reason, "no reason is given"))
		for _, room := range slices.Sorted(maps.Keys(l[reason])) {
			names := slices.Sorted(slices.Values(l[reason][room]))
			fmt.Fprintf(out, "    %s: %s\n", room, strings.Join(names, ", "))
		}
	}
}
