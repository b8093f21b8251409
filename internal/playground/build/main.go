// Command build writes the playground as a static site:
//
//	go run ./internal/playground/build dist/playground
//
// It needs Go and this repository, and nothing else.
package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/hooktool/hooktool/internal/playground"
	"github.com/hooktool/hooktool/internal/preview/page"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: go run ./internal/playground/build FOLDER")
		os.Exit(2)
	}
	if err := build(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "build:", err)
		os.Exit(1)
	}
}

// build writes the site into a folder, which it creates if necessary.
func build(dir string) error {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	program := filepath.Join(dir, "app.wasm")
	if err := compile(program); err != nil {
		return err
	}
	info, err := os.Stat(program)
	if err != nil {
		return err
	}
	if err := write(dir, page.Assets()); err != nil {
		return err
	}
	if err := write(dir, playground.Static()); err != nil {
		return err
	}
	index := filepath.Join(dir, "index.html")
	text, err := os.ReadFile(index)
	if err != nil {
		return err
	}
	text = bytes.Replace(text, []byte("SIZE"), []byte(strconv.FormatInt(info.Size(), 10)), 1)
	if err := os.WriteFile(index, text, 0o644); err != nil {
		return err
	}
	return bridge(filepath.Join(dir, "wasm_exec.js"))
}

// compile builds the program.
func compile(to string) error {
	cmd := exec.Command("go", "build", "-tags", "offline", "-trimpath", "-buildvcs=false", "-ldflags", "-s -w", "-o", to,
		"github.com/hooktool/hooktool/internal/playground/app")
	cmd.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm", "CGO_ENABLED=0")
	cmd.Stdout, cmd.Stderr = os.Stderr, os.Stderr
	return cmd.Run()
}

// bridge copies what Go's programs need in a browser, from the Go that built the
// program: the two belong together.
func bridge(to string) error {
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		return err
	}
	text, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(root)), "lib", "wasm", "wasm_exec.js"))
	if err != nil {
		return err
	}
	return os.WriteFile(to, text, 0o644)
}

// write copies files.
func write(dir string, files fs.FS) error {
	return fs.WalkDir(files, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		to := filepath.Join(dir, filepath.FromSlash(name))
		if entry.IsDir() {
			return os.MkdirAll(to, 0o755)
		}
		text, err := fs.ReadFile(files, name)
		if err != nil {
			return err
		}
		return os.WriteFile(to, text, 0o644)
	})
}
