package main

import (
	"bufio"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/hooktool/hooktool/cmd/internal/exit"
)

// standIn is a hooktool listen started by a script.
type standIn struct {
	cmd    *exec.Cmd
	copied chan struct{} // closed at the end of its output
	bad    error         // why it ended
}

// scripts holds the stand-ins of the running scripts by folder and name.
var scripts sync.Map

// listen is the script command of that name.
func listen(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: listen NAME ARGS...")
	}
	path, err := lookPath(ts.Getenv("PATH"), "hooktool")
	ts.Check(err)
	s := &standIn{cmd: exec.Command(path, append([]string{"listen"}, args[1:]...)...), copied: make(chan struct{})}
	s.cmd.Dir = ts.MkAbs(".")
	for _, name := range []string{"PATH", "HOME", "XDG_CONFIG_HOME", "TMPDIR", "GIT_CEILING_DIRECTORIES", "GOCOVERDIR"} {
		if value := ts.Getenv(name); value != "" {
			s.cmd.Env = append(s.cmd.Env, name+"="+value)
		}
	}
	stdout, err := s.cmd.StdoutPipe()
	ts.Check(err)
	log, err := os.Create(ts.MkAbs(args[0] + ".out"))
	ts.Check(err)
	errors, err := os.Create(ts.MkAbs(args[0] + ".err"))
	ts.Check(err)
	s.cmd.Stderr = errors
	ts.Check(s.cmd.Start())
	lines := bufio.NewReader(stdout)
	url, err := lines.ReadString('\n')
	if err != nil {
		s.cmd.Wait()
		ts.Fatalf("hooktool listen has ended: %s", ts.ReadFile(args[0]+".err"))
	}
	ts.Defer(func() { s.end() })
	go func() {
		defer close(s.copied)
		defer errors.Close()
		defer log.Close()
		io.Copy(log, lines)
		s.bad = s.cmd.Wait()
	}()
	ts.Setenv(args[0], strings.TrimSpace(url))
	scripts.Store(ts.Getenv("WORK")+"/"+args[0], s)
}

// ends is the script command of that name.
func ends(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 1 && (len(args) != 2 || args[1] != "now") {
		ts.Fatalf("usage: ends NAME [now]")
	}
	value, ok := scripts.Load(ts.Getenv("WORK") + "/" + args[0])
	if !ok {
		ts.Fatalf("%s was not started", args[0])
	}
	s := value.(*standIn)
	if len(args) == 2 {
		s.cmd.Process.Signal(os.Interrupt)
	}
	<-s.copied
	if failed := s.bad != nil; failed != neg {
		ts.Fatalf("hooktool listen ended with %v", s.bad)
	}
}

// end kills a stand-in that is still running.
func (s *standIn) end() {
	s.cmd.Process.Kill()
	<-s.copied
}

func lookPath(path, name string) (string, error) {
	for _, folder := range filepath.SplitList(path) {
		for _, ext := range []string{"", ".exe"} {
			if file := filepath.Join(folder, name+ext); exists(file) {
				return file, nil
			}
		}
	}
	return "", exec.ErrNotFound
}

func exists(path string) bool {
	info, err := os.Stat(path)
	return err == nil && !info.IsDir()
}

// TestListenRate sends two requests at once, of which --rate lets one pass.
func TestListenRate(t *testing.T) {
	t.Parallel()
	out, in := io.Pipe()
	moment := time.Now()
	done := make(chan int, 1)
	go func() {
		a := &app{streams: streams{strings.NewReader(""), in, io.Discard}, getenv: func(string) string { return "" }, now: func() time.Time { return moment }}
		done <- execute(t.Context(), a, []string{"listen", "--as", "slack", "--rate", "1", "--count", "2"})
		in.Close()
	}()
	lines := bufio.NewReader(out)
	url, err := lines.ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	told := make(chan string)
	go func() {
		text, _ := io.ReadAll(lines)
		told <- string(text)
	}()
	for _, want := range []int{http.StatusOK, http.StatusTooManyRequests} {
		response, err := http.Post(strings.TrimSpace(url), "application/json", strings.NewReader(`{"text": "x"}`))
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
		if response.StatusCode != want {
			t.Errorf("the answer is %s, want %d", response.Status, want)
		}
	}
	if text := <-told; !strings.Contains(text, "limit:  there were more requests in a second than --rate allows") {
		t.Errorf("it says %s", text)
	}
	if code := <-done; code != exit.OK {
		t.Errorf("exit code %d", code)
	}
}
