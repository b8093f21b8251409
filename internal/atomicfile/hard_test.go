//go:build unix

package atomicfile_test

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/hooktool/hooktool/internal/atomicfile"
)

// role is the environment variable that turns the test's program into another one,
// which writes the file in its argument.
const role = "ATOMICFILE_ROLE"

func TestMain(m *testing.M) {
	switch os.Getenv(role) {
	case "full disk":
		os.Exit(fullDisk(os.Args[1]))
	case "killed":
		writeOnAndOn(os.Args[1])
	case "count":
		os.Exit(count(os.Args[1]))
	}
	os.Exit(m.Run())
}

func child(t *testing.T, as, path string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), self, path)
	cmd.Env = append(os.Environ(), role+"="+as)
	return cmd
}

// fullDisk writes more than the process may write.
func fullDisk(path string) int {
	signal.Ignore(syscall.SIGXFSZ)
	limit := syscall.Rlimit{Cur: 10_000, Max: 10_000}
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
		return 9
	}
	if err := atomicfile.Write(path, bytes.Repeat([]byte("x"), 20_000), 0o644); !errors.Is(err, syscall.EFBIG) {
		return 8
	}
	return 0
}

func TestFullDisk(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "file")
	put(t, path, "old", 0o644)
	if err := child(t, "full disk", path).Run(); err != nil {
		t.Error(err)
	}
	holds(t, path, "old")
}

func writeOnAndOn(path string) {
	for i := 0; ; i++ {
		if err := atomicfile.Write(path, bytes.Repeat([]byte{'a' + byte(i%2)}, 1<<20), 0o644); err != nil {
			panic(err)
		}
	}
}

// TestKilled kills a process that is writing, at random moments.
func TestKilled(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "file")
	old := bytes.Repeat([]byte("a"), 1<<20)
	put(t, path, string(old), 0o644)
	for i := range 10 {
		cmd := child(t, "killed", path)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(10+7*i) * time.Millisecond)
		if err := cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = cmd.Wait()
		got, err := os.ReadFile(path)
		if err != nil || len(got) != 1<<20 || bytes.Count(got, got[:1]) != len(got) {
			t.Fatalf("the file holds %d bytes, %v", len(got), err)
		}
	}
}

// count adds one to the number in a file, a hundred times.
func count(path string) int {
	for range 100 {
		unlock, err := atomicfile.Lock(path)
		if err != nil {
			return 9
		}
		text, _ := os.ReadFile(path)
		n, _ := strconv.Atoi(string(text))
		if atomicfile.Write(path, []byte(strconv.Itoa(n+1)), 0o644) != nil {
			return 8
		}
		unlock()
	}
	return 0
}

func TestLock(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "file")
	var running sync.WaitGroup
	for range 4 {
		cmd := child(t, "count", path)
		running.Go(func() {
			if err := cmd.Run(); err != nil {
				t.Error(err)
			}
		})
	}
	running.Wait()
	holds(t, path, "400")
}

// TestLockAttacked checks that a lock in somebody else's folder follows no link.
func TestLockAttacked(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path, elsewhere := filepath.Join(dir, "file"), filepath.Join(t.TempDir(), "elsewhere")
	if err := os.Symlink(elsewhere, path+".lock"); err != nil {
		t.Fatal(err)
	}
	if _, err := atomicfile.Lock(path); !errors.Is(err, atomicfile.ErrNotRegular) {
		t.Errorf("a link is locked: %v", err)
	}
	if _, err := os.Lstat(elsewhere); err == nil {
		t.Error("a file was made elsewhere")
	}
}

// TestStreams writes to a named pipe, and through the name of an open file.
func TestStreams(t *testing.T) {
	t.Parallel()
	pipe := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := atomicfile.Replace(pipe, nil, nil); !errors.Is(err, atomicfile.ErrNotRegular) {
		t.Errorf("a pipe is replaced: %v", err)
	}
	got := make(chan string)
	go func() {
		text, _ := os.ReadFile(pipe)
		got <- string(text)
	}()
	if err := atomicfile.Write(pipe, []byte("through"), 0o644); err != nil {
		t.Error(err)
	}
	if text := <-got; text != "through" {
		t.Errorf("the pipe gave %q", text)
	}
	file, err := os.Create(filepath.Join(t.TempDir(), "file"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if _, err := file.WriteString("before "); err != nil {
		t.Fatal(err)
	}
	open := "/dev/fd/" + strconv.Itoa(int(file.Fd()))
	if _, err := os.Stat(open); err != nil {
		t.Skip(err)
	}
	if err := atomicfile.Write(open, []byte("after"), 0o644); err != nil {
		t.Error(err)
	}
	holds(t, file.Name(), "before after")
}

// TestOwner checks that root keeps the owner of a file.
func TestOwner(t *testing.T) {
	t.Parallel()
	if os.Geteuid() != 0 {
		t.Skip("only root can change the owner of a file")
	}
	path := filepath.Join(t.TempDir(), "file")
	put(t, path, "old", 0o644)
	if err := os.Chown(path, 1234, 2345); err != nil {
		t.Skip(err)
	}
	if err := atomicfile.Write(path, []byte("new"), 0o644); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if stat, ok := info.Sys().(*syscall.Stat_t); !ok || stat.Uid != 1234 || stat.Gid != 2345 {
		t.Errorf("the owner is %+v", info.Sys())
	}
	if strings.Contains(info.Mode().String(), "rw-------") {
		t.Errorf("the mode is %v", info.Mode())
	}
}
