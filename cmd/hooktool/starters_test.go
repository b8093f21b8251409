package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/hooktool/hooktool/cmd/internal/exit"
	"github.com/hooktool/hooktool/internal/vast"
	"github.com/hooktool/hooktool/pkg/destination/catalog"
	"github.com/hooktool/hooktool/pkg/event"
)

// TestStartersArrive follows the steps of a new user for each destination: init;
// validate, which must find nothing; and test-send of every state to a stand-in, which
// must accept them all. It tries every third destination, or all with
// HOOKTOOL_TEST_LONG=1.
func TestStartersArrive(t *testing.T) {
	t.Parallel()
	for _, d := range vast.Every(t, 3, catalog.All()) {
		t.Run(d.Name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			hooktool(t, "init", d.Name, "--dir", dir)
			hooktool(t, "validate", "--fail-on", "info", dir)
			samples := event.Samples()
			url, done := listenFor(t, d.Name, len(samples))
			for _, kind := range event.Kinds() {
				hooktool(t, "test-send", "--config", filepath.Join(dir, ".hooktool.yaml"), "-w", d.Name, "--type", kind.String(), "--states", "all", "--url", url)
			}
			requests := <-done
			if len(requests) != len(samples) {
				t.Errorf("%d requests came of %d", len(requests), len(samples))
			}
			for _, request := range requests {
				if len(request.Problems) > 0 || len(request.Texts) == 0 && d.Name != "generic" {
					t.Errorf("the stand-in has %s", request.line)
				}
			}
		})
	}
}

// request is a request as listen prints it.
type request struct {
	line     string
	Texts    []json.RawMessage
	Problems []json.RawMessage
}

// listenFor starts a stand-in for count requests. It returns its URL and a channel for
// the requests.
func listenFor(t *testing.T, destination string, count int) (url string, done chan []request) {
	t.Helper()
	reader, writer := io.Pipe()
	var errOut bytes.Buffer
	go func() {
		args := []string{"listen", "--as", destination, "--count", strconv.Itoa(count), "--format", "json"}
		code := run(args, streams{strings.NewReader(""), writer, &errOut}, func(string) string { return "" })
		if code != exit.OK {
			t.Errorf("listen: exit %d\n%s", code, errOut.Bytes())
		}
		writer.Close()
	}()
	lines := bufio.NewScanner(reader)
	lines.Buffer(nil, 1<<20)
	if !lines.Scan() {
		t.Fatal("listen printed no URL")
	}
	url = lines.Text()
	done = make(chan []request, 1)
	go func() {
		var requests []request
		for lines.Scan() {
			r := request{line: lines.Text()}
			if err := json.Unmarshal(lines.Bytes(), &r); err != nil {
				t.Errorf("%v in %s", err, lines.Text())
			}
			requests = append(requests, r)
		}
		done <- requests
	}()
	return url, done
}
